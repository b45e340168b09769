"""Corners that no command line reaches on a machine in good order."""

from __future__ import annotations

import getpass
import io
import logging
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import asking, logs, shapes, sources
from bot.commands.common import moderator
from bot.errors import UsageError
from bot.message import plain
from bot.moderation import BEGINNING, Field, preview, preview_lines
from bot.settings import Settings
from bot.terminal import prompt
from bot.words import words
from corpus import open_corpus, read_lines, samples_path
from corpus.types import Draft, Paragraph, PassageKind


class Keyboard(io.StringIO):
    """Standard input as a terminal gives it."""

    def isatty(self) -> bool:
        return True


def test_a_moderator_without_an_account_is_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    assert moderator()
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert moderator() == "terminal"


async def test_a_passage_is_found_again_by_its_number(tmp_path: Path) -> None:
    async with open_corpus(f"sqlite+aiosqlite:///{tmp_path}/a.db", tmp_path) as corpus:
        await corpus.load(read_lines(samples_path()))
        answer = await asking.ask(corpus, "Iran", limit=1)
        shown = answer.passages[0]
        found = await asking.passage(corpus, shown.passage_id)
        assert found is not None
        assert (found.text, found.link) == (shown.text, shown.link)
        around = await asking.context(corpus, shown.passage_id, around=1)
        assert around is not None
        assert around.passage.text == shown.text
        assert len(around.before) == len(around.after) == 1
        await corpus.withdraw(shown.document_id)
        gone = await asking.passage(corpus, shown.passage_id)
        assert gone is not None
        assert not gone.current
        alone = await asking.context(corpus, shown.passage_id)
        assert alone is not None
        assert alone.before == alone.after == ()
        assert await asking.passage(corpus, 10**9) is None
        assert await asking.context(corpus, 10**9) is None


def test_a_file_that_can_t_be_read_is_told() -> None:
    for name in ("\0", "a" * 5_000):
        with pytest.raises(UsageError, match="can't be read"):
            sources._content(Path(name))


def test_a_preview_shows_what_is_known_and_marks_what_is_not() -> None:
    draft = Draft(
        paragraphs=(
            Paragraph("END", kind=PassageKind.APPARATUS),
            Paragraph("And you?", "Q", PassageKind.QUESTION),
            *(Paragraph("word " * 100, f"Speaker {number}") for number in range(9)),
        ),
        place="Oslo",
        warnings=("Two dates were found.",),
    )
    view = preview(words("en"), draft)
    values = {each.field: each.value for each in view.fields}
    assert values[Field.SPEAKER] == " · ".join([*(f"Speaker {n}" for n in range(6)), "…"])
    assert values[Field.PLACE] == "Oslo"
    assert Field.OCCASION not in values
    beginning = values[Field.BEGINNING] or ""
    assert beginning.startswith("word word")
    assert len(beginning) <= BEGINNING + 1
    assert set(view.missing) == {
        Field.TITLE,
        Field.SAID_ON,
        Field.PUBLISHER,
        Field.LANGUAGE,
        Field.SOURCE_URL,
    }
    lines = [plain(line) for line in preview_lines(words("en"), view)]
    assert "Title: missing" in lines
    assert "Look at this: Two dates were found." in lines
    assert lines[-1].startswith("5 fields are missing")


def test_nothing_is_made_up_of_an_empty_draft() -> None:
    view = preview(words("en"), Draft(paragraphs=()))
    assert all(each.value is None for each in view.fields)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime(2021, 5, 20, 3, 25), "2021-05-20T03:25"),
        (datetime(2021, 5, 20, 3, 25, 9), "2021-05-20T03:25:09"),
        (
            datetime(2021, 5, 20, 3, 25, tzinfo=timezone(timedelta(hours=3))),
            "2021-05-20T03:25+03:00",
        ),
        (datetime(2021, 5, 20, 3, 25, tzinfo=UTC).date(), "2021-05-20"),
        (None, None),
    ],
)
def test_a_moment_is_written_as_precisely_as_it_is_known(
    value: datetime | None, shown: str | None
) -> None:
    assert shapes.moment(value) == shown


def test_a_service_logs_to_standard_error_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    settings = Settings(telegram_token=SecretStr("12345:token"), log_level="INFO")
    logs.log_to_stderr(settings)
    try:
        logging.getLogger("ontherecord").info("calling %s", "https://api/bot12345:token/getMe")
        logging.getLogger("httpx").info("a request")
        assert logs.logs()
    finally:
        logging.getLogger().removeHandler(logs._Installed.handler or logging.NullHandler())
        logs._Installed.handler = None
    assert "https://api/bot[redacted]/getMe" in shown.getvalue()
    assert "a request" not in shown.getvalue()


def test_lines_are_read_where_python_has_no_line_editing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(prompt, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "stdin", Keyboard("Iran\n\n Niger \n"))
    assert list(prompt.lines("> ", tmp_path / "history")) == ["Iran", "Niger"]
    assert not (tmp_path / "history").exists()


def test_a_history_that_can_t_be_kept_keeps_nobody_from_asking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(sys, "stdin", Keyboard("Iran\n"))
    assert list(prompt.lines("> ", tmp_path / "file" / "history")) == ["Iran"]
