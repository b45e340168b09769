"""Plain text: what a copied page says, and what it keeps to the letter."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.errors import NoStatement, TooLarge, UnreadableSource
from corpus.ingest import MAX_BYTES, NO_OVERRIDES, Overrides, draft_from_bytes
from corpus.types import Draft, PassageKind
from tests.ingest.making import SHARED

COPIED_PAGE = """\
HELP40 - Make a charitable donation in support of the islands!

Fisheries and Harbours (FH)

The Ministry of Foreign Affairs of Norland

Foreign Minister Anna Weld's press point following talks with the Prime Minister of Sund, Tor \
Lind, Havn, March 12, 2024

13 March 202409:05

We met for two hours, and it was worth it. Nothing is settled until all of it is settled.

There are two questions left, both of them about fish.

Question: Will you attend the talks?
And who pays for them?

Anna Weld: We shall attend if both sides are invited.

Not otherwise.

Join the islands.example mailing list"""


def draft(text: str, *, speaker: str | None = None, title: str | None = None) -> Draft:
    return draft_from_bytes(text.encode(), overrides=Overrides(speaker=speaker, title=title))


def test_a_copied_page_is_understood() -> None:
    page = draft(COPIED_PAGE)
    assert page.title is not None
    assert page.title.startswith("Foreign Minister Anna Weld's press point")
    assert page.publisher == "The Ministry of Foreign Affairs of Norland"
    assert page.speaker == "Anna Weld"
    assert page.occasion == "talks with the Prime Minister of Sund, Tor Lind"
    assert page.place == "Havn"
    assert page.said_on == date(2024, 3, 12)
    assert page.published_at == datetime(2024, 3, 13, 9, 5)
    assert page.language == "en"
    assert page.warnings == ()


def test_its_paragraphs_have_speakers_kinds_and_replies_and_no_frame() -> None:
    page = draft(COPIED_PAGE)
    assert [(p.text[:12], p.speaker, p.kind.value, p.replies_to) for p in page.paragraphs] == [
        ("We met for t", "Anna Weld", "statement", None),
        ("There are tw", "Anna Weld", "statement", None),
        ("Question: Wi", "Question", "question", None),
        ("And who pays", "Question", "question", None),
        ("Anna Weld: W", "Anna Weld", "statement", 2),
        ("Not otherwis", "Anna Weld", "statement", 2),
    ]


def test_the_source_is_kept_byte_for_byte() -> None:
    at = datetime(2024, 3, 14, tzinfo=UTC)
    page = draft_from_bytes(COPIED_PAGE.encode(), fetched_at=at, filename="page.txt")
    assert page.source is not None
    assert page.source.content == COPIED_PAGE.encode()
    assert page.source.media_type == "text/plain"
    assert page.source.fetched_at == at
    later = draft_from_bytes(COPIED_PAGE.encode()).source
    assert later is not None
    assert later.fetched_at.tzinfo is UTC


@pytest.mark.skipif(not SHARED.exists(), reason="the shared seed is not on this machine")
def test_the_seed_is_understood() -> None:
    (path,) = (SHARED / "seeds").glob("*.txt")
    seed = draft_from_bytes(path.read_bytes(), filename=path.name)
    assert seed.title is not None
    assert seed.title.startswith("Foreign Minister Sergey Lavrov's press point")
    assert seed.said_on == date(2021, 5, 19)
    assert seed.published_at == datetime(2021, 5, 20, 3, 25)
    assert seed.publisher == "The Ministry of Foreign Affairs of the Russian Federation"
    assert seed.occasion == "talks with US Secretary of State Antony Blinken"
    assert seed.place == "Reykjavik"
    assert seed.speaker == "Sergey Lavrov"
    assert len(seed.paragraphs) == 6
    assert {p.speaker for p in seed.paragraphs if p.kind is PassageKind.STATEMENT} == {
        "Sergey Lavrov"
    }
    question, reply = seed.paragraphs[-2:]
    assert (question.speaker, question.kind) == ("Question", PassageKind.QUESTION)
    assert reply.replies_to == 4
    assert reply.text == "Sergey Lavrov: We are not a customs office to clear anything."
    whole = "\n".join(p.text for p in seed.paragraphs)
    assert not any(word in whole for word in ("UNITED24", "(WMD)", "GlobalSecurity"))


def test_what_is_unknown_is_none_and_asked_for() -> None:
    page = draft("The harbours stay open. Ships may come and go as they did before the storm.\n")
    assert (page.title, page.speaker, page.said_on, page.published_at) == (None,) * 4
    assert [warning.split(":")[0] for warning in page.warnings] == [
        "No title found",
        "The day on which it was said is not found",
        "No speaker found",
        "No publisher found",
    ]


@pytest.mark.parametrize(
    "line", ["12 March 2024", "Tuesday, March 12, 2024", "Delivered on: 12 March 2024"]
)
def test_a_bare_day_above_what_was_spoken_is_the_day_it_was_said(line: str) -> None:
    page = draft(
        f"Remarks by Foreign Minister Anna Weld at the harbour\n\n{line}\n\n"
        "We met for two hours, and it was worth it, whatever the papers say about it.\n"
    )
    assert (page.said_on, page.published_at) == (date(2024, 3, 12), None)


def test_a_time_of_day_above_what_was_spoken_is_that_of_publication() -> None:
    page = draft(
        "Remarks by Foreign Minister Anna Weld at the harbour\n\n12 March 202417:30\n\n"
        "We met for two hours, and it was worth it, whatever the papers say about it.\n"
    )
    assert (page.said_on, page.published_at) == (None, datetime(2024, 3, 12, 17, 30))


def test_a_spoken_text_with_a_date_of_publication_alone_asks_for_the_day_it_was_said() -> None:
    page = draft(
        "Remarks by Foreign Minister Anna Weld at the harbour\n\nPublished: 13 March 2024\n\n"
        "We met for two hours, and it was worth it, whatever the papers say about it.\n"
    )
    assert page.published_at == date(2024, 3, 13)
    assert page.said_on is None
    assert page.occasion == "harbour"
    assert "It was published on 2024-03-13." in page.warnings[0]


def test_a_written_text_is_said_on_the_day_it_is_put_out() -> None:
    page = draft(
        "On the state of the harbours\n\n13.03.2024 10:30\n\n"
        "The harbours stay open. Ships may come and go as they did before the storm came.\n"
    )
    assert page.said_on == date(2024, 3, 13)
    assert page.published_at == datetime(2024, 3, 13, 10, 30)


def test_a_date_line_with_a_place_tells_when_and_where() -> None:
    page = draft(
        "Remarks by Foreign Minister Anna Weld\n\nHavn, 12 March 2024\n\n"
        "We met for two hours, and it was worth it, whatever the papers say about it.\n"
    )
    assert (page.place, page.said_on, page.published_at) == ("Havn", date(2024, 3, 12), None)


def test_a_dateline_in_the_first_words() -> None:
    page = draft(
        "Havn, 12 March 2024 – The harbours stay open, said the minister, and ships may come.\n\n"
        "They go, too."
    )
    assert (page.place, page.said_on) == ("Havn", date(2024, 3, 12))


def test_a_date_at_the_end_of_a_statement() -> None:
    page = draft(
        "Statement by the Ministry\n\nThe harbours stay open. Ships may come and go as before.\n\n"
        "Havn, March 12, 2024"
    )
    assert page.said_on == date(2024, 3, 12)


def test_publication_before_the_day_it_was_said_is_pointed_out() -> None:
    page = draft(
        "Remarks by Foreign Minister Anna Weld, 12 March 2024\n\nPublished on 10 March 2024\n\n"
        "We met for two hours, and it was worth it, whatever the papers say about it.\n"
    )
    assert any("look at both dates" in warning for warning in page.warnings)


def test_russian_and_german_pages() -> None:
    russian = draft(
        "Выступление и ответы на вопросы СМИ Министра иностранных дел Норландии А.Б.Веллова "
        "по итогам переговоров, Хавн, 12 марта 2024 года\n\n"
        "Мы встретились на два часа, и это того стоило. Ничего не решено, пока не решено всё.\n\n"
        "Вопрос: Вы приедете?\n\nА.Б.Веллов: Если позовут обе стороны.\n"
    )
    assert russian.speaker == "А.Б.Веллов"
    assert (russian.place, russian.said_on) == ("Хавн", date(2024, 3, 12))
    assert russian.language == "ru"
    assert [p.speaker for p in russian.paragraphs] == ["А.Б.Веллов", "Вопрос", "А.Б.Веллов"]
    german = draft(
        "Rede von Außenministerin Anna Weld beim Hafentag\n\nHavn, 12. März 2024\n\n"
        "Wir haben zwei Stunden gesprochen, und es hat sich gelohnt, was auch immer man sagt.\n"
    )
    assert (german.speaker, german.occasion) == ("Anna Weld", "Hafentag")
    assert (german.said_on, german.language) == (date(2024, 3, 12), "de")


def test_a_venue_below_the_title_is_apparatus_without_speaker() -> None:
    page = draft(
        "Press Briefing by Foreign Minister Anna Weld, March 12, 2024\n\nOld Customs House\n\n"
        "1:40 P.M. CET\n\nMS. WELD: Good morning to all of you.\n\nQ   Will you?\n\n"
        "MS. WELD: Yes.\n\nEND 1:41 P.M. CET"
    )
    assert [(p.speaker, p.kind.value) for p in page.paragraphs] == [
        (None, "apparatus"),
        (None, "apparatus"),
        ("MS. WELD", "statement"),
        ("Q", "question"),
        ("MS. WELD", "statement"),
        (None, "apparatus"),
    ]
    assert page.paragraphs[3].text == "Q   Will you?"


def test_the_introduction_names_the_speaker_and_the_day() -> None:
    page = draft(
        "Harbours Must Stay Open, Minister Tells Assembly\n\n13 March 2024\n\n"
        "Following are Foreign Minister Anna Weld’s remarks to the Assembly of Sund, in Havn today:"
        "\n\nThe harbours stay open. Ships may come and go as they did before the storm came.\n"
    )
    assert page.speaker == "Anna Weld"
    assert [p.speaker for p in page.paragraphs] == [None, "Anna Weld"]
    assert page.said_on == date(2024, 3, 13)


def test_wrapped_lines_are_joined_only_where_that_is_certain() -> None:
    wrapped = draft(
        "We met for two hours today and it was well worth the\n"
        "while, though nothing at all is settled as yet; and so\n"
        "we shall meet again.\n\nThe end of it is open, as all of you here know very well."
    )
    assert wrapped.paragraphs[0].text == (
        "We met for two hours today and it was well worth the while, though nothing at all is "
        "settled as yet; and so we shall meet again."
    )
    listed = draft("We met for two hours.\nIt was worth it.\nNothing is settled, as you know.")
    assert [p.text for p in listed.paragraphs] == [
        "We met for two hours.",
        "It was worth it.",
        "Nothing is settled, as you know.",
    ]


def test_overrides_win() -> None:
    given = Overrides(
        url="https://mfa.example/2",
        title="Another title",
        speaker="Anna B. Weld",
        said_on=date(2024, 3, 11),
        publisher="The Press Office",
        language="no",
        occasion="a walk",
        place="Fjord",
        published_at=date(2024, 3, 15),
    )
    page = draft_from_bytes(COPIED_PAGE.encode(), url="https://mfa.example/1", overrides=given)
    for field in fields(given):
        name = "source_url" if field.name == "url" else field.name
        assert getattr(page, name) == getattr(given, field.name)
    assert [p.speaker for p in page.paragraphs] == [
        "Anna B. Weld",
        "Anna B. Weld",
        "Question",
        "Question",
        "Anna Weld",
        "Anna B. Weld",
    ]


def test_what_is_given_is_no_longer_asked_for() -> None:
    page = draft("The harbours stay open. Ships may come.", speaker="Anna Weld", title="Harbours")
    assert page.paragraphs[0].speaker == "Anna Weld"
    assert not any("speaker" in warning or "title" in warning for warning in page.warnings)
    assert draft_from_bytes(b"The harbours stay open.", overrides=NO_OVERRIDES).title is None


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", UnreadableSource, "empty"),
        (b" \r\n\t", UnreadableSource, "empty"),
        (bytes(range(256)) * 8, UnreadableSource, "binary"),
        (b"\x00\x01\x02text\x00", UnreadableSource, "binary"),
        (b"\x89PNG\r\n\x1a\n....", UnreadableSource, "a picture"),
        (b"PK\x03\x04 no word processor", UnreadableSource, "an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", UnreadableSource, "old Word file"),
        (b"{\\rtf1 words}", UnreadableSource, "RTF"),
        (b"\x1f\x8b\x08\x00", UnreadableSource, "gzip"),
        (b"\xff\xfeo", UnreadableSource, "damaged"),
        (b"* * *\n\n***", NoStatement, "no statement"),
        (b"Foreign Minister's remarks at noon\n\n12 March 2024", NoStatement, "no statement"),
    ],
)
def test_bad_input_is_one_clear_line(content: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        draft_from_bytes(content)
    assert "\n" not in str(caught.value)


def test_fifty_megabytes_are_too_large() -> None:
    with pytest.raises(TooLarge, match="the source has 50 MB; at most 20 MB"):
        draft_from_bytes(b"x" * (50 * 2**20))
    assert MAX_BYTES == 20 * 2**20


def test_a_paragraph_of_twenty_thousand_words_is_kept_whole() -> None:
    long = "words and words " * 7_000 + "end."
    page = draft(f"{long}\n\nAnd one more.")
    assert page.paragraphs[0].text == long


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-8-sig", "utf-32"])
def test_encodings_are_told(encoding: str) -> None:
    text = "Гавани остаются открытыми. Суда могут приходить и уходить, как и до бури. " * 4
    page = draft_from_bytes(text.encode(encoding))
    assert page.paragraphs[0].text == text.strip()


def test_a_declared_encoding_is_believed_if_it_fits() -> None:
    text = "Гавани открыты. Суда ходят."
    page = draft_from_bytes(text.encode("cp1251"), media_type="text/plain; charset=windows-1251")
    assert page.paragraphs[0].text == text
    page = draft_from_bytes(text.encode(), media_type='text/plain; charset="no-such"')
    assert page.paragraphs[0].text == text
    latin = draft_from_bytes(b"He said \x93yes\x94.", media_type="text/plain; charset=iso-8859-1")
    assert latin.paragraphs[0].text == "He said “yes”."


def test_damaged_utf8_is_refused() -> None:
    good = ("Гавани остаются открытыми. " * 40).encode()
    with pytest.raises(UnreadableSource, match="fits no encoding"):
        draft_from_bytes(good[:301] + b"\xd0" + good[301:])


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1
)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5))
@example(["A\u2028b", "\u00a0 inside\u00a0it", "e\u0301 \u202e ﬁ 👩‍👩‍👧 \U00010400"])
@example(["Note: not a speaker", "First: neither", "* * *"])
def test_any_paragraph_survives_to_the_letter(texts: list[str]) -> None:
    opening = "The statement begins with a sentence that is long enough to be told from a title."
    paragraphs = [opening, *(f"“{text}” he said.".strip() for text in texts)]
    page = draft_from_bytes("\n\n".join(paragraphs).encode())
    assert [p.text for p in page.paragraphs] == paragraphs
