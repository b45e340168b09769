from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import CheckView, words_line
from bot.message import Span, Style, plain
from bot.telegram.check_rendering import check, split_line
from bot.telegram.markup import MESSAGE_LIMIT, line_units, units
from bot.words import words
from corpus.types import Edit, EditKind, Verdict
from tests.telegram.build import QUOTATION, passage_view, quoted, visible

EN = words("en")
SOME = st.text(min_size=1, max_size=200)


def edit(kind: EditKind, record: str, quotation: str) -> Edit:
    return Edit(
        kind,
        "" if kind is EditKind.INSERT else record,
        record if kind is EditKind.EQUAL else "" if kind is EditKind.DELETE else quotation,
    )


edits = st.lists(st.builds(edit, st.sampled_from(EditKind), SOME, SOME), min_size=1, max_size=300)


def altered(difference: list[Edit], **changes: object) -> CheckView:
    record = "".join(one.record for one in difference)
    return CheckView(
        quotation="".join(one.quotation for one in difference),
        verdict=Verdict.ALTERED,
        passage=passage_view(record, **changes),
        difference=tuple(difference),
        elided=False,
        stitched=(),
    )


@settings(max_examples=40, deadline=None)
@given(edits)
def test_any_difference_arrives_whole_in_messages_that_telegram_takes(
    difference: list[Edit],
) -> None:
    view = altered(difference)
    rendered = check(EN, view)

    messages = [rendered.head, *rendered.tails]
    marked = "".join(part for message in messages for part in QUOTATION.findall(message))
    assert visible(marked) == plain(words_line(view))
    for message in messages:
        assert units(visible(message)) <= MESSAGE_LIMIT
        assert message.count("<s>") + message.count("<u>") <= 90
        assert not message.endswith("</blockquote>")


@given(st.lists(st.builds(Span, SOME, st.sampled_from(Style)), max_size=30), st.integers(2, 90))
def test_the_pieces_of_a_line_joined_are_the_line(spans: list[Span], limit: int) -> None:
    pieces = split_line(tuple(spans), limit, first=limit)

    assert "".join(map(plain, pieces)) == plain(spans)
    assert all(line_units(piece) <= limit for piece in pieces)


def test_one_difference_reads_as_in_a_chat() -> None:
    rendered = check(
        EN,
        altered(
            [
                Edit(EditKind.EQUAL, "We shall attend, ", "We shall attend, "),
                Edit(EditKind.REPLACE, "and", "but"),
                Edit(EditKind.EQUAL, " not otherwise.", " not otherwise."),
            ]
        ),
    )

    assert rendered.head == (
        "<b>Altered.</b> Closest on record, Anna Weld, 12 March 2024:\n"
        "<blockquote>We shall attend, <s>and</s><u>but</u> not otherwise.</blockquote>\n"
        "The record says &quot;and not otherwise&quot;.\n".replace("&quot;", '"').replace(
            '"and not otherwise"', '"<i>and not otherwise</i>"'
        )
        + '<a href="https://mfa.example/press/1#:~:text=We%20shall">'
        "Press point after the Oslo talks · Ministry of Foreign Affairs</a>"
    )


def test_unknown_words_are_said_to_be_unknown() -> None:
    view = CheckView("the moon", Verdict.UNKNOWN, None, (), False, ())

    assert check(EN, view).head.startswith("<b>Unknown.</b> ")


def test_words_from_two_places_are_shown_in_both_with_a_long_one_whole() -> None:
    places = (passage_view("First words. " * 500), passage_view("Second words."))
    view = CheckView("…", Verdict.ALTERED, places[0], (), False, places)

    rendered = check(EN, view)

    assert quoted([rendered.head, *rendered.tails]) == places[0].text + places[1].text
    assert "joins words from 2 passages" in rendered.head


def test_what_telegram_would_alter_comes_as_a_file_too() -> None:
    text = "Two words\tand a tab."
    view = CheckView(text, Verdict.VERBATIM, passage_view(text), (), False, ())

    rendered = check(EN, view)

    assert rendered.exact is not None
    assert rendered.exact.text == text
    assert "the file has it exactly" in rendered.head


def test_a_long_difference_is_cut_into_numbered_parts() -> None:
    same = Edit(EditKind.EQUAL, "It was said again. " * 150, "It was said again. " * 150)
    rendered = check(EN, altered([same, Edit(EditKind.REPLACE, "and ", "but "), same]))

    assert "Part 1 of 2" in rendered.head
    assert visible(rendered.tails[0]).endswith("Part 2 of 2")


def test_many_marks_are_spread_over_several_messages() -> None:
    difference = [Edit(EditKind.REPLACE, "a", "b")] * 150
    rendered = check(EN, altered(difference))

    assert len(rendered.tails) >= 3
    assert quoted([rendered.head, *rendered.tails]).count("<s>") == 150
