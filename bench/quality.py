"""How good the answers are, on judged questions.

    python -m bench.quality                     all sets
    python -m bench.quality whitehouse          one set
    python -m bench.quality --floors            the small set of CI, against its floors
    python -m bench.quality --worst 10          with the worst questions of each set

Sets: whitehouse, qmsum, xquad-en, xquad-ru, and xquad-en-typos, xquad-ru-typos, which have one
typing mistake in each content word; XQuAD's paragraphs stand among others of the corpora. And our
own that nothing is fitted on, held-out-whitehouse and so on (``bench/judged``).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.judged import OWN, TODAY, Built, JudgedSet, build, held_out_sets, judged_sets, scorer
from bench.typos import with_typos
from corpus.samples import samples_path

DEPTH = 10
COLUMNS = (
    ("s@1", "s@1"),
    ("s@3", "s@3"),
    ("mrr@10", "mrr@10"),
    ("ndcg@10", "ndcg@10"),
    ("broken@3", "broken"),
    ("unjudged@3", "unjudged"),
    ("forbidden@3", "forbidden"),
    ("answered must-abstain", "answered"),
    ("refused answerable", "refused"),
)
SMALL = OWN / "samples.jsonl"
FLOORS = {"s@1": 0.85, "s@3": 0.88, "mrr@10": 0.87, "ndcg@10": 0.82}
CEILINGS = {"broken@3": 0.08, "answered must-abstain": 0.11, "refused answerable": 0.11}
FLAWLESS = ("lookalike", "must-abstain", "unknown-speaker")
"""Kinds of question in which no mistake is allowed: the first answer is right, or there is none."""


@dataclass(frozen=True, slots=True)
class Result:
    """A run of one set."""

    name: str
    rows: list[dict[str, Any]]
    texts: dict[str, str]
    shown: dict[str, list[str]]
    median: float
    """Milliseconds of one search."""

    def summary(self, kind: str | None = None) -> dict[str, Any]:
        """The scorer's columns, overall or of one kind."""
        rows = [row for row in self.rows if kind is None or row["kind"] == kind]
        found: dict[str, Any] = scorer().summary(rows)
        wrong = [one for row in rows for one in row.get("forbidden@3", ())]
        found["forbidden@3"] = sum(wrong) / len(wrong) if wrong else None
        return found

    @property
    def kinds(self) -> list[str]:
        """Kinds of question, in the order of the set."""
        return list(dict.fromkeys(row["kind"] for row in self.rows))


