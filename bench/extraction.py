"""How well statements are read from web pages, by site, against stock trafilatura in the same run.

Run from the repository: ``python -m bench.extraction [--pages DIRECTORY] [--floors] [--turns]``.
The pages and what is expected of them lie outside of the repository (``../shared/pages``). With
``--floors`` it exits 1 when a figure is below its floor.

Precision and recall are of word 4-grams over the whole text of a page; a summary above the body
(``lead``) may be taken or left. Dates count when the day said or published is the expected one,
speakers paragraph by paragraph, both only where the manifest knows them. ``frame`` counts strings
of the page's frame that were let through. ``--turns`` tells, over the shared corpora given as plain
text, the share of paragraphs whose speaker is found as the corpus has him.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import trafilatura
from rich.console import Console
from rich.table import Table

from corpus.ingest import draft_from_bytes, read_lines

PAGES = Path(__file__).resolve().parents[2] / "shared" / "pages"
FLOORS = {"precision": 0.99, "recall": 0.99, "title": 1.0, "date": 0.97, "speakers": 0.95}
"""Of the mean over all pages. No site may be below stock trafilatura in any of the first four."""
SLACK = 0.002
"""By how much a site may be below stock: one 4-gram in five hundred."""
GRAM = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one page."""

    texts: Sequence[str]
    title: str | None
    days: frozenset[str]
    speakers: Sequence[str | None] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one page; None where the manifest doesn't know the truth."""

    precision: float | None
    recall: float
    title: float
    date: float | None
    speakers: float | None
    frame: int


def ours(content: bytes, url: str | None) -> Reading:
    """Read a page with :func:`corpus.ingest.draft_from_bytes`."""
    draft = draft_from_bytes(content, url=url)
    days = {str(day)[:10] for day in (draft.said_on, draft.published_at) if day is not None}
    return Reading(
        texts=[paragraph.text for paragraph in draft.paragraphs],
        title=draft.title,
        days=frozenset(days),
        speakers=[paragraph.speaker for paragraph in draft.paragraphs],
    )


def stock(content: bytes, url: str | None) -> Reading:
    """Read a page with trafilatura as it comes; a first line that repeats the title is forgiven."""
    document = trafilatura.bare_extraction(content, url=url, with_metadata=True)
    if document is None:
        return Reading([], None, frozenset())
    fields: dict[str, Any] = document if isinstance(document, dict) else document.as_dict()
    texts = [line for line in (fields.get("text") or "").split("\n") if line.strip()]
    title = fields.get("title")
    return Reading(
        texts=[text for text in texts if not title or _words(text) != _words(title)],
        title=title,
        days=frozenset([str(fields["date"])[:10]] if fields.get("date") else []),
    )


def score(page: dict[str, Any], reading: Reading) -> Score:
    """Compare a reading with what is expected of the page."""
    whole = "\n".join(reading.texts)
    if page.get("paragraphs"):
        expected, got = _grams(page["paragraphs"]), _grams(reading.texts)
        extra = got - expected - _grams(page.get("lead") or ())
        recall = (expected & got).total() / expected.total()
        precision = 1 - extra.total() / max(1, got.total())
    else:
        snippets = page["must_contain"]
        recall = sum(snippet in whole for snippet in snippets) / len(snippets)
        precision = None
    return Score(
        precision=precision,
        recall=recall,
        title=float(_words(reading.title or "") == _words(page["title"])),
        date=None if page["date"] is None else float(page["date"] in reading.days),
        speakers=_speakers(page, reading),
        frame=sum(string in whole for string in page["chrome"]),
    )


def _speakers(page: dict[str, Any], reading: Reading) -> float | None:
    """Share of the paragraphs with a known speaker that have him; None if none is known."""
    known = [
        (_words(text), speaker)
        for text, speaker in zip(
            page.get("paragraphs") or (), page.get("speakers") or (), strict=True
        )
        if speaker
    ]
    if not known or not reading.speakers:
        return None
    found = Counter(
        (_words(text), speaker)
        for text, speaker in zip(reading.texts, reading.speakers, strict=True)
    )
    return (Counter(known) & found).total() / len(known)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+|[^\w\s]+", text.replace("\xad", "").casefold()))


