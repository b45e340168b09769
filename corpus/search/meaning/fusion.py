"""Ranking by words and by meaning together, so that what words find does not get worse.

The likeness of a passage to the question is added, with a small weight, to the score that its
words give it; equal-weight fusion of two rankings was measured to lose. What is near in meaning
alone may join if it has every name of the question, and then counts under the same conditions as
all else. Whether there is an answer at all is not decided here: where words gave none, the
nearest passage was nearly always wrong, and no threshold told it from a right one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from corpus.search.evidence import QUESTION, TEXT, gather
from corpus.search.meaning.likeness import Likeness
from corpus.search.plan import Plan
from corpus.search.ranking import Ranked
from corpus.search.view import Rows, View

WEIGHT: Final = 0.02
"""Of one standard deviation of likeness, beside a score by words of about 3 to 5 at best: the
largest tried with which a good model lost no first answer (``docs/meaning.md``)."""


def joining(view: View, plan: Plan, likeness: Likeness, found: Rows) -> Rows:
    """The rows found by words, and those nearest in meaning that have every name asked for.

    A passage has a name also where the question that it replies to has it.
    """
    names = [number for number, term in enumerate(plan.terms) if term.required]
    best = gather(view, plan, likeness.nearest).best[names]
    named = (np.maximum(best[:, TEXT], best[:, QUESTION]) > 0).all(axis=0)
    return np.union1d(found, likeness.nearest[named])


def reordered(
    ranked: Ranked, order: npt.NDArray[np.int64], likeness: Likeness
) -> tuple[Ranked, npt.NDArray[np.int64]]:
    """Put passages that answer in order by words and meaning together.

    ``order`` has their numbers in the ranking, the best by words first. Passages of which it is
    unsure that they are the speaker's stay behind the others.
    """
    scores = np.round(ranked.scores + WEIGHT * likeness.of(ranked.evidence.rows), 6)
    again = np.lexsort((np.arange(len(order)), -scores[order], ranked.unsure[order]))
    return replace(ranked, scores=scores), order[again]
