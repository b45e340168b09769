"""What each paragraph is (statement, question, apparatus) and which question it replies to.

Works on labels and texts alone, so that a page, a bulk line and an export agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from corpus.ingest.labels import is_question_label, is_stage_label
from corpus.types import PassageKind

STATEMENT, QUESTION, APPARATUS = (
    PassageKind.STATEMENT,
    PassageKind.QUESTION,
    PassageKind.APPARATUS,
)

NOTHING_GIVEN: Mapping[int, PassageKind] = MappingProxyType({})
APPARATUS_LENGTH = 120
"""Characters above which a paragraph is never a stage direction, a clock time or the like."""
HEADING_LENGTH = 200
"""Characters above which a paragraph before the first turn is never a heading."""

_CLOCK = r"\d{1,2}[:.]\d{2}\s*[AaPp]\.?\s?[Mm]\.?(?:\s*\(?[A-Z]{2,5}\)?)?"
_APPARATUS = re.compile(
    rf"""
      {_CLOCK}                                      # 4:49 P.M. EDT
    | (?:E\s?N\s?D|END\ OF\ TRANSCRIPT|ENDE|КОНЕЦ)[.]?(?:\s+(?:AT\s+)?{_CLOCK})?
    | [\W_]+                                        # * * *   _____   <…>
    | \#.{{0,40}}                                   # ###   #59-05/19/2009
    | [(\[][^()\[\]]+[)\]]\.?                       # (Laughter.)
    | <[^<>]+>
    """,
    re.VERBOSE,
)
_TIMING = re.compile(rf"{_CLOCK}|(?:E\s?N\s?D|ENDE|КОНЕЦ)\b.{{0,40}}|\#.{{0,40}}|_+")
_DIVIDER = re.compile(r"(?:[*_#=–—-]\s*){3,}|E\s?N\s?D\b.*")
"""What comes after it no longer replies to the question before it."""
_STAGE_ONLY = re.compile(r"[^:()]{1,60}:\s*\([^()]*\)\.?")
_INTERVIEW = re.compile(
    r"\b(?:interview|интервью|інтерв’ю|интернет-конференци\w+|q\s?&\s?a|questions and answers)|"
    r"\b(?:ответы на вопросы|answers? (?:to )?(?:media |reporters['’]? )?questions?|"
    r"беседа с (?:журналист|руководителями представительств)|gespräch mit)",
    re.IGNORECASE,
)

_CALL_IN = re.compile(
    r"\b(?:пряма\w+ лини\w+|прям\w+ (?:теле|радио|эфир)\w*|direct line|phone-in|call-in)\b",
    re.IGNORECASE,
)
"""Titles of broadcasts in which one person answers, and presenters and callers ask."""
_READ_OUT = re.compile(
    r"(?:(?:следующий |ещ[её] (?:один )?)?вопрос|next question|question)"
    r"(?: (?:газет|журнал|программ|теле|радио|агентств|корреспондент|слушател|зрител|из |от |from )"
    r"[^:.?!]{0,80})?[:.]\s",
    re.IGNORECASE,
)
"""How a paragraph begins that is a question by its own words, whatever its label says."""


@dataclass(slots=True)
class _Share:
    """How one label speaks in a document."""

    turns: int = 0
    words: int = 0
    asking: int = 0
    """Turns with a question mark in them."""


def mark(
    title: str | None,
    labels: Sequence[str | None],
    texts: Sequence[str],
    given: Mapping[int, PassageKind] = NOTHING_GIVEN,
) -> tuple[list[PassageKind], list[int | None]]:
    """Tell the kind of each paragraph, and the index of the question that it replies to.

    A question is a run of paragraphs under reporters' labels; what others say after it, up to the
    next question or a dividing line, is its reply and points at the question's first paragraph.
    ``given`` has the kinds that are known otherwise, by paragraph.
    """
    interviewers = _interviewers(title, labels, texts)
    kinds: list[PassageKind] = []
    replies: list[int | None] = []
    first_turn = next((i for i, label in enumerate(labels) if label is not None), 0)
    question: int | None = None
    asker: str | None = None
    for index, (label, text) in enumerate(zip(labels, texts, strict=True)):
        kind = given.get(index, STATEMENT)
        if kind is APPARATUS:
            pass
        elif label is not None and (label in interviewers or is_question_label(label)):
            kind = QUESTION
        elif kind is STATEMENT and _READ_OUT.match(text) and "?" in text:
            kind = QUESTION
        if (
            kind is not APPARATUS
            and len(text) <= HEADING_LENGTH
            and _is_apparatus(label, text, kind, index < first_turn)
        ):
            kind = APPARATUS
            if _DIVIDER.fullmatch(text):
                question = asker = None
        elif label is not None and is_stage_label(label):
            kind = APPARATUS
        kinds.append(kind)
        replies.append(question if kind is STATEMENT else None)
        if kind is QUESTION:
            name = label or ""
            if name != asker or (name and text.startswith(name)):
                question = index
            asker = name
        elif kind is STATEMENT:
            asker = None
    return kinds, replies


def is_timing(text: str) -> bool:
    """Whether a paragraph tells when a transcript begins or ends, which nobody said."""
    return bool(_TIMING.fullmatch(text))


def _is_apparatus(label: str | None, text: str, kind: PassageKind, before_turns: bool) -> bool:
    if before_turns and label is None and text[-1:] not in ".!?…:;»”\"'’)":
        return True
    if len(text) > APPARATUS_LENGTH:
        return False
    if _APPARATUS.fullmatch(text):
        return True
    return kind is STATEMENT and text[-1:] in ").]" and bool(_STAGE_ONLY.fullmatch(text))


def _interviewers(
    title: str | None, labels: Sequence[str | None], texts: Sequence[str]
) -> frozenset[str]:
    """Labels of named people who ask rather than state.

    One person must hold most of the words. In a call-in broadcast everybody else is a presenter or
    a caller. In a document that calls itself an interview, the only
    other one asks, and so does everybody who asks in half of the turns or more; elsewhere it takes
    three turns, most of them questions, and a third of the main speaker's words at most.
    """
    distinct = {label for label in labels if label is not None}
    named = [label for label in distinct if not is_question_label(label)]
    if len(named) < 2:
        return frozenset()
    shares = _shares(labels, texts)
    main = max(named, key=lambda label: (shares[label].words, label))
    others = [
        label for label in named if _surname(label) != _surname(main) and not is_stage_label(label)
    ]
    interview = bool(title and _INTERVIEW.search(title))
    total = sum(share.words for share in shares.values())
    call_in = bool(title and _CALL_IN.search(title)) and shares[main].words * 2 > total
    alone = len({_surname(label) for label in others}) == 1
    found = set()
    for label in others:
        share = shares[label]
        if share.words * 2 > shares[main].words and not (interview and alone):
            continue
        if call_in and share.words * 8 <= shares[main].words:
            found.add(label)
            continue
        asks = share.asking / share.turns
        main_asks = shares[main].asking / shares[main].turns
        if interview:
            if (alone and asks > main_asks) or asks >= 0.5:
                found.add(label)
        elif (
            share.turns >= 3
            and asks >= 0.55
            and asks > 1.5 * main_asks
            and share.words * 3 <= shares[main].words
        ):
            found.add(label)
    return frozenset(found)


def _surname(label: str) -> str:
    return re.split(r"[\s.]+", label.rstrip(". "))[-1].casefold()


def _shares(labels: Sequence[str | None], texts: Sequence[str]) -> dict[str, _Share]:
    shares: dict[str, _Share] = {}
    previous: str | None = None
    asked = False
    for label, text in zip(labels, texts, strict=True):
        if label is not None:
            share = shares.setdefault(label, _Share())
            share.words += text.count(" ") + 1
            if label != previous:
                share.turns += 1
                asked = False
            if not asked and "?" in text:
                share.asking += 1
                asked = True
        previous = label
    return shares
