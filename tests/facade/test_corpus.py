"""The corpus as a bot sees it: what is published is found, whoever published it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from corpus import Corpus, Overrides, open_corpus
from corpus.errors import CorpusError, MalformedLine, UnknownDocument
from corpus.types import (
    ChangeKind,
    Draft,
    LoadReport,
    Outcome,
    Paragraph,
    SilenceReason,
    Verdict,
)

HARBOUR = "The harbour of Norrask will be deepened, so that grain ships need not wait for the tide."
BRIDGE = "The bridge stays closed until the inspectors have seen every cable of it."


def draft(number: int, *texts: str) -> Draft:
    return Draft(
        paragraphs=tuple(Paragraph(text, speaker="Anna Weld") for text in texts),
        source_url=f"https://mfa.example/{number}",
        title="Press point",
        publisher="Ministry of Works",
        language="en",
        speaker="Anna Weld",
        said_on=date(2024, 3, number),
    )


def line(number: int, *texts: str) -> dict[str, object]:
    return {
        "url": f"https://mfa.example/{number}",
        "title": "Press point",
        "date": f"2024-03-{number:02}",
        "speaker": None,
        "publisher": None,
        "language": "en",
        "paragraphs": [{"speaker": None, "text": text} for text in texts],
    }


@pytest_asyncio.fixture
async def corpus(database_url: str, tmp_path: Path) -> AsyncIterator[Corpus]:
    async with open_corpus(database_url, tmp_path / "state") as opened:
        yield opened


async def test_what_is_published_is_found_at_once(corpus: Corpus) -> None:
    document = await corpus.publish(draft(1, HARBOUR, BRIDGE))
    answer = await corpus.ask("what was said about the harbour?")
    assert answer.silence is None
    (hit,) = answer.hits
    assert hit.passage.text == HARBOUR
    assert hit.passage.speaker == "Anna Weld"
    assert hit.passage.paragraph == 0
    assert hit.passage.document == document
    assert hit.passage.document.source_url == "https://mfa.example/1"
    assert hit.passage.document.said_on == date(2024, 3, 1)


async def test_silence_says_why(corpus: Corpus) -> None:
    await corpus.publish(draft(1, HARBOUR))
    answer = await corpus.ask("what was said about Atlantis?")
    assert answer.hits == ()
    assert answer.silence is not None
    assert answer.silence.reason is SilenceReason.UNKNOWN_TERMS
    assert answer.silence.missing == ("Atlantis",)


async def test_a_correction_replaces_and_keeps_what_did_not_change(corpus: Corpus) -> None:
    await corpus.publish(draft(1, HARBOUR, BRIDGE))
    before = (await corpus.ask("bridge")).hits[0].passage
    publication = await corpus.submit(draft(1, "The harbour waits.", BRIDGE))
    assert publication.outcome is Outcome.CORRECTED
    assert (await corpus.ask("grain ships")).hits == ()
    after = (await corpus.ask("bridge")).hits[0].passage
    assert after.id == before.id
    assert after.document.revision == 2


async def test_a_withdrawal_is_undone(corpus: Corpus) -> None:
    document = await corpus.publish(draft(1, HARBOUR))
    passage = (await corpus.ask("harbour")).hits[0].passage
    await corpus.withdraw(document.id, by="moderator", reason="by mistake")
    assert (await corpus.ask("harbour")).hits == ()
    gone = await corpus.passage(passage.id)
    assert gone is not None
    assert not gone.current
    await corpus.restore(document.id)
    assert (await corpus.ask("harbour")).hits[0].passage.id == passage.id
    kinds = [change.kind for change in await corpus.changes()]
    assert kinds == [ChangeKind.PUBLICATION, ChangeKind.WITHDRAWAL, ChangeKind.RESTORATION]
    assert (await corpus.last_changes(limit=2))[1].reason == "by mistake"


async def test_reading_around(corpus: Corpus) -> None:
    document = await corpus.publish(draft(1, HARBOUR, BRIDGE, "Good night."))
    passages = await corpus.statement(document.id)
    assert [passage.text for passage in passages] == [HARBOUR, BRIDGE, "Good night."]
    around = await corpus.context(passages[1].id, before=1, after=0)
    assert [passage.id for passage in around] == [passages[0].id, passages[1].id]
    assert await corpus.document(document.id) == document
    assert await corpus.latest() == [document]
    assert [person.name for person in await corpus.people()] == ["Anna Weld"]
    assert await corpus.passage(99_999) is None
    with pytest.raises(UnknownDocument):
        await corpus.document(99)


async def test_bytes_are_understood_published_and_kept(corpus: Corpus) -> None:
    content = f"The ports\n\nOslo, 3 March 2024\n\n{HARBOUR}\n\n{BRIDGE}\n".encode()
    read = await corpus.read(
        content, filename="ports.txt", overrides=Overrides(url="https://mfa.example/ports")
    )
    document = await corpus.publish(read)
    copy = await corpus.source_copy(document.id)
    assert copy is not None
    assert copy.content == content
    check = await corpus.check("The bridge stays closed until the inspectors have seen every wire")
    assert check.verdict is Verdict.ALTERED
    assert check.passage is not None
    assert check.passage.text == BRIDGE
    assert (await corpus.check(HARBOUR)).verdict is Verdict.VERBATIM
    assert (await corpus.check("A lamp was lit on the hill for you")).verdict is Verdict.UNKNOWN


async def test_load_and_export_are_each_others_reverse(corpus: Corpus) -> None:
    lines = [line(1, HARBOUR), line(2, BRIDGE, "Q Why? ", "MR. OAK: Because of \u2028 rust.")]
    report = await corpus.load(lines)
    assert report == LoadReport(created=2, paragraphs=4)
    assert await corpus.load(lines) == LoadReport(unchanged=2)
    assert await corpus.load([line(3, HARBOUR), draft(4, HARBOUR)]) == LoadReport(
        duplicates=2, paragraphs=2
    )
    exported = [json.loads(text) async for text in corpus.export_lines()]
    assert exported[:2] == lines
    blocks = [block async for block in corpus.export_lines("quotation")]
    quotations = [json.loads(text) for block in blocks for text in block.split("\n")]
    assert {quotation["@type"] for quotation in quotations} == {"Quotation"}


async def test_a_malformed_document_has_its_number(corpus: Corpus) -> None:
    with pytest.raises(MalformedLine) as caught:
        await corpus.load([line(1, HARBOUR), {"url": "https://mfa.example/2"}])
    assert caught.value.line == 2


async def test_what_another_process_publishes_is_found(
    database_url: str, tmp_path: Path, corpus: Corpus
) -> None:
    async with open_corpus(database_url, tmp_path / "other") as other:
        await other.publish(draft(1, HARBOUR))
    for _ in range(200):
        if (await corpus.ask("harbour")).hits:
            break
        await asyncio.sleep(0.05)
    assert (await corpus.ask("harbour")).hits


async def test_two_processes_share_a_directory(database_url: str, tmp_path: Path) -> None:
    async with (
        open_corpus(database_url, tmp_path / "shared") as one,
        open_corpus(database_url, tmp_path / "shared") as two,
    ):
        await one.publish(draft(1, HARBOUR))
        await two.publish(draft(2, BRIDGE))
        assert (await two.ask("harbour")).hits
        await one.follow()
        assert (await one.ask("bridge")).hits


async def test_an_index_outlives_its_process_and_can_be_built_anew(
    database_url: str, tmp_path: Path
) -> None:
    async with open_corpus(database_url, tmp_path) as corpus:
        await corpus.publish(draft(1, HARBOUR))
    async with open_corpus(database_url, tmp_path) as corpus:
        assert await corpus.follow() == 0
        assert (await corpus.ask("harbour")).hits
        assert [done async for done in corpus.reindex()][-1] == 1
        assert (await corpus.ask("harbour")).hits
        assert await corpus.doctor() == ()
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text("{")
    with pytest.raises(CorpusError):
        async with open_corpus(database_url, tmp_path):
            pass
    async with open_corpus(database_url, tmp_path, rebuild=True) as corpus:
        assert (await corpus.ask("harbour")).hits


async def test_an_index_of_another_record_is_begun_anew(
    sqlite_database_url: str, tmp_path: Path
) -> None:
    async with open_corpus(sqlite_database_url, tmp_path / "state") as corpus:
        await corpus.publish(draft(1, HARBOUR))
    other = f"sqlite+aiosqlite:///{tmp_path}/quite-another.db"
    async with open_corpus(other, tmp_path / "state") as corpus:
        assert (await corpus.ask("harbour")).hits == ()
        await corpus.publish(draft(1, BRIDGE))
        assert (await corpus.ask("bridge")).hits


async def test_an_index_ahead_of_its_record_is_begun_anew(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/record.db"
    backup = tmp_path / "backup.db"
    async with open_corpus(url, tmp_path) as corpus:
        await corpus.publish(draft(1, HARBOUR))
    backup.write_bytes((tmp_path / "record.db").read_bytes())
    async with open_corpus(url, tmp_path) as corpus:
        await corpus.publish(draft(2, BRIDGE))
    (tmp_path / "record.db").write_bytes(backup.read_bytes())
    async with open_corpus(url, tmp_path) as corpus:
        assert (await corpus.ask("bridge")).hits == ()
        assert (await corpus.ask("harbour")).hits


async def test_the_doctor_sees_an_index_that_lacks_something(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    await corpus.publish(draft(1, HARBOUR))
    index = corpus._index
    coverage = index.coverage()
    monkeypatch.setattr(type(index), "coverage", lambda self: type(coverage)(0, 0, None, None))
    (problem,) = await corpus.doctor()
    assert "reindex" in problem


async def test_questions_are_remembered_under_a_short_key(corpus: Corpus) -> None:
    question = "что сказано про Иран? " * 40
    key = await corpus.remember_query(question)
    assert len(key) == 22
    assert await corpus.remember_query(question) == key
    assert await corpus.recall_query(key) == question
    assert await corpus.recall_query("nothing") is None
    await corpus.keep_note("language", "7:", "ru")
    assert await corpus.note("language", "7:") == "ru"
    await corpus.drop_notes("language", "7:")
    assert await corpus.note("language", "7:") is None


async def test_trouble_while_following_is_logged_once_and_tried_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = asyncio.Event()
    calls = 0

    async def fails() -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            tried.set()
        raise CorpusError("the disk is away")

    monkeypatch.setattr("corpus.corpus.FOLLOW_EVERY", 0.01)
    monkeypatch.setattr(corpus, "follow", fails)
    task = asyncio.create_task(corpus.keep_following())
    async with asyncio.timeout(10):
        await tried.wait()
    task.cancel()
    assert caplog.text.count("the disk is away") == 1
