"""Verbatim, altered or unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quotes import judge
from corpus.types import EditKind, PassageKind, Verdict
from tests.quotes.build import FERRIES, GRAIN, PASSAGES, TALKS, passage


@pytest.mark.parametrize("text", [TALKS, FERRIES, GRAIN])
def test_a_whole_paragraph_is_verbatim(text: str) -> None:
    check = judge(text, PASSAGES)
    assert check.verdict is Verdict.VERBATIM
    assert check.passage is not None
    assert check.passage.text == text
    assert check.difference == ()


@pytest.mark.parametrize(
    "quotation",
    [
        "if both sides are invited, and not otherwise",
        "“If both sides are invited, and not otherwise.”",
        "IF BOTH SIDES ARE INVITED, AND NOT OTHERWISE",
        "  if both  sides\nare invited, — and not otherwise!",
        "«if both sides are invited, and not otherwise»",
        "not otherwise",
    ],
)
def test_typesetting_is_no_difference(quotation: str) -> None:
    assert judge(quotation, PASSAGES).verdict is Verdict.VERBATIM


def test_one_other_word_is_altered_and_shown() -> None:
    quotation = "We shall attend the talks if both sides are invited, but not otherwise."
    check = judge(quotation, PASSAGES)
    assert check.verdict is Verdict.ALTERED
    assert check.passage == PASSAGES[0]
    changed = [edit for edit in check.difference if edit.kind is not EditKind.EQUAL]
    assert [(edit.kind, edit.record.strip(), edit.quotation.strip()) for edit in changed] == [
        (EditKind.REPLACE, "and", "but")
    ]
    assert "".join(edit.quotation for edit in check.difference) == quotation
    assert "".join(edit.record for edit in check.difference) in TALKS


def test_a_name_exchanged_for_its_lookalike_is_altered() -> None:
    record = passage(7, "The minister spoke about the harvest in Niger and the drought there.")
    check = judge(
        "The minister spoke about the harvest in Nigeria and the drought there.", [record]
    )
    assert check.verdict is Verdict.ALTERED


def test_a_word_left_out_without_a_mark_is_altered() -> None:
    check = judge("We shall attend the talks if sides are invited, and not otherwise.", PASSAGES)
    assert check.verdict is Verdict.ALTERED
    assert [e.record.strip() for e in check.difference if e.kind is EditKind.DELETE] == ["both"]


def test_meaning_marks_count() -> None:
    check = judge(
        "We shall attend the talks, if both sides are invited, and not otherwise", PASSAGES
    )
    assert check.verdict is Verdict.ALTERED


@pytest.mark.parametrize("mark", ["…", "...", " [...] ", " (…) ", " . . . "])
def test_an_ellipsis_may_pass_over_words_and_that_is_said(mark: str) -> None:
    check = judge(f"We shall attend the talks{mark}and not otherwise.", PASSAGES)
    assert check.verdict is Verdict.VERBATIM
    assert check.elided
    assert "if both sides are invited" in "".join(
        edit.record for edit in check.difference if edit.kind is EditKind.DELETE
    )


def test_an_ellipsis_that_passes_over_nothing_is_not_said() -> None:
    check = judge("We shall attend the talks ... if both sides are invited", PASSAGES)
    assert check.verdict is Verdict.VERBATIM
    assert not check.elided


def test_an_ellipsis_does_not_turn_the_order_round() -> None:
    check = judge("if both sides are invited, and not otherwise … We shall attend", PASSAGES)
    assert check.verdict is not Verdict.VERBATIM


def test_words_of_two_statements_are_stitched() -> None:
    quotation = "We shall attend the talks if both sides are invited, the second ship on Friday"
    check = judge(quotation.replace("ship on", "ship follows on"), PASSAGES)
    assert check.verdict is Verdict.ALTERED
    assert [one.id for one in check.stitched] == [1, 3]
    assert "".join(edit.quotation for edit in check.difference) == check.quotation


def test_neighbouring_paragraphs_in_full_are_verbatim() -> None:
    check = judge(f"{TALKS}\n\n{FERRIES}", PASSAGES)
    assert check.verdict is Verdict.VERBATIM
    assert [one.id for one in check.stitched] == [1, 2]


def test_neighbouring_paragraphs_with_something_left_out_are_altered() -> None:
    check = judge(f"{TALKS[:71]}\n\n{FERRIES}", PASSAGES)
    assert check.verdict is Verdict.ALTERED
    assert [one.id for one in check.stitched] == [1, 2]


@pytest.mark.parametrize(
    "quotation",
    [
        "",
        "   ",
        "«…»",
        "The harbour was closed by the tax office after a long quarrel over the price of lamps.",
        "shall we dance",
        "if one side is invited",
        "The talks and the ferries and the grain are before the council and the storm was in March",
    ],
)
def test_what_is_not_on_record_is_unknown(quotation: str) -> None:
    check = judge(quotation, PASSAGES)
    assert check.verdict is Verdict.UNKNOWN
    assert check.passage is None
    assert check.difference == ()


def test_no_candidates_is_unknown() -> None:
    assert judge(TALKS, []).verdict is Verdict.UNKNOWN


def test_a_short_quotation_needs_more_exactness_than_a_long_one() -> None:
    words = TALKS.split()
    changed = [word if n % 4 else "lamp" for n, word in enumerate(words)]
    assert judge(" ".join(changed), PASSAGES).verdict is Verdict.ALTERED
    assert judge(" ".join(changed[:9]), PASSAGES).verdict is Verdict.UNKNOWN


def test_common_words_alone_are_no_evidence() -> None:
    record = passage(9, "It is the view of the council that the bridge is in good repair.")
    rare = {"bridge": 9.0, "council": 5.0, "repair": 5.0, "lamp": 9.0, "harbour": 9.0, "doubt": 9.0}
    quotation = "It is the view of the harbour that the lamp is in good doubt."
    assert judge(quotation, [record]).verdict is Verdict.ALTERED
    weighed = judge(quotation, [record], weigh=lambda word: rare.get(word, 0.1))
    assert weighed.verdict is Verdict.UNKNOWN


def test_the_official_comes_before_the_reporter_and_the_earliest_first() -> None:
    words = "The bridge opens on the first day of spring."
    same = [
        passage(1, words, kind=PassageKind.QUESTION, said_on=date(2020, 1, 1)),
        passage(2, words, said_on=None),
        passage(3, words, said_on=date(2024, 5, 1)),
        passage(4, words, said_on=date(2023, 5, 1)),
    ]
    check = judge(words, same)
    assert check.passage is not None
    assert check.passage.id == 4


def test_russian() -> None:
    record = passage(1, "Мы примем участие в переговорах, если всё будет готово к началу весны.")
    check = judge("«Мы примем участие в переговорах, если все будет готово»", [record])
    assert check.verdict is Verdict.VERBATIM
    check = judge("Мы примем участие в переговорах, если всё было готово к началу лета", [record])
    assert check.verdict is Verdict.ALTERED


@given(st.data())
def test_any_stretch_of_words_of_a_passage_is_verbatim(data: st.DataObject) -> None:
    words = TALKS.split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    check = judge(" ".join(words[start:end]), PASSAGES)
    assert check.verdict is Verdict.VERBATIM


@given(st.text(max_size=200), st.text(max_size=200))
def test_parts_join_to_what_they_are_parts_of(quotation: str, text: str) -> None:
    check = judge(quotation, [passage(1, text), passage(2, TALKS)])
    if check.difference:
        assert check.passage is not None
        assert "".join(edit.quotation for edit in check.difference) == quotation
        assert "".join(edit.record for edit in check.difference) in check.passage.text


@given(st.lists(st.sampled_from(TALKS.split()), min_size=1, max_size=40))
def test_shuffled_words_never_break_the_parts(words: list[str]) -> None:
    quotation = " ".join(words)
    check = judge(quotation, PASSAGES)
    if check.difference:
        assert check.passage is not None
        assert "".join(edit.quotation for edit in check.difference) == quotation
        assert "".join(edit.record for edit in check.difference) in check.passage.text
