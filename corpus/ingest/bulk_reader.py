"""Streams of the bulk format: plain or gzip, one line in memory at a time."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from corpus.errors import MalformedLine, TooLarge, UnreadableSource
from corpus.ingest.bulk import from_line
from corpus.types import Draft

MAX_LINE = 64 * 1024 * 1024
"""Bytes of one line, about ten times the longest transcript that we know of."""
_GZIP = b"\x1f\x8b"
_BUFFER = 1024 * 1024


def read_lines(source: Path | str | IO[bytes]) -> Iterator[Draft]:
    """Read a bulk file, plain or gzip (told by its content), one document after the other.

    ``source`` is a path or an open binary stream, which stays open. Blank lines are passed over.

    Raises:
        MalformedLine: a line is not JSON, or not a document; has its number, counted from 1.
        TooLarge: a line is longer than :data:`MAX_LINE`.
        UnreadableSource: the file is no gzip after all, ends in mid-stream, or can't be opened.
    """
    if isinstance(source, str | Path):
        with _opened(Path(source)) as stream:
            yield from _drafts(stream)
    else:
        yield from _drafts(source)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableSource(f"{path} can't be opened: {error.strerror}.") from None


def _drafts(stream: IO[bytes]) -> Iterator[Draft]:
    # Imported here: bulk files are rarely what a process is started for, and it takes 10 ms.
    import msgspec

    decoder = msgspec.json.Decoder()
    for number, line in _numbered(stream):
        yield from_line(_decoded(decoder.decode, line, number), number)


def _decoded(decode: Any, line: bytes, number: int) -> Any:
    import msgspec

    try:
        return decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = str(error).removeprefix("JSON is malformed: ")
        raise MalformedLine(f"line {number}: not JSON: {message}", line=number) from None


def _numbered(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    head = stream.read(len(_GZIP))
    buffered = io.BufferedReader(_Rejoined(head, stream), _BUFFER)
    lines = gzip.GzipFile(fileobj=buffered) if head == _GZIP else buffered
    number = 0
    while True:
        try:
            line = lines.readline(MAX_LINE + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableSource(
                f"the gzip file is damaged or cut short after line {number}; get a whole copy "
                f"and load it again ({error})."
            ) from None
        if not line:
            return
        number += 1
        if len(line) > MAX_LINE:
            raise TooLarge(
                f"line {number} is longer than {MAX_LINE // 2**20} MB; split the document."
            )
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.isspace():
            yield number, line


class _Rejoined(io.RawIOBase):
    """A stream with its first bytes, already read, put back."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head or self._rest.read(len(buffer))
        self._head = b""
        buffer[: len(data)] = data
        return len(data)
