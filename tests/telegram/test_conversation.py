"""One conversation with everything in it: the acceptance test of the bot in Telegram.

The real application, through the real network layer, over a real record that also keeps what the
bot remembers; midway the bot is stopped and started again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.telegram.application import serving
from corpus import Corpus
from tests.double import Chat, Double, Message, Person
from tests.telegram.conftest import quick_flood, settings_for
from tests.telegram.record import DOCUMENTS, LONG_PARAGRAPH

HARBOUR = "The harbour of Bergen will be open to hospital ships from Monday."
IRAN = "On Iran, we have agreed to continue joint efforts to preserve the nuclear agreement."


async def test_the_whole_conversation(double: Double, corpus: Corpus, tmp_path: Path) -> None:
    @asynccontextmanager
    async def bot() -> AsyncIterator[None]:
        async with serving(settings_for(double, tmp_path), corpus, flood=quick_flood()):
            yield

    ann, olga = double.person("Ann", language="en"), double.person("Ольга", language="ru")
    desk = double.supergroup("Desk", ann, olga)
    forum = double.supergroup("Forum", ann, forum=True)
    async with bot():
        await greeting(ann)
        question, answer = await asking(ann)
        long = await a_long_answer(ann)
        await silence(ann)
        await checking(ann, olga)
        await in_russian(olga)
        await in_groups(ann, desk)
        await in_a_topic(double, ann, forum)
        await inline(ann, olga)
        await as_a_guest(double, ann)
        await commands(ann)
    async with bot():
        await afterwards(ann, question, answer, long)
        await corrections(ann, corpus, answer)
    assert double.violations == []
    assert double.losses == []
    assert double.refusals == []


async def greeting(ann: Person) -> None:
    await ann.starts()
    hello = await ann.answer()
    assert len(hello.text.splitlines()) == 2
    assert len(hello.buttons) == 3
    await (await ann.taps(hello.buttons[0], hello)).answer()
    assert (await ann.answer()).quotations


async def asking(ann: Person) -> tuple[Message, Message]:
    question = await ann.sends("what did Weld say about Iran?")
    answer = await ann.answer()
    assert "Iran · Anna Weld" in answer.text.splitlines()[0]
    assert "🗣 Anna Weld · " in answer.text
    assert answer.buttons[1] == "›"
    await (await ann.taps("›", answer)).answer()
    assert await ann.answer() is answer
    await (await ann.taps("Context", answer)).answer()
    assert "In its place" in (await ann.answer()).text
    await (await ann.taps("Whole statement", answer)).answer()
    whole = await ann.answer()
    assert len(whole.quotations) > 1
    await (await ann.taps("As a file", whole)).answer()
    assert (await ann.answer()).file
    assert answer.rows[-1][-1]["url"].startswith("https://mfa.example/")
    assert "#:~:text=" in answer.rows[-1][-1]["url"]
    return question, answer


async def a_long_answer(ann: Person) -> list[Message]:
    await ann.sends("herring quota")
    parts = await ann.answers(3)
    assert "".join(words for part in parts for words in part.quotations) == LONG_PARAGRAPH
    return parts


async def silence(ann: Person) -> None:
    await ann.sends("Iran in 2019")
    nothing = await ann.answer()
    assert "Nothing on record about Iran within these limits: 2019." in nothing.text
    await (await ann.taps("Without the date", nothing)).answer()
    assert (await ann.answer()).text.startswith("🔎 Iran")


async def checking(ann: Person, olga: Person) -> None:
    await ann.sends(f"/check {IRAN}")
    assert (await ann.answer()).text.startswith("Verbatim.")
    await ann.sends(f"“{IRAN.replace('preserve', 'abandon')}”")
    altered = await ann.answer()
    assert altered.text.startswith("Altered.")
    kinds = {entity.type for entity in altered.content.entities}
    assert {"strikethrough", "underline"} <= kinds
    said = await olga.sends("the moon over Atlantis was sold to a bank yesterday")
    await olga.answer()
    await ann.forwards(said)
    assert (await ann.answer()).text.startswith("Unknown.")


async def in_russian(olga: Person) -> None:
    await olga.sends("паромная линия с Оманом")
    answer = await olga.answer()
    assert answer.quotations == [DOCUMENTS[3]["paragraphs"][0]["text"]]
    assert "Вера Линд · 1 июня 2024" in answer.text
    assert "Источник" in answer.buttons


async def in_groups(ann: Person, desk: Chat) -> None:
    await ann.sends("harbour?", chat=desk)
    question = await ann.sends("@OnTheRecordBot harbour?", chat=desk)
    answer = await ann.answer(chat=desk)
    assert answer.quotations == [HARBOUR]
    assert answer.reply_to is question
    await ann.sends("and the embassy in Tehran?", chat=desk, reply_to=answer)
    assert "embassy" in (await ann.answer(chat=desk)).quotations[0]
    await ann.sends("/ask harbour", chat=desk)
    assert (await ann.answer(chat=desk)).quotations == [HARBOUR]


async def in_a_topic(double: Double, ann: Person, forum: Chat) -> None:
    topic = double.topic(forum, "Ports", ann)
    await ann.sends("/ask harbour", chat=forum, topic=topic)
    assert (await ann.answer(chat=forum)).topic_id == topic.id


async def inline(ann: Person, olga: Person) -> None:
    found = await ann.types_inline("harbour")
    assert found.results[0].title == "Anna Weld · 12 March 2024"
    sent = await ann.chooses(found, found.results[0])
    assert sent.quotations == [HARBOUR]
    await olga.follows(sent.rows[0][0]["url"])
    assert (await olga.answer()).quotations == [HARBOUR]
    assert (await ann.types_inline("")).results
    nothing = await ann.types_inline("Iran in 2019")
    assert nothing.button
    await ann.starts(nothing.button["start_parameter"])
    assert "Nothing on record about Iran" in (await ann.answer()).text


async def as_a_guest(double: Double, ann: Person) -> None:
    elsewhere = double.supergroup("Not ours", ann, bot=None)
    await ann.asks_guest("@OnTheRecordBot harbour", elsewhere)
    assert (await ann.answer(chat=elsewhere)).quotations == [HARBOUR]


async def commands(ann: Person) -> None:
    for command, said in [
        ("/help", "Ask anything"),
        ("/about", "On record: 4 statements"),
        ("/latest", "The latest statements"),
        ("/privacy", "What I keep on you"),
    ]:
        await ann.sends(command)
        assert said in (await ann.answer()).text
    await ann.sends("/language")
    await (await ann.taps("Русский", await ann.answer())).answer()
    assert "Теперь я говорю по-русски" in (await ann.answer()).text
    await ann.sends("harbour")
    assert "12 марта 2024" in (await ann.answer()).text


async def afterwards(ann: Person, question: Message, answer: Message, long: list[Message]) -> None:
    """After a restart: the old buttons work, and an edited question edits its answer."""
    await ann.sends("/privacy")
    assert "Что я о вас храню" in (await ann.answer()).text
    await (await ann.taps("‹", answer)).answer()
    assert await ann.answer() is answer
    await (await ann.taps("Context", long[0])).answer()
    assert "На своём месте" in (await ann.answer()).text
    reads = ann.reads()
    await ann.edits(question, "herring quota")
    edited = await ann.answer(containing="Часть 1 из 3")
    assert edited is answer
    assert not any(message is edited for message in reads)
    await ann.answers(2)
    await ann.edits(question, IRAN.split(",")[0])
    assert (await ann.answer(containing="Iran")) is answer
    await ann.sends("/forget")
    assert "Forgotten" in (await ann.answer()).text
    await ann.sends("/privacy")
    assert "What I keep on you" in (await ann.answer()).text


async def corrections(ann: Person, corpus: Corpus, answer: Message) -> None:
    """What a button leads to was withdrawn: it says so."""
    await ann.sends("harbour")
    shown = await ann.answer()
    document = next(d for d in await corpus.latest() if (d.source_url or "").endswith("oslo"))
    await corpus.withdraw(document.id)
    notice = await (await ann.taps("Context", shown)).answer()
    assert "no longer on record" in notice["text"]
    assert answer
