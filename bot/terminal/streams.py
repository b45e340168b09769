"""Standard streams as this program uses them: UTF-8 JSON out, questions in, errors in one line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from bot.errors import UsageError

PROGRAM = "ontherecord"


def prepare_streams() -> None:
    """Let no character end the program: what a stream can't show becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def print_json(value: Any) -> None:
    """Print one JSON object on one line, in UTF-8 whatever the locale, at once."""
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def input_lines() -> Iterator[str]:
    """Lines of standard input, one at a time as they come, blank ones left out.

    Raises:
        UsageError: a line is not UTF-8 text.
    """
    for number, line in enumerate(iter(sys.stdin.buffer.readline, b""), 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise UsageError(f"line {number} of the input is not UTF-8 text") from None
        if text:
            yield text


def valid_text(argument: str, what: str) -> str:
    """An argument of the command line, if its bytes were text.

    Raises:
        UsageError: they were not UTF-8.
    """
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"{what} is not UTF-8 text") from None
    return argument


def complain(message: str) -> None:
    """Tell an error, in one line."""
    print(f"{PROGRAM}: {' '.join(message.split())}", file=sys.stderr, flush=True)


def drop_output() -> None:
    """After a closed pipe: let nothing more be written, not even at exit."""
    _point_at_nothing(sys.stdout)


def _point_at_nothing(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
