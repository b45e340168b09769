"""Is a passage an answer, or only the best of what there is?

Decided from several kinds of evidence, as a logistic model: no single score tells the two apart.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from corpus.search.evidence import BEFORE, QUESTION, TEXT, TITLE, Floats
from corpus.search.features import NAMES as FEATURES
from corpus.search.plan import Plan, PlannedTerm
from corpus.search.ranking import Ranked
from corpus.search.view import View
from corpus.search.weights import CertaintyWeights
from corpus.types import FormKind

NAMES: Final = (
    "coverage",
    "around",
    "bm25",
    "proximity",
    "covered",
    "missing_name",
    "missing_word",
    "unknown",
)
METONYM: Final = 0.6
"""Weight of a form, beside the term's best, from which it stands for the term as good as any."""
USUAL: Final = 8
"""Terms up to which a question is of usual length."""
EVERYWHERE: Final = 0.7
"""Rarity, in nats, up to which a name is in half of the record and tells nothing."""
SHORT: Final = 4
"""Terms up to which a question is short: of a name and a topic, both must be there."""
TOPIC: Final = 1 / 3
"""Share of a short question's rarity from which words that are no names are its topic."""
MISSPELT: Final = 2.0
"""Logits for a question in which every word was mended, of at least two. Set on XQuAD's English
questions with typing mistakes; the Russian ones, not looked at for it, gained alike."""
BEYOND_CHANCE: Final = 1.0
"""Rarity, beside that of a word said once, that does not meet in one passage by chance. Set on
XQuAD with typing mistakes; no question of the judged sets that must be refused comes to it."""
ENOUGH: Final = 2.5
"""Of ``covered``: more says no more."""


def evidence_of(view: View, plan: Plan, ranked: Ranked) -> Floats:
    """Evidence that each passage is an answer, of shape (passages, len(NAMES)).

    ``coverage``: share of the question, by rarity, that the passage and its question have;
    ``around``: the same with title and neighbours; ``bm25`` and ``proximity`` as for ranking;
    ``covered``: how much rarity is covered, beside that of a word said once; ``missing_name`` and
    ``missing_word``: the rarest name and word that it hasn't; ``unknown``: the share of the
    question that the whole record hasn't.
    """
    rarest = float(np.log(1 + max(view.lexicon.passages, 1)))
    rarity = np.array([term.rarity for term in plan.terms])
    names = np.array([term.required for term in plan.terms])
    known = np.array([term.sought for term in plan.terms])
    ideal = max(float(rarity.sum()), 1e-9)
    own = (ranked.features.covered / METONYM).clip(max=1)
    around = (ranked.evidence.best.max(axis=1) / METONYM).clip(max=1)
    missing = rarity[:, None] * (1 - own) / rarest
    values = ranked.features.values
    return np.stack(
        (
            rarity @ own / ideal,
            rarity @ around / ideal,
            values[:, FEATURES.index("bm25")],
            values[:, FEATURES.index("proximity")],
            (rarity @ own / rarest).clip(max=ENOUGH),
            (missing * names[:, None]).max(axis=0),
            (missing * ~names[:, None]).max(axis=0),
            np.full(len(ranked.scores), float(rarity[~known].sum()) / ideal),
        ),
        axis=1,
    )


def certainty(view: View, plan: Plan, ranked: Ranked, weights: CertaintyWeights) -> Floats:
    """For each passage, how certainly it is an answer, in logits: above 0 it is one.

    Who misspells most words has likely misspelt what is missing too, in a way that can't be seen.
    """
    evidence = evidence_of(view, plan, ranked)
    counted = np.array([weights.evidence[name] for name in NAMES])
    repaired = len({repair.original for repair in plan.query.repairs})
    misspelt = repaired / max(len(plan.terms), 1) if repaired > 1 else 0.0
    return np.asarray(evidence @ counted + weights.bias + MISSPELT * min(misspelt, 1.0))


def beyond_chance(view: View, plan: Plan, ranked: Ranked) -> npt.NDArray[np.bool_]:
    """Passages that have more of the question than could meet there by chance.

    What they lack may only be words that nobody knows, most often misspellings beyond repair: a
    listed name (with forms beyond its own) or a word of the record that is missing counts.
    """
    rarest = float(np.log(1 + max(view.lexicon.passages, 1)))
    rarity = np.array([term.rarity for term in plan.terms])
    own = ranked.features.covered > 0
    listed = np.array([term.required and _listed(term) for term in plan.terms])
    enough = (rarity @ (ranked.features.covered / METONYM).clip(max=1)) >= BEYOND_CHANCE * rarest
    return np.asarray(enough & (own.sum(axis=0) >= 2) & own[listed].all(axis=0))


def _listed(term: PlannedTerm) -> bool:
    """Whether a name is more than its own letters: a country, a person or a body that we know."""
    return term.sought or any(
        form.kind not in (FormKind.EXACT, FormKind.STEM) for form in term.term.forms
    )


def nameless(plan: Plan, ranked: Ranked) -> npt.NDArray[np.bool_]:
    """Passages without a name that was asked for: other things said of the topic are no answer.

    In a short question each known name must be in the passage, its question or title, or in the
    paragraph before. In one of any usual length, a country that the record has nowhere is the
    subject all the same, whatever else is found: most likely under the name of another one.
    """
    size = len(plan.terms)
    listed = np.array([term.required and _listed(term) for term in plan.terms])
    absent = listed & np.array([not term.sought for term in plan.terms])
    if size <= USUAL and absent.any():
        return np.ones(len(ranked.scores), np.bool_)
    telling = np.array([term.rarity > EVERYWHERE for term in plan.terms])
    if size > SHORT or not (listed & telling).any():
        return np.zeros(len(ranked.scores), np.bool_)
    best = ranked.evidence.best[listed & telling]
    named = best[:, [TEXT, QUESTION, TITLE, BEFORE]].max(axis=1) > 0
    return np.asarray(~named.all(axis=0))


def off_topic(plan: Plan, ranked: Ranked) -> npt.NDArray[np.bool_]:
    """Passages that have the name of a short question, but nothing of its topic even beside."""
    rarity = np.array([term.rarity for term in plan.terms])
    topic = np.array([not term.required for term in plan.terms])
    share = float(rarity[topic].sum()) / max(float(rarity.sum()), 1e-9)
    if len(rarity) > SHORT or topic.all() or share < TOPIC:
        return np.zeros(len(ranked.scores), np.bool_)
    return np.asarray(~(ranked.evidence.best[topic] > 0).any(axis=(0, 1)))
