"""What holds of any question at all."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.search.lexicon import empty_lexicon
from corpus.search.understanding import Vocabulary, parse
from corpus.search.understanding.known import is_known
from tests.understanding.vocabulary import ask, small_record

PIECES = [
    "what did", "Lavrov", "say", "about", "Iran", "irna", "in May 2021", "since", "2012", '"red',
    'line"', "-oil", "speaker:", "from:2012", "to:x", "on:", "«", "»", "—", "что", "сказал", "о",
    "Лаврове", "по словам", "bhfy", "US", "us", "the", "of", "and", ",", ":", "?", "31", "February",
    "between", "Guinea-Bissau", "no-fly", "'s", "X's", "according to", "was", "mentioned", "by",
    "last", "week", "лет", "назад", "\u0000", "\ud83d\ude00", "İ", "ﬁ", "٣", "ё", "е\u0301",
]  # fmt: skip

questions = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
)


@given(questions, st.dates(min_value=date(1, 1, 1)))
@example("a" * 5_000, date(2026, 1, 1))
@example("in May " * 800, date(2026, 1, 1))
@example("last 999 years", date(3, 1, 1))
@example("since yesterday", date(1, 1, 1))
@example("from:2000 by Feb", date(2000, 1, 1))
@example("TTIA", date(2000, 1, 1))
@settings(deadline=None, max_examples=200)
def test_any_text_is_read_without_an_error(question: str, today: date) -> None:
    query = parse(question, lexicon=small_record(), today=today)
    assert query.question == question
    assert query == parse(question, lexicon=small_record(), today=today)
    for term in query.terms:
        assert term.text
        assert term.forms
        for form in term.forms:
            assert form.words
            assert all(form.words)
            assert 0 < form.weight <= 1
    if query.date_from and query.date_to:
        assert query.date_from <= query.date_to
    assert all(repair.original and repair.replacement for repair in query.repairs)
    assert len({term.text for term in query.terms}) == len(query.terms)


@given(questions)
@settings(deadline=None, max_examples=100)
def test_an_empty_record_can_be_asked(question: str) -> None:
    parse(question, lexicon=empty_lexicon(), today=date(2026, 11, 24))


@given(st.lists(st.sampled_from(sorted(small_record())), min_size=1, max_size=6))
@settings(deadline=None, max_examples=150)
def test_words_of_the_record_are_never_mended(words: list[str]) -> None:
    assert all(is_known(word, small_record()) for word in words)
    assert ask(" ".join(words)).repairs == ()


def test_the_real_lexicon_is_a_vocabulary() -> None:
    vocabulary: Vocabulary = small_record()
    assert vocabulary.known("iran")


def test_a_question_that_is_too_long_is_cut_and_this_is_said() -> None:
    query = ask("Iran " * 2_000)
    assert query.notes == ("Only the first 4000 characters were read.",)
