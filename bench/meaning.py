"""What a model of meaning changes: the same questions with it and without.

    python -m bench.meaning MODEL                       whitehouse, qmsum, held-out questions
    python -m bench.meaning MODEL whitehouse --changed  one set, with every question it changed
    python -m bench.meaning MODEL --keep DIRECTORY      keep the indexes and their vectors

MODEL is a directory, or an installed package that has a model (``docs/meaning.md``). The held-out
questions, ``held-out``, are only looked at: no weight comes from them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.judged import Built, JudgedSet, build, judged_sets
from bench.quality import Result, run
from corpus.search import SearchIndex

COLUMNS = ("s@1", "s@3", "ndcg@10", "answered must-abstain", "refused answerable")
HELD_OUT = "held-out"


def sets() -> dict[str, JudgedSet]:
    """Sets to compare, by name: the shared ones, and the held-out questions of whitehouse."""
    found = judged_sets()
    held_out = Path(__file__).parent / "judged" / "whitehouse.jsonl"
    found[HELD_OUT] = JudgedSet(HELD_OUT, held_out, found["whitehouse"].corpora)
    return found


def compared(judged: JudgedSet, built: Built, directory: Path, model: str) -> tuple[Result, Result]:
    """The set without the model and with it, all passages embedded."""
    by_words = run(judged, built, name=f"{judged.name}, words")
    index = SearchIndex.open(directory, meaning_model=model)
    begun, passages = time.perf_counter(), 0
    while done := index.embed():
        passages += done
    took = time.perf_counter() - begun
    if passages:
        print(f"{judged.name}: {passages} passages embedded in {took:.0f} s\n")
    by_both = run(judged, Built(index, built.names), name=f"{judged.name}, words and meaning")
    index.close()
    return by_words, by_both


def table(results: Iterable[Result]) -> str:
    """Results as one Markdown table, overall and by kind."""
    lines = [
        "| set | kind | n | " + " | ".join(COLUMNS) + " | p50, ms |",
        "| --- | --- |" + " ---: |" * (len(COLUMNS) + 2),
    ]
    for result in results:
        kinds = result.kinds if len(result.kinds) > 1 else []
        for kind in [None, *kinds]:
            found = result.summary(kind)
            cells = ["–" if found.get(name) is None else f"{found[name]:.3f}" for name in COLUMNS]
            took = f"{result.median:.1f}" if kind is None else ""
            row = [result.name, kind or "all", str(found["n"]), *cells, took]
            lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def changed(before: Result, after: Result) -> str:
    """Questions whose ranking measures moved, as a Markdown list."""
    lines = []
    for old, new in zip(before.rows, after.rows, strict=True):
        moved = [
            f"{name} {old[name]:.2f} to {new[name]:.2f}"
            for name in ("mrr@10", "ndcg@10")
            if not old["abstain"] and abs(old[name] - new[name]) > 0.005
        ]
        if moved or old["abstained"] != new["abstained"]:
            text = after.texts[old["id"]]
            lines.append(f"- {old['id']} ({old['kind']}) “{text}”: {', '.join(moved) or 'silence'}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    known = sets()
    parser.add_argument("model", metavar="MODEL")
    parser.add_argument("sets", nargs="*", choices=[*known, []], metavar="SET")
    parser.add_argument("--changed", action="store_true", help="name the questions that moved")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this directory")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.sets or ["whitehouse", HELD_OUT, "qmsum"]:
            judged = known[name]
            home = "whitehouse" if name == HELD_OUT else name
            directory = (options.keep or Path(temporary)) / home
            built = build(directory, judged.corpora, passages=judged.passages)
            before, after = compared(judged, built, directory, options.model)
            print(table((before, after)), "\n")
            if options.changed:
                print(changed(before, after), "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
