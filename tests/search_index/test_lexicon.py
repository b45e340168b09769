"""The lexicon knows words, names and what is near."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.search.lexicon import KnownSpeaker, empty_lexicon, lexicon_of

WORDS = st.text(alphabet="abciranжиранt'-0é", min_size=1, max_size=9)


def test_an_empty_lexicon_knows_nothing() -> None:
    lexicon = empty_lexicon()
    assert len(lexicon) == 0
    assert not lexicon.known("iran")
    assert lexicon.near("iran", distance=2) == []
    assert list(lexicon) == []
    assert lexicon.words_of_stem("iran") == []


def test_words_stems_and_names() -> None:
    lexicon = lexicon_of(
        {"iran": 5, "sanctions": 3, "sanction": 4, "талк": 1},
        names=["iran"],
        speakers=[KnownSpeaker("MR. WELD", None, 3, False)],
        publishers=["Ministry"],
        languages=["en"],
    )
    assert lexicon.known("iran")
    assert lexicon.frequency("sanctions") == 3
    assert lexicon.stem_frequency("sanction") == 7
    assert lexicon.stem_frequency_of("sanctions") == 7
    assert lexicon.words_of_stem("sanction") == ["sanction", "sanctions"]
    assert lexicon.is_name("iran")
    assert not lexicon.is_name("sanctions")
    assert not lexicon.is_name("lisbon")
    assert sorted(lexicon) == ["iran", "sanction", "sanctions", "талк"]
    assert [speaker.label for speaker in lexicon.speakers()] == ["MR. WELD"]
    assert (lexicon.publishers(), lexicon.languages()) == (("Ministry",), ("en",))
    assert lexicon.passages == 5


def test_a_stem_that_is_no_word_is_not_known() -> None:
    lexicon = lexicon_of({"countries": 2})
    assert lexicon.stem_frequency("countri") == 2
    assert not lexicon.known("countri")
    assert lexicon.near("countri", distance=1) == []


def test_a_swap_of_neighbours_is_one_edit() -> None:
    lexicon = lexicon_of({"iran": 5, "iraq": 4})
    assert lexicon.near("irna", distance=1) == [("iran", 5)]
    assert lexicon.near("irna", distance=2) == [("iran", 5), ("iraq", 4)]


@given(st.dictionaries(WORDS, st.integers(1, 9), max_size=30), WORDS, st.integers(1, 2))
def test_near_words_are_those_that_comparing_with_all_would_find(
    frequencies: dict[str, int], word: str, distance: int
) -> None:
    expected = {
        (known, frequency)
        for known, frequency in frequencies.items()
        if OSA.distance(known, word) <= distance
    }
    found = lexicon_of(frequencies).near(word, distance=distance)
    assert set(found) == expected
    assert [count for _, count in found] == sorted((count for _, count in found), reverse=True)
