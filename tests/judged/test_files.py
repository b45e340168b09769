"""The judged question files: well formed, true to their corpora, and free of corpus text."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUDGED = ROOT / "bench" / "judged"
CORPORA = ROOT.parent / "shared" / "corpora"
SETS = {
    "whitehouse": CORPORA / "whitehouse.jsonl.gz",
    "kremlin": CORPORA / "kremlin.jsonl.gz",
    "ru": CORPORA / "ru.jsonl.gz",
    "samples": ROOT / "corpus" / "samples" / "statements.jsonl",
    "whitehouse2": CORPORA / "whitehouse.jsonl.gz",
    "kremlin2": CORPORA / "kremlin.jsonl.gz",
    "ru2": CORPORA / "ru.jsonl.gz",
}
FLOORS = {
    "whitehouse": 70,
    "kremlin": 25,
    "ru": 40,
    "samples": 40,
    "whitehouse2": 110,
    "kremlin2": 60,
    "ru2": 80,
}
SETS_WITH_BROAD_QUESTIONS = {"whitehouse2", "kremlin2", "ru2"}
KINDS = {
    "topic",
    "person+topic",
    "dated",
    "demonym/alias",
    "typo",
    "lookalike",
    "quote-recall",
    "paraphrase",
    "context",
    "subject-not-speaker",
    "cross-language",
    "name-not-topic",
    "must-abstain",
    "unknown-speaker",
}
SILENT_KINDS = {"name-not-topic", "must-abstain", "unknown-speaker"}
REQUIRED = {"id", "kind", "text", "relevant", "filters", "abstain", "broad"}
OPTIONAL = {"judged_zero", "forbidden", "absent"}
FILTERS = {"speaker", "speaker_labels", "date_from", "date_to"}
REPORTERS = {"Q", "Question", "QUESTION", "Вопрос"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a corpus, with what a filter may ask of it."""

    text: str
    speaker: str | None
    said_on: str


