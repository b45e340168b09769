"""Fit the weights of ranking and silence on the judged sets, and write them where they are read.

    python -m bench.tune                # fits, shows what came of it, writes data/weights.json
    python -m bench.tune --dry-run      # writes nothing
    python -m bench.tune --ablation     # what each feature is worth: without it, all else refitted

Ranking: coordinate ascent from the weights that are there, on the mean over sets of a mean of
success@1, reciprocal rank and nDCG@10. Few features, coarse steps, and a step is taken only where
it gains something, so that noise is not fitted; halves of the questions check for that.

Silence: a logistic model of the first passage's evidence. Answerable questions of all sets against
those that must be refused, and against questions of one set put to the corpus of another.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from bench.judged import TODAY, Built, JudgedSet, build, judged_sets, scorer
from bench.quality import samples_set
from corpus.search import certainty
from corpus.search.candidates import candidates
from corpus.search.evidence import Evidence, gather
from corpus.search.features import NAMES, features
from corpus.search.plan import Plan, plan
from corpus.search.ranking import rank
from corpus.search.silence import before_searching
from corpus.search.understanding import parse
from corpus.search.view import View
from corpus.search.weights import CertaintyWeights, FieldWeights, Weights, fitted_weights

Floats = npt.NDArray[np.float64]

SHARES = {"whitehouse": 0.3, "qmsum": 0.3, "samples": 0.15, "xquad-en": 0.125, "xquad-ru": 0.125}
"""How much each set counts; XQuAD is no set of statements, and there to keep us honest."""
AT_MOST = 300
"""Questions of one set, drawn at random."""
STEPS = (0.5, 0.25, 0.1)
LEAST_GAIN = 0.0004
ELSEWHERE = (
    ("whitehouse", "xquad-en"),
    ("whitehouse", "qmsum"),
    ("qmsum", "whitehouse"),
    ("qmsum", "xquad-en"),
    ("samples", "xquad-en"),
    ("samples", "qmsum"),
)
"""A corpus, and a set whose questions it can't answer, but for chance."""
REFUSED = 0.01
"""Share of the answerable questions, whose first passage is right, that silence may cost."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question put to a corpus."""

    text: str
    kind: str
    view: View
    plan: Plan
    evidence: Evidence
    gains: npt.NDArray[np.int64]
    """The grade of each passage."""
    best: tuple[int, ...]
    """The grades of all right answers, best first."""


def cases(judged: JudgedSet, built: Built) -> list[Case]:
    """The questions of a set, with the passages that would be ranked."""
    queries = scorer().load_queries(str(judged.queries))
    random.Random(0).shuffle(queries)
    view = built.index.view
    found = []
    for query in queries[:AT_MOST]:
        parsed = parse(query["text"], lexicon=view.lexicon, today=TODAY)
        planned = plan(parsed, view.lexicon)
        if before_searching(view, parsed) is not None:
            continue
        rows = candidates(view, planned).rows
        if not len(rows):
            continue
        evidence = gather(view, planned, rows)
        relevant: Mapping[str, int] = query["relevant"]
        gains = [relevant.get(built.names[key], 0) for key in evidence.passages["id"].tolist()]
        grades = tuple(sorted(relevant.values(), reverse=True)[:10])
        found.append(
            Case(query["text"], query["kind"], view, planned, evidence, np.array(gains), grades)
        )
    return found


def values(cases: Sequence[Case], fields: FieldWeights) -> list[Floats]:
    """Feature values of all cases."""
    return [features(case.view, case.plan, case.evidence, fields).values for case in cases]


def quality(case: Case, scores: Floats) -> float:
    """A mean of success@1, reciprocal rank at 10 and nDCG@10."""
    order = np.lexsort((case.evidence.rows, -case.evidence.documents["day"], -scores.round(6)))
    gains = case.gains[order[:10]]
    right = np.flatnonzero(gains > 0)
    discount = np.log2(np.arange(2, 12))
    best = sum((2**grade - 1) / discount[place] for place, grade in enumerate(case.best))
    reached = float(((2.0**gains - 1) / discount[: len(gains)]).sum())
    first = 1 / (int(right[0]) + 1) if len(right) else 0.0
    return 0.35 * (first == 1.0) + 0.25 * first + 0.4 * reached / float(best)


Sets = dict[str, tuple[list[Case], list[Floats]]]


def objective(sets: Sets, weights: Mapping[str, float]) -> float:
    """What is maximised."""
    counted = np.array([weights[name] for name in NAMES])
    total = 0.0
    for name, (some, found) in sets.items():
        scores = [quality(case, one @ counted) for case, one in zip(some, found, strict=True)]
        total += SHARES[name] * sum(scores) / max(len(scores), 1)
    return total


