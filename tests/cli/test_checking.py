from __future__ import annotations

from bot.checking import CheckView, remark_lines, verdict_line, view_check, words_line
from bot.message import Span, Style, plain
from bot.words import words
from corpus.types import Edit, EditKind, Passage, QuoteCheck, Verdict
from tests.cli.views import passage

EN = words("en")
QUOTED = "We shall attend if both sides are invited, but not otherwise."
REPLACED = (
    Edit(EditKind.EQUAL, "We shall attend if both sides are invited, ", "We shall …, "),
    Edit(EditKind.REPLACE, "and ", "but "),
    Edit(EditKind.EQUAL, "not otherwise.", "not otherwise."),
)


def altered(
    *difference: Edit, elided: bool = False, stitched: tuple[Passage, ...] = ()
) -> CheckView:
    return view_check(QuoteCheck(QUOTED, Verdict.ALTERED, passage(), difference, elided, stitched))


def test_an_altered_quotation_shows_the_record_s_words_and_its_own() -> None:
    view = altered(*REPLACED)
    assert plain(verdict_line(EN, view)) == (
        "Altered. Closest on record, Anna Weld (FOREIGN MINISTER WELD), 12 March 2024:"
    )
    assert words_line(view) == (
        Span("We shall attend if both sides are invited, "),
        Span("and", Style.STRUCK),
        Span(" "),
        Span("but", Style.ADDED),
        Span(" "),
        Span("not otherwise."),
    )
    assert [plain(line) for line in remark_lines(EN, view)] == [
        'The record says "and not otherwise".'
    ]


def test_words_that_the_record_lacks_are_named() -> None:
    view = altered(REPLACED[0], Edit(EditKind.INSERT, "", "certainly "), REPLACED[2])
    assert [plain(line) for line in remark_lines(EN, view)] == [
        'The record does not have "certainly".'
    ]


def test_several_differences_speak_for_themselves() -> None:
    view = altered(*REPLACED, Edit(EditKind.DELETE, "Never.", ""))
    assert remark_lines(EN, view) == []


def test_words_left_out_and_words_joined_are_told() -> None:
    elided = altered(*REPLACED, elided=True)
    assert plain(remark_lines(EN, elided)[0]) == "The quotation leaves words out."
    stitched = altered(*REPLACED, stitched=(passage(), passage(id=8)))
    assert words_line(stitched) == (Span(passage().text),)
    assert [plain(line) for line in remark_lines(EN, stitched)] == [
        "The quotation joins words from 2 passages."
    ]


def test_a_verbatim_quotation_is_shown_as_the_record_has_it() -> None:
    view = view_check(QuoteCheck(QUOTED, Verdict.VERBATIM, passage()))
    assert plain(verdict_line(EN, view)).startswith("Verbatim. On record word for word, Anna Weld")
    assert words_line(view) == (Span(passage().text),)
    assert remark_lines(EN, view) == []


def test_an_unknown_quotation_is_told_plainly() -> None:
    view = view_check(QuoteCheck(QUOTED, Verdict.UNKNOWN))
    assert plain(verdict_line(EN, view)).startswith("Unknown. Nothing like these words")
    assert words_line(view) == ()
