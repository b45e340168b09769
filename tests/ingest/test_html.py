"""Web pages of many makes: what is said comes in, the frame stays out."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from bench import extraction
from corpus.errors import NoStatement, UnreadableSource
from corpus.ingest import draft_from_bytes
from corpus.types import Draft
from tests.ingest.making import SHARED

BODY = [
    "The harbours stay open, and ships may come and go as they did before the storm.",
    "Nobody is asked to pay for what the sea has done; the ministry has set money aside.",
    "We shall say more when the talks are over, and not before that day.",
]
MENU = "".join(
    f'<li><a href="/{name}">{name}</a></li>'
    for name in ("Home", "About the Ministry", "Press", "Visa", "Contacts")
)
FRAME = (
    "About the Ministry",
    "We use cookies",
    "Share",
    "Related news",
    "Another story",
    "All rights reserved",
    "Join our mailing list",
)


def page(content: str, *, head: str = "", lang: str = "en", after: str = "") -> bytes:
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>
    <div class="cookie-banner">We use cookies. <button>Accept</button></div>
    <header role="banner"><nav><ul>{MENU}</ul></nav></header>
    <div id="content">{content}
      <div class="share-bar"><a href="#">Share on X</a> <a href="#">Share</a></div>
      <div class="related"><h3>Related news</h3><a href="/x">Another story of the day</a></div>
    </div>{after}
    <footer><p>Join our mailing list</p><p>© 2024 Ministry. All rights reserved.</p></footer>
    </body></html>""".encode()


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(content: str, *, head: str = "", lang: str = "en", after: str = "") -> Draft:
    draft = draft_from_bytes(page(content, head=head, lang=lang, after=after))
    whole = "\n".join(paragraph.text for paragraph in draft.paragraphs)
    assert not [string for string in FRAME if string in whole]
    return draft


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


def test_a_page_of_divs() -> None:
    draft = read(
        '<h1>Statement on the harbours</h1><div class="date">12 March 2024</div>'
        + paragraphs(BODY),
        head="<title>Statement on the harbours | Ministry of Norland</title>",
    )
    assert texts(draft) == BODY
    assert draft.title == "Statement on the harbours"
    assert draft.publisher == "Ministry of Norland"
    assert draft.language == "en"
    assert draft.said_on == draft.published_at == date(2024, 3, 12)


def test_text_outside_of_paragraphs_is_kept_in_its_place() -> None:
    content = f"<h1>On the harbours</h1><div><p>{BODY[0]}</p>{BODY[1]}<p>{BODY[2]}</p></div>"
    assert texts(read(content)) == BODY


def test_white_space_is_folded_as_html_folds_it_and_nothing_else() -> None:
    exotic = "“Ships”  may\u00a0come\u2009– and\n\tgo — as e\u0301 did ﬁrst…  \u200bSo\xad it is."
    draft = read(f"<h1>On the harbours</h1><p>{BODY[0]}</p><p> {exotic} </p><p>{BODY[2]}</p>")
    assert draft.paragraphs[1].text == (
        "“Ships” may\u00a0come\u2009– and go — as e\u0301 did ﬁrst… \u200bSo\xad it is."
    )


def test_line_breaks() -> None:
    draft = read(
        f"<h1>On the harbours</h1><p>{BODY[0]}<br>{BODY[1]}<br/><br/>Broken in the<br>midst of "
        f"it, it goes on.</p><p>{BODY[2]}</p>"
    )
    assert texts(draft) == [*BODY[:2], "Broken in the midst of it, it goes on.", BODY[2]]


def test_a_page_that_is_one_cell_with_line_breaks() -> None:
    draft = draft_from_bytes(
        (
            "<html><head><title>Office - Remarks by Minister Anna Weld</title></head><body><table>"
            f"<tr><td><ul>{MENU}</ul></td><td><b>Remarks by Minister Anna Weld</b><br>12 March 2024"
            f"<br><br>{'<br><br>'.join(BODY)}<br><br>Thanks.<br><br>END 2:29 P.M.</td></tr></table>"
        ).encode()
    )
    assert texts(draft) == [*BODY, "Thanks.", "END 2:29 P.M."]
    assert draft.title == "Remarks by Minister Anna Weld"
    assert draft.said_on == date(2024, 3, 12)


