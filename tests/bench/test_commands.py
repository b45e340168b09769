"""The commands of measuring run, on the samples; their figures are for a quiet machine."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bench import latency, peers, plots, quality
from bench.asking import Questions
from bench.crowd import loop_watched
from bench.engines import ENGINES, NotInstalled
from bench.judged import SHARED, build
from bench.typos import with_one_typo

TEXTS = [
    "The harbour of Slovenia stays open, and ships may come and go.",
    "The harbour of Slovakia is a river port on the Danube.",
    "Nobody is asked to pay for what the sea has done.",
    "Slovakia thanks its neighbours for the bread and the boats.",
]


def test_latency_is_measured_through_the_facade_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "latency.json"
    assert latency.main(["--quick", "--json", str(figures)]) == 0
    printed = capsys.readouterr().out
    parts: dict[str, dict[str, float]] = json.loads(figures.read_text())["300"]
    assert list(parts) == ["loading", *latency.PARTS]
    assert parts["loading"]["on record"] >= 300
    assert parts["asking"]["p99 ms"] >= parts["asking"]["p50 ms"] > 0
    assert parts["crowd"]["50 in the same instant: last ms"] > parts["asking"]["p50 ms"]
    assert parts["mending"]["English: of them mended"] > 0
    assert parts["adding"]["by another process: from commit to found, p50 ms"] > 0
    assert all(f"| {name} |" in printed for found in parts.values() for name in found)
    drawn = plots.latency(dict.fromkeys(("300", "3000"), parts))
    assert f">{parts['asking']['p50 ms']:.1f}<" in drawn


def work(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def test_a_blocked_event_loop_is_noticed() -> None:
    async def blocked() -> float:
        async with loop_watched() as late:
            await asyncio.sleep(0.01)
            work(0.1)
            await asyncio.sleep(0.01)
        return max(late)

    assert asyncio.run(blocked()) > 80


@pytest.mark.parametrize("name", ENGINES)
def test_a_peer_finds_and_takes_in(name: str, tmp_path: Path) -> None:
    try:
        engine = ENGINES[name](tmp_path, "en")
    except NotInstalled as missing:
        pytest.skip(str(missing))
    engine.add(TEXTS)
    assert engine.ask("harbour of Slovenia")[0] == 0
    engine.add(["The word that was added is quetzal."])
    rows, seconds = engine.timed("quetzal")
    assert rows[0] == len(TEXTS)
    assert seconds > 0
    if name == "Xapian":
        assert engine.ask("quetzall")[0] == len(TEXTS)
    engine.close()


def test_peers_stand_in_one_table_with_ours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_scorer()
    monkeypatch.setitem(sys.modules, "bm25s", None)  # as where it isn't installed
    assert peers.main(["--quick", "--speed", "60"]) == 0
    printed, told = capsys.readouterr()
    rows = [[cell.strip() for cell in row.split("|")] for row in printed.splitlines()]
    scores = {row[2]: row for row in rows if row[1:2] == ["samples"]}
    speeds = {row[1]: row for row in rows if len(row) == 8}
    assert float(scores["ontherecord"][3]) > float(scores["SQLite FTS5"][3]) > 0
    assert float(scores["ontherecord"][5]) > float(scores["plain tantivy"][5])
    assert float(speeds["ontherecord"][5]) == 1
    assert "bm25s" not in speeds
    assert "bm25s is not installed, skipped; to have it: pip install" in told


def test_quality_is_drawn_by_kind_but_held_out_sets_as_a_whole(tmp_path: Path) -> None:
    needs_scorer()
    judged = quality.samples_set()
    result = quality.run(judged, build(tmp_path, judged.corpora))
    kinds: dict[str, Any] = {kind or "all": result.summary(kind) for kind in [None, *result.kinds]}
    drawn = plots.quality({"samples": kinds, "held-out-samples": kinds})
    assert ">samples: dated<" in drawn
    assert ">held-out-samples: all<" in drawn
    assert ">held-out-samples: dated<" not in drawn


def test_no_question_comes_twice() -> None:
    questions = Questions.judged(samples=True)
    asked = [questions.next() for _ in range(3 * len(questions.texts))]
    assert len(set(asked)) == len(asked)
    assert {text.strip() for text in asked} == set(questions.texts)


@pytest.mark.parametrize(
    "question", ["What did he say about energy prices?", "Что сказано о мирных переговорах?"]
)
def test_one_word_is_misspelt(question: str) -> None:
    misspelt = [with_one_typo(question, number) for number in range(20)]
    assert misspelt == [with_one_typo(question, number) for number in range(20)]
    assert len(set(misspelt)) > 10
    for one in misspelt:
        assert one is not None
        pairs = zip(question.split(), one.split(), strict=True)
        assert sum(before != after for before, after in pairs) == 1
    assert with_one_typo("What was said?", 1) is None


def needs_scorer() -> None:
    if not (SHARED / "eval" / "score.py").exists():
        pytest.skip("the scorer is not beside the repository")
