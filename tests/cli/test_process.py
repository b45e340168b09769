"""What only a process of its own shows: pipes, signals, terminals, and what is imported."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.settings import PREFIX
from tests.cli.conftest import Run

COMMAND = (sys.executable, "-m", "bot")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds to wait for a process before the test fails; none takes as many."""
HEAVY = ("telegram", "trafilatura", "httpx", "alembic", "lxml", "docx", "dateparser", "asyncpg")


@pytest.fixture
def environment(on_record: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {
        f"{PREFIX}DATA_DIR": str(on_record),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def wait_for(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def interrupt(process: subprocess.Popen[bytes], once: Callable[[], object]) -> int:
    """Interrupt a process that waits for input, as a person would: again, if nothing happens.

    A signal that comes after a prompt is shown, but before Python waits for a key, is seen only at
    the next one.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        once()
        try:
            return process.wait(3)
        except subprocess.TimeoutExpired:
            assert time.monotonic() < deadline, "it can't be interrupted"


class Terminal:
    """The other side of a terminal that a command runs in."""

    def __init__(self, end: int) -> None:
        self._end = end
        self.shown = ""

    def until(self, pattern: str) -> str:
        """Read until something is shown; gives what was shown since the last time."""
        deadline = time.monotonic() + PATIENCE
        while not re.search(pattern, self.shown):
            ready, _, _ = select.select([self._end], [], [], deadline - time.monotonic())
            assert ready, f"{pattern} was not shown: {self.shown}"
            try:
                self.shown += os.read(self._end, 65_536).decode(errors="replace")
            except OSError:
                break
        shown, self.shown = self.shown, ""
        assert re.search(pattern, shown), shown
        return shown

    def type(self, text: str) -> None:
        os.write(self._end, text.encode())


@contextmanager
def at_a_terminal(
    *arguments: str, environment: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], Terminal]]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        pass_fds=[theirs],
        preexec_fn=lambda: os.login_tty(theirs),
    )
    os.close(theirs)
    try:
        yield process, Terminal(ours)
        wait_for(process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_reader_that_goes_away_ends_it_quietly(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, "ask", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b"Iran\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["question"] == "Iran"
    process.stdout.close()
    process.stdin.write(b"Niger\n" * 50)
    process.stdin.close()
    assert wait_for(process) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_text_into_a_closed_pipe_is_quiet_too(environment: dict[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [*COMMAND, "stats"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment,
        timeout=PATIENCE,
    )
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_questions_are_answered_as_they_come(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*COMMAND, "ask", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for question in ("Iran", "Niger", "Иран"):
            process.stdin.write(f"{question}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert wait_for(process) == 0


def test_what_another_process_publishes_is_found(
    environment: dict[str, str], on_record: Path, run: Run
) -> None:
    with subprocess.Popen(
        [*COMMAND, "ask", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def ask() -> bool:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"lighthouse keepers\n")
            process.stdin.flush()
            return bool(json.loads(process.stdout.readline())["answers"])

        assert not ask()
        line = {"paragraphs": [{"text": "The lighthouse keepers of Halmere are paid by us."}]}
        assert run("load", "-", stdin=json.dumps(line)).code == 0
        assert ask()
        process.stdin.close()
        assert wait_for(process) == 0


def test_an_interruption_ends_it_quietly(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*COMMAND, "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"/latest\n")
        process.stdin.flush()
        process.stdout.readline()
        assert interrupt(process, lambda: process.send_signal(signal.SIGINT)) == 130
        assert process.stderr.read() == b""
        process.stdin.close()


def test_an_answer_imports_nothing_that_it_does_not_need(environment: dict[str, str]) -> None:
    code = (
        "import sys\n"
        "from bot.cli import execute\n"
        "assert execute(['ask', 'what was said about Iran?', '--limit', '1']) == 0\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env=environment,
        timeout=PATIENCE,
        check=True,
    )
    imported = set(ran.stdout.decode().splitlines()[-1].split())
    assert "tantivy" in imported
    assert imported.isdisjoint(HEAVY)


def test_a_chat_at_a_terminal_has_colour_a_prompt_and_a_memory(
    environment: dict[str, str], on_record: Path
) -> None:
    with at_a_terminal("chat", environment=environment) as (process, terminal):
        assert "/help" in terminal.until("> $")
        terminal.type("Iran\n")
        answer = terminal.until("> $")
        assert "\x1b[1m" in answer
        assert "▎" in answer
        terminal.type("\x1b[A\n")
        assert "▎" in terminal.until("▎[^>]*> $")
        terminal.type("\x04")
    assert process.returncode == 0
    assert (on_record / "history").read_text().split() == ["Iran"]
    assert (on_record / "history").stat().st_mode & 0o077 == 0


def test_no_colour_is_shown_where_none_is_wanted(environment: dict[str, str]) -> None:
    with at_a_terminal(
        "ask", "Iran", "--limit", "1", environment=environment | {"NO_COLOR": "1"}
    ) as (process, terminal):
        shown = terminal.until("https://")
    assert process.returncode == 0
    assert re.search(r"\x1b\[[0-9;]*3[0-9]m", shown) is None


def test_the_demo_goes_on_as_a_chat_at_a_terminal(environment: dict[str, str]) -> None:
    with at_a_terminal("chat", "--demo", environment=environment) as (process, terminal):
        shown = terminal.until("> $")
        assert "invented" in shown
        assert "/help" in shown
        assert interrupt(process, lambda: terminal.type("\x03")) == 130


def test_a_load_shows_its_progress_at_a_terminal(
    environment: dict[str, str], tmp_path: Path
) -> None:
    from corpus import samples_path

    elsewhere = environment | {f"{PREFIX}DATA_DIR": str(tmp_path / "elsewhere")}
    with at_a_terminal("load", str(samples_path()), environment=elsewhere) as (process, terminal):
        shown = terminal.until("22 statements new")
    assert process.returncode == 0
    assert "statements.jsonl" in shown
    assert "paragraphs" in shown


def test_it_runs_as_a_module_and_as_a_program(environment: dict[str, str]) -> None:
    for command in (COMMAND, (str(Path(sys.executable).with_name("ontherecord")),)):
        if not Path(command[0]).exists():
            pytest.skip("the project is not installed in this environment")
        ran = subprocess.run(
            [*command, "--version"], capture_output=True, env=environment, timeout=PATIENCE
        )
        assert ran.returncode == 0
        assert ran.stdout.startswith(b"ontherecord ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_learn_the_commands(environment: dict[str, str], shell: str) -> None:
    ran = subprocess.run(
        [*COMMAND],
        capture_output=True,
        env=environment
        | {
            "_ONTHERECORD_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": "ontherecord re",
            "COMP_WORDS": "ontherecord re",
            "COMP_CWORD": "1",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
        timeout=PATIENCE,
    )
    assert b"reindex" in ran.stdout
    assert b"restore" in ran.stdout
