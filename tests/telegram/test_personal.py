from __future__ import annotations

import pytest

from tests.double import Double, Person
from tests.telegram.build import Memory


@pytest.mark.parametrize(
    ("command", "english", "russian"),
    [
        ("/help", "/check and a quotation", "/check и цитата"),
        ("/privacy", "What I keep on you", "Что я о вас храню"),
        ("/nonsense", "I don't know this command", "Такой команды я не знаю"),
        ("/about", "On record: 4 statements", "В архиве: 4 заявления"),
        ("/ask", "Say what to look for", "Скажите, что искать"),
        ("/check", "Say which words to check", "Скажите, какие слова проверить"),
    ],
)
async def test_each_is_spoken_to_in_their_language(
    ann: Person, olga: Person, command: str, english: str, russian: str
) -> None:
    await ann.sends(command)
    await olga.sends(command)

    assert english in (await ann.answer()).text
    assert russian in (await olga.answer()).text


async def test_a_language_that_we_lack_is_english(double: Double, ann: Person) -> None:
    kim = double.person("Kim", language="ko")
    await kim.sends("/privacy")
    assert "What I keep on you" in (await kim.answer()).text
    nobody_knows = double.person("Kim", language=None)
    await nobody_knows.sends("/privacy")
    assert "What I keep on you" in (await nobody_knows.answer()).text


async def test_a_language_is_chosen_kept_and_given_back(ann: Person, store: Memory) -> None:
    await ann.sends("/language")
    offered = await ann.answer()
    assert offered.buttons == ["English", "Русский", "As Telegram is set"]

    await (await ann.taps("Русский")).answer()
    assert "Теперь я говорю по-русски" in (await ann.answer()).text
    await ann.sends("/help")
    assert "Спросите что угодно" in (await ann.answer()).text
    assert len(store.notes) == 1

    await (await ann.taps("Как в Telegram", offered)).answer()
    assert "I speak English now" in (await ann.answer()).text
    assert not store.notes


async def test_forgetting_erases_at_once(ann: Person, olga: Person, store: Memory) -> None:
    for person in (ann, olga):
        await person.sends("/language")
        await (await person.taps("English", await person.answer())).answer()
        await person.answer()
        await store.keep_note("answer", f"{person.id}:1", "2")

    await ann.sends("/forget")

    assert "Forgotten" in (await ann.answer()).text
    assert {key.partition(":")[0] for _, key in store.notes} == {str(olga.id)}


async def test_pictures_without_words_are_answered_once_an_album(ann: Person) -> None:
    await ann.sends_album([(b"1", "a.jpg"), (b"2", "b.jpg")], kind="photo")
    assert "I read words only" in (await ann.answer()).text
    await ann.sends_file(b"3", "c.jpg", kind="photo")
    assert "I read words only" in (await ann.answer()).text
    assert not ann.reads()


async def test_one_who_asks_too_fast_is_told_so_once(
    scant: None, ann: Person, olga: Person
) -> None:
    for _ in range(33):
        await ann.sends("/help")
    await olga.sends("/help")

    assert "Спросите" in (await olga.answer()).text
    await ann.answers(30)
    assert "You ask faster than I can look" in (await ann.answer()).text
    await ann.sends("/forget")
    assert "Forgotten" in (await ann.answer()).text


async def test_one_who_has_asked_too_much_is_not_answered_whatever_the_way(
    scant: None, ann: Person, double: Double
) -> None:
    question = await ann.sends("harbour")
    await ann.answer()
    for _ in range(29):
        await ann.sends("/help")
    await ann.answers(29)
    await ann.sends("/start")
    assert "You ask faster" in (await ann.answer()).text
    for command in ("/language", "/privacy", "/latest", "/about", "/ask", "harbour"):
        await ann.sends(command)
    await ann.edits(question, "embassy")
    await ann.sends_file(b"1", "a.jpg", kind="photo")
    await ann.sends("/forget")

    assert "Forgotten" in (await ann.answer()).text
