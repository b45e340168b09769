"""Files that the bot sends and fetches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.double.errors import Refusal, bad_request
from tests.double.methods.registry import handles
from tests.double.records import Upload
from tests.double.request import Request
from tests.double.world import StoredFile

Json = dict[str, Any]


def _named(stored: StoredFile) -> Json:
    upload = stored.upload
    return {**stored.to_json(), "file_name": upload.name, "mime_type": upload.media_type}


def _timed(stored: StoredFile) -> Json:
    return {**stored.to_json(), "duration": 0, "mime_type": stored.upload.media_type}


def _moving(stored: StoredFile) -> Json:
    return {**_timed(stored), "width": 320, "height": 240, "file_name": stored.upload.name}


def _pictures(stored: StoredFile) -> list[Json]:
    return [{**stored.to_json(), "width": 640, "height": 480}]


SHAPES: dict[str, Callable[[StoredFile], Any]] = {
    "document": _named,
    "photo": _pictures,
    "audio": _timed,
    "voice": _timed,
    "video": _moving,
    "animation": _moving,
}
"""How each kind of medium looks in a ``Message``."""


def medium(request: Request, kind: str, value: Any) -> Json:
    """The message fields of a file given as an upload, a file id or a URL.

    Raises:
        Refusal: it is empty, too large, or there is no such file.
    """
    if isinstance(value, str) and value.startswith("attach://"):
        value = request.uploads.get(value.removeprefix("attach://"))
    if value is None or value == "":
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(value, Upload):
        if not value.content:
            raise bad_request("file must be non-empty")
        if len(value.content) > request.world.upload_limit:
            raise Refusal(413, "Request Entity Too Large")
        stored = request.world.store(value, f"{kind}s")
    elif str(value).startswith(("http://", "https://")):
        name = str(value).rpartition("/")[2] or "file"
        stored = request.world.store(Upload(name, b"", "application/octet-stream"), f"{kind}s")
    else:
        stored = request.world.file(str(value))
    shaped: Json = {kind: SHAPES[kind](stored)}
    if kind == "animation":
        shaped["document"] = _named(stored)
    return shaped


@handles("getFile")
def get_file(request: Request) -> Json:
    """Prepare a file for download."""
    stored = request.world.file(str(request.required("file_id")))
    if len(stored.upload.content) > request.world.download_limit:
        raise bad_request("file is too big")
    request.commit()
    return {**stored.to_json(), "file_path": stored.path}
