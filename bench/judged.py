"""The judged sets, read from the folder that is shared beside the repository."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus.ingest import from_line
from corpus.search import SearchIndex
from corpus.types import Document, DocumentState, Draft, Passage

SHARED = Path(__file__).resolve().parents[2] / "shared"
OWN = Path(__file__).parent / "judged"
AMONG = 20_240
"""Passages that XQuAD's 240 stand among, themselves included."""
TODAY = date(2026, 11, 24)
"""The day that relative dates are counted from, so that runs repeat."""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions with their right answers, and the documents that they are asked of."""

    name: str
    queries: Path
    corpora: tuple[Path, ...]
    passages: int | None = None
    """How many passages to take at most, all corpora together."""


@dataclass(slots=True)
class Built:
    """An index filled from corpora, and the judged id of each passage."""

    index: SearchIndex
    names: dict[int, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """By judged id."""


def judged_sets() -> dict[str, JudgedSet]:
    """All sets, by name."""
    evaluation, corpora = SHARED / "eval", SHARED / "corpora"
    whitehouse, russian = corpora / "whitehouse.jsonl.gz", corpora / "ru.jsonl.gz"
    found = [
        JudgedSet("whitehouse", evaluation / "whitehouse/queries.jsonl", (whitehouse,)),
        JudgedSet(
            "qmsum", evaluation / "qmsum/queries.jsonl", (evaluation / "qmsum/corpus.jsonl",)
        ),
    ]
    for language, others in (("en", whitehouse), ("ru", russian)):
        home = evaluation / "xquad" / language
        own = home / "corpus.jsonl"
        found.append(JudgedSet(f"xquad-{language}", home / "queries.jsonl", (own, others), AMONG))
    return {judged.name: judged for judged in found}


def held_out_sets() -> dict[str, JudgedSet]:
    """Our own questions about the shared corpora, which nothing is fitted on, by name."""
    found = {}
    for queries in sorted(OWN.glob("*.jsonl")):
        corpus = SHARED / "corpora" / f"{queries.stem.rstrip('2')}.jsonl.gz"
        if queries.stem != "samples":
            name = f"held-out-{queries.stem}"
            found[name] = JudgedSet(name, queries, (corpus,))
    return found


def read_lines(path: Path) -> Iterator[Any]:
    """Decoded lines of a JSON Lines file, plain or gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def documents(path: Path) -> Iterator[Any]:
    """Documents of a corpus; flat lines are put together by their document or title."""
    rows: list[Any] = []
    for row in read_lines(path):
        if "paragraphs" in row:
            yield row
            continue
        if rows and _home(rows[0]) != _home(row):
            yield _joined(rows)
            rows = []
        rows.append(row)
    if rows:
        yield _joined(rows)


def _home(row: Any) -> Any:
    return row.get("doc", row.get("title"))


def _joined(rows: list[Any]) -> Any:
    rows = [row for row in rows if row["text"].strip()]
    return {
        "url": f"judged:{_home(rows[0])}",
        "title": rows[0].get("title", "").replace("_", " "),
        "date": rows[0].get("date"),
        "language": rows[0].get("language", "en"),
        "paragraphs": [{"speaker": row.get("speaker"), "text": row["text"]} for row in rows],
        "ids": [row["id"] for row in rows],
    }


class Intake:
    """Turns corpus lines into document states, as storing them would."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.texts: dict[str, str] = {}
        self._documents = 0
        self._passages = 0

    def states(self, lines: Iterable[Any]) -> Iterator[DocumentState]:
        """The states of these documents, with new ids."""
        for line in lines:
            names = line.pop("ids", None)
            self._documents += 1
            draft = from_line(line, self._documents)
            state = self._state(draft)
            for passage in state.passages:
                name = f"{draft.source_url}#{passage.paragraph}"
                name = names[passage.paragraph] if names else name
                self.names[passage.id] = name
                self.texts[name] = passage.text
            yield state

    def _state(self, draft: Draft) -> DocumentState:
        document = Document(
            id=self._documents,
            source_url=draft.source_url,
            title=draft.title,
            publisher=draft.publisher,
            occasion=draft.occasion,
            place=draft.place,
            language=draft.language,
            speaker=draft.speaker,
            said_on=draft.said_on,
            published_at=draft.published_at,
            indexed_at=datetime(2026, 1, 1, tzinfo=UTC),
            revision=1,
            paragraphs=len(draft.paragraphs),
        )
        first = self._passages + 1
        self._passages += len(draft.paragraphs)
        passages = tuple(
            Passage(
                id=first + number,
                document=document,
                paragraph=number,
                text=paragraph.text,
                speaker=paragraph.speaker,
                person=None,
                kind=paragraph.kind,
                replies_to=(
                    None
                    if paragraph.replies_to is None
                    else draft.paragraphs[paragraph.replies_to].text
                ),
            )
            for number, paragraph in enumerate(draft.paragraphs)
        )
        return DocumentState(document, passages)


def build(
    directory: Path, corpora: Iterable[Path], *, passages: int | None = None, batch: int = 5_000
) -> Built:
    """Fill an index with corpora, up to so many passages, in batches of ``batch`` passages.

    An index that was kept in ``directory`` by an earlier call for the same corpora is used.
    """
    index = SearchIndex.open(directory)
    kept = index.position
    intake = Intake()
    waiting: list[DocumentState] = []
    size = total = position = 0
    for state in intake.states(line for path in corpora for line in documents(path)):
        waiting.append(state)
        size += len(state.passages)
        position += 1
        total += len(state.passages)
        full = passages is not None and total >= passages
        if size >= batch or full:
            if position > kept:
                index.apply(waiting, position)
            waiting, size = [], 0
        if full:
            break
    if waiting:
        index.apply(waiting, position)
    return Built(index, intake.names, intake.texts)


def scorer() -> ModuleType:
    """The shared scorer, loaded from its file."""
    path = SHARED / "eval/score.py"
    spec = importlib.util.spec_from_file_location("shared_score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
