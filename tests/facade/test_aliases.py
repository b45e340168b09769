"""Moderators' names through the whole: record, index, other processes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from corpus import Corpus, open_corpus
from corpus.errors import UnknownAlias, UnusableAlias
from corpus.types import AliasChange, AliasChangeKind, Answer, Change, Draft, Paragraph
from tests.storage.naming import name_as_told
from tests.storage.processes import Worker

HARBOUR = "The harbour of Norrask will be deepened, so that grain ships need not wait for the tide."
NIGER = "We have told the authorities of Niger that the airfield must be handed back."
ABOUT_HER = "Minister Weld left the hall before the vote on the fishing quotas was taken."
NICKNAME = "The papers call her the Iron Lady, which she takes for a compliment."
DRONES = "Three drones crossed the border in the night and were brought down over the sea."
UAV = "No UAV may be flown near the lighthouse while the birds are nesting."
RUSSIAN = "По словам наблюдателей, Железную леди никто ни разу не переубедил."


def statement(number: int, speaker: str, *texts: str, language: str = "en") -> Draft:
    return Draft(
        paragraphs=tuple(Paragraph(text, speaker=speaker) for text in texts),
        source_url=f"https://mfa.example/{number}",
        title="Press point",
        publisher="Ministry of Works",
        language=language,
        speaker=speaker,
        said_on=date(2024, 3, number),
    )


@pytest_asyncio.fixture
async def corpus(database_url: str, tmp_path: Path) -> AsyncIterator[Corpus]:
    async with open_corpus(database_url, tmp_path / "state") as opened:
        await publish_all(opened)
        yield opened


async def publish_all(corpus: Corpus) -> None:
    for number, (speaker, *texts) in enumerate(
        [
            ("Anna Weld", HARBOUR, NIGER),
            ("Olaf Brandt", ABOUT_HER, "On Niger I have nothing to add to what the Minister said."),
            ("Olaf Brandt", NICKNAME, DRONES),
            ("Kari Moen", UAV),
        ],
        1,
    ):
        await corpus.publish(statement(number, speaker, *texts))
    await corpus.publish(statement(9, "Пётр Орлов", RUSSIAN, language="ru"))


def texts(answer: Answer) -> set[str]:
    return {hit.passage.text for hit in answer.hits}


async def test_an_alias_of_a_speaker_is_that_speaker(corpus: Corpus) -> None:
    question = "what did the Iron Lady say about Niger?"
    assert (await corpus.ask(question)).hits == ()
    await corpus.add_alias("Anna Weld", "the Iron Lady", by="Olaf")
    answer = await corpus.ask(question)
    assert texts(answer) == {NIGER}
    assert answer.query.speaker is not None
    assert answer.query.speaker.name == "Anna Weld"


async def test_an_alias_of_a_speaker_is_a_subject_too(corpus: Corpus) -> None:
    await corpus.add_alias("Anna Weld", "Iron Lady")
    found = await corpus.ask("what was said about the Iron Lady?")
    assert [term.text for term in found.query.terms] == ["Anna Weld"]
    assert {ABOUT_HER, NICKNAME} <= texts(found)
    assert texts(await corpus.ask("what was said about Anna Weld?")) == texts(found)


async def test_russian_aliases_are_understood_in_every_case(corpus: Corpus) -> None:
    await corpus.add_alias("Anna Weld", "Железная леди")
    for question in (
        "что сказала Железная леди о Нигере?",
        "что говорилось о Нигере, по словам Железной леди?",
        "Железную леди о Нигере",
    ):
        assert NIGER in texts(await corpus.ask(question)), question
    assert RUSSIAN in texts(await corpus.ask("what was said about Anna Weld?"))
    assert {RUSSIAN, ABOUT_HER} <= texts(await corpus.ask("что говорили о Железной леди?"))


async def test_names_of_things_are_one_term(corpus: Corpus) -> None:
    assert texts(await corpus.ask("drones")) == {DRONES}
    assert texts(await corpus.ask("UAV")) == {UAV}
    await corpus.add_alias("drones", "UAV")
    for question in ("drones", "UAV", "what was said about the UAV?"):
        answer = await corpus.ask(question)
        assert texts(answer) == {DRONES, UAV}, question
        assert [term.text for term in answer.query.terms] == ["drones"]


async def test_a_name_that_is_built_in_takes_another(corpus: Corpus) -> None:
    await corpus.add_alias("Niger", "the Land of Uranium")
    answer = await corpus.ask("what did Weld say about the Land of Uranium?")
    assert texts(answer) == {NIGER}
    assert [term.text for term in answer.query.terms] == ["Niger"]
    assert (await corpus.ask("Land of Uranium in Nigeria")).query.terms[-1].text == "Nigeria"


async def test_an_alias_works_at_once_and_so_does_its_removal(corpus: Corpus) -> None:
    question = "what was said about Zorbagrad?"
    assert (await corpus.ask(question)).silence is not None
    await corpus.add_alias("Norrask", "Zorbagrad")
    assert texts(await corpus.ask(question)) == {HARBOUR}
    await corpus.remove_alias("zorbagrad")
    assert (await corpus.ask(question)).silence is not None
    await corpus.add_alias("Norrask", "Zorbagrad")
    assert texts(await corpus.ask(question)) == {HARBOUR}


async def test_what_was_done_is_seen_and_undone(corpus: Corpus) -> None:
    group = await corpus.add_alias("Anna Weld", "“the Iron Lady”", by="Olaf")
    assert [(alias.text, alias.by) for alias in group.aliases] == [("Iron Lady", "Olaf")]
    assert await corpus.aliases() == [group]
    gone = await corpus.remove_alias("The Iron Lady", by="Kari")
    assert await corpus.aliases() == []
    newest, before, statement_before = (await corpus.history(limit=3))[:3]
    assert newest == gone
    assert isinstance(before, AliasChange)
    assert before.kind is AliasChangeKind.ADDED
    assert isinstance(statement_before, Change)
    assert len(await corpus.history(limit=2)) == 2
    again = await corpus.add_alias(gone.name, gone.alias, by="Olaf")
    assert again.name == group.name
    with pytest.raises(UnknownAlias):
        await corpus.remove_alias("Maggie")


async def test_the_name_of_a_group_is_found_by_any_of_its_names(corpus: Corpus) -> None:
    await corpus.add_alias("Anna Weld", "Iron Lady")
    group = await corpus.add_alias("the Iron Lady", "Maggie")
    assert group.name == "Anna Weld"
    group = await corpus.add_alias("Islamic Republic", "Persepolis Land")
    assert group.name == "Iran"
    assert [one.name for one in await corpus.aliases()] == ["Anna Weld", "Iran"]


async def test_another_speaker_s_name_is_refused(corpus: Corpus) -> None:
    with pytest.raises(UnusableAlias, match="how the record names Olaf Brandt"):
        await corpus.add_alias("Anna Weld", "Brandt")
    assert await corpus.aliases() == []
    # Of the same person, it is one more way to write the name.
    await corpus.add_alias("Anna Weld", "Madam Weld")


async def test_aliases_are_there_when_the_corpus_is_opened_again(
    database_url: str, tmp_path: Path
) -> None:
    async with open_corpus(database_url, tmp_path / "state") as corpus:
        await publish_all(corpus)
        await corpus.add_alias("Anna Weld", "Iron Lady")
    async with open_corpus(database_url, tmp_path / "state") as corpus:
        assert texts(await corpus.ask("what did the Iron Lady say about Niger?")) == {NIGER}
        assert [done async for done in corpus.reindex()][-1] == 5
        assert texts(await corpus.ask("what did the Iron Lady say about Niger?")) == {NIGER}
        await corpus.publish(statement(20, "Anna Weld", "Of Niger I shall speak on Monday again."))
        assert len((await corpus.ask("what did the Iron Lady say about Niger?")).hits) == 2


async def test_what_another_process_adds_is_seen_within_a_second(
    corpus: Corpus, database_url: str, tmp_path: Path
) -> None:
    question = "what was said about Zorbagrad?"
    assert (await corpus.ask(question)).silence is not None
    worker = Worker(name_as_told, database_url, tmp_path / "theirs")
    assert await asyncio.to_thread(worker.line.recv) == "ready"

    async def told(*names: str) -> None:
        worker.line.send(names)
        assert await asyncio.to_thread(worker.line.recv) == "done"

    async def seen(found: bool) -> float:
        began = time.monotonic()
        while bool((await corpus.ask(question)).hits) is not found:
            assert time.monotonic() - began < 20
            await asyncio.sleep(0.01)
        return time.monotonic() - began

    await told("Norrask", "Zorbagrad")
    added = await seen(True)
    await told("Zorbagrad")
    removed = await seen(False)
    # Looking takes place every half second; a busy machine may be late once.
    assert min(added, removed) < 1
    worker.line.send(())
    worker.finish()
