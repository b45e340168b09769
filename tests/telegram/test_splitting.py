from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.markup import units
from bot.telegram.splitting import carried, split

awkward = st.text(
    alphabet=st.one_of(
        st.sampled_from(" \n\t.!?,;…\u200d\u0301\U0001f468\U0001f1ea<&>\u200e\u202e«»"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@given(text=awkward, limit=st.integers(2, 40), first=st.none() | st.integers(2, 40))
def test_pieces_joined_are_the_text_and_each_fits(text: str, limit: int, first: int | None) -> None:
    pieces = split(text, limit, first=first)

    assert "".join(pieces) == text
    assert all(pieces)
    for number, piece in enumerate(pieces):
        assert units(piece) <= (first if first and number == 0 else limit)


@given(text=awkward, limit=st.integers(2, 60))
def test_a_grapheme_is_cut_only_if_it_is_longer_than_a_piece(text: str, limit: int) -> None:
    inside: set[int] = set()
    for grapheme in regex.finditer(r"\X", text):
        if units(grapheme.group()) <= limit // 2:
            inside.update(range(grapheme.start() + 1, grapheme.end()))
    position = 0
    for piece in split(text, limit)[:-1]:
        position += len(piece)
        assert position not in inside


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("One line.\nAnother line", 16, ["One line.\n", "Another line"]),
        ("First one. Second one", 16, ["First one. ", "Second one"]),
        ("We go, and you stay", 14, ["We go, and ", "you stay"]),
        ("A clause here; then", 17, ["A clause here; ", "then"]),
        ("unbroken", 3, ["unb", "rok", "en"]),
        ("😀😀😀", 5, ["😀😀", "😀"]),
        ("👨‍👩‍👧👨‍👩‍👧", 12, ["👨‍👩‍👧", "👨‍👩‍👧"]),
        ("e\u0301" * 3, 3, ["e\u0301"] * 3),
    ],
)
def test_cuts_fall_where_a_reader_would_pause(text: str, limit: int, pieces: list[str]) -> None:
    assert split(text, limit) == pieces


@pytest.mark.parametrize(("limit", "first"), [(1, None), (10, 1)])
def test_a_piece_needs_room_for_a_character(limit: int, first: int | None) -> None:
    with pytest.raises(ValueError, match="room"):
        split("text", limit, first=first)


@pytest.mark.parametrize(
    ("text", "handed_on"),
    [
        ("plain «text»\nof two lines", "plain «text»\nof two lines"),
        ("a\tb\x0bc\x00", "a b c "),
        ("a\r\nb", "a\nb"),
        ("a\u2028b\u202ec", "abc"),
        ("A\u030angstrom", "Angstrom"),
        ("\u200e\u200f\u200ex", "\u200c\u200c\u200ex"),
        ("lone \ud83d half", "lone  half"),
    ],
)
def test_what_telegram_does_to_characters(text: str, handed_on: str) -> None:
    assert carried(text) == handed_on


@given(awkward)
def test_what_telegram_hands_on_it_leaves_alone(text: str) -> None:
    assert carried(carried(text)) == carried(text)
