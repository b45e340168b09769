from __future__ import annotations

import pytest

from tests.double import Person

TRUE = "On Iran, we have agreed to continue joint efforts to preserve the nuclear agreement."


@pytest.mark.parametrize(
    "text",
    [
        f"/check {TRUE}",
        f"/check “{TRUE}”",
        f"/check\n{TRUE}",
        f"“{TRUE}”",
        f"«{TRUE}»",
        f'"{TRUE}"',
        f"<blockquote>{TRUE}</blockquote>",
    ],
)
async def test_a_quotation_is_recognised_and_checked(ann: Person, text: str) -> None:
    await ann.sends(text, html=text.startswith("<"))

    checked = await ann.answer()
    assert checked.text.startswith("Verbatim. On record word for word, Anna Weld, 12 March 2024:")
    assert checked.quotations == [TRUE]
    assert checked.buttons == ["Context", "Whole statement", "Share", "Original"]


async def test_what_was_altered_is_struck_and_underlined(ann: Person, olga: Person) -> None:
    altered = TRUE.replace("preserve", "abandon")
    await ann.sends(f"/check {altered}")
    checked = await ann.answer()
    assert checked.text.startswith("Altered. Closest on record, Anna Weld, 12 March 2024:")
    marked = {
        entity.type: entity.covers(checked.text)
        for entity in checked.content.entities
        if entity.type in ("strikethrough", "underline")
    }
    assert {kind: words.strip() for kind, words in marked.items()} == {
        "strikethrough": "preserve",
        "underline": "abandon",
    }
    assert "The record says" in checked.text

    await olga.sends(f"/check {altered}")
    assert (await olga.answer()).text.startswith("Изменено.")


async def test_what_is_unknown_can_be_searched_for_instead(ann: Person) -> None:
    await ann.sends("/check the moon over Atlantis was sold to a bank")
    checked = await ann.answer()
    assert checked.text.startswith("Unknown.")
    assert checked.buttons == ["Search for these words"]

    await (await ann.taps("Search for these words", checked)).answer()

    assert (await ann.answer()).text.startswith("🔎 the moon over Atlantis")


async def test_forwarded_words_are_checked(ann: Person, olga: Person) -> None:
    original = await olga.sends(TRUE)

    await ann.forwards(original)

    assert (await ann.answer()).text.startswith("Verbatim.")


async def test_quoted_words_are_checked(ann: Person) -> None:
    await ann.sends("harbour")
    answer = await ann.answer()

    await ann.sends("really?", reply_to=answer, quote="The harbour of Bergen will be open")

    assert (await ann.answer()).text.startswith("Verbatim.")


async def test_a_short_phrase_in_quotation_marks_is_searched_for(ann: Person) -> None:
    await ann.sends('"joint efforts"')

    assert (await ann.answer()).quotations == [TRUE]


async def test_words_joined_from_two_places_are_shown_with_both(ann: Person) -> None:
    await ann.sends(
        "/check The harbour of Bergen will be open to hospital ships from Monday. "
        "Trade with Iran has doubled since the embassy in Tehran reopened."
    )

    first, second = await ann.answers(2)
    assert first.text.startswith("Altered.")
    assert "joins words from 2 passages" in first.text
    assert "harbour" in first.quotations[0]
    assert "Trade with Iran" in second.quotations[0]
