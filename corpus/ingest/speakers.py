"""Who speaks in each paragraph: labels found in the text, carried forward.

A lead-in before a colon is a speaker only on evidence: its own shape ("MR. CARNEY", "С.В.Лавров",
"Question"), an office before a name, bold type, the title, its return in the document, or its
place among other turns. "Note:", "Washington:" and "First:" have none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from corpus.ingest.blocks import Block
from corpus.ingest.labels import (
    NOT_SPEAKERS,
    first_word,
    is_answer_label,
    is_question_label,
    words_of,
)
from corpus.ingest.names import is_territory, is_title_word, looks_like_name, person_in, surname

_LEAD = re.compile(r"(?P<label>[^:\n]{1,120}?)\s*:(?=\s|$)")
_Q = re.compile(r"(?P<label>Q|A)(?:[.:]\s*|\s+)(?=[^\sa-zа-яё])")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_SAYING = re.compile(
    r"(?:said|says|saying|stated|states|added|adds|told|wrote|asked|asks|noted|declared|stressed|"
    r"commented|continued|concluded|replied|reads?|following|сказал\w*|заявил\w*|отметил\w*|"
    r"добавил\w*|подчеркнул\w*|sagte|erklärte|betonte|fügte hinzu|so)$",
    re.IGNORECASE,
)
"""What ends a lead-in to a quotation in a third person's text: no label of a turn."""
_UPPER_EXTRA = re.compile(r"\b(?:Mc|Mac|de|von|van|der|al)(?=[\sA-Z-])")
_REPORTER_ALONE = words_of(
    "q question questions reporter journalist correspondent interviewer moderator вопрос реплика "
    "корреспондент журналист ведущий ведущая модератор frage zusatzfrage zusatz nachfrage "
    "питання запитання пытанне"
)
"""Reporters' labels that mean nothing else before a colon."""


_NO_REPORTER = words_of(
    "your my our his her their this that the is here now one remains for ваш мой наш этот такой "
    "следующий простой другой первый второй главный только ist an die der das hier nun"
)
"""Words after "Question" that make it a word of the sentence."""


class _Evidence(IntEnum):
    NONE = 0
    SHAPE = 1
    """A name's shape: enough among other turns."""
    SURE = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks in a paragraph."""

    speaker: str | None
    labelled: bool = False
    """The paragraph begins with its speaker's label."""
    label_only: bool = False
    """The paragraph is nothing but a label."""


@dataclass(slots=True)
class _Candidate:
    label: str
    evidence: _Evidence
    rest: str


def find_turns(blocks: Sequence[Block], *, title: str | None, speaker: str | None) -> list[Turn]:
    """Tell who speaks in each block. ``speaker`` is the one whom the title names, if it does.

    He has the paragraphs before the first label, unless it is his own: then they are a note of
    the source. He has those after a reporter's question, too, when no one else is labelled.
    """
    candidates = [_candidate(block) for block in blocks]
    accepted = _accepted(blocks, candidates, title, speaker)
    only_questions = accepted and all(
        is_question_label(label) or is_answer_label(label) for label in accepted.values()
    )
    turns: list[Turn] = []
    first = next(iter(sorted(accepted)), None)
    opens = first is None or speaker is None or surname(accepted[first]) != surname(speaker)
    current, asker = speaker if opens else None, False
    for index in range(len(blocks)):
        label = accepted.get(index)
        if label is None:
            if asker and only_questions:
                current, asker = speaker, False
            turns.append(Turn(current))
            continue
        asker = is_question_label(label)
        if is_answer_label(label):
            current = speaker
        elif current is None or not _goes_on(current, label):
            current = label
        candidate = candidates[index]
        turns.append(Turn(current, True, candidate is not None and not candidate.rest))
    return turns


def _accepted(
    blocks: Sequence[Block],
    candidates: Sequence[_Candidate | None],
    title: str | None,
    speaker: str | None,
) -> dict[int, str]:
    """The blocks that begin with a label, and the label."""
    counts = Counter(candidate.label for candidate in candidates if candidate)
    known = {surname(speaker)} if speaker else set()
    sure = {
        index: candidate.label
        for index, candidate in enumerate(candidates)
        if candidate and candidate.evidence is _Evidence.SURE
    }
    lone_q = [i for i, label in sure.items() if label in ("Q", "A")]
    if lone_q and len(lone_q) == len(sure) < 2 and not _signed(blocks[lone_q[0]].text):
        sure = {}
    known |= {surname(label) for label in sure.values() if not is_question_label(label)}
    named = {word.casefold() for word in re.findall(r"[^\W\d_][\w’'-]+", title or "")}
    accepted = dict(sure)
    for index, candidate in enumerate(candidates):
        if candidate is None or index in accepted:
            continue
        label = candidate.label
        shaped = candidate.evidence is _Evidence.SHAPE
        if (
            surname(label) in known
            or (shaped and surname(label) in named)
            or (shaped and bool(sure))
            or (shaped and counts[label] > 1)
            or (counts[label] > 2 and bool(sure))
        ):
            accepted[index] = label
            known.add(surname(label))
    accepted |= _outside_voices(blocks, candidates, accepted)
    return accepted


