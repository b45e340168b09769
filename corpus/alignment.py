"""Aligning a quotation with a text, word by word.

What is compared is words and the marks that carry meaning (``. , ; : ? !``). Quote marks, dashes,
brackets, white space and letter case never count as a difference, since typesetting changes them.
Every token keeps its span, so that a difference is shown in the characters of both sides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcode

from corpus.types import Edit, EditKind

GAP_COST = 0.5
"""What a word of the text that the quotation leaves out costs, in matched words, when the ends
of a quoted stretch are looked for: a stray match is not worth two words that lie before it."""

_TOKEN = regex.compile(
    r"\p{L}[\p{L}\p{M}\p{N}]*(?:['’ʼ`]\p{L}+)*|\p{N}+(?:[.,]\p{N}+)*|[^\p{P}\p{Z}\p{C}]|[.,;:?!]"
)
_ELLIPSIS = regex.compile(r"[\[(<]\s*(?:…|\.\s?\.\s?\.)\s*[\])>]|…|\.\s?\.\s?\.")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})
_MARKS = frozenset(".,;:?!")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: how it is compared (``key``), and where it stands, in characters."""

    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """False for a punctuation mark."""
        return self.key not in _MARKS


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a quotation lies over a text."""

    edits: tuple[Edit, ...]
    """Joined, the quotation parts are the quotation and the record parts ``text[start:end]``."""
    words: int
    """Words of the quotation."""
    matched: tuple[str, ...]
    """Those that stand in the text in the same order, as compared."""
    skipped: int
    """Words of the text that the quotation passes over without an ellipsis."""
    elided: int
    """Words of the text that an ellipsis of the quotation stands for."""
    exact: bool
    """Nothing differs but quote marks, dashes, case, space, and what an ellipsis stands for."""
    start: int
    end: int
    """The stretch of the text that is quoted, in characters."""

    @property
    def similarity(self) -> float:
        """Indel similarity in words, 0 to 1: matches on both sides over words on both sides."""
        both = self.words + len(self.matched) + self.skipped
        return 2 * len(self.matched) / both if both else 0.0


@dataclass(frozen=True, slots=True)
class _Op:
    """Record tokens [i1, i2) became quotation tokens [j1, j2)."""

    kind: EditKind
    i1: int
    i2: int
    j1: int
    j2: int
    elided: bool = False


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and marks of a text, in order. Cached: a passage is a candidate more than once."""
    return tuple(Token(_key(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text))


def _key(token: str) -> str:
    return unicodedata.normalize("NFKC", token).casefold().translate(_APOSTROPHES)


def segments(quotation: str) -> list[list[Token]]:
    """The tokens between ellipses, without the marks at either end of each stretch."""
    found: list[list[Token]] = []
    at = 0
    ends = [*((m.start(), m.end()) for m in _ELLIPSIS.finditer(quotation)), (len(quotation),) * 2]
    every = tokens(quotation)
    for stop, after in ends:
        part = [token for token in every if at <= token.start and token.end <= stop]
        while part and not part[0].is_word:
            part.pop(0)
        while part and not part[-1].is_word:
            part.pop()
        if part:
            found.append(part)
        at = after
    return found


def align(quotation: str, text: str) -> Alignment:
    """Lay a quotation over the stretch of the text that fits it best.

    Each stretch between ellipses is placed after the one before it. Its window comes from
    rapidfuzz's partial alignment over words coded as single characters; the differences are the
    Indel opcodes of window and stretch.
    """
    record = tokens(text)
    parts = segments(quotation)
    code = _Coder()
    coded = code(record)
    flat: list[Token] = []
    ops: list[_Op] = []
    at = 0
    for part in parts:
        offset = len(flat)
        placed = _place(code(part), coded, at, record)
        if not placed:
            placed = [_Op(EditKind.INSERT, at, at, 0, len(part))]
        elif ops and placed[0].i1 > at:
            ops.append(_Op(EditKind.DELETE, at, placed[0].i1, offset, offset, elided=True))
        ops.extend(
            _Op(op.kind, op.i1, op.i2, op.j1 + offset, op.j2 + offset, op.elided) for op in placed
        )
        flat.extend(part)
        at = ops[-1].i2
    return _alignment(quotation, text, record, flat, ops)


def _alignment(
    quotation: str, text: str, record: Sequence[Token], flat: Sequence[Token], ops: Sequence[_Op]
) -> Alignment:
    matched = tuple(
        token.key
        for op in ops
        if op.kind is EditKind.EQUAL
        for token in record[op.i1 : op.i2]
        if token.is_word
    )
    skipped, elided = (
        sum(
            token.is_word
            for op in ops
            if op.kind is not EditKind.EQUAL and op.elided is marked
            for token in record[op.i1 : op.i2]
        )
        for marked in (False, True)
    )
    start = record[ops[0].i1].start if matched else 0
    end = record[ops[-1].i2 - 1].end if matched else 0
    return Alignment(
        edits=_edits(quotation, text, record, flat, ops, start, end),
        words=sum(token.is_word for token in flat),
        matched=matched,
        skipped=skipped,
        elided=elided,
        exact=bool(matched) and all(op.kind is EditKind.EQUAL or op.elided for op in ops),
        start=start,
        end=end,
    )


def _edits(
    quotation: str,
    text: str,
    record: Sequence[Token],
    flat: Sequence[Token],
    ops: Sequence[_Op],
    start: int,
    end: int,
) -> tuple[Edit, ...]:
    """What stands between two tokens goes with the earlier one, on both sides."""
    if not ops:
        return (Edit(EditKind.INSERT, "", quotation),) if quotation else ()
    made: list[Edit] = []
    for number, op in enumerate(ops):
        last = number + 1 == len(ops)
        left = start if number == 0 else _at(record, op.i1, start, end)
        right = end if last else _at(record, ops[number + 1].i1, start, end)
        low = 0 if number == 0 else _at(flat, op.j1, 0, len(quotation))
        high = len(quotation) if last else _at(flat, ops[number + 1].j1, 0, len(quotation))
        made.append(Edit(op.kind, text[left:right], quotation[low:high]))
    return tuple(made)


def _at(side: Sequence[Token], index: int, low: int, high: int) -> int:
    return min(max(side[index].start, low), high) if index < len(side) else high


class _Coder:
    """Words as single characters, so that rapidfuzz's string algorithms run over words."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def __call__(self, some: Sequence[Token]) -> str:
        codes = self._codes
        # From a private plane on: no surrogates in the way, and room for 131,000 words.
        return "".join(codes.setdefault(token.key, chr(0xF0000 + len(codes))) for token in some)


def _place(part: str, coded: str, at: int, record: Sequence[Token]) -> list[_Op]:
    """The operations that turn the best window of the record, from ``at`` on, into the part."""
    found = coded.find(part, at)
    if found >= 0:
        return [_Op(EditKind.EQUAL, found, found + len(part), 0, len(part))]
    low, high = at, len(coded)
    if len(part) < high - low:
        window = fuzz.partial_ratio_alignment(part, coded[low:high])
        if window is None or window.score == 0:
            return []
        margin = len(part) // 2 + 3
        low, high = (
            max(low, low + window.dest_start - margin),
            min(high, low + window.dest_end + margin),
        )
    raw = [
        _Op(EditKind(code.tag), code.src_start + low, code.src_end + low, *_quoted(code))
        for code in Indel.opcodes(coded[low:high], part)
    ]
    return _merge(_with_ends(_best_run(raw, record), coded, part, at))


def _quoted(code: Opcode) -> tuple[int, int]:
    return code.dest_start, code.dest_end


def _best_run(ops: Sequence[_Op], record: Sequence[Token]) -> list[_Op]:
    """The run of operations with the most matches for its gaps (maximum subarray, Kadane)."""
    best = (0.0, 0, 0)
    total, first = 0.0, 0
    for number, op in enumerate(ops):
        size = sum(token.is_word for token in record[op.i1 : op.i2])
        total += size if op.kind is EditKind.EQUAL else -GAP_COST * size
        if total <= 0:
            total, first = 0.0, number + 1
        elif total > best[0]:
            best = (total, first, number + 1)
    return list(ops[best[1] : best[2]])


def _with_ends(run: list[_Op], coded: str, part: str, at: int) -> list[_Op]:
    """The run, with what the quotation has before and after it.

    The opcodes may have matched those words further off, outside of the run: where they stand
    right beside it they belong to it, and the rest counts as inserted.
    """
    if not run:
        return []
    i, j = run[0].i1, run[0].j1
    while i > at and j and coded[i - 1] == part[j - 1]:
        i, j = i - 1, j - 1
    run[0] = replace(run[0], i1=i, j1=j)
    if j:
        run.insert(0, _Op(EditKind.INSERT, i, i, 0, j))
    i, j = run[-1].i2, run[-1].j2
    while i < len(coded) and j < len(part) and coded[i] == part[j]:
        i, j = i + 1, j + 1
    run[-1] = replace(run[-1], i2=i, j2=j)
    if j < len(part):
        run.append(_Op(EditKind.INSERT, i, i, j, len(part)))
    return run


def _merge(ops: Sequence[_Op]) -> list[_Op]:
    """Neighbouring deletions and insertions as one replacement: easier to read."""
    merged: list[_Op] = []
    for op in ops:
        last = merged[-1] if merged else None
        if last and last.kind is not EditKind.EQUAL and op.kind is not EditKind.EQUAL:
            merged[-1] = _Op(EditKind.REPLACE, last.i1, op.i2, last.j1, op.j2)
        else:
            merged.append(op)
    return merged
