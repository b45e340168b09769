"""When nothing fits: why, what the record covers, what is near, and what would find something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rapidfuzz.distance import OSA

from corpus.search.analysis import words
from corpus.search.plan import Plan
from corpus.search.view import View
from corpus.types import Query, Silence, SilenceReason, Suggestion

NEAR = 3
"""Suggestions of one kind, at most."""
DISTANCE = 2
"""Edits between a word that is missing and a known one that is offered instead."""

Count = Callable[[Query], int]
"""How many passages answer a query."""


def before_searching(view: View, query: Query) -> SilenceReason | None:
    """The reason for silence that shows before anything is looked for."""
    if view.manifest.live_passages == 0:
        return SilenceReason.EMPTY_RECORD
    if query.speaker is not None and not query.speaker.labels:
        return SilenceReason.UNKNOWN_SPEAKER
    if not (query.terms or query.phrases or filtered(query)):
        return SilenceReason.NOTHING_ASKED
    return None


def filtered(query: Query) -> bool:
    """Whether a query restricts speaker, dates, language or publisher."""
    given = (query.speaker, query.date_from, query.date_to, query.language, query.publisher)
    return any(value is not None for value in given)


def silence_at_once(view: View, query: Query, reason: SilenceReason) -> Silence:
    """The silence about a question that was not looked for."""
    near: tuple[Suggestion, ...] = ()
    if reason is SilenceReason.UNKNOWN_SPEAKER and query.speaker is not None:
        near = _near_speakers(view, query.speaker.name)
    return Silence(reason, coverage=view.coverage, near=near)


def silence(view: View, plan: Plan, missing: tuple[str, ...], count: Count) -> Silence:
    """The silence about a question that no passage answers.

    Args:
        view: what was searched.
        plan: the question.
        missing: the terms that its best passage hasn't.
        count: counts the answers to a changed question.
    """
    unknown = tuple(term.term.text for term in plan.terms if not term.sought)
    loosened = _loosened(plan.query, count)
    if loosened:
        return Silence(SilenceReason.FILTERED, unknown, coverage=view.coverage, loosened=loosened)
    if unknown:
        near = _near_words(view, unknown)
        return Silence(SilenceReason.UNKNOWN_TERMS, unknown, coverage=view.coverage, near=near)
    near = _known_names(plan, missing)
    return Silence(SilenceReason.NOT_THIS_TOPIC, missing, coverage=view.coverage, near=near)


def _known_names(plan: Plan, missing: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """What of the question the record does have."""
    found = [
        Suggestion(term.term.text, term.frequency, term.term.text)
        for term in plan.terms
        if term.required and term.frequency and term.term.text not in missing
    ]
    return tuple(found[:NEAR])


def _near_words(view: View, missing: tuple[str, ...]) -> tuple[Suggestion, ...]:
    lexicon = view.lexicon
    found: dict[str, tuple[int, int]] = {}
    for text in missing:
        for word in words(text):
            distance = DISTANCE if len(word) > DISTANCE + 2 else 1
            for near, frequency in lexicon.near(word, distance=distance):
                if lexicon.is_name(near):
                    found[near] = (OSA.distance(word, near), -frequency)
    best = sorted(found, key=lambda near: found[near])[:NEAR]
    return tuple(
        Suggestion(near.capitalize(), lexicon.frequency(near), near.capitalize()) for near in best
    )


def _near_speakers(view: View, name: str) -> tuple[Suggestion, ...]:
    """Speakers with a name near the last word of the one asked for."""
    asked = words(name)[-1:]
    found: dict[str, tuple[int, int]] = {}
    for speaker in view.lexicon.speakers():
        shown = speaker.person or speaker.label
        distances = [OSA.distance(one, word) for one in asked for word in words(shown)]
        if min(distances, default=DISTANCE + 1) <= DISTANCE:
            found.setdefault(shown, (min(distances), -speaker.passages))
    best = sorted(found, key=lambda shown: found[shown])[:NEAR]
    return tuple(Suggestion(f'speaker:"{shown}"', -found[shown][1], shown) for shown in best)


def _loosened(query: Query, count: Count) -> tuple[Suggestion, ...]:
    ways = []
    if query.date_from is not None or query.date_to is not None:
        ways.append(("without the date", replace(query, date_from=None, date_to=None)))
    if query.speaker is not None:
        ways.append(("by anyone", replace(query, speaker=None)))
    if query.language is not None:
        ways.append(("in any language", replace(query, language=None)))
    if query.publisher is not None:
        ways.append(("from any publisher", replace(query, publisher=None)))
    if len(ways) > 1:
        anywhere = replace(
            query, date_from=None, date_to=None, speaker=None, language=None, publisher=None
        )
        ways.append(("without any of these limits", anywhere))
    found = []
    for label, wider in ways:
        number = count(wider)
        if number:
            found.append(Suggestion(_written(wider), number, label))
    return tuple(found[:NEAR])


def _written(query: Query) -> str:
    """A query as a question that is understood the same way."""
    parts = [term.text for term in query.terms]
    parts += [f'"{phrase}"' for phrase in query.phrases]
    parts += [f'-"{text}"' for text in query.excluded]
    if query.speaker is not None:
        parts.append(f'speaker:"{query.speaker.name}"')
    if query.date_from is not None:
        parts.append(f"from:{query.date_from.isoformat()}")
    if query.date_to is not None:
        parts.append(f"to:{query.date_to.isoformat()}")
    if query.language is not None:
        parts.append(f"lang:{query.language}")
    if query.publisher is not None:
        parts.append(f'publisher:"{query.publisher}"')
    return " ".join(parts)
