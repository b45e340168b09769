"""A document meets the questions that a search would answer from it, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.search import SearchIndex
from corpus.search.percolation import Percolator
from corpus.search.searcher import met, understood
from corpus.types import Alias, Aliases, AliasGroup
from tests.search_index.records import document, withdrawn

TODAY = date(2026, 11, 24)
NAMES = ("Iran", "Iraq", "Niger", "Nigeria", "Atlantis", "Oman", "Weld", "Lund", "Иран")
TOPICS = (
    "sanctions",
    "harbour",
    "fishing quotas",
    "nuclear talks",
    "teachers",
    "herring",
    "санкции",
)
QUESTIONS = (
    *NAMES,
    *TOPICS,
    "what did Weld say about Iran?",
    "what did Lund say about the harbour?",
    "Iran sanctions",
    "Iraq harbour -herring",
    "Nigeria fishing quotas",
    "nigreia herring",
    "Atlantic harbour",
    "irna",
    '"nuclear talks" Oman',
    '"the Atlantis treaty"',
    'Iran "herring talks"',
    "speaker:Weld",
    "lang:ru санкции",
    "publisher:Ministry teachers",
    "санкции против Ирана",
    "what was said about teachers in Oman last week",
    "Oman 2024",
    "Weld harbour",
)


def sentence(name: str, topic: str, verb: str) -> str:
    return f"{name} {verb} the {topic} in the autumn."


SENTENCES = st.builds(
    sentence,
    st.sampled_from(NAMES),
    st.sampled_from(TOPICS),
    st.sampled_from(("settled", "refused", "discussed with us")),
)
PARAGRAPHS = st.tuples(
    st.sampled_from(("Anna Weld", "Boris Lund", "Q", None)),
    st.lists(SENTENCES, min_size=1, max_size=3),
).map(lambda parts: (parts[0], " ".join(parts[1])))
STATEMENTS = st.lists(PARAGRAPHS, min_size=1, max_size=5)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    opened = SearchIndex.open(tmp_path / "index")
    yield opened
    opened.close()


_numbers = count(1)


@given(STATEMENTS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_of_a_document_alone_an_alert_is_what_a_search_answers(
    index: SearchIndex, paragraphs: list[tuple[str | None, str]]
) -> None:
    index.clear()
    # Undated, so that a question with a day has no answer but its alert is not limited by it.
    index.apply([document(1, *paragraphs, title="Briefing")], next(_numbers))

    found = index.percolate(1, QUESTIONS, today=TODAY)

    for question in QUESTIONS:
        if "last week" in question:
            continue
        answers = index.search(question, limit=50, today=TODAY).hits
        assert found.get(question, []) == [hit.passage_id for hit in answers], question


@given(st.lists(STATEMENTS, min_size=2, max_size=6))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_remembered_of_questions_changes_nothing(
    index: SearchIndex, statements: list[list[tuple[str | None, str]]]
) -> None:
    index.clear()
    for number, paragraphs in enumerate(statements, 1):
        index.apply([document(number, *paragraphs, title="Briefing")], next(_numbers))
        view = index.view
        remembered = index.percolate(number, QUESTIONS, today=TODAY)
        afresh = Percolator().percolate(view, number, QUESTIONS, today=TODAY)
        searched = {
            question: ids
            for question in QUESTIONS
            if (
                ids := met(
                    view,
                    [
                        replace(query, date_from=None, date_to=None)
                        for query in understood(question, view.lexicon, TODAY)
                    ],
                    number - 1,
                )
            )
        }
        assert remembered == afresh == searched


def test_a_misspelt_question_is_read_anew_when_the_record_learns_the_word(
    index: SearchIndex,
) -> None:
    index.apply([document(1, "The Atlantic harbour was settled in the autumn.")], 1)
    assert index.percolate(1, ["atlantik harbour"], today=TODAY)
    index.apply([document(2, "Atlantik refused the harbour in the autumn.")], 2)
    assert index.percolate(2, ["atlantik harbour"], today=TODAY) == {"atlantik harbour": [2000]}
    assert not index.percolate(1, ["atlantik harbour"], today=TODAY)


def test_a_speaker_whom_the_record_did_not_know_is_known_once_they_speak(
    index: SearchIndex,
) -> None:
    question = "what did Vera Lind say about herring?"
    index.apply([document(1, ("Anna Weld", "The herring is back in the autumn."))], 1)
    assert not index.percolate(1, [question], today=TODAY)
    index.apply([document(2, ("Vera Lind", "The herring is back in the autumn."))], 2)
    assert index.percolate(2, [question], today=TODAY) == {question: [2000]}


def test_what_moderators_call_a_thing_counts_at_once(index: SearchIndex) -> None:
    index.apply([document(1, "The harbour of Bergen is open in the autumn.")], 1)
    assert not index.percolate(1, ["Gatehouse"], today=TODAY)
    alias = Alias("Gatehouse", by=None, at=datetime(2026, 11, 24, tzinfo=UTC))
    index.learn(Aliases(1, (AliasGroup("Bergen", (alias,)),)))
    assert index.percolate(1, ["Gatehouse"], today=TODAY) == {"Gatehouse": [1000]}


def test_days_do_not_limit_an_alert(index: SearchIndex) -> None:
    index.apply([document(1, "The herring is back.", said_on=date(2026, 11, 20))], 1)
    questions = ["herring in March 2024", "herring last week", "herring from:2030-01-01"]
    assert set(index.percolate(1, questions, today=TODAY)) == set(questions)


def test_a_withdrawn_or_unknown_document_meets_nothing(index: SearchIndex) -> None:
    index.apply([document(1, "The herring is back.")], 1)
    assert index.percolate(2, ["herring"], today=TODAY) == {}
    index.apply([withdrawn(1)], 2)
    assert index.percolate(1, ["herring"], today=TODAY) == {}


def test_questions_that_nobody_asks_any_more_are_forgotten(index: SearchIndex) -> None:
    questions = [f"{NAMES[number % len(NAMES)]} matter {number}" for number in range(300)]
    index.apply([document(1, "The herring is back.")], 1)
    assert index.percolate(1, questions, today=TODAY) == {}
    assert len(index._percolator._questions._known) == 300
    index.percolate(1, ["herring"], today=TODAY)
    assert len(index._percolator._questions._known) == 1