def test_inline_elements_add_nothing() -> None:
    draft = read(
        "<h1>On the harbours</h1><p>The 19<sup>th</sup> of <i>March</i><!-- so -->, "
        '<a href="/h">harbour</a>s <span>open</span>.</p>' + paragraphs(BODY)
    )
    assert draft.paragraphs[0].text == "The 19th of March, harbours open."


def test_pop_up_notes_captions_and_hidden_text_are_left_out() -> None:
    draft = read(
        '<h1>On the harbours</h1><div class="media"><figure><img src="a.jpg"></figure>'
        "<span>Anna Weld at the harbour.</span></div>"
        f'<figure><img src="b.jpg"><figcaption>Ships.</figcaption></figure><p>{BODY[0]}</p>'
        '<p>Minister <a href="/w">Anna Weld<span class="tooltip__box">Weld Anna Minister since '
        "2020</span></a> said so.</p>"
        f'<div style="display: none">Hidden words of the page.</div><p>{BODY[2]}</p>'
    )
    assert texts(draft) == [BODY[0], "Minister Anna Weld said so.", BODY[2]]


def test_a_declared_article_body_is_taken_whole_wherever_it_stands() -> None:
    draft = read(
        '<div role="complementary"><article itemscope itemtype="http://schema.org/NewsArticle">'
        '<h1 itemprop="name">Meeting of the Fish Council</h1>'
        '<div itemprop="description">A summary of it that need not be taken in.</div>'
        '<time itemprop="datePublished" datetime="2024-03-12">12 March</time> <div>15:00</div>'
        '<div class="place p-location">The Old Harbour, Havn</div>'
        f'<div itemprop="articleBody">{paragraphs(BODY)}<p>* * *</p>'
        "<p><b>Minister Anna Weld:</b> Short.</p><p>&lt;…&gt;</p>"
        '<div class="see"><h3>See also</h3><a href="/t">The talks of yesterday</a></div>'
        "<h3>Topics</h3><p><a href='/fish'>Fish</a></p><h3>Publication status</h3>"
        "<p>Published in: News</p><p>Publication date: 12 March 2024, 16:00</p>"
        "</div></article></div>",
        lang="en-GB",
    )
    assert texts(draft) == [*BODY, "* * *", "Minister Anna Weld: Short.", "<…>"]
    assert draft.title == "Meeting of the Fish Council"
    assert draft.place == "The Old Harbour, Havn"
    assert draft.said_on == date(2024, 3, 12)
    assert [p.kind.value for p in draft.paragraphs[3:]] == ["apparatus", "statement", "apparatus"]


def test_an_article_body_of_a_few_words_is_no_body() -> None:
    draft = read(f'<h1>On the harbours</h1><p itemprop="articleBody">Brief.</p>{paragraphs(BODY)}')
    assert BODY[0] in texts(draft)


JSON_LD = {
    "@graph": [
        {"@type": "BreadcrumbList"},
        {
            "@type": ["NewsArticle"],
            "headline": "Harbours stay open, says the minister",
            "datePublished": "2024-03-13T09:30:00+01:00",
            "startDate": "2024-03-12",
            "inLanguage": "en",
            "publisher": [{"@type": "Organization", "name": "Press Office of Norland"}],
            "locationCreated": {"@type": "Place", "name": "Havn"},
        },
    ]
}


def test_json_ld() -> None:
    draft = read(
        f"<h1>News</h1><h2>Harbours stay open, says the minister</h2>{paragraphs(BODY)}",
        head='<script type="application/ld+json">{broken</script>'
        '<script type="application/ld+json">["text"]</script>'
        f'<script type="application/ld+json">{json.dumps(JSON_LD)}</script>'
        '<link rel="canonical" href="https://mfa.example/harbours">',
    )
    assert draft.title == "Harbours stay open, says the minister"
    assert draft.publisher == "Press Office of Norland"
    assert draft.published_at == datetime.fromisoformat("2024-03-13T09:30:00+01:00")
    assert draft.said_on == date(2024, 3, 12)
    assert draft.place == "Havn"
    assert draft.source_url == "https://mfa.example/harbours"


