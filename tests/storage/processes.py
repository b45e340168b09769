"""Other processes, which use the record as this one does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start Python on a program, with its standard streams as pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str], given: str | None = None) -> str:
    """Wait for a process that must end well and say nothing on standard error."""
    out, errors = process.communicate(given, timeout=60)
    assert (process.returncode, errors) == (0, "")
    return out


def read_line(process: subprocess.Popen[str]) -> str:
    """The next line of its standard output."""
    assert process.stdout is not None
    return process.stdout.readline()


def kill(process: subprocess.Popen[str]) -> str:
    """Kill it at once; gives what it had still written."""
    process.kill()
    return process.communicate(timeout=60)[0]


def write(path: Path, content: bytes) -> None:
    """Write a file."""
    path.write_bytes(content)


def read(path: Path) -> bytes:
    """Read a file."""
    return path.read_bytes()