def ascend(
    sets: Sets, weights: dict[str, float], without: str | None = None
) -> tuple[float, dict[str, float]]:
    """Coordinate ascent from ``weights``; the feature ``without`` stays at 0."""
    best = objective(sets, weights)
    for step in STEPS:
        improved = True
        while improved:
            improved = False
            for name in NAMES:
                for change in (step, -step):
                    tried = {**weights, name: round(weights[name] + change, 3)}
                    if name == without or tried[name] < 0:
                        continue
                    reached = objective(sets, tried)
                    if reached > best + LEAST_GAIN:
                        best, weights, improved = reached, tried, True
                        break
    return best, weights


def ascend_fields(cases_of: dict[str, list[Case]], weights: Weights) -> tuple[float, Weights, Sets]:
    """Fit the weights of the fields, and of the features with them."""
    sets = {name: (some, values(some, weights.fields)) for name, some in cases_of.items()}
    best, found = ascend(sets, dict(weights.features))
    weights = msgspec.structs.replace(weights, features=found)
    for name, step in (("question", 0.15), ("before", 0.1), ("after", 0.1), ("title", 0.05)):
        for change in (step, -step):
            value = round(getattr(weights.fields, name) + change, 3)
            if value < 0:
                continue
            fields = msgspec.structs.replace(weights.fields, **{name: value})
            tried = {key: (some, values(some, fields)) for key, some in cases_of.items()}
            reached, found = ascend(tried, dict(weights.features))
            if reached > best + LEAST_GAIN:
                best, sets = reached, tried
                weights = msgspec.structs.replace(weights, fields=fields, features=found)
    return best, weights, sets


def halves(sets: Sets, weights: dict[str, float]) -> list[tuple[float, float]]:
    """For each half of the questions: fitted on the other half, and as the weights are."""
    found = []
    for parity in (0, 1):
        here = {key: (some[parity::2], vals[parity::2]) for key, (some, vals) in sets.items()}
        there = {
            key: (some[1 - parity :: 2], vals[1 - parity :: 2])
            for key, (some, vals) in sets.items()
        }
        _, fitted = ascend(there, weights)
        found.append((objective(here, fitted), objective(here, weights)))
    return found


def evidence_for(case: Case, weights: Weights) -> tuple[Floats, bool]:
    """Evidence for the first passage of a case, and whether it is right."""
    ranked = rank(case.view, case.plan, case.evidence.rows, weights)
    first = int(ranked.order[0])
    right = bool(case.gains[first] > 0)
    return certainty.evidence_of(case.view, case.plan, ranked)[first], right


def fit_certainty(
    own: dict[str, list[Case]], elsewhere: dict[str, list[Case]], weights: Weights
) -> tuple[CertaintyWeights, dict[str, float]]:
    """Fit silence; gives the share of each group that would be answered."""
    rows: list[Floats] = []
    answers: list[float] = []
    counts: list[float] = []
    groups: list[str] = []
    rights: list[bool] = []

    def add(group: str, some: Sequence[Case], answerable: bool, share: float) -> None:
        for case in some:
            row, right = evidence_for(case, weights)
            rows.append(row)
            answers.append(float(answerable))
            rights.append(right)
            # A wrong first answer is no example of an answer, nor of silence.
            counts.append(share * (1.0 if right or not answerable else 0.3) / len(some))
            groups.append(group)

    for name, some in own.items():
        asked = [case for case in some if case.best]
        refused = [case for case in some if not case.best]
        add(f"{name}, answerable", asked, True, 150 if name != "xquad-ru" else 75)
        if refused:
            add(f"{name}, to be refused", refused, False, 150)
    for name, some in elsewhere.items():
        add(name, some, False, 50)
    matrix, wanted = np.array(rows), np.array(answers)
    model = _logistic(matrix, wanted, np.array(counts))
    logits = matrix @ model[:-1] + model[-1]
    # Each set has its say in where the line is drawn, the largest no more than the others; the
    # main set has it twice.
    lines = []
    for name in ("whitehouse", "whitehouse", "samples", "qmsum", "xquad-en"):
        right = np.array([group == f"{name}, answerable" for group in groups]) & np.array(rights)
        lines.append(float(np.quantile(logits[right], REFUSED)))
    threshold = min(float(np.mean(lines)), 0.0)
    found = CertaintyWeights(
        dict(zip(certainty.NAMES, model[:-1].round(3).tolist(), strict=True)),
        round(float(model[-1]) - threshold, 3),
        weights.certainty.tail,
    )
    answered = {
        group: float(np.mean(logits[np.array(groups) == group] >= threshold))
        for group in dict.fromkeys(groups)
    }
    answered["area under the curve"] = _area(logits, wanted)
    return found, answered


