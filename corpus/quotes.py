"""Is this quotation on record: verbatim, altered, or unknown?

The candidates come from the search index; here each is aligned with the quotation, and the best
decides. The verdict is about the whole quotation: words joined from two places are altered, unless
the places are neighbouring paragraphs that were quoted in full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from corpus.alignment import Alignment, Token, align, segments, tokens
from corpus.types import Edit, EditKind, Passage, PassageKind, QuoteCheck, Verdict

LONG = 20
"""Words from which on a quotation is long: less exactness is enough to recognise it."""
LONG_SIMILARITY = 0.6
SHORT_SIMILARITY = 0.75
"""Least Indel similarity in words for "altered", and least share of the quotation's evidence."""
SHORTEST = 4
"""Below so many words, only the exact words count: an altered fragment is no evidence."""
STITCH = 6
"""Least words of one place for a quotation to be called stitched from several."""
MOST_PIECES = 6

LEAST_EVIDENCE = 10.0
"""Nats that the matched words of an altered quotation must be worth: "will go back to" is said
everywhere and shows nothing. Of 400 sentences of other speakers (QMSum) against 72,165 passages,
three still pass it."""
MIDDLING = 3.0
"""What a word is worth where its rarity is not known."""

Weigh = Callable[[str], float]
"""How much evidence a word is, in nats, by its rarity in the record; above 0."""


@dataclass(frozen=True, slots=True)
class _Fit:
    passage: Passage
    alignment: Alignment
    evidence: float
    """Weight of the matched words, in the units of ``weigh``."""
    share: float
    """That, as a share of the weight of all words of the quotation."""

    @property
    def rank(self) -> tuple[bool, bool, float, bool, date, int]:
        """Exact first, then the most similar; an official's words; the earliest."""
        return (
            not self.alignment.exact,
            self.alignment.elided > 0,
            -round(self.alignment.similarity * self.share, 3),
            self.passage.kind is not PassageKind.STATEMENT,
            self.passage.document.said_on or date.max,
            self.passage.id,
        )


def judge(
    quotation: str, candidates: Sequence[Passage], *, weigh: Weigh = lambda word: MIDDLING
) -> QuoteCheck:
    """The verdict on a quotation, given the passages that it may come from.

    The result's ``difference`` is empty for a verbatim quotation of one stretch; otherwise its
    record parts, joined, are a stretch of ``passage.text`` and its quotation parts the quotation.
    """
    words = [token for part in segments(quotation) for token in part if token.is_word]
    unknown = QuoteCheck(quotation, Verdict.UNKNOWN)
    if not words or not candidates:
        return unknown
    total = sum(weigh(token.key) for token in words)
    best = min((_fit(quotation, one, total, weigh) for one in candidates), key=lambda fit: fit.rank)
    if best.alignment.exact:
        return QuoteCheck(
            quotation,
            Verdict.VERBATIM,
            best.passage,
            best.alignment.edits if best.alignment.elided else (),
            elided=best.alignment.elided > 0,
        )
    if stitched := _stitched(quotation, candidates):
        return stitched
    if not _recognised(best, len(words)):
        return unknown
    return QuoteCheck(
        quotation,
        Verdict.ALTERED,
        best.passage,
        best.alignment.edits,
        elided=best.alignment.elided > 0,
    )


def _fit(quotation: str, passage: Passage, total: float, weigh: Weigh) -> _Fit:
    alignment = align(quotation, passage.text)
    evidence = sum(weigh(key) for key in alignment.matched)
    return _Fit(passage, alignment, evidence, evidence / total)


def _recognised(fit: _Fit, words: int) -> bool:
    least = LONG_SIMILARITY if words >= LONG else SHORT_SIMILARITY
    return (
        words >= SHORTEST
        and fit.evidence >= LEAST_EVIDENCE
        and fit.alignment.similarity >= least
        and fit.share >= least
    )


# --- joined from several places -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
    passage: Passage
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """The quotation's words [j1, j2) stand as they are in a text, from its word ``i1`` on."""

    text: _Text
    i1: int
    j1: int
    j2: int

    @property
    def i2(self) -> int:
        return self.i1 + self.j2 - self.j1


def _stitched(quotation: str, candidates: Sequence[Passage]) -> QuoteCheck | None:
    """The quotation cut into stretches that stand exactly in different passages, if it can be."""
    texts = [_Text(one, tuple(t for t in tokens(one.text) if t.is_word)) for one in candidates]
    quoted = [token for part in segments(quotation) for token in part if token.is_word]
    pieces: list[_Piece] = []
    at = 0
    while at < len(quoted):
        piece = max((_longest(quoted, at, text) for text in texts), key=lambda one: one.j2)
        if piece.j2 - at < STITCH or len(pieces) == MOST_PIECES:
            return None
        pieces.append(piece)
        at = piece.j2
    places = tuple(dict.fromkeys(piece.text.passage for piece in pieces))
    if len(places) < 2:
        return None
    first = pieces[0]
    cut = quoted[first.j2].start
    record = first.text.passage.text[
        first.text.words[first.i1].start : first.text.words[first.i2 - 1].end
    ]
    return QuoteCheck(
        quotation,
        Verdict.VERBATIM if all(map(_continues, pieces, pieces[1:])) else Verdict.ALTERED,
        first.text.passage,
        (
            Edit(EditKind.EQUAL, record, quotation[:cut]),
            Edit(EditKind.INSERT, "", quotation[cut:]),
        ),
        stitched=places,
    )


def _longest(quoted: Sequence[Token], at: int, text: _Text) -> _Piece:
    """The most words of the quotation, from ``at`` on, that stand together in a text."""
    best = _Piece(text, 0, at, at)
    for start, word in enumerate(text.words):
        if word.key == quoted[at].key:
            same = takewhile(
                lambda pair: pair[0].key == pair[1].key,
                zip(quoted[at:], text.words[start:], strict=False),
            )
            size = sum(1 for _ in same)
            if at + size > best.j2:
                best = _Piece(text, start, at, at + size)
    return best


def _continues(left: _Piece, right: _Piece) -> bool:
    """The right piece begins the paragraph after the one that the left piece ends."""
    before, after = left.text.passage, right.text.passage
    return (
        before.document.id == after.document.id
        and after.paragraph == before.paragraph + 1
        and left.i2 == len(left.text.words)
        and right.i1 == 0
    )
