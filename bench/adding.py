"""How soon what is published is found, here and by another process; part of ``bench.latency``."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from statistics import median

from bench.asking import Setting
from bench.judged import TODAY
from bench.latency import ROOT
from corpus import Corpus
from corpus.corpus import FOLLOW_EVERY
from corpus.types import Draft, Paragraph

POLL = 0.002
"""Seconds between looks for what is being published."""


async def adding(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """How soon a new statement is found, from when it is committed to the record."""

    async def here(word: str) -> None:
        await corpus.publish(statement(word))

    figures = soon("published here", [await added(corpus, here) for _ in range(setting.rounds)])
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.parts", str(setting.folder), "0", "publishing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    if other.stdin is None or other.stdout is None:
        raise RuntimeError("the other process has no pipes")
    stdin, stdout = other.stdin, other.stdout
    await stdout.readline()

    async def there(word: str) -> None:
        stdin.write(f"{word}\n".encode())
        await stdout.readline()

    rounds = []
    for _ in range(setting.rounds):
        # Else each would come just after this process has looked for changes.
        await asyncio.sleep(random.uniform(0, FOLLOW_EVERY))
        rounds.append(await added(corpus, there))
    stdin.close()
    await other.wait()
    return figures | soon("by another process", rounds)


def soon(name: str, rounds: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Figures of pairs: milliseconds from the order, and from the commit, until found."""
    return {
        f"{name}: from order to found, p50 ms": median(whole for whole, _ in rounds),
        f"{name}: from commit to found, p50 ms": median(after for _, after in rounds),
        f"{name}: from commit to found, worst ms": max(after for _, after in rounds),
    }


async def added(
    corpus: Corpus, publish: Callable[[str], Coroutine[None, None, None]]
) -> tuple[float, float]:
    """Milliseconds from the order to publish a statement, and from its commit, until it is found.

    The commit is when its row of the change log can be read, on a look every :data:`POLL`.
    """
    word = "".join(random.choices("bdfgklmnprstvz", k=14))
    last = (await corpus.last_changes(limit=1))[0].position
    ordered = time.perf_counter()
    publishing = asyncio.create_task(publish(word))
    await until(lambda: changed(corpus, last))
    committed = time.perf_counter()
    await until(lambda: found(corpus, word))
    now = time.perf_counter()
    await publishing
    return 1000 * (now - ordered), 1000 * (now - committed)


async def until(happened: Callable[[], Coroutine[None, None, bool]]) -> None:
    """Wait for something, with a look every :data:`POLL`."""
    while True:
        if await happened():
            return
        await asyncio.sleep(POLL)


async def changed(corpus: Corpus, last: int) -> bool:
    """Whether the change log goes beyond a position."""
    return bool(await corpus.changes(after=last, limit=1))


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
