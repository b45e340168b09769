from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.telegram import journal as journals
from bot.telegram.journal import Journal, JournalQueue


def taken(number: int, text: str = "что об Иране?") -> dict[str, Any]:
    return {"update_id": number, "message": {"text": text}}


Open = Callable[[], Journal]


@pytest.fixture
def open_journal(path: Path) -> Iterator[Open]:
    """Opens the journal as the next process does, once the one before has ended."""
    journals_open: list[Journal] = []

    def open_next() -> Journal:
        for journal in journals_open:
            journal.close()
        journals_open.append(Journal(path))
        return journals_open[-1]

    yield open_next
    for journal in journals_open:
        journal.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "updates.jsonl"


def numbers(journal: Journal) -> list[int]:
    return [update["update_id"] for update in journal.left_over()]


def test_what_was_not_handled_is_left_over_for_the_next_process(open_journal: Open) -> None:
    first = open_journal()
    for number in (1, 2, 3):
        assert first.take(taken(number))
    first.handled(2)

    second = open_journal()

    assert second.left_over() == [taken(1), taken(3)]
    assert not second.take(taken(2))
    assert not second.take(taken(3))


def test_another_update_under_an_old_number_is_new(open_journal: Open) -> None:
    journal = open_journal()
    journal.take(taken(1, "one"))
    journal.handled(1)

    assert journal.take(taken(1, "two"))
    assert journal.take(taken(1, "three"))


def test_a_question_is_gone_from_the_disk_once_it_is_answered(
    path: Path, open_journal: Open
) -> None:
    journal = open_journal()
    journal.take(taken(1, "a secret"))
    journal.take(taken(2, "another secret"))
    assert "a secret" in path.read_text("utf-8")

    journal.handled(1)
    journal.handled(2)

    assert "secret" not in path.read_text("utf-8")
    again = open_journal()
    assert not again.take(taken(1, "a secret"))
    assert not again.take(taken(2, "another secret"))


def test_an_update_that_is_open_at_each_crash_is_given_up(
    open_journal: Open, caplog: pytest.LogCaptureFixture
) -> None:
    open_journal().take(taken(1))
    for _ in range(journals.MOST_TRIES):
        assert numbers(open_journal()) == [1]

    assert numbers(open_journal()) == []
    assert "update 1 was open at 2 crashes" in caplog.text


def test_a_line_that_was_cut_short_is_skipped(path: Path, open_journal: Open) -> None:
    journal = open_journal()
    journal.take(taken(1))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": 2, "upda')

    assert numbers(open_journal()) == [1]


def test_striking_out_what_is_not_open_changes_nothing(path: Path, open_journal: Open) -> None:
    journal = open_journal()
    journal.handled(7)

    assert path.read_text("utf-8") == ""


def test_only_the_last_handled_ones_are_remembered(
    open_journal: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "REMEMBERED", 2)
    journal = open_journal()
    for number in (1, 2, 3):
        journal.take(taken(number))
        journal.handled(number)

    assert journal.take(taken(1))
    assert not journal.take(taken(2))


def test_a_file_that_grew_is_written_anew_while_updates_are_open(
    path: Path, open_journal: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "REWRITE_AT", 2_000)
    journal = open_journal()
    journal.take(taken(1, "stays"))
    for number in range(2, 200):
        journal.take(taken(number))
        journal.handled(number)

    assert path.stat().st_size < 9_000
    assert numbers(open_journal()) == [1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["take", "handled", "crash"]), st.integers(1, 5)), max_size=25
    )
)
def test_through_any_crashes_nothing_open_is_lost(
    steps: list[tuple[str, int]], tmp_path: Path
) -> None:
    path = tmp_path / "any.jsonl"
    path.unlink(missing_ok=True)
    journal = Journal(path)
    opened: dict[int, None] = {}
    for step, number in steps:
        if step == "take":
            fresh = journal.take(taken(number))
            if fresh:
                opened[number] = None
        elif step == "handled":
            journal.handled(number)
            opened.pop(number, None)
        else:
            journal.close()
            journal = Journal(path)
    journal.close()
    last = Journal(path)

    assert [json.dumps(one) for one in last.left_over()] == [
        json.dumps(taken(number)) for number in opened
    ]
    last.close()


async def test_the_queue_writes_down_what_it_takes_and_drops_repeats(open_journal: Open) -> None:
    journal = open_journal()
    queue = JournalQueue(journal)
    update = Update(5)

    await queue.put(update)
    await queue.put(Update(5))
    await queue.put("not an update")
    await queue.put_again(update)

    assert queue.get_nowait() is update
    assert queue.get_nowait() == "not an update"
    assert queue.get_nowait() is update
    assert queue.empty()
    assert numbers(journal) == [5]
