"""A record of the samples, and commands run as they are typed."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import execute
from bot.settings import PREFIX, Settings
from corpus import samples_path


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    """Runs one command line in this process, on a data directory of its own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def running(*arguments: str, stdin: str | bytes = "") -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        capfdbinary.readouterr()
        code = execute(arguments)
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return running


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the samples on record, for tests that only read, or copy it."""
    patch = pytest.MonkeyPatch()
    directory = tmp_path_factory.mktemp("loaded")
    patch.setenv(f"{PREFIX}DATA_DIR", str(directory))
    try:
        assert execute(["load", str(samples_path())]) == 0
    finally:
        patch.undo()
    return directory


@pytest.fixture
def on_record(run: Run, loaded: Path, tmp_path: Path) -> Path:
    """The samples on record in this test's own data directory."""
    return Path(shutil.copytree(loaded, tmp_path / "data"))