def _logistic(matrix: Floats, wanted: Floats, counts: Floats, ridge: float = 1.0) -> Floats:
    """Weighted ridge logistic regression by Newton's method; the last value is the bias."""
    matrix = np.column_stack((matrix, np.ones(len(matrix))))
    penalty = np.full(matrix.shape[1], ridge)
    penalty[-1] = 1e-6
    model = np.zeros(matrix.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-matrix @ model))
        slope = matrix.T @ (counts * (wanted - chance)) - penalty * model
        curve = (matrix * (counts * chance * (1 - chance))[:, None]).T @ matrix
        model = model + np.linalg.solve(curve + np.diag(penalty), slope)
    return np.asarray(model)


def _area(logits: Floats, wanted: Floats) -> float:
    ranks = np.empty(len(logits))
    ranks[np.argsort(logits)] = np.arange(len(logits))
    right = int(wanted.sum())
    return float(
        (ranks[wanted == 1].sum() - right * (right - 1) / 2) / (right * (len(wanted) - right))
    )


def gathered(home: Path) -> tuple[dict[str, list[Case]], dict[str, list[Case]]]:
    """Cases of all sets on their own corpora, and of some on those of others."""
    sets = {**judged_sets(), "samples": samples_set()}
    built = {
        name: build(home / name, judged.corpora, passages=judged.passages)
        for name, judged in sets.items()
    }
    own = {name: cases(sets[name], built[name]) for name in SHARES}
    elsewhere = {}
    for corpus, questions in ELSEWHERE:
        asked = cases(sets[questions], built[corpus])
        elsewhere[f"{questions} to {corpus}"] = [
            replace(case, best=()) for case in asked if case.best
        ]
    return own, elsewhere


def ablation(cases_of: dict[str, list[Case]], fitted: Weights) -> list[str]:
    """What each feature and each field is worth, as rows of a Markdown table."""
    weights = dict(fitted.features)
    sets = {name: (some, values(some, fitted.fields)) for name, some in cases_of.items()}
    whole = objective(sets, weights)
    rows = ["| without | objective | loss | refitted | loss |", "| --- |" + " ---: |" * 4]
    rows.append(f"| – | {whole:.4f} | | | |")
    for name in NAMES:
        bare = {**weights, name: 0.0}
        dropped = objective(sets, bare)
        again, _ = ascend(sets, bare, without=name)
        rows.append(
            f"| {name} | {dropped:.4f} | {whole - dropped:.4f} "
            f"| {again:.4f} | {whole - again:.4f} |"
        )
    for name in FieldWeights.__struct_fields__:
        fields = msgspec.structs.replace(fitted.fields, **{name: 0.0})
        tried = {key: (some, values(some, fields)) for key, some in cases_of.items()}
        dropped = objective(tried, weights)
        again, _ = ascend(tried, weights)
        rows.append(
            f"| the field {name} | {dropped:.4f} | {whole - dropped:.4f} "
            f"| {again:.4f} | {whole - again:.4f} |"
        )
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Fit the weights of ranking and silence.")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this directory")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        own, elsewhere = gathered(options.keep or Path(temporary))
        answerable = {name: [case for case in some if case.best] for name, some in own.items()}
        weights = fitted_weights()
        if options.ablation:
            print("\n".join(ablation(answerable, weights)))
            return 0
        best, weights, sets = ascend_fields(answerable, weights)
        print("objective", round(best, 4), weights.features, weights.fields)
        for fitted, whole in halves(sets, dict(weights.features)):
            print(f"held-out half: fitted on the other {fitted:.4f}, on both {whole:.4f}")
        model, answered = fit_certainty(own, elsewhere, weights)
        print(model)
        for group, share in answered.items():
            print(f"{share:.3f}  {group}")
        if not options.dry_run:
            write(msgspec.structs.replace(weights, certainty=model))
    return 0


def write(weights: Weights) -> None:
    """Write the weights where the program reads them."""
    origin = (
        "Written by bench/tune.py from the judged sets whitehouse, qmsum, samples and xquad; "
        "docs/search.md tells how."
    )
    import corpus.search

    path = Path(corpus.search.__file__).parent / "data" / "weights.json"
    content = msgspec.to_builtins(msgspec.structs.replace(weights, origin=origin))
    path.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