def test_several_publishers_are_none() -> None:
    data = {"@type": "Article", "publisher": [{"name": "A"}, {"name": "B"}], "headline": 5}
    draft = read(
        f"<h1>On the harbours</h1>{paragraphs(BODY)}",
        head=f'<script type="application/ld+json">{json.dumps(data)}</script>',
    )
    assert draft.publisher is None


@pytest.mark.parametrize(
    ("head", "publisher", "published"),
    [
        (
            '<meta property="og:site_name" content="Ministry of Norland">',
            "Ministry of Norland",
            None,
        ),
        ('<meta property="og:site_name" content="www.mfa.example">', None, None),
        ('<meta name="DC.publisher" content="The Office">', "The Office", None),
        ('<meta property="article:published_time" content="2024-03-12">', None, date(2024, 3, 12)),
        ('<meta name="pubdate" content="soon"><meta name="date">', None, None),
        (
            "<title>News - On the harbours - Ministry of Norland</title>",
            "Ministry of Norland",
            None,
        ),
        ("<title>On the harbours</title>", None, None),
        ("<title>Ministry of Norland</title>", "Ministry of Norland", None),
        (f"<title>{'Ministry ' * 20}</title>", None, None),
    ],
)
def test_what_the_head_declares(head: str, publisher: str | None, published: date | None) -> None:
    draft = read(f"<h1>On the harbours</h1>{paragraphs(BODY)}", head=head)
    assert draft.publisher == publisher
    assert draft.published_at == published
    assert draft.title == "On the harbours"


def test_the_time_nearest_to_the_title_is_that_of_the_page() -> None:
    draft = read(
        '<div><time datetime="2019-01-01">New Year</time> long ago</div>'
        + "<div>x</div>" * 8
        + "<div><time>12 March 2024</time> <time>no date</time></div><h1>On the harbours</h1>"
        + paragraphs(BODY)
        + '<div class="related"><time datetime="2024-05-05">5 May</time> <a href="/">More</a></div>'
    )
    assert draft.published_at == date(2024, 3, 12)


def test_the_clock_of_the_site_is_no_date_of_the_page() -> None:
    draft = read(
        "<div>Tuesday, 24 November 2026</div>"
        + "<div>words</div>" * 6
        + f"<h1>On the harbours</h1>{paragraphs(BODY)}"
    )
    assert draft.said_on is draft.published_at
    assert draft.published_at is None


def test_key_points_above_the_text_are_left_out() -> None:
    points = "<ul><li>Harbours stay open</li><li>Money set aside</li></ul>"
    inner = "<ul><li>first, fish;</li><li>then, ships.</li></ul>"
    draft = read(f"<h1>On the harbours</h1>{points}{paragraphs(BODY)}{inner}<p>{BODY[0]}</p>")
    assert texts(draft) == [*BODY, "first, fish;", "then, ships.", BODY[0]]


def test_a_list_that_is_all_there_is_stays() -> None:
    items = "".join(f"<li>{text}</li>" for text in BODY)
    assert texts(read(f"<h1>On the harbours</h1><ul>{items}</ul>")) == BODY


def test_a_title_set_with_soft_hyphens_and_hard_spaces() -> None:
    draft = read(
        f"<h1>On the har&shy;bours of&nbsp;Norland</h1>{paragraphs(BODY)}",
        head="<title>On the harbours of Norland – Ministry</title>",
    )
    assert draft.title == "On the harbours of Norland"
    assert draft.publisher == "Ministry"


def test_a_page_without_headings_takes_its_title_from_the_head() -> None:
    draft = read(paragraphs(BODY), head="<title>On the harbours of Norland | MFA</title>")
    assert draft.title == "On the harbours of Norland"
    assert read(paragraphs(BODY)).title is None


