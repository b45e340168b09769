"""From a question to passages of the record: the search and the record joined, in one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from corpus.search import Findings
from corpus.storage import Record
from corpus.types import Answer, Hit, Passage


class Answering:
    """Answers questions one after the other.

    Several threads would only take the interpreter's lock from each other, and each change of
    threads costs as much as reading a passage: a SQLite file is read in the thread that searches.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="answering")

    async def answer(self, search: Callable[[], Findings]) -> Answer:
        """What a search finds, with the words of the record.

        Raises:
            RecordError: the database can't be read.
        """
        loop = asyncio.get_running_loop()
        if self._record.reads_at_once:
            return await loop.run_in_executor(self._thread, self._at_once, search)
        found = await loop.run_in_executor(self._thread, search)
        return _answer(found, await self._record.passages(_passage_ids(found)))

    def _at_once(self, search: Callable[[], Findings]) -> Answer:
        found = search()
        return _answer(found, self._record.passages_at_once(_passage_ids(found)))


def _passage_ids(found: Findings) -> list[int]:
    return [hit.passage_id for hit in found.hits]


def _answer(found: Findings, passages: Mapping[int, Passage]) -> Answer:
    """Findings with their passages; one that is no longer current falls out."""
    hits = tuple(
        Hit(
            passage=passages[hit.passage_id],
            score=hit.score,
            speaker_unsure=hit.speaker_unsure,
            also_said=hit.also_said,
        )
        for hit in found.hits
        if hit.passage_id in passages and passages[hit.passage_id].current
    )
    return Answer(
        query=found.query,
        hits=hits,
        total=max(found.total, len(hits)),
        silence=found.silence,
        uncovered=found.uncovered,
    )
