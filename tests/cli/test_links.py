from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.links import passage_link, text_fragment

URL = "https://mfa.example/speech"


def test_a_short_paragraph_is_quoted_whole() -> None:
    assert passage_link(URL, "We shall attend.") == f"{URL}#:~:text=We%20shall%20attend."


def test_signs_of_the_directive_are_encoded() -> None:
    assert text_fragment("Two-state, bread & salt") == "Two%2Dstate%2C%20bread%20%26%20salt"


def test_a_long_paragraph_is_found_by_its_edges() -> None:
    words = [f"word{number}" for number in range(40)]
    start, end = text_fragment(" ".join(words)).split(",")
    assert unquote(start).split() == words[:6]
    assert unquote(end).split() == words[-6:]


def test_a_paragraph_of_several_lines_is_found_by_its_edges() -> None:
    assert text_fragment("Dear all,\nthank you.") == "Dear%20all%2C,thank%20you."


def test_a_text_without_spaces_is_cut_by_characters() -> None:
    start, end = text_fragment("字" * 300).split(",")
    assert len(unquote(start)) == len(unquote(end)) == 60


def test_long_words_stay_whole() -> None:
    words = ["Donaudampfschifffahrtsgesellschaftskapitän" + str(number) for number in range(20)]
    start, end = text_fragment(" ".join(words)).split(",")
    assert unquote(start) == words[0]
    assert unquote(end) == words[-1]


def test_an_anchor_stays_and_an_older_directive_goes() -> None:
    assert passage_link(f"{URL}#part2", "Yes.") == f"{URL}#part2:~:text=Yes."
    assert passage_link(f"{URL}#part2:~:text=No.", "Yes.") == f"{URL}#part2:~:text=Yes."


@pytest.mark.parametrize("url", [None, ""])
def test_without_an_address_there_is_no_link(url: str | None) -> None:
    assert passage_link(url, "Yes.") is None


@pytest.mark.parametrize("url", ["ftp://mfa.example/a", "file:///a.txt", "https://[broken"])
def test_what_is_no_web_address_is_given_as_it_stands(url: str) -> None:
    assert passage_link(url, "Yes.") == url


def test_an_empty_paragraph_has_no_fragment() -> None:
    assert passage_link(URL, " \n ") == URL


@given(st.text(min_size=1))
def test_every_part_of_a_fragment_stands_in_the_text(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    fragment = text_fragment(text)
    flat = " ".join(text.split())
    parts = [unquote(part) for part in fragment.split(",")]
    assert all(part in flat for part in parts)
    if len(parts) == 2 and len(text.split()) > 12:
        assert flat.index(parts[0]) + len(parts[0]) <= flat.rindex(parts[1])


@given(st.text())
def test_a_link_is_of_the_letters_that_an_address_may_have(text: str) -> None:
    link = passage_link(URL, text.encode("utf-8", "replace").decode())
    assert link is not None
    assert link.isascii()
    assert urlsplit(link).path == "/speech"
    fragment = urlsplit(link).fragment.removeprefix(":~:text=")
    assert not {"-", "&"} & set(fragment)
    assert fragment.count(",") <= 1
