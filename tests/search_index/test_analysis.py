"""Words are cut and folded alike in passages and questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search.analysis import capitals, fold, is_cyrillic, stem, tokens, word, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. and the US, and us.", ["the", "usa", "and", "the", "usa", "and", "us"]),
        ("US's allies", ["usa", "allies"]),
        ("TELL US NOW", ["tell", "us", "now"]),
        ("at 5 p.m. in the U.K.", ["at", "5", "pm", "in", "the", "uk"]),
        ("С.В.Лавров", ["с", "в", "лавров"]),
        ("Iran’s no-fly zone", ["iran", "no", "fly", "zone"]),
        ("O'Brien's don't", ["o'brien", "don't"]),
        ("$1,000,000 and 3.5% or 2,5", ["1000000", "and", "3.5", "or", "2.5"]),
        ("COVID-19, MH17 and 9/11", ["covid", "19", "mh17", "and", "9", "11"]),
        ("Ёлка и подъезд, Приве́т", ["елка", "и", "подъезд", "привет"]),
        ("Siân, ﬁne, ＩＲＡＮ, São", ["sian", "fine", "iran", "sao"]),
        ("й и ё", ["й", "и", "е"]),
        ("so\u00adft hy\u200bphen", ["soft", "hyphen"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_tokens_keep_the_case() -> None:
    assert tokens("The U.S. talks") == ["The", "U.S.", "talks"]


def test_capitals_within_sentences_are_mostly_names() -> None:
    assert capitals("However, the United States and Iran met. Then Weld spoke.") == [
        "United",
        "States",
        "Iran",
        "Weld",
    ]
    assert capitals("Анна Вельд и Иван") == ["Вельд", "Иван"]


def test_stems_follow_the_script() -> None:
    assert stem("sanctions") == stem("sanction")
    assert stem("санкции") == stem("санкций")
    assert stem("mh17s") == "mh17s"
    assert is_cyrillic("санкции")
    assert not is_cyrillic("sanctions")


@given(st.text())
def test_any_text_is_cut_and_cutting_again_changes_nothing(text: str) -> None:
    found = words(text)
    assert all(found)
    assert all(not any(character.isspace() for character in one) for one in found)
    assert [word(one) for one in tokens(text)] == found or text.isupper()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