def _grams(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", "\n".join(texts).casefold())
    return Counter(zip(*(words[start:] for start in range(GRAM)), strict=False))


def _mean(scores: Sequence[Score], name: str) -> float | None:
    values = [value for one in scores if (value := getattr(one, name)) is not None]
    return fmean(values) if values else None


def measure(pages: Path) -> dict[str, dict[str, list[Score]]]:
    """Scores of both readers, by reader and site."""
    results: dict[str, dict[str, list[Score]]] = {"ours": {}, "stock": {}}
    for line in (pages / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        content = (pages / page["file"]).read_bytes()
        for name, reader in (("ours", ours), ("stock", stock)):
            reading = reader(content, page["url"])
            results[name].setdefault(page["site"], []).append(score(page, reading))
    return results


def below(results: dict[str, dict[str, list[Score]]]) -> list[str]:
    """What is below its floor, one line each."""
    everything = [one for scores in results["ours"].values() for one in scores]
    failures = []
    for name, floor in FLOORS.items():
        value = _mean(everything, name)
        if value is None or value < floor:
            failures.append(f"{name} is {value}, its floor {floor}")
    for site, scores in results["ours"].items():
        for name in ("precision", "recall", "title", "date"):
            value, theirs = _mean(scores, name), _mean(results["stock"][site], name)
            if value is not None and theirs is not None and value < theirs - SLACK:
                failures.append(f"{site}: {name} is {value:.4f}, stock trafilatura's {theirs:.4f}")
        let_through = sum(one.frame for one in scores)
        if let_through > sum(one.frame for one in results["stock"][site]):
            failures.append(f"{site}: {let_through} frame strings, more than stock trafilatura")
    return failures


def report(results: dict[str, dict[str, list[Score]]], console: Console) -> None:
    """Print the table: ours and stock, by site and over all."""
    table = Table("site", "pages", "reader", *FLOORS, "frame", title="Extraction")
    sites = list(results["ours"])
    for site in [*sites, "all"]:
        for name, by_site in results.items():
            scores = [one for key in sites if site in (key, "all") for one in by_site[key]]
            figures = [_mean(scores, figure) for figure in FLOORS]
            table.add_row(
                site if name == "ours" else "",
                str(len(scores)) if name == "ours" else "",
                name,
                *("–" if figure is None else f"{figure:.3f}" for figure in figures),
                str(sum(one.frame for one in scores)),
            )
    console.print(table)


def turns(corpora: Path) -> dict[str, tuple[float, int]]:
    """Share of paragraphs with the speaker that the corpus has, and how many there are, by file."""
    found: dict[str, tuple[float, int]] = {}
    for path in sorted(corpora.glob("*.jsonl.gz")):
        right = total = 0
        for draft in read_lines(path):
            texts = [paragraph.text for paragraph in draft.paragraphs]
            read = draft_from_bytes("\n\n".join([draft.title or "", *texts]).encode())
            wanted = Counter((one.text, one.speaker) for one in draft.paragraphs)
            right += (wanted & Counter((one.text, one.speaker) for one in read.paragraphs)).total()
            total += len(texts)
        found[path.name] = right / total, total
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with ``--floors`` judge; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--turns", action="store_true")
    options = parser.parse_args(arguments)
    if not (options.pages / "manifest.jsonl").exists():
        print(f"no manifest.jsonl in {options.pages}", file=sys.stderr)
        return 2
    if options.turns:
        for name, (share, total) in turns(options.pages.parent / "corpora").items():
            print(f"{name}: {share:.4f} of {total}")
    results = measure(options.pages)
    report(results, Console(width=100))
    failures = below(results) if options.floors else []
    for failure in failures:
        print(f"below its floor: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
