"""The HTML parse mode: what it takes, what it makes of it, what it refuses."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.double.cleaning import clean
from tests.double.entities import Entity, FormattedText
from tests.double.errors import Refusal
from tests.double.parse_html import parse_html
from tests.double.shown import to_html

PREFIX = "Bad Request: can't parse entities: "


def kinds(source: str) -> list[tuple[str, int, int]]:
    return [(e.type, e.offset, e.length) for e in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("EM", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_a_tag_is_an_entity(tag: str, kind: str) -> None:
    assert kinds(f"a<{tag}>bc</{tag}>d") == [(kind, 1, 2)]


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ("<blockquote expandable>x</blockquote>", Entity("expandable_blockquote", 0, 1)),
        ('<blockquote expandable="">x</blockquote>', Entity("expandable_blockquote", 0, 1)),
        ('<span class="tg-spoiler">x</span>', Entity("spoiler", 0, 1)),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            Entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286"),
        ),
        ('<a href="HTTPS://Example.ORG">x</a>', Entity("text_link", 0, 1, "https://example.org/")),
        ("<a href='example.org/Ä b'>x</a>", Entity("text_link", 0, 1, "http://example.org/Ä%20b")),
        ("<a>example.org</a>", Entity("text_link", 0, 11, "http://example.org/")),
        (
            '<a href="https://example.org/?a=1&amp;b=2#:~:text=We%20agreed">x</a>',
            Entity("text_link", 0, 1, "https://example.org/?a=1&b=2#:~:text=We%20agreed"),
        ),
        (
            '<a href="tg://user?id=12">x</a>',
            Entity("text_mention", 0, 1, user={"id": 12, "is_bot": False, "first_name": "12"}),
        ),
        (
            '<pre><code class="language-python">x</code></pre>',
            Entity("pre", 0, 1, language="python"),
        ),
        (
            '<code class="language-python"><pre>x</pre></code>',
            Entity("pre", 0, 1, language="python"),
        ),
        ('<code class="language-python">x</code>', Entity("code", 0, 1)),
        (
            '<tg-time unix="1647531900" format="wDT">then</tg-time>',
            Entity("date_time", 0, 4, unix_time=1647531900, date_time_format="wDT"),
        ),
        ("<b >x</b >", Entity("bold", 0, 1)),
        ("<b>x</>", Entity("bold", 0, 1)),
        ("<b id=x.1-y other>x</b>", Entity("bold", 0, 1)),
    ],
)
def test_attributes_are_read(source: str, entity: Entity) -> None:
    assert parse_html(source)[1] == [entity]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#60;&#x3C;&#x3c;", "<<<"),
        ("&lt &amp x", "< & x"),
        ("&#128512;", "😀"),
        ("&nbsp;&apos;&copy;", "&nbsp;&apos;&copy;"),
        ("&#0;&#x110000;&#00000000065;", "&#0;&#x110000;&#00000000065;"),
        ("Q&A & more", "Q&A & more"),
        ("a > b", "a > b"),
    ],
)
def test_only_four_names_and_numbers_stand_for_characters(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("é<br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<b ", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            '<span class="red">x</span>',
            'Tag "span" must have class "tg-spoiler" at byte offset 0',
        ),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="0">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="rr">x</tg-time>', "Invalid date format used"),
        (
            "&#xD800;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for "
            "unmatched surrogate code units",
        ),
    ],
)
def test_what_is_no_html_of_telegrams_is_refused_in_its_words(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert caught.value.description == f"{PREFIX}{reason}"


@pytest.mark.parametrize(
    "source",
    [
        '<a href="http://localhost/x">y</a>',
        '<a href="ftp://example.org">y</a>',
        "<a>not a link</a>",
        '<tg-time unix="soon">y</tg-time>',
    ],
)
def test_what_telegram_drops_silently_is_a_loss(source: str) -> None:
    _, entities, losses = parse_html(source)
    assert entities == []
    assert len(losses) == 1


def test_empty_elements_leave_no_entity() -> None:
    assert parse_html("a<b></b>c") == ("ac", [], [])


def test_offsets_are_utf16_units() -> None:
    assert kinds("😀<b>😀é</b>") == [("bold", 2, 3)]


@settings(deadline=None)
@given(st.text())
def test_escaped_text_comes_through_unchanged(text: str) -> None:
    if re.search("[\ud800-\udfff]", text):
        return
    assert parse_html(html.escape(text, quote=False))[0] == text


@settings(deadline=None)
@given(st.text(alphabet="<>/&;= \"'abipre\n\t-#x1é😀\0", max_size=40))
def test_anything_else_is_read_or_refused_with_a_reason(source: str) -> None:
    refusal, text, entities = "", "", list[Entity]()
    try:
        text, entities, _ = parse_html(source)
    except Refusal as refused:
        refusal = refused.description
    length = FormattedText(text).length
    assert refusal == "" or refusal.startswith(PREFIX)
    assert all(0 <= entity.offset < entity.end <= length for entity in entities)


_TEXT = st.text(alphabet='abc <>&"é😀\n', min_size=1, max_size=8)


@st.composite
def formatted(draw: st.DrawFn, depth: int = 3) -> str:
    parts = draw(st.lists(_TEXT.map(lambda t: html.escape(t, quote=False)), min_size=1, max_size=3))
    if depth:
        tag = draw(st.sampled_from(["b", "i", "u", "s", "code", "blockquote"]))
        parts.insert(
            draw(st.integers(0, len(parts))), f"<{tag}>{draw(formatted(depth - 1))}</{tag}>"
        )
    return "".join(parts)


@settings(max_examples=50, deadline=None)
@given(formatted())
@example("<b><blockquote><code>&lt;</code>&lt;</blockquote>&lt;</b>&lt;")
def test_rendering_what_was_parsed_parses_to_the_same(source: str) -> None:
    text, entities, _ = parse_html(source)
    try:
        before = clean(text, entities)
    except Refusal:
        return
    again, marks, _ = parse_html(to_html(before).replace("&#x27;", "'"))
    after = clean(again, marks)
    assert (after.text, styles(after)) == (before.text, styles(before))


def styles(formatted_text: FormattedText) -> list[set[str]]:
    """How each UTF-16 unit looks: a stretch that is cut in two looks the same."""
    return [
        {entity.type for entity in formatted_text.entities if entity.offset <= at < entity.end}
        for at in range(formatted_text.length)
    ]
