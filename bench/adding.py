"""How soon what is published is found, here and by another process; part of ``bench.latency``."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from statistics import median

from bench.asking import Setting
from bench.judged import TODAY
from bench.latency import ROOT
from corpus import Corpus
from corpus.corpus import FOLLOW_EVERY
from corpus.types import Draft, Paragraph

POLL = 0.005
"""Seconds between looks for what is being published."""


async def adding(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """Publish statements here and elsewhere, and ask until each is found."""
    here = [await added_here(corpus) for _ in range(setting.rounds)]
    there = [one async for one in added_elsewhere(corpus, setting)]
    return {
        "published here: from order to found, p50 ms": median(here),
        "published here: from order to found, worst ms": max(here),
        "by another process: from order to found, p50 ms": median(whole for whole, _ in there),
        "by another process: from commit to found, p50 ms": median(after for _, after in there),
        "by another process: from commit to found, worst ms": max(after for _, after in there),
    }


async def added_here(corpus: Corpus) -> float:
    """Milliseconds to publish a statement, commit included, and to find it."""
    word = new_word()
    ordered = time.perf_counter()
    await corpus.publish(statement(word))
    if not await found(corpus, word):
        raise RuntimeError("what was published is not found")
    return 1000 * (time.perf_counter() - ordered)


async def added_elsewhere(corpus: Corpus, setting: Setting) -> AsyncIterator[tuple[float, float]]:
    """Milliseconds from the order to another process to publish, and from its commit, until found.

    The commit is when its row of the change log can be read here.
    """
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.parts", str(setting.folder), "0", "publishing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    if other.stdin is None or other.stdout is None:
        raise RuntimeError("the other process has no pipes")
    await other.stdout.readline()
    for _ in range(setting.rounds):
        # Else each would come just after this process has looked for changes.
        await asyncio.sleep(random.uniform(0, FOLLOW_EVERY))
        word = new_word()
        last = (await corpus.last_changes(limit=1))[0].position
        ordered = time.perf_counter()
        other.stdin.write(f"{word}\n".encode())
        await until(partial(changed, corpus, last))
        committed = time.perf_counter()
        await until(partial(found, corpus, word))
        now = time.perf_counter()
        await other.stdout.readline()
        yield 1000 * (now - ordered), 1000 * (now - committed)
    other.stdin.close()
    await other.wait()


async def until(happened: Callable[[], Coroutine[None, None, bool]]) -> None:
    """Wait for something, with a look every :data:`POLL`."""
    while True:
        if await happened():
            return
        await asyncio.sleep(POLL)


async def changed(corpus: Corpus, last: int) -> bool:
    """Whether the change log goes beyond a position."""
    return bool(await corpus.changes(after=last, limit=1))


def new_word() -> str:
    """A word that is nowhere else."""
    return "".join(random.choices("bdfgklmnprstvz", k=14))


def statement(word: str) -> Draft:
    """A new statement with a word that is nowhere else."""
    text = f"The committee has agreed that the word of the day shall be {word}."
    return Draft((Paragraph(text),), source_url=f"https://added.example/{word}", language="en")


async def found(corpus: Corpus, word: str) -> bool:
    """Whether a question about the word brings the statement that has it."""
    answer = await corpus.ask(f"What was said about {word}?", today=TODAY)
    return any(word in hit.passage.text for hit in answer.hits)


async def publishing(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """The other process of :func:`adding`: publishes a statement for each word that it reads."""
    print("ready", flush=True)
    while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
        await corpus.publish(statement(word))
        print("published", flush=True)
    return {}
