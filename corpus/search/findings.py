"""What a search comes to, in the index's terms: ids, which the facade turns into passages."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import AlsoSaid, Query, Silence


@dataclass(frozen=True, slots=True)
class Found:
    """One passage that answers."""

    passage_id: int
    score: float
    speaker_unsure: bool = False
    """The passage has no speaker of its own, but its document's is the one asked for."""
    also_said: tuple[AlsoSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """Hits, or silence; never both."""

    query: Query
    hits: tuple[Found, ...] = ()
    total: int = 0
    """How many passages would answer; an estimate above a few hundred."""
    silence: Silence | None = None
    uncovered: tuple[str, ...] = ()
    """Terms of the question that the hits do not cover."""
