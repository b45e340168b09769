"""Whatever goes wrong is one line and an exit code; a traceback is for the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from bot import logs
from bot.settings import Settings
from corpus import Corpus
from corpus.storage import open_record
from tests.cli.conftest import Run


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process that writes, and goes on writing."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "Iran", "--nonsense"),
        ("ask", "Iran", "--limit", "0"),
        ("ask", "Iran", "--limit", "many"),
        ("nonsense",),
        ("withdraw", "first"),
        ("withdraw", "0"),
        ("export", "--format", "xml"),
        ("load",),
    ],
)
def test_a_misused_command_is_told_in_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1
    assert "--help' shows how it is used" in ran.err


def test_without_a_command_help_is_shown(run: Run) -> None:
    ran = run()
    assert "Usage" in ran.out + ran.err
    assert "chat --demo" in run("--help").out
    assert "verbatim" in run("check", "-h").out


def test_the_version_is_told(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert ran.out.startswith("ontherecord ")


def test_a_setting_that_can_t_be_used_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_LOG_LEVEL", "loud")
    ran = run("stats")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ONTHERECORD_LOG_LEVEL: ")
    assert ran.err.count("\n") == 1


def test_the_telegram_bot_needs_a_token(run: Run) -> None:
    ran = run("run")
    assert ran.code == 2
    assert "ONTHERECORD_TELEGRAM_TOKEN" in ran.err
    assert "BotFather" in ran.err


def test_the_telegram_bot_is_started_with_the_settings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.telegram import application

    started: list[Settings] = []
    monkeypatch.setattr(application, "run", started.append)
    monkeypatch.setenv("ONTHERECORD_TELEGRAM_TOKEN", "12345:token")
    assert run("run").code == 0
    assert [settings.secrets for settings in started] == [("12345:token",)]


def test_a_file_that_is_no_database_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ontherecord.db").write_bytes(b"no database at all" * 100)
    ran = run("stats")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1


def test_a_data_directory_that_can_t_be_made_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ONTHERECORD_DATA_DIR", str(tmp_path / "file" / "data"))
    ran = run("stats")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1


def test_a_database_that_can_t_be_reached_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "ONTHERECORD_DATABASE_URL", "postgresql+asyncpg://nobody:secretword@127.0.0.1:1/none"
    )
    ran = run("stats")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1
    assert "secretword" not in ran.err


def test_an_unforeseen_error_has_a_reference_that_is_in_the_log(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def fail(self: Corpus) -> None:
        raise RuntimeError("a fault with 12345:token in it")

    monkeypatch.setattr(Corpus, "coverage", fail)
    monkeypatch.setenv("ONTHERECORD_TELEGRAM_TOKEN", "12345:token")
    ran = run("stats")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    reference = ran.err.split()[-1]
    logged = (tmp_path / "data" / "ontherecord.log").read_text()
    assert reference in logged
    assert "Traceback" in logged
    assert "a fault with [redacted] in it" in logged


def test_an_unforeseen_error_without_a_log_is_told_by_its_kind(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail() -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("bot.commands.upkeep.opened", fail)
    monkeypatch.setattr(logs._Installed, "handler", None)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ONTHERECORD_DATA_DIR", str(tmp_path / "file"))
    ran = run("stats")
    assert ran.code == 2
    assert "RuntimeError" in ran.err
    monkeypatch.setenv("ONTHERECORD_DATA_DIR", str(tmp_path / "data"))
    assert "in the log as" in run("stats").err


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 141)])
def test_an_interruption_and_a_closed_pipe_are_quiet(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("bot.commands.upkeep.opened", fail)
    monkeypatch.setattr("bot.cli.drop_output", lambda: None)
    ran = run("stats")
    assert (ran.code, ran.out, ran.err) == (code, "", "")


def test_a_locked_record_is_told(
    run: Run, on_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = partial(open_record, patience=0.1)
    monkeypatch.setattr("corpus.opening.open_record", hasty)
    with locked(on_record / "ontherecord.db"):
        ran = run("withdraw", "1")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1
    assert run("stats", "--json").json[0]["documents"] == 22