@cache
def rows(name: str) -> tuple[Row, ...]:
    content = (JUDGED / f"{name}.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in content.splitlines())


@cache
def documents(name: str) -> tuple[Row, ...]:
    path = SETS[name]
    if not path.exists():
        pytest.skip(f"the corpus {path.name} is not beside the repository")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as handle:
        return tuple(json.loads(line) for line in handle)


@cache
def passages(name: str) -> dict[str, Passage]:
    return {
        f"{document['url']}#{index}": Passage(
            paragraph["text"], paragraph["speaker"], document["date"]
        )
        for document in documents(name)
        for index, paragraph in enumerate(document["paragraphs"])
    }


@cache
def everything_said(name: str) -> str:
    """All that a name could stand in: texts, titles, speakers."""
    parts = [passage.text for passage in passages(name).values()]
    for document in documents(name):
        parts += [document["title"], document["speaker"] or ""]
        parts += {paragraph["speaker"] or "" for paragraph in document["paragraphs"]}
    return "\n".join(parts)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def named_ids(row: Row) -> Iterator[str]:
    yield from row["relevant"]
    yield from row.get("judged_zero", [])
    yield from row.get("forbidden", {}).get("ids", [])


def is_forbidden(row: Row, key: str, text: str) -> bool:
    """Whether a passage may not be among the first three: as the README defines it."""
    forbidden = row.get("forbidden", {})
    if key in forbidden.get("ids", []):
        return True
    pattern, unless = forbidden.get("regex"), forbidden.get("unless")
    if pattern is None or not re.search(pattern, text):
        return False
    return unless is None or not re.search(unless, text)


@pytest.mark.parametrize("name", SETS)
def test_each_line_has_the_keys_and_kinds_of_the_format(name: str) -> None:
    for row in rows(name):
        assert REQUIRED <= row.keys() <= REQUIRED | OPTIONAL, row["id"]
        assert row["kind"] in KINDS, row["id"]
        assert row["filters"].keys() <= FILTERS, row["id"]
        assert set(row["relevant"].values()) <= {1, 2}, row["id"]
        assert row["text"].strip() == row["text"] != "", row["id"]
        assert not row["broad"] or name in SETS_WITH_BROAD_QUESTIONS, row["id"]


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_large_enough_and_repeats_no_question(name: str) -> None:
    assert len(rows(name)) >= FLOORS[name]
    assert len({row["id"] for row in rows(name)}) == len(rows(name))
    assert len({row["text"].casefold() for row in rows(name)}) == len(rows(name))


def test_the_readme_counts_each_kind_of_each_set() -> None:
    lines = (JUDGED / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = next(row for row in cells if row[0] == "kind")
    told = {row[0]: row[1:] for row in cells if row[0] in KINDS | {"all"}}
    for column, name in enumerate(head[1:]):
        counts = Counter(row["kind"] for row in rows(name))
        assert {kind: int(told[kind][column]) for kind in told} == {
            **dict.fromkeys(KINDS, 0),
            **counts,
            "all": len(rows(name)),
        }


@pytest.mark.parametrize("name", SETS)
def test_a_question_abstains_exactly_when_nothing_is_relevant(name: str) -> None:
    for row in rows(name):
        assert row["abstain"] is (row["relevant"] == {}), row["id"]
        assert row["abstain"] is (row["kind"] in SILENT_KINDS), row["id"]
        assert ("absent" in row) is (row["kind"] in {"must-abstain", "unknown-speaker"}), row["id"]


@pytest.mark.parametrize("name", SETS)
def test_every_id_is_a_paragraph_and_has_one_judgement(name: str) -> None:
    known = passages(name)
    for row in rows(name):
        assert [key for key in named_ids(row) if key not in known] == [], row["id"]
        judged = [*row["relevant"], *row.get("judged_zero", [])]
        assert len(judged) == len(set(judged)), row["id"]


@pytest.mark.parametrize("name", SETS)
def test_no_reporter_is_an_answer_and_every_answer_keeps_to_the_filters(name: str) -> None:
    known = passages(name)
    for row in rows(name):
        filters = row["filters"]
        first, last = filters.get("date_from", "0001-01-01"), filters.get("date_to", "9999-12-31")
        assert date.fromisoformat(first) <= date.fromisoformat(last), row["id"]
        for passage in (known[key] for key in row["relevant"]):
            assert passage.speaker not in REPORTERS, row["id"]
            assert first <= passage.said_on <= last, row["id"]
            if labels := filters.get("speaker_labels"):
                assert passage.speaker in labels, row["id"]


@pytest.mark.parametrize("name", SETS)
def test_a_stated_speaker_has_said_something_in_the_corpus(name: str) -> None:
    labels = {passage.speaker for passage in passages(name).values()}
    for row in rows(name):
        assert set(row["filters"].get("speaker_labels", [])) <= labels, row["id"]


@pytest.mark.parametrize("name", SETS)
def test_a_name_that_must_be_refused_is_nowhere_in_the_corpus(name: str) -> None:
    said = everything_said(name)
    for row in rows(name):
        for pattern in row.get("absent", []):
            assert re.search(pattern, said, re.IGNORECASE) is None, (row["id"], pattern)


@pytest.mark.parametrize("name", SETS)
def test_what_is_forbidden_exists_and_is_no_right_answer(name: str) -> None:
    known = passages(name)
    for row in (row for row in rows(name) if "forbidden" in row):
        hit = {key for key, passage in known.items() if is_forbidden(row, key, passage.text)}
        assert hit, row["id"]
        assert not hit & row["relevant"].keys(), row["id"]


@pytest.mark.parametrize("name", SETS)
def test_no_question_copies_more_than_eight_words_of_the_corpus(name: str) -> None:
    runs = {
        f" {' '.join(asked[start : start + 9])} "
        for asked in (words(row["text"]) for row in rows(name))
        for start in range(len(asked) - 8)
    }
    said = f" {' '.join(words(everything_said(name)))} " if runs else ""
    assert [run for run in runs if run in said] == []
