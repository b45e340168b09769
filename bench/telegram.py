"""Round trips in Telegram: from an update handed out to the answer received.

    python -m bench.telegram                    20,000 paragraphs
    python -m bench.telegram 250000             so many
    python -m bench.telegram --keep DIR         keep the record for the next run

The bot runs in a process of its own, as it would; the double of Telegram and its people in this
one. One question at a time is asked; then fifty people chat, each asking about every second and a
half; then fifty ask in the very same moment, several times, where the last waits for all others.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.judged import judged_sets, read_lines
from bench.latency import lines
from corpus import open_corpus
from tests.double import Double, Person
from tests.double.records import Latency

SETS = ("whitehouse", "qmsum")
PEOPLE = 50
ROUNDS = 6
QUESTIONS = 8
"""That each of those who chat asks."""
PAUSE_SECONDS = 1.6
"""Between them, on average: all together they come to Telegram's 30 messages a second."""
ALONE = 200
"""Questions that one person asks, by turns with others so that the allowance lasts."""
START_SECONDS = 60.0


async def fill(folder: Path, paragraphs: int) -> None:
    """Put about so many paragraphs on record, unless the folder has them already."""
    async with open_corpus(f"sqlite+aiosqlite:///{folder / 'ontherecord.db'}", folder) as corpus:
        if (await corpus.coverage()).passages < paragraphs:
            await corpus.load(lines(paragraphs))
        coverage = await corpus.coverage()
        print(f"{coverage.passages:,} paragraphs of {coverage.documents:,} statements")


def questions() -> list[str]:
    """Judged questions, in an order that is the same each time."""
    sets = judged_sets()
    asked = [line["text"] for name in SETS for line in read_lines(sets[name].queries)]
    random.Random(7).shuffle(asked)
    return asked


async def measure(folder: Path) -> None:
    """Start the bot over the record in ``folder`` and put questions to it."""
    async with Double() as double:
        environment = (
            os.environ
            | double.environment
            | {
                "ONTHERECORD_DATA_DIR": str(folder),
                "ONTHERECORD_LOG_LEVEL": "WARNING",
            }
        )
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment
        )
        try:
            await double.called("setMyShortDescription", 2, within=START_SECONDS)
            await ask(double)
        finally:
            bot.terminate()
            await bot.wait()


async def ask(double: Double) -> None:
    """The questions themselves, and a table of how long the answers took."""
    asked = itertools.cycle(questions())
    people = [double.person(f"Person {number}") for number in range(PEOPLE)]
    for person, question in zip(people, asked, strict=False):
        await exchange(person, question)
    double.latencies.clear()
    for turn, question in enumerate(itertools.islice(asked, ALONE)):
        await exchange(people[turn % PEOPLE], question)
    report("one at a time", double.latencies)
    double.latencies.clear()
    chance = random.Random(11)
    await asyncio.gather(*(chat(person, asked, chance) for person in people))
    report(f"{PEOPLE} chatting", double.latencies)
    double.latencies.clear()
    for _ in range(ROUNDS):
        await asyncio.gather(*(exchange(person, next(asked)) for person in people))
    report(f"{PEOPLE} in a moment", double.latencies)
    print(f"violations: {len(double.violations)}")


async def chat(person: Person, asked: Iterator[str], chance: random.Random) -> None:
    """Ask some questions with pauses in between, as somebody who reads the answers."""
    for _ in range(QUESTIONS):
        await asyncio.sleep(chance.expovariate(1 / PAUSE_SECONDS))
        await exchange(person, next(asked))


async def exchange(person: Person, question: str) -> None:
    """Ask, and wait for the answer."""
    await person.sends(question)
    await person.answer(within=30)


def report(what: str, latencies: Sequence[Latency]) -> None:
    """One line of the table, in milliseconds."""
    took = sorted(one.seconds * 1000 for one in latencies)
    p50 = statistics.median(took)
    p99 = took[min(len(took) - 1, int(len(took) * 0.99))]
    print(f"{what:18} {len(took):5} answers   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms")


def main() -> None:
    """Fill a record, start the bot, measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paragraphs", nargs="?", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, help="a folder that keeps the record")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(fill(folder, arguments.paragraphs))
        asyncio.run(measure(folder))


if __name__ == "__main__":
    main()
