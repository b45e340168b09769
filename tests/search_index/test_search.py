"""The right words come first, or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.search import Findings, SearchIndex
from corpus.search.index import RELEASED
from corpus.search.searcher import answer
from corpus.types import Query, SilenceReason, SpeakerFilter
from tests.search_index.records import document

TODAY = date(2026, 11, 24)
FILLER = [
    document(
        900 + number,
        f"The harbour of town number {number} was opened, and ferries sail every morning.",
        f"Fishing quotas in district {number} stay as they were agreed in the autumn.",
        f"We thank the teachers of school {number} for their work and their patience.",
        title=f"Notes {number}",
        said_on=date(2019, 1, 1 + number),
    )
    for number in range(20)
]
IRAN = document(
    1,
    ("Q", "Will you attend the talks on Iran?"),
    (
        "Anna Weld",
        "We shall attend if both sides are invited, and not otherwise.",
        "Will you attend the talks on Iran?",
    ),
    ("Anna Weld", "The Iranian nuclear programme must remain peaceful, and inspectors return."),
    ("-", "END"),
    ("Q", "And Tirana?"),
    ("Anna Weld", "Tirana hosts the summit of mayors next year.", "And Tirana?"),
    title="Press point by Foreign Minister Anna Weld",
    speaker="Anna Weld",
    said_on=date(2024, 3, 12),
)
NIGER = document(
    2,
    ("Ole Brandt", "Nigeria has asked for vaccines, and Nigeria will have them by the summer."),
    ("Ole Brandt", "In Niger the embassy was closed after the coup, and staff went home."),
    (None, "The spokesman left the room without another word about the embassy in Niger."),
    title="Briefing",
    speaker="Ole Brandt",
    said_on=date(2023, 8, 2),
)
UNDATED = document(
    3, ("Anna Weld", "An agreement with Oman on fishing vessels was initialled."), said_on=None
)
RUSSIAN = document(
    4,
    ("Анна Вельд", "Санкции против Ирана должны быть сняты, когда вернутся инспекторы."),
    language="ru",
    publisher="Посольство",
    said_on=date(2022, 5, 5),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = SearchIndex.open(tmp_path_factory.mktemp("index"))
    made.apply([*FILLER, IRAN, NIGER, UNDATED, RUSSIAN], 1)
    return made


def ask(index: SearchIndex, question: str, **given: int) -> Findings:
    return index.search(
        question, limit=given.get("limit", 5), offset=given.get("offset", 0), today=TODAY
    )


def ids(found: Findings) -> list[int]:
    assert (found.silence is None) == bool(found.hits)
    return [hit.passage_id for hit in found.hits]


def reason(found: Findings) -> SilenceReason:
    assert found.silence is not None
    assert not found.hits
    return found.silence.reason


def test_a_country_is_found_by_its_people_and_never_within_another_name(
    index: SearchIndex,
) -> None:
    found = ids(ask(index, "What was said about Iran?"))
    assert set(found[:2]) == {1001, 1002}
    assert 1005 not in found


def test_a_reporter_s_question_is_no_answer_but_its_reply_is(index: SearchIndex) -> None:
    found = ids(ask(index, "will you attend the talks on Iran"))
    assert found[0] == 1001
    assert 1000 not in found
    assert 1003 not in ids(ask(index, 'speaker:"Anna Weld"', limit=50))


@pytest.mark.parametrize(
    ("question", "expected"), [("Niger", {2001, 2002}), ("Nigeria", {2000}), ("Tirana", {1005})]
)
def test_lookalikes_are_kept_apart(index: SearchIndex, question: str, expected: set[int]) -> None:
    assert set(ids(ask(index, f"What was said about {question}?"))) == expected


def test_the_speaker_asked_for_is_kept_to(index: SearchIndex) -> None:
    assert ids(ask(index, "What did Anna Weld say about Iran?"))[0] in (1001, 1002)
    assert reason(ask(index, "What did Anna Weld say about Nigeria?")) is SilenceReason.FILTERED


def test_an_unknown_speaker_follows_where_the_document_is_by_the_one_asked_for(
    index: SearchIndex,
) -> None:
    found = ask(index, "What did Ole Brandt say about the embassy in Niger?")
    assert [(hit.passage_id, hit.speaker_unsure) for hit in found.hits] == [
        (2001, False),
        (2002, True),
    ]


def test_a_speaker_whom_the_record_doesn_t_know_is_said(index: SearchIndex) -> None:
    found = ask(index, "What did John Wald say about Iran?")
    assert reason(found) is SilenceReason.UNKNOWN_SPEAKER
    assert found.silence is not None
    assert "Anna Weld" in [near.label for near in found.silence.near]


def test_dates_are_kept_to_and_the_undated_are_left_out(index: SearchIndex) -> None:
    assert ids(ask(index, "Iran from:2024-01-01 to:2024-12-31"))[0] in (1001, 1002)
    assert 4000 not in ids(ask(index, "Iran in 2024"))
    assert ids(ask(index, "agreement with Oman on fishing vessels")) == [3000]
    late = ask(index, "agreement with Oman on fishing vessels since 2001")
    assert reason(late) is SilenceReason.FILTERED
    assert late.silence is not None
    assert [(one.label, one.count) for one in late.silence.loosened] == [("without the date", 1)]
    again = ask(index, late.silence.loosened[0].question)
    assert ids(again) == [3000]


def test_language_and_publisher_are_kept_to(index: SearchIndex) -> None:
    assert ids(ask(index, "Iran lang:ru")) == [4000]
    assert ids(ask(index, 'Iran publisher:"Посольство"')) == [4000]
    assert 4000 not in ids(ask(index, "Iran publisher:Ministry"))
    found = ask(index, "Nigeria vaccines lang:ru publisher:Посольство")
    assert reason(found) is SilenceReason.FILTERED


def test_limits_that_only_together_leave_nothing_are_loosened_together(
    index: SearchIndex,
) -> None:
    found = ask(
        index, 'Tirana mayors lang:ru publisher:"Посольство" speaker:"Ole Brandt" to:2020-01-01'
    )
    assert reason(found) is SilenceReason.FILTERED
    assert found.silence is not None
    [loosened] = found.silence.loosened
    assert loosened.label == "without any of these limits"
    assert ids(ask(index, loosened.question)) == [1005]


def test_what_loosens_keeps_the_rest_of_the_question(index: SearchIndex) -> None:
    found = ask(index, '"nuclear programme" -vaccines lang:en publisher:Ministry to:2020-01-01')
    assert found.silence is not None
    first = found.silence.loosened[0]
    assert (first.label, first.count) == ("without the date", 1)
    again = ask(index, first.question)
    assert ids(again) == [1002]
    assert again.query.excluded == ("vaccines",)
    assert (again.query.language, again.query.publisher) == ("en", "Ministry")


def test_other_languages_are_found_by_the_name(index: SearchIndex) -> None:
    assert 4000 in ids(ask(index, "Iran"))
    assert 1002 in ids(ask(index, "Иран"))


def test_an_exact_phrase_must_stand_as_it_is(index: SearchIndex) -> None:
    assert ids(ask(index, '"both sides are invited"')) == [1001]
    assert reason(ask(index, '"sides both are invited"')) in (
        SilenceReason.NOT_THIS_TOPIC,
        SilenceReason.UNKNOWN_TERMS,
    )


def test_excluded_words_exclude(index: SearchIndex) -> None:
    assert 1002 not in ids(ask(index, "Iran -nuclear"))


def test_a_name_that_the_record_hasn_t_means_silence(index: SearchIndex) -> None:
    found = ask(index, "What was said about Zambia?")
    assert reason(found) is SilenceReason.UNKNOWN_TERMS
    assert found.silence is not None
    assert found.silence.missing == ("Zambia",)
    assert found.silence.coverage is not None
    assert found.silence.coverage.documents == 24


def test_a_near_name_is_offered_not_answered(index: SearchIndex) -> None:
    found = ask(index, "What was said about Tiran?")
    assert ids(found) if found.hits else reason(found) is SilenceReason.UNKNOWN_TERMS


def test_a_known_name_with_a_foreign_topic_means_silence(index: SearchIndex) -> None:
    found = ask(index, "What was said about the mayors of Oman?")
    assert reason(found) is SilenceReason.NOT_THIS_TOPIC
    assert found.silence is not None
    assert "mayors" in found.silence.missing


def test_nothing_asked_and_an_empty_record(index: SearchIndex, tmp_path: Path) -> None:
    assert reason(ask(index, "what was said?")) is SilenceReason.NOTHING_ASKED
    empty = SearchIndex.open(tmp_path)
    assert reason(ask(empty, "Iran")) is SilenceReason.EMPTY_RECORD


def test_filters_alone_list_what_they_leave_the_newest_first(index: SearchIndex) -> None:
    found = ids(ask(index, 'speaker:"Anna Weld"'))
    assert found == [1001, 1002, 1005, 4000, 3000]


def test_pages_go_on_where_the_last_ended(index: SearchIndex) -> None:
    whole = ask(index, "ferries in the harbour", limit=6)
    first, second = (
        ask(index, "ferries in the harbour", limit=3, offset=offset) for offset in (0, 3)
    )
    assert ids(first) + ids(second) == ids(whole)
    assert first.total == second.total == whole.total >= 6
    assert ask(index, "ferries in the harbour", limit=5, offset=500).hits == ()


def test_the_same_words_are_shown_once_with_where_else_they_were_said(tmp_path: Path) -> None:
    words = "We have always said that the border with Oman is open to all who come in peace."
    index = SearchIndex.open(tmp_path)
    index.apply(
        [
            *FILLER,
            document(1, words, said_on=date(2021, 1, 1)),
            document(2, words + " Always.", said_on=date(2022, 2, 2)),
            document(3, "Oman opened a consulate, and its border is a different matter."),
        ],
        1,
    )
    found = ask(index, "the border with Oman is open")
    assert len(found.hits) == 2
    first = found.hits[0]
    assert {first.passage_id, *(other.passage_id for other in first.also_said)} == {1000, 2000}
    assert {other.said_on for other in first.also_said} <= {date(2021, 1, 1), date(2022, 2, 2)}
    assert found.total == 2


def test_what_only_part_is_on_record_of_is_said(index: SearchIndex) -> None:
    found = ask(
        index, "the Iranian nuclear programme must remain peaceful and inspectors return quickly"
    )
    assert ids(found)[0] == 1002
    assert "quickly" in found.uncovered


def test_a_misspelt_word_is_repaired_and_said(index: SearchIndex) -> None:
    found = ask(index, "the irnaian nuclaer programme")
    assert ids(found)[0] == 1002
    assert found.query.repairs


def test_a_broad_question_counts_more_than_it_ranks(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    texts = [
        f"On day {number} we spoke of Oman with delegate {7 * number}." for number in range(300)
    ]
    index.apply([document(1, *texts), *FILLER], 1)
    found = ask(index, "What was said about Oman?")
    assert len(found.hits) == 5
    assert found.total == 300


def test_a_publisher_or_speaker_that_is_not_there_leaves_nothing(index: SearchIndex) -> None:
    assert reason(ask(index, 'Tirana publisher:"Nowhere"')) is SilenceReason.FILTERED
    query = Query("", speaker=SpeakerFilter("Nobody", frozenset({"NOBODY"})))
    found = answer(index.view, query, limit=5)
    assert reason(found) is SilenceReason.FILTERED


def test_panics_of_the_engine_are_not_let_out(index: SearchIndex) -> None:
    for question in ('""', '"a"', "*", "a:b", "-", "(", "\\", "\x00", "AND OR NOT", "🗣", "'" * 50):
        found = ask(index, question)
        assert found.silence is not None or found.hits


def test_answers_are_remembered_until_the_index_moves_on(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    index.apply([*FILLER, IRAN], 1)
    first = ask(index, "What was said about Iran?")
    assert ask(index, "What was said about Iran?") is first
    index.apply([RUSSIAN], 2)
    assert 4000 in ids(ask(index, "What was said about Iran?"))


def test_pages_of_memory_given_back_are_read_again(index: SearchIndex) -> None:
    expected = ids(ask(index, "What was said about Iran?"))
    for number in range(2 * RELEASED):
        assert ids(ask(index, "What was said about Iran?" + " " * number)) == expected


def test_only_so_many_answers_are_remembered(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.search.index.REMEMBERED", 2)
    asked = ["Iran", "Tirana", "Oman", "Iran"]
    found = [ids(ask(index, question)) for question in asked]
    assert found[0] == found[3]


def test_a_quoted_name_that_is_not_there_word_for_word_is_looked_for_by_its_words(
    index: SearchIndex,
) -> None:
    found = ask(index, 'must inspectors return to the "peaceful nuclear programme of Iran"?')
    assert ids(found)[0] == 1002
    assert found.query.notes


def test_more_than_chance_brings_together_is_an_answer_whatever_nobody_knows(
    index: SearchIndex,
) -> None:
    found = ask(
        index, "inspectors return peaceful nuclear programme remain qwzxj vbnmk hgfds plkjh"
    )
    assert ids(found)[0] == 1002
    assert "qwzxj" in map(str.lower, found.uncovered)


def test_among_keywords_a_speaker_s_own_words_need_not_name_them(index: SearchIndex) -> None:
    assert ids(ask(index, "brandt niger"))[0] == 2001
    assert ids(ask(index, "weld oman")) == [3000]
    assert reason(ask(index, "brandt oman")) is SilenceReason.NOT_THIS_TOPIC


def test_among_keywords_a_year_is_met_by_when_it_was_said(tmp_path: Path) -> None:
    made = SearchIndex.open(tmp_path)
    years = [
        document(
            number, f"The embassy in Niger, remark {number}.", said_on=date(2015 + number, 1, 1)
        )
        for number in range(1, 9)
    ]
    made.apply([*FILLER, *years], 1)
    assert ids(ask(made, "niger embassy 2018"))[0] == 3000
    assert ids(ask(made, "niger embassy 2021"))[0] == 6000
    assert ids(ask(made, "niger embassy 1999"))