def _outside_voices(
    blocks: Sequence[Block], candidates: Sequence[_Candidate | None], accepted: dict[int, str]
) -> dict[int, str]:
    """Lead-ins between two turns of one speaker, the second labelled anew, that ask.

    A transcript labels a speaker anew only when another has spoken in between.
    """
    found: dict[int, str] = {}
    current: str | None = None
    for index in range(len(blocks)):
        if index in accepted:
            current = accepted[index]
            continue
        candidate = candidates[index]
        if (
            candidate
            and current is not None
            and candidate.rest.rstrip('"”» ').endswith("?")
            and accepted.get(index + 1) == current
        ):
            found[index] = candidate.label
    return found


def _goes_on(current: str, label: str) -> bool:
    """Whether a label names, more shortly, the one who is speaking already under an office."""
    return current != label and current.endswith(f" {label}") and looks_like_name(label)


def _signed(text: str) -> bool:
    return bool(re.match(r"[QA](?:[.:]|\s{2,}|\t)", text))


def _candidate(block: Block) -> _Candidate | None:
    """The possible label at the beginning of a block."""
    if block.heading:
        return None
    text = block.text
    question = _Q.match(text)
    if question and (question["label"] == "Q" or _signed(text)):
        return _Candidate(question["label"], _Evidence.SURE, text[question.end() :])
    match = _LEAD.match(text)
    label, rest = (match["label"], text[match.end() :].strip()) if match else ("", text)
    if not match or len(label.split()) > 14:
        label = block.strong.strip().rstrip(":").strip()
        rest = text[len(block.strong) :].strip(" :")
        if not label or not text.startswith(block.strong.strip()) or len(label.split()) > 14:
            return None
        if not looks_like_name(label) and not _upper(label):
            return None
        if not rest and not _titled(label):
            return None
    bare = " ".join(_ASIDE.sub(" ", label).split()).lstrip("*•·–—- ")
    if not bare:
        return None
    strong = bool(block.strong) and len(block.strong.strip().rstrip(":")) >= len(label)
    evidence = _evidence(bare, strong)
    return None if evidence is None else _Candidate(bare, evidence, rest)


def _titled(label: str) -> bool:
    return any(map(is_title_word, label.split()))


def _upper(label: str) -> bool:
    return _UPPER_EXTRA.sub("", label).isupper()


def _evidence(label: str, strong: bool) -> _Evidence | None:
    """How sure it is, from its own shape, that the label is a speaker; None if it can't be."""
    first = first_word(label)
    words = label.split()
    if _SAYING.search(label):
        return None
    if is_question_label(label):
        if len(words) > 1 and words[1].casefold() in _NO_REPORTER:
            return None
        if first in _REPORTER_ALONE and len(words) <= 6:
            return _Evidence.SURE
        return _Evidence.SURE if strong or label.isupper() else None
    if is_answer_label(label):
        return _Evidence.SURE
    if first in NOT_SPEAKERS or is_territory(label) or label.endswith((".", "?", "!", ",")):
        return None
    if any(character.isdigit() for character in label):
        return None
    if _upper(label) and len(words) <= 6:
        if _titled(label) or first == "operator":
            return _Evidence.SURE
        return _Evidence.SHAPE if len(words) > 1 or len(label) > 3 else _Evidence.NONE
    if "." in label and len(words) <= 3 and looks_like_name(label):
        return _Evidence.SURE
    if "," in label and not _titled(label):
        return None
    if strong and _titled(label) and looks_like_name(" ".join(words[-2:])):
        return _Evidence.SURE
    person = person_in(label)
    if person is not None:
        sure = strong or person != label
        return _Evidence.SURE if sure else _Evidence.SHAPE
    if len(words) == 1 and label[0].isupper():
        return _Evidence.NONE
    if _titled(label) and words[0][0].isupper() and len(words) <= 6:
        return _Evidence.SHAPE if all(w[0].isupper() or len(w) < 4 for w in words) else None
    return None
