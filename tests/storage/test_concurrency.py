"""Several processes and tasks at once: nobody fails, and log order is commit order."""

from __future__ import annotations

import asyncio

from corpus.storage import open_record
from corpus.types import Change
from tests.storage.build import draft, numbered
from tests.storage.processes import SHARED, Worker, publish_rounds

ROUNDS, BATCH = 20, 6


async def test_two_processes_publish_while_a_third_follows(database_url: str) -> None:
    workers = [Worker(publish_rounds, database_url, n, ROUNDS, BATCH) for n in (1000, 2000)]
    for worker in workers:
        assert worker.line.recv() == "ready"
    for worker in workers:
        worker.line.send("go")
    expected = 2 * ROUNDS * (BATCH + 1)
    followed: list[Change] = []
    async with open_record(database_url) as record:
        while len(followed) < expected and any(worker.running() for worker in workers):
            after = followed[-1].position if followed else 0
            followed += await record.changes(after, 50)
        for worker in workers:
            worker.finish()
        while rows := await record.changes(followed[-1].position if followed else 0, 50):
            followed += rows
        assert followed == await record.changes(limit=expected + 1)
        assert await record.check() == ()
        (shared,) = await record.documents_by_url(SHARED)
        assert shared.revision == 2 * ROUNDS
    # No row was committed behind the follower's back, and each batch stands together.
    assert [c.position for c in followed] == list(range(1, expected + 1))
    for start in range(0, expected, BATCH + 1):
        assert len({(c.by, c.at) for c in followed[start : start + BATCH + 1]}) == 1


async def test_many_tasks_of_one_process(database_url: str) -> None:
    async with open_record(database_url) as record:
        await record.publish(numbered(50))
        ids = [s.passages[0].id for s in await record.states(range(1, 51))]
        writers = [record.publish([draft(str(n), url=f"https://x.example/{n}")]) for n in range(20)]
        readers = [record.passages(ids[n : n + 5]) for n in range(45)]
        done = await asyncio.gather(*writers, *readers)
        assert len(done) == 65
        changes = await record.changes(limit=100)
    assert [c.position for c in changes] == list(range(1, 71))


async def test_a_snapshot_is_one_state(database_url: str) -> None:
    """A statement read while it is being corrected is the old one or the new one."""
    versions = [["a", "b", "c"], ["x", "b"]]
    async with open_record(database_url) as record, open_record(database_url) as other:
        (publication,) = await record.publish([draft(*versions[0])])

        async def correct() -> None:
            for turn in range(20):
                await other.publish([draft(*versions[(turn + 1) % 2])])

        task = asyncio.create_task(correct())
        seen = 0
        while not task.done():
            (state,) = await record.states([publication.document.id])
            assert [p.text for p in state.passages] in versions
            assert len(state.passages) == state.document.paragraphs
            seen += 1
        await task
    assert seen > 0
