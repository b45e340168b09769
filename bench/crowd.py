"""Many who ask at once, and how the event loop fares; a part of ``bench.latency``.

In two ways, which are not to be mixed up: people who chat, with pauses between their questions
(exponential, so that all together ask so many times a second), and questions that all come in the
same instant, where the last waits for all others. Beside them a coroutine sleeps for a
millisecond, again and again, and notes how late it wakes.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median

from bench.asking import Questions, Setting, ask, ask_all, percentile
from bench.judged import TODAY
from corpus import Corpus

PEOPLE = 50
RATES = (20, 50)
"""Questions a second that all people together come to."""


async def crowd(corpus: Corpus, setting: Setting) -> dict[str, float]:
    """One person, then fifty in two ways, and how the event loop fares."""
    questions = setting.questions
    await ask_all(corpus, map(questions.new, questions.texts))
    alone = await ask_all(corpus, map(questions.new, questions.texts))
    figures = {"one person: p50 ms": median(alone), "one person: p99 ms": percentile(alone, 0.99)}
    async with loop_watched() as late:
        await asyncio.sleep(setting.seconds / 10)
    figures |= lateness("nobody asking", late)
    for rate in RATES:
        name = f"{PEOPLE} chatting, {rate}/s"
        async with loop_watched() as late:
            took = await chatting(corpus, questions, rate, setting.seconds)
        figures[f"{name}: asked per second"] = len(took) / setting.seconds
        figures[f"{name}: p50 ms"] = median(took)
        figures[f"{name}: p99 ms"] = percentile(took, 0.99)
        figures[f"{name}: p50 against one person's"] = median(took) / median(alone)
        figures[f"{name}: p99 against one person's p50"] = percentile(took, 0.99) / median(alone)
        figures |= lateness(name, late)
    async with loop_watched() as late:
        rounds = [await at_once(corpus, questions) for _ in range(setting.rounds)]
    name = f"{PEOPLE} in the same instant"
    figures[f"{name}: median ms"] = median(median(took) for took in rounds)
    figures[f"{name}: last ms"] = median(max(took) for took in rounds)
    return figures | lateness(name, late)


async def chatting(
    corpus: Corpus, questions: Questions, rate: float, seconds: float
) -> list[float]:
    """Milliseconds of the answers to people who ask, read, think and ask again."""
    took: list[float] = []
    chance = random.Random(11)
    end = time.perf_counter() + seconds

    async def person() -> None:
        while True:
            pause = chance.expovariate(rate / PEOPLE)
            if time.perf_counter() + pause >= end:
                return
            await asyncio.sleep(pause)
            took.append((await ask(corpus, questions.next()))[0])

    await asyncio.gather(*(person() for _ in range(PEOPLE)))
    return took


async def at_once(corpus: Corpus, questions: Questions) -> list[float]:
    """Milliseconds, from the common start, of questions that come in the same instant."""
    asked = [questions.next() for _ in range(PEOPLE)]
    begun = time.perf_counter()

    async def person(question: str) -> float:
        await corpus.ask(question, today=TODAY)
        return 1000 * (time.perf_counter() - begun)

    return await asyncio.gather(*map(person, asked))


@asynccontextmanager
async def loop_watched() -> AsyncIterator[list[float]]:
    """While within, gathers how many milliseconds late the event loop wakes a sleeper."""
    late: list[float] = []

    async def watch() -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(1000 * (time.perf_counter() - begun) - 1)

    watching = asyncio.create_task(watch())
    try:
        yield late
    finally:
        watching.cancel()


def lateness(name: str, late: list[float]) -> dict[str, float]:
    """Figures of how late the event loop was."""
    return {
        f"{name}: loop late, p50 ms": median(late),
        f"{name}: loop late, p99 ms": percentile(late, 0.99),
        f"{name}: loop late, worst ms": max(late),
    }
