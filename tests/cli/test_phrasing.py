"""Views in words, as Telegram and the terminal show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.asking import AnswerView, view_answer, view_passage
from bot.message import Line, plain
from bot.phrasing import (
    also_said_line,
    asked_line,
    change_line,
    covered_lines,
    document_line,
    interpretation_lines,
    language_name,
    moment_text,
    page_line,
    silence_lines,
    source_line,
    speaker_line,
)
from bot.words import words
from corpus.types import (
    AlsoSaid,
    Answer,
    Change,
    ChangeKind,
    Coverage,
    PublisherCount,
    Repair,
    RepairKind,
    Silence,
    SilenceReason,
    SpeakerFilter,
    Suggestion,
    Term,
)
from tests.cli.views import answer, document, passage

EN = words("en")
COVERAGE = Coverage(412, 5_000, date(2020, 1, 2), date(2026, 11, 20))


def said(lines: list[Line]) -> list[str]:
    return [plain(line) for line in lines]


def silent(reason: SilenceReason, *, asked: Answer | None = None, **parts: Any) -> list[str]:
    asked = asked or answer()
    silence = Silence(reason, coverage=COVERAGE, **parts)
    return said(silence_lines(EN, view_answer(replace(asked, silence=silence))))


def test_who_and_when() -> None:
    line = speaker_line(EN, view_passage(passage()))
    assert plain(line) == "Anna Weld (FOREIGN MINISTER WELD) · 12 March 2024"


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"speaker": "Anna Weld"}, "Anna Weld · 12 March 2024"),
        ({"speaker": "ANNA WELD"}, "Anna Weld · 12 March 2024"),
        ({"person": None}, "FOREIGN MINISTER WELD · 12 March 2024"),
        ({"said_on": None}, "Anna Weld (FOREIGN MINISTER WELD) · date unknown"),
        (
            {"person": None, "speaker": None},
            "Speaker not named (statement by Anna Weld) · 12 March 2024",
        ),
        (
            {"person": None, "speaker": None, "document_speaker": None},
            "Speaker unknown · 12 March 2024",
        ),
    ],
)
def test_what_is_unknown_is_said_to_be(changes: dict[str, Any], shown: str) -> None:
    whose = changes.pop("document_speaker", "Anna Weld")
    shown_passage = passage(**changes)
    shown_passage = replace(shown_passage, document=replace(shown_passage.document, speaker=whose))
    assert plain(speaker_line(EN, view_passage(shown_passage))) == shown


def test_a_role_is_shown_where_it_is_known() -> None:
    view = replace(view_passage(passage(speaker="Anna Weld")), role="Foreign Minister")
    assert plain(speaker_line(EN, view)) == "Anna Weld, Foreign Minister · 12 March 2024"


def test_the_question_replied_to_is_on_one_line() -> None:
    line = asked_line(EN, view_passage(passage()))
    assert line is not None
    assert plain(line) == 'Asked: "Will you attend the talks?"'
    assert asked_line(EN, view_passage(passage(replies_to=None))) is None


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "Press point after the Oslo talks · Ministry of Foreign Affairs (published 13 March)"),
        ({"published_at": date(2024, 3, 12)}, "Press point after the Oslo talks · "
         "Ministry of Foreign Affairs"),
        ({"published_at": datetime(2024, 3, 12, 9, 30)}, "Press point after the Oslo talks · "
         "Ministry of Foreign Affairs"),
        ({"published_at": None, "publisher": None}, "Press point after the Oslo talks"),
        ({"published_at": date(2025, 1, 1), "publisher": None, "title": None},
         "Untitled statement · published 1 January 2025"),
        ({"said_on": None, "publisher": None}, "Press point after the Oslo talks · "
         "published 13 March 2024"),
    ],
)  # fmt: skip
def test_where_it_is_from(changes: dict[str, Any], shown: str) -> None:
    (span,) = source_line(EN, view_passage(passage(**changes)))
    assert span.text == shown
    assert span.url is not None
    assert span.url.startswith("https://mfa.example/oslo#:~:text=We%20shall")


def test_where_else_it_was_said() -> None:
    other = AlsoSaid(8, 13, date(2024, 4, 1))
    view = view_passage(passage(), also_said=(other, AlsoSaid(9, 14, None)))
    line = also_said_line(EN, view)
    assert line is not None
    assert plain(line) == "Also said on 1 April 2024"
    same = view_passage(passage(), also_said=(AlsoSaid(8, 13, date(2024, 3, 12)),))
    assert also_said_line(EN, same) is None


def test_the_pages_of_an_answer_are_numbered_from_its_offset() -> None:
    view = view_answer(answer(passage(), total=4), offset=1)
    assert plain(page_line(EN, view)) == "2 of 4"


def test_what_was_understood_is_said_only_when_it_adds_something() -> None:
    assert interpretation_lines(EN, view_answer(answer(passage()))) == []


def test_what_was_understood() -> None:
    asked = answer(
        passage(),
        terms=(Term("Iran", ()),),
        phrases=("joint plan",),
        excluded=("Iraq",),
        speaker=SpeakerFilter("Weld"),
        date_from=date(2024, 3, 1),
        date_to=date(2024, 3, 31),
        language="ru",
        publisher="A ministry",
        repairs=(
            Repair("irna", "Iran"),
            Repair("шкфт", "iran", RepairKind.KEYBOARD),
        ),
        notes=("from:yesterdy is not a date; taken as words.",),
    )
    first, note = said(interpretation_lines(EN, view_answer(asked)))
    assert first == (
        'searching: Iran · "joint plan" · Weld · March 2024 · in Russian · A ministry · '
        'without Iraq; "irna" read as "Iran"; '
        '"шкфт" typed in the other keyboard layout, read as "iran"'
    )
    assert note == "from:yesterdy is not a date; taken as words."


def test_a_repair_alone_is_said_alone() -> None:
    asked = answer(passage(), repairs=(Repair("irna", "Iran"),))
    assert said(interpretation_lines(EN, view_answer(asked))) == ['"irna" read as "Iran"']


def test_what_only_part_of_is_on_record_is_said() -> None:
    asked = replace(answer(passage()), uncovered=("annexation",))
    assert said(interpretation_lines(EN, view_answer(asked))) == [
        "not on record with this: annexation"
    ]


def test_silence_says_what_was_looked_through_and_what_is_near() -> None:
    lines = silent(
        SilenceReason.UNKNOWN_TERMS,
        missing=("Atlantis",),
        near=(Suggestion("Atlantic", 31, "Atlantic"), Suggestion("Atlanta", 2, "Atlanta")),
        loosened=(Suggestion("Atlantis", 3, "without the date"),),
    )
    assert lines == [
        "Nothing on record about Atlantis.",
        "I looked in 412 statements, 2 January 2020 to 20 November 2026.",
        "Near it: Atlantic (31) · Atlanta (2).",
        "Without the date: 3 answers.",
    ]


@pytest.mark.parametrize(
    ("reason", "query", "missing", "first"),
    [
        (SilenceReason.EMPTY_RECORD, {}, (), "Nothing is on record yet."),
        (
            SilenceReason.NOTHING_ASKED,
            {"terms": ()},
            (),
            "Say what it is about: a name, a subject or a phrase.",
        ),
        (
            SilenceReason.UNKNOWN_SPEAKER,
            {"speaker": SpeakerFilter("Smith")},
            (),
            "Nobody on record is called Smith.",
        ),
        (SilenceReason.UNKNOWN_SPEAKER, {}, ("Smith",), "Nobody on record is called Smith."),
        (
            SilenceReason.NOT_THIS_TOPIC,
            {"terms": (Term("Honduras", ()), Term("annexation", ()))},
            ("annexation",),
            "Honduras is on record, but not with annexation.",
        ),
        (SilenceReason.NOT_THIS_TOPIC, {}, ("talks",), "Nothing on record about talks."),
        (
            SilenceReason.FILTERED,
            {"speaker": SpeakerFilter("Weld")},
            (),
            "Nothing on record about talks within these limits: Weld.",
        ),
        (
            SilenceReason.FILTERED,
            {"terms": (), "date_from": date(2024, 3, 1)},
            (),
            "Nothing on record within these limits: since 1 March 2024.",
        ),
    ],
)
def test_each_reason_has_its_words(
    reason: SilenceReason, query: dict[str, Any], missing: tuple[str, ...], first: str
) -> None:
    lines = silent(reason, asked=answer(**query), missing=missing)
    assert lines[0] == first
    looked = reason not in (SilenceReason.EMPTY_RECORD, SilenceReason.NOTHING_ASKED)
    assert (len(lines) == 2) is looked


def test_what_is_loosened_is_said_in_the_asker_s_language_where_we_have_the_words() -> None:
    asked = answer()
    silence = Silence(
        SilenceReason.FILTERED,
        loosened=(Suggestion("a", 2, "without the date"), Suggestion("b", 1, "within reason")),
    )
    view = view_answer(replace(asked, silence=silence))
    assert view.silence is not None
    assert [one.question for one in view.silence.suggestions] == ["a", "b"]
    assert said(silence_lines(words("ru"), view))[-2:] == [
        "Без даты: 2 ответа.",
        "Within reason: 1 ответ.",
    ]


def test_an_answer_has_no_silence_to_tell() -> None:
    assert silence_lines(EN, AnswerView("talks?", view_answer(answer()).interpretation)) == []


def test_what_is_covered() -> None:
    lines = said(
        covered_lines(
            EN,
            Coverage(
                documents=3,
                passages=1,
                first=date(2020, 1, 2),
                last=date(2021, 1, 2),
                publishers=(PublisherCount("A ministry", 2), PublisherCount(None, 1)),
                languages=(("en", 2), (None, 1)),
                speakers=1,
                withdrawn=2,
            ),
        )
    )
    assert lines == [
        "On record: 3 statements, 1 paragraph.",
        "Said between 2 January 2020 and 2 January 2021.",
        "1 known speaker",
        "A ministry: 2 statements",
        "Publisher unknown: 1 statement",
        "English: 2 statements",
        "Language unknown: 1 statement",
        "2 statements withdrawn",
    ]


def test_a_record_without_dates_names_none() -> None:
    assert "Said between" not in " ".join(said(covered_lines(EN, Coverage(1, 1, None, None))))
    silence = Silence(SilenceReason.UNKNOWN_TERMS, coverage=Coverage(1, 1, None, None))
    lines = silence_lines(EN, view_answer(replace(answer(), silence=silence)))
    assert plain(lines[1]) == "I looked in 1 statement."


def test_a_record_of_one_day_names_it_once() -> None:
    one = Coverage(1, 1, date(2021, 5, 19), date(2021, 5, 19))
    assert "Said on 19 May 2021." in said(covered_lines(EN, one))
    silence = Silence(SilenceReason.UNKNOWN_TERMS, coverage=one)
    lines = silence_lines(EN, view_answer(replace(answer(), silence=silence)))
    assert plain(lines[1]) == "I looked in 1 statement, 19 May 2021."


def test_a_statement_in_one_line() -> None:
    assert plain(document_line(EN, document())) == (
        "#12 · 12 March 2024 · Press point after the Oslo talks · Anna Weld · "
        "Ministry of Foreign Affairs"
    )
    bare = document(said_on=None, title=None, speaker=None, publisher=None)
    assert plain(document_line(EN, bare)) == "#12 · date unknown · Untitled statement"


def test_a_change_in_one_line() -> None:
    change = Change(1, ChangeKind.WITHDRAWAL, 12, 1, datetime(2024, 3, 14, 9, 5), "anna", "a test")
    assert plain(change_line(EN, change)) == (
        "2024-03-14 09:05 · withdrawn #12 · Untitled statement · by anna · a test"
    )


def test_moments_are_as_precise_as_they_are_known() -> None:
    assert moment_text(EN, datetime(2021, 5, 20, 3, 25)) == "20 May 2021, 03:25"
    assert moment_text(EN, date(2021, 5, 20)) == "20 May 2021"


def test_languages_are_named_where_their_name_is_known() -> None:
    assert language_name(EN, "ru") == "Russian"
    assert language_name(words("ru"), "en") == "английский"
    assert language_name(EN, "qqq") == "qqq"
    assert language_name(EN, None) == "Language unknown"
