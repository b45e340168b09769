"""How alerts look: words verbatim, within a message, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.alerts.messages import Digest, StatementAlert, Subject
from bot.asking import Interpretation
from bot.telegram.alerting import LISTED, digest, statement_alert
from bot.telegram.markup import MESSAGE_LIMIT, units
from bot.words import words
from corpus.types import Document
from tests.telegram.build import passage_view, quoted, visible

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u0333\u033f\u030a"),
    min_size=1,
    max_size=3000,
).filter(lambda text: text.strip() == text)
subjects = st.lists(
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=150),
    min_size=1,
    max_size=8,
)


def subject(text: str) -> Subject:
    return Subject(text, Interpretation(terms=(text,)))


def document(number: int) -> Document:
    return Document(
        id=number,
        source_url=f"https://mfa.example/{number}",
        title=f"Briefing <number> {number} " + "on the matters of the day " * 8,
        publisher=None,
        occasion=None,
        place=None,
        language="en",
        speaker=None,
        said_on=date(2026, 11, 24) if number % 2 else None,
        published_at=None,
        indexed_at=datetime(2026, 11, 24, tzinfo=UTC),
        revision=1,
        paragraphs=1,
    )


@given(st.lists(texts, min_size=1, max_size=3), subjects, st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_an_alert_fits_and_its_words_are_verbatim(
    paragraphs: list[str], about: list[str], more: int
) -> None:
    views = tuple(passage_view(text, title="Title " * 90) for text in paragraphs)
    message = StatementAlert(tuple(map(subject, about)), views, more)

    rendered = statement_alert(words("en"), message)

    parts = [rendered.head, *rendered.tails]
    assert all(units(visible(part)) <= MESSAGE_LIMIT for part in parts)
    shown = quoted(parts)
    assert shown in {"".join(paragraphs[:count]) for count in range(1, len(paragraphs) + 1)}
    count = next(n for n in range(1, 4) if shown == "".join(paragraphs[:n]))
    left = len(paragraphs) - count + more
    assert (f"And {left} more in this statement." in visible(rendered.head)) == (left > 0)


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (1, "And 1 more in this statement.", "И ещё 1 абзац в этом заявлении."),
        (3, "And 3 more in this statement.", "И ещё 3 абзаца в этом заявлении."),
        (5, "And 5 more in this statement.", "И ещё 5 абзацев в этом заявлении."),
    ],
)
def test_what_else_there_is_is_counted_in_each_language(
    count: int, english: str, russian: str
) -> None:
    message = StatementAlert((subject("Iran"),), (passage_view("We shall attend."),), count)
    assert english in statement_alert(words("en"), message).head
    assert russian in statement_alert(words("ru"), message).head


@pytest.mark.parametrize("count", [2, LISTED, 200])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_digest_lists_what_fits_and_counts_the_rest(count: int, language: str) -> None:
    entries = tuple((document(number), (subject("Iran"),)) for number in range(count))
    head = digest(words(language), Digest(entries)).head
    assert units(visible(head)) <= MESSAGE_LIMIT
    listed = visible(head).count("• ")
    left = [line for line in visible(head).splitlines() if line.startswith(("And ", "И ещё"))]
    assert bool(left) == (listed < count)
    if left:
        assert str(count - listed) in left[0]
    assert head.count('<a href="https://mfa.example/') == listed
