"""When nothing fits: why, what the record covers, what is near, and what would find something."""

from __future__ import annotations

from dataclasses import replace

from corpus.search.candidates import count
from corpus.search.plan import Plan, PlannedTerm
from corpus.search.view import View
from corpus.types import Query, Silence, SilenceReason, Suggestion


def before_searching(view: View, query: Query) -> SilenceReason | None:
    """The reason for silence that shows before anything is looked for."""
    if view.manifest.live_passages == 0:
        return SilenceReason.EMPTY_RECORD
    if not query.terms and not query.phrases:
        filtered = query.speaker or query.date_from or query.date_to or query.publisher
        if not filtered:
            return SilenceReason.NOTHING_ASKED
    if query.speaker is not None and not query.speaker.labels:
        return SilenceReason.UNKNOWN_SPEAKER
    return None


def silence(
    view: View,
    plan: Plan,
    reason: SilenceReason,
    missing: tuple[str, ...] = (),
    required: tuple[PlannedTerm, ...] = (),
) -> Silence:
    """A silence with all that helps the asker on."""
    loosened = () if reason is SilenceReason.UNKNOWN_SPEAKER else _loosened(view, plan, required)
    return Silence(
        reason=reason,
        missing=missing,
        coverage=view.coverage,
        near=_near(view, missing),
        loosened=loosened,
    )


def _near(view: View, missing: tuple[str, ...]) -> tuple[Suggestion, ...]:
    found: dict[str, int] = {}
    for text in missing:
        for word, frequency in view.lexicon.near(text.lower(), distance=2)[:3]:
            if view.lexicon.is_name(word):
                found[word] = frequency
    return tuple(
        Suggestion(word.capitalize(), frequency, word.capitalize())
        for word, frequency in sorted(found.items(), key=lambda pair: -pair[1])[:3]
    )


def _loosened(view: View, plan: Plan, required: tuple[PlannedTerm, ...]) -> tuple[Suggestion, ...]:
    query = plan.query
    ways = []
    if query.date_from is not None or query.date_to is not None:
        ways.append(("without the date", replace(query, date_from=None, date_to=None)))
    if query.speaker is not None:
        ways.append(("by any speaker", replace(query, speaker=None)))
    if query.language is not None:
        ways.append(("in any language", replace(query, language=None)))
    if query.publisher is not None:
        ways.append(("by any publisher", replace(query, publisher=None)))
    found = []
    for label, wider in ways:
        number = count(view, replace(plan, query=wider), required)
        if number:
            found.append(Suggestion(" ".join(term.text for term in query.terms), number, label))
    return tuple(found)
