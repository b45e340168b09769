"""What Telegram does to a text and its entities before it keeps them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.double.cleaning import MOST_ENTITIES, clean
from tests.double.detect import detect
from tests.double.entities import Entity, FormattedText, cut, fix
from tests.double.errors import Refusal
from tests.double.links import checked_link, is_start_parameter, link_fault, start_parameter


def mark(kind: str, offset: int, end: int) -> Entity:
    return Entity(kind, offset, end - offset)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  words \n\n", "words"),
        ("a\tb\x00c", "a b c"),
        ("a\r\nb", "a\nb"),
        ("a\u2028b\u2029c\u202ed", "abcd"),
        ("n\u030aa", "na"),
        ("a\u200e\u200f\u200eb", "a\u200c\u200c\u200eb"),
        ("\u200e\u2028\u200ea", "\u200c\u200ea"),
        ("\u00a0x\u00a0", "\u00a0x\u00a0"),
    ],
)
def test_characters_that_telegram_replaces_are_losses(text: str, kept: str) -> None:
    cleaned = clean(text, [])
    assert cleaned.text == kept
    assert bool(cleaned.losses) == (kept != text)


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u2060"[:1], "\u3000\u00a0", "\u2028"])
def test_a_text_of_nothing_visible_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="text must be non-empty"):
        clean(text, [])
    assert clean(text, [], allow_empty=True) == FormattedText()


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(Refusal, match="strings must be encoded in UTF-8"):
        clean("\ud83d", [])


def test_white_space_at_the_start_stays_before_an_entity_that_holds_it() -> None:
    quoted = clean("  a ", [mark("blockquote", 0, 4)])
    assert quoted.text == "  a"
    assert quoted.entities == (mark("blockquote", 0, 3),)
    later = clean("  a", [mark("bold", 2, 3)])
    assert (later.text, later.entities) == ("a", (mark("bold", 0, 1),))


def test_entities_follow_characters_that_vanish() -> None:
    cleaned = clean("\u2028a😀\rb", [mark("bold", 1, 4), mark("italic", 5, 6)])
    assert cleaned.text == "a😀b"
    assert cleaned.entities == (mark("bold", 0, 3), mark("italic", 3, 4))


def test_an_entity_over_trimmed_space_alone_vanishes() -> None:
    assert clean("a  ", [mark("bold", 1, 3)]).entities == ()


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (mark("bold", 1, 3), "begins in a middle of a UTF-16 symbol"),
        (mark("bold", 0, 1), "ends in a middle of a UTF-16 symbol"),
        (mark("bold", 3, 4), "begins after the end of the text"),
        (mark("bold", 2, 9), "ends after the end of the text"),
    ],
)
def test_entities_off_the_text_are_refused(entity: Entity, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        clean("😀a", [entity])


def test_a_hundred_entities_are_kept_and_the_rest_is_a_loss() -> None:
    text = "ab " * (MOST_ENTITIES + 5)
    entities = [mark("bold", 3 * i, 3 * i + 1) for i in range(MOST_ENTITIES + 5)]
    cleaned = clean(text.strip(), entities)
    assert len(cleaned.entities) == MOST_ENTITIES
    assert cleaned.losses == ("5 entities beyond 100 were dropped",)


@pytest.mark.parametrize(
    ("given_entities", "kept"),
    [
        # the first of two links stays
        ([mark("text_link", 0, 4), mark("text_link", 2, 6)], [mark("text_link", 0, 4)]),
        ([mark("blockquote", 0, 8), mark("blockquote", 2, 4)], [mark("blockquote", 0, 8)]),
        # a link inside a quotation is kept, one across its border is not
        (
            [mark("blockquote", 0, 5), mark("code", 1, 3), mark("code", 4, 7)],
            [mark("blockquote", 0, 5), mark("code", 1, 3)],
        ),
        # bold that touches is one, bold across a border is cut, in code there is none
        ([mark("bold", 0, 3), mark("bold", 3, 5)], [mark("bold", 0, 5)]),
        (
            [mark("blockquote", 0, 4), mark("bold", 2, 6)],
            [mark("blockquote", 0, 4), mark("bold", 2, 4), mark("bold", 4, 6)],
        ),
        (
            [mark("bold", 0, 6), mark("code", 2, 4)],
            [mark("bold", 0, 2), mark("code", 2, 4), mark("bold", 4, 6)],
        ),
        ([mark("bold", 2, 2)], []),
    ],
)
def test_entities_that_cannot_stand_together(
    given_entities: list[Entity], kept: list[Entity]
) -> None:
    assert fix(given_entities) == kept


def test_what_is_dropped_for_overlapping_is_a_loss() -> None:
    cleaned = clean("abcdef", [mark("blockquote", 0, 6), mark("blockquote", 2, 4)])
    assert cleaned.losses == ("a blockquote was dropped: it overlaps another",)


@settings(max_examples=50, deadline=None)
@given(
    st.text(alphabet="a \n😀\u2028\u200e\t", max_size=20),
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "code", "text_link", "blockquote"]),
            st.integers(0, 20),
            st.integers(1, 10),
        ),
        max_size=5,
    ),
)
def test_what_is_kept_is_sound_and_stays_as_it_is(
    text: str, raw: list[tuple[str, int, int]]
) -> None:
    try:
        once = clean(text, [Entity(*entity) for entity in raw], allow_empty=True)
    except Refusal:
        return
    assert all(0 <= e.offset < e.end <= once.length for e in once.entities)
    assert all("\ufffd" not in e.covers(once.text) for e in once.entities)
    twice = clean(once.text, once.entities, allow_empty=True)
    assert (twice.text, twice.entities) == (once.text, once.entities)


def test_cut_counts_utf16_units() -> None:
    assert cut("a😀b", 1, 3) == "😀"
    assert cut("a😀b", 2, 4) == "\ufffdb"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/ask Iran", [("bot_command", "/ask")]),
        ("/ask@SomeBot x", [("bot_command", "/ask@SomeBot")]),
        ("and/or a/b", []),
        ("hey @SomeBot, look", [("mention", "@SomeBot")]),
        ("see https://example.org/a_b?c=d.", [("url", "https://example.org/a_b?c=d")]),
        ("example.com and a.b", [("url", "example.com")]),
        ("write to a.b@example.org", [("email", "a.b@example.org")]),
        ("#peace #1 $USD", [("hashtag", "#peace"), ("cashtag", "$USD")]),
    ],
)
def test_commands_mentions_and_links_are_found(text: str, found: list[tuple[str, str]]) -> None:
    detected = detect(FormattedText(text))
    assert [(e.type, e.covers(text)) for e in detected.entities] == found


def test_nothing_is_found_within_a_link() -> None:
    text = FormattedText("example.org", (Entity("text_link", 0, 11, url="https://a.example/"),))
    assert detect(text) is text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.org/ok", None),
        ("tg://resolve?domain=x", None),
        ("https://[::1]:8443/x", None),
        ("user:pass@example.org", None),
        ("http://localhost:80", "Wrong HTTP URL"),
        ("ftp://example.org", "Unsupported URL protocol"),
        ("http://", "URL host is empty"),
        ("http://exa mple.org", "Disallowed character in URL host"),
        ("http://a<b@example.org", "Disallowed character in URL userinfo"),
        ("http://example.org:99999", "Wrong port number specified in the URL"),
        ("http://[zz]/", "Wrong IPv6 address specified in the URL"),
        ("tg://a b", "Unallowed characters in URL host"),
    ],
)
def test_links_are_checked_as_telegram_checks_them(url: str, reason: str | None) -> None:
    assert link_fault(url) == reason
    assert (checked_link(url) is None) == (reason is not None)


def test_a_tg_link_stays_as_it_is() -> None:
    assert checked_link("tg://resolve?domain=x") == "tg://resolve?domain=x"


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        ("https://t.me/SomeBot?start=p12", ("SomeBot", "p12")),
        ("https://telegram.me/SomeBot?startgroup=", ("SomeBot", "")),
        ("https://t.me/SomeBot", None),
        ("https://example.org/?start=x", None),
    ],
)
def test_start_links(url: str, parameter: tuple[str, str] | None) -> None:
    assert start_parameter(url) == parameter


def test_the_alphabet_of_start_parameters() -> None:
    assert is_start_parameter("p_1-Z")
    assert is_start_parameter("x" * 64)
    assert not is_start_parameter("x" * 65)
    assert not is_start_parameter("")
    assert not is_start_parameter("a=b")
