"""Killed at any moment: whole batches are on record, or not at all; run again ends the same."""

from __future__ import annotations

import random

import pytest

from corpus.storage import open_record
from corpus.types import Document
from tests.storage.build import numbered
from tests.storage.processes import Worker, publish_batches

BATCH, BATCHES = 40, 30


def _without_time(document: Document) -> tuple[object, ...]:
    return document.id, document.source_url, document.title, document.said_on, document.revision


@pytest.mark.parametrize("seed", range(3))
async def test_killed_in_the_middle(database_url: str, seed: int) -> None:
    chance = random.Random(seed)
    worker = Worker(publish_batches, database_url, BATCH, BATCHES)
    last = chance.randrange(1, BATCHES - 5) * BATCH
    announced = -1
    while announced < last:
        announced = worker.line.recv()
    # The batch that was announced is somewhere between nothing and committed.
    for _ in range(chance.randrange(20_000)):
        pass
    announced = max([announced, *worker.kill()])
    async with open_record(database_url) as record:
        assert await record.check() == ()
        there = (await record.coverage()).documents
        assert there in (announced, announced + BATCH)
        assert (await record.coverage()).position == there
        for start in range(0, BATCH * BATCHES, BATCH):
            await record.publish(numbered(BATCH, start=start))
        assert await record.check() == ()
        exported = [item async for item in record.export()]
        changes = await record.changes(limit=BATCH * BATCHES + 1)
    assert [c.position for c in changes] == list(range(1, BATCH * BATCHES + 1))
    wanted = numbered(BATCH * BATCHES)
    assert [_without_time(document) for document, _ in exported] == [
        (index, draft.source_url, draft.title, draft.said_on, 1)
        for index, draft in enumerate(wanted, 1)
    ]
    passages = [p for _, passages in exported for p in passages]
    assert [p.id for p in passages] == list(range(1, len(passages) + 1))
    assert [p.text for p in passages] == [p.text for draft in wanted for p in draft.paragraphs]
