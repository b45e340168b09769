from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking import ContextView, StatementView
from bot.telegram import pages
from bot.telegram.markup import MESSAGE_LIMIT, units
from bot.words import words
from corpus.types import Document
from tests.telegram.build import passage_view, quoted, visible

EN = words("en")
DOCUMENT = Document(
    id=3,
    source_url="https://mfa.example/press/1",
    title="Press point",
    publisher="Ministry",
    occasion=None,
    place=None,
    language="en",
    speaker=None,
    said_on=date(2024, 3, 12),
    published_at=None,
    indexed_at=datetime(2024, 3, 13, tzinfo=UTC),
    revision=1,
    paragraphs=3,
)

texts = st.lists(
    st.builds(
        lambda unit, times: unit * times, st.text(min_size=1, max_size=30), st.integers(1, 300)
    ),
    min_size=1,
    max_size=12,
)
speakers = st.lists(st.sampled_from(["Anna Weld", "Boris Lund", None, "N" * 900]), min_size=1)


def statement(paragraphs: list[str], by: list[str | None]) -> StatementView:
    views = tuple(
        passage_view(text, passage_id=number, paragraph=number, who=by[number % len(by)])
        for number, text in enumerate(paragraphs)
    )
    return StatementView(DOCUMENT, views)


@settings(max_examples=50)
@given(paragraphs=texts, by=speakers, title=st.text(max_size=5000))
def test_the_pages_of_a_statement_joined_are_its_paragraphs(
    paragraphs: list[str], by: list[str | None], title: str
) -> None:
    view = statement(paragraphs, by)
    view = replace(view, document=replace(DOCUMENT, title=title, publisher=title))

    cut = pages.statement_pages(EN, view)
    messages = [pages.statement_page(EN, view, page) for page in cut]

    assert quoted(messages) == "".join(paragraphs)
    assert all(units(visible(message)) <= MESSAGE_LIMIT for message in messages)
    for number, text in enumerate(paragraphs):
        shown = cut[pages.page_of(cut, number)]
        begun = [block.text for block in shown if block.paragraph == number and block.begins]
        assert len(begun) == 1
        assert text.startswith(begun[0])


def test_a_paragraph_that_is_on_no_page_is_looked_for_on_the_first() -> None:
    assert pages.page_of(pages.statement_pages(EN, statement(["One."], [None])), 7) == 0


def test_a_page_has_no_more_paragraphs_than_telegram_marks() -> None:
    view = statement(["Yes."] * 70, ["Anna Weld", "Boris Lund"])

    cut = pages.statement_pages(EN, view)

    assert [len(page) for page in cut] == [30, 30, 10]


def test_who_speaks_is_said_where_it_changes() -> None:
    view = statement(["One.", "Two.", "Three."], ["Anna Weld", "Anna Weld", "Boris Lund"])

    (page,) = pages.statement_pages(EN, view)

    assert visible(pages.statement_page(EN, view, page)).splitlines() == [
        "Press point · 12 March 2024",
        "Anna Weld",
        "One.",
        "Two.",
        "Boris Lund",
        "Three.",
        "Ministry",
    ]


def test_a_withdrawn_statement_is_said_to_be() -> None:
    view = replace(statement(["One."], [None]), document=replace(DOCUMENT, withdrawn=True))
    (page,) = pages.statement_pages(EN, view)

    assert "withdrawn" in pages.statement_page(EN, view, page)


@settings(max_examples=50)
@given(paragraphs=st.lists(st.text(min_size=1, max_size=3000), min_size=5, max_size=5))
def test_a_passage_among_its_neighbours_is_whole_and_marked(paragraphs: list[str]) -> None:
    views = [passage_view(text, paragraph=number) for number, text in enumerate(paragraphs)]
    view = ContextView(tuple(views[:2]), views[2], tuple(views[3:]))

    messages = pages.context_messages(EN, view)

    assert quoted(messages) == "".join(paragraphs)
    assert all(units(visible(message)) <= MESSAGE_LIMIT for message in messages)
    assert sum("▶ <b>Anna Weld</b>" in message for message in messages) == 1


def test_an_empty_paragraph_takes_its_place_without_words() -> None:
    view = statement(["", "Two."], ["Anna Weld"])
    (page,) = pages.statement_pages(EN, view)

    assert quoted([pages.statement_page(EN, view, page)]) == "Two."


def test_a_statement_as_a_file_has_all_of_it() -> None:
    view = statement(["One.", "Two.", "Three."], ["Anna Weld", "Anna Weld", None])

    assert pages.statement_text(EN, view) == (
        "Press point\n12 March 2024\nMinistry\nhttps://mfa.example/press/1\n\n"
        "Anna Weld:\n\nOne.\n\nTwo.\n\nSpeaker unknown:\n\nThree.\n"
    )
    bare = replace(
        view, document=replace(DOCUMENT, title=None, said_on=None, publisher=None, source_url=None)
    )
    assert pages.statement_text(EN, bare).startswith("Untitled statement\ndate unknown\n\nAnna")
