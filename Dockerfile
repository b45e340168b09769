# The service in a container: `docker build -t ontherecord .`, then
# `docker run --env-file .env --volume ontherecord:/data ontherecord`.
# All state is in the volume; any other command works too: `… ontherecord ask "…"`.

FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /app
COPY requirements.txt ./
RUN /app/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
RUN /app/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index .

FROM python:3.11-slim
RUN useradd --system --create-home ontherecord && install --directory --owner ontherecord /data
COPY --from=build /app /app
ENV ONTHERECORD_DATA_DIR=/data PATH=/app/bin:$PATH PYTHONUNBUFFERED=1
USER ontherecord
VOLUME /data
ENTRYPOINT ["ontherecord"]
CMD ["run"]