def test_preformatted_text_and_tables() -> None:
    draft = read(
        f"<h1>On the harbours</h1><pre>{BODY[0]}\n\n{BODY[1]}\n</pre>"
        f"<table><tr><td>{BODY[2]}</td><td>One more cell of words, it says.</td></tr></table>"
    )
    assert texts(draft) == [*BODY, "One more cell of words, it says."]


def test_windows_1251_is_told_by_the_page() -> None:
    text = "Гавани остаются открытыми, и суда могут приходить и уходить, как и до бури."
    content = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        f"</head><body><h1>О гаванях</h1>{paragraphs([text] * 4)}</body></html>"
    ).encode("cp1251")
    draft = draft_from_bytes(content)
    assert texts(draft) == [text] * 4
    assert draft.language == "ru"


def test_a_byte_that_fits_no_encoding_outside_of_the_text_does_no_harm() -> None:
    text = "Гавани остаются открытыми, и суда могут приходить и уходить, как и до бури."
    before = page(f"<h1>О гаванях</h1>{paragraphs([text] * 12)}").replace(b"charset", b"nothing")
    draft = draft_from_bytes(before.replace(b"<footer>", b"<footer>\xd0 "))
    assert texts(draft) == [text] * 12
    with pytest.raises(UnreadableSource, match="fits no encoding"):
        draft_from_bytes(before.replace("бури.".encode(), "бури".encode() + b"\xd0.", 1))


def test_the_title_bears_its_own_date_and_the_page_another() -> None:
    draft = read(
        "<h1>Foreign Minister Anna Weld’s remarks at the Fish Days, Havn, 12 March 2024</h1>"
        f'<p class="date">13 March 2024 10:15</p>{paragraphs(BODY)}'
    )
    assert draft.speaker == "Anna Weld"
    assert draft.said_on == date(2024, 3, 12)
    assert draft.published_at == datetime(2024, 3, 13, 10, 15)
    assert {paragraph.speaker for paragraph in draft.paragraphs} == {"Anna Weld"}


@pytest.mark.parametrize(
    "content",
    [
        f"<html><body><nav><ul>{MENU}</ul></nav></body></html>",
        f"<html><body><ul>{MENU * 10}</ul><p>Welcome</p></body></html>",
        "<html><body><script>var words = 'of code';</script></body></html>",
        "<html><body><h1>Search results</h1><p>Nothing found</p></body></html>",
    ],
)
def test_a_page_without_a_statement(content: str) -> None:
    with pytest.raises(NoStatement, match="no statement"):
        draft_from_bytes(content.encode())


@pytest.mark.parametrize("content", ["<!-- only a comment -->", "<html></html>", "<p>"])
def test_hardly_any_html(content: str) -> None:
    with pytest.raises((UnreadableSource, NoStatement)):
        draft_from_bytes(content.encode(), media_type="text/html")


def test_html_is_told_by_media_type_and_name_where_the_content_does_not_tell() -> None:
    content = f"<b>Well</b>, {BODY[0]}{paragraphs(BODY[1:])}".encode()
    for draft in (
        draft_from_bytes(content, media_type="text/html"),
        draft_from_bytes(content, filename="page.HTM"),
        draft_from_bytes(content, url="https://mfa.example/a/page.html?x=1"),
    ):
        assert texts(draft) == [f"Well, {BODY[0]}", *BODY[1:]]
    assert texts(draft_from_bytes(content))[0].startswith("<b>")


def test_a_short_statement_is_found() -> None:
    draft = read(
        "<h1>On the harbours</h1><p>The harbours of Norland stay open until further notice.</p>"
    )
    assert texts(draft) == ["The harbours of Norland stay open until further notice."]


def test_deeply_nested_pages_are_read() -> None:
    content = "<div>" * 400 + paragraphs(BODY) + "</div>" * 400
    assert BODY[0] in texts(draft_from_bytes(f"<html><body>{content}</body></html>".encode()))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared pages are not on this machine")
def test_pages_of_official_sites_stay_above_their_floors(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert extraction.main(["--floors"]) == 0, capsys.readouterr().err


def test_the_measurement_says_when_there_is_nothing_to_measure(tmp_path: object) -> None:
    assert extraction.main(["--pages", str(tmp_path)]) == 2