def run(judged: JudgedSet, built: Built, *, typos: bool = False, name: str = "") -> Result:
    """Ask all questions of a set and score the answers."""
    score = scorer()
    queries = score.load_queries(str(judged.queries))
    answers: dict[str, tuple[list[str], bool]] = {}
    took = []
    texts = {}
    for query in queries:
        text = with_typos(query["text"]) if typos else query["text"]
        texts[query["id"]] = text
        begun = time.perf_counter()
        found = built.index.search(text, limit=DEPTH, today=TODAY)
        took.append(time.perf_counter() - begun)
        names = [built.names[hit.passage_id] for hit in found.hits]
        answers[query["id"]] = (names, not names)
    facts = score.load_corpus([str(path) for path in judged.corpora[:1]])
    rows, _ = score.evaluate(queries, answers, facts, 1)
    for query, row in zip(queries, rows, strict=True):
        if "forbidden" in query:
            shown = answers[query["id"]][0][:3]
            row["forbidden@3"] = [_forbidden(query["forbidden"], one, built) for one in shown]
    took.sort()
    return Result(
        name or judged.name,
        rows,
        texts,
        {key: value[0] for key, value in answers.items()},
        1000 * took[len(took) // 2],
    )


def _forbidden(rule: dict[str, Any], name: str, built: Built) -> bool:
    """Whether an answer is plainly wrong, by the rule of a question of ours."""
    if name in rule.get("ids", ()):
        return True
    pattern, unless = rule.get("regex"), rule.get("unless")
    text = built.texts[name]
    found = pattern is not None and re.search(pattern, text) is not None
    return found and (unless is None or re.search(unless, text) is None)


def table(result: Result) -> str:
    """A result as a Markdown table, by kind."""
    lines = [
        f"**{result.name}** (p50 {result.median:.2f} ms)",
        "",
        "| kind | n | " + " | ".join(title for _, title in COLUMNS) + " |",
        "| --- |" + " ---: |" * (len(COLUMNS) + 1),
    ]
    kinds = result.kinds if len(result.kinds) > 1 else []
    for kind in [None, *kinds]:
        found = result.summary(kind)
        cells = [
            "–" if found.get(column) is None else f"{found[column]:.3f}" for column, _ in COLUMNS
        ]
        lines.append(f"| {kind or 'all'} | {found['n']} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def worst(result: Result, number: int) -> str:
    """The questions with the worst answers, as a Markdown list."""
    asked = [row for row in result.rows if not row["abstain"]]
    asked.sort(key=lambda row: (row["mrr@10"], row["ndcg@10"]))
    lines = [f"**{result.name}, the worst {number}**", ""]
    for row in asked[:number]:
        what = "refused" if row["abstained"] else f"first right answer {_place(row['mrr@10'])}"
        lines.append(f"- {row['id']} “{result.texts[row['id']]}”: {what}")
    for row in result.rows:
        if row["abstain"] and not row["abstained"]:
            lines.append(f"- {row['id']} “{result.texts[row['id']]}”: answered, should be silent")
    return "\n".join(lines)


def _place(reciprocal: float) -> str:
    return f"at {round(1 / reciprocal)}" if reciprocal else "not among ten"


def floors() -> int:
    """Run the small set that the repository has; 1 if it falls below its floors."""
    with tempfile.TemporaryDirectory() as directory:
        return _floors(Path(directory))


def samples_set() -> JudgedSet:
    """The small set: questions about the samples that the repository comes with."""
    return JudgedSet("samples", SMALL, (samples_path(),))


def _floors(directory: Path) -> int:
    judged = samples_set()
    result = run(judged, build(directory, judged.corpora))
    print(table(result))
    failed = _misses(result)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


def _misses(result: Result) -> list[str]:
    found = result.summary()
    misses = [f"{name} is {found[name]:.3f}" for name, low in FLOORS.items() if found[name] < low]
    misses += [
        f"{name} is {found[name]:.3f}" for name, high in CEILINGS.items() if found[name] > high
    ]
    for kind in FLAWLESS:
        kept = result.summary(kind)
        if (kept["s@1"] or 1) < 1 or kept["answered must-abstain"]:
            misses.append(f"{kind} questions have wrong answers")
    return [f"not good enough: {miss}" for miss in misses]


def results(names: Sequence[str], keep: Path | None = None) -> list[Result]:
    """Run the named sets; indexes are built below ``keep``, or somewhere temporary."""
    found = []
    sets = {**judged_sets(), **held_out_sets()}
    with tempfile.TemporaryDirectory() as temporary:
        home = keep or Path(temporary)
        indexes: dict[str, Built] = {}
        for name in names:
            plain = name.removesuffix("-typos")
            judged = sets[plain]
            corpus = "-".join(path.name.partition(".")[0] for path in judged.corpora)
            corpus = plain if corpus == "corpus" else corpus
            if corpus not in indexes:
                indexes[corpus] = build(home / corpus, judged.corpora, passages=judged.passages)
            found.append(run(judged, indexes[corpus], typos=name != plain, name=name))
    return found


def all_names() -> list[str]:
    """All sets that ``results`` can run."""
    sets = [*judged_sets(), *held_out_sets()]
    return [*sets, *(f"{name}-typos" for name in sets if name.startswith("xquad"))]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("sets", nargs="*", choices=[*all_names(), []], metavar="SET")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this directory")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args(arguments)
    if options.floors:
        return floors()
    figures = {}
    for result in results(options.sets or all_names(), options.keep):
        print(table(result), "\n")
        if options.worst:
            print(worst(result, options.worst), "\n")
        figures[result.name] = {
            kind or "all": result.summary(kind) for kind in [None, *result.kinds]
        }
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
