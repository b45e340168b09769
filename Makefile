# Two commands to begin with: `make demo` and `make test`. Needs Python 3.11 or newer, and make.
# Written for GNU make 3.81 (macOS) and newer, and BSD make.

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
PYTEST_FLAGS = -n auto
SOURCES = bot corpus tests bench
LOCK = uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-annotate --no-header --quiet

.PHONY: help demo test lint format types lock clean

help:
	@echo "make demo    ask a record of invented statements, at this terminal"
	@echo "make test    run all tests"
	@echo "make lint    what CI checks of style and types"
	@echo "make format  put the code in its form"
	@echo "make lock    lock the dependencies anew (needs uv)"
	@echo "make clean   remove what was installed and built here"

demo: $(VENV)/.installed
	@ONTHERECORD_DATA_DIR="$${ONTHERECORD_DATA_DIR:-data}" $(BIN)/ontherecord chat --demo

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

lock:
	$(LOCK) --extra build --output-file requirements.txt
	$(LOCK) --extra build --extra dev --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*

# A virtual environment is made by the first Python that is new enough.
$(VENV)/.made:
	@for python in $${PYTHON:-python3} python3.14 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Setting up with $$($$python --version). The first time takes a minute or two."; \
			$$python -m venv $(VENV) && touch $@; exit; \
		fi; \
	done; \
	echo "This needs Python 3.11 or newer, with venv; or say where it is: PYTHON=… make demo" >&2; \
	exit 1

$(VENV)/.installed: requirements.txt pyproject.toml $(VENV)/.made
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@
