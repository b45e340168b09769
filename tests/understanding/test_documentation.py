"""The examples of ``docs/questions.md`` are what really happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.understanding.test_aliases import with_names
from tests.understanding.vocabulary import ask, described

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions.md"


NAMES = {"Anna Weld": ("Iron Lady", "Железная леди")}
"""Moderators' names of the examples that go by them."""


def examples(heading: str = "Question") -> list[tuple[str, str]]:
    found = []
    within = False
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells == [heading, "Read as"]:
            within = True
        elif not line.startswith("|"):
            within = False
        elif within and not cells[0].startswith("---"):
            found.append((cells[0], cells[1]))
    return found


def test_the_page_has_examples_of_everything() -> None:
    assert len(examples()) > 60


@pytest.mark.parametrize(("question", "read_as"), examples())
def test_each_example_is_read_as_written(question: str, read_as: str) -> None:
    assert described(ask(question)) == read_as


@pytest.mark.parametrize(
    ("question", "read_as"),
    examples("Question, with “Iron Lady” and «Железная леди» for Anna Weld"),
)
def test_each_example_by_a_moderator_s_name_is_read_as_written(question: str, read_as: str) -> None:
    assert described(ask(question, record=with_names(NAMES))) == read_as
