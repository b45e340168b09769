"""From document states to what is appended to the index files, a batch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from corpus.search import analysis
from corpus.search.index_files import DOCUMENT, PASSAGE, Labels, SpeakerLabel
from corpus.search.lexicon import Vocabulary
from corpus.search.substance import says_something
from corpus.types import DocumentState, Passage, PassageKind

KIND: Final = {kind: number for number, kind in enumerate(PassageKind)}
STATEMENT: Final = KIND[PassageKind.STATEMENT]
FRAGMENT: Final = len(KIND)
"""A statement that says nothing by itself."""

_SKETCH_FACTORS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64
)
_MIX: Final = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(0x2545F491))
_REMEMBERED_TOKENS: Final = 1_000_000

Words = npt.NDArray[np.uint32]


def _kind(passage: Passage) -> int:
    fragment = passage.kind is PassageKind.STATEMENT and not says_something(passage.text)
    return FRAGMENT if fragment else KIND[passage.kind]


class TokenNumbers:
    """Tokens as they stand in texts, each with its word's number and whether it is lower case."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> list[int]:
        """Term numbers of a text, each doubled, plus one where the token is in lower case."""
        numbers = self._numbers
        found = []
        for piece in analysis.tokens(text):
            try:
                found.append(numbers[piece])
            except KeyError:
                found.append(self._add(piece))
        return found

    def _add(self, piece: str) -> int:
        if len(self._numbers) >= _REMEMBERED_TOKENS:
            self._numbers.clear()
        number = 2 * self.vocabulary.number(analysis.word(piece)) + piece[0].islower()
        self._numbers[piece] = number
        return number


class Batch:
    """Documents turned into records. Numbers go on from where the files end."""

    def __init__(
        self,
        tokens: TokenNumbers,
        labels: Labels,
        *,
        words: int,
        passages: int,
        documents: int,
    ) -> None:
        self._tokens = tokens
        self._country = tokens.vocabulary.number(analysis.THE_COUNTRY)
        self._pronoun = tokens.vocabulary.number("us")
        self.labels = labels
        self._speakers = {item.label: number for number, item in enumerate(labels.speakers)}
        self._publishers = {name: number for number, name in enumerate(labels.publishers)}
        self._languages = {code: number for number, code in enumerate(labels.languages)}
        self._first_word = words
        self._first_passage = passages
        self._first_document = documents
        self._words: list[int] = []
        self._text_words: list[tuple[int, int]] = []
        self._passages: list[tuple[Any, ...]] = []
        self._documents: list[tuple[Any, ...]] = []
        self._capitals: Counter[str] = Counter()

    def add(self, state: DocumentState) -> None:
        """Take in one document with its passages."""
        document = state.document
        number = self._first_document + len(self._documents)
        first = self._first_passage + len(self._passages)
        title_at, title_length = self._append(document.title or "")
        speaker = self._speaker(document.speaker, None)
        if speaker >= 0:
            self.labels.speakers[speaker].documents += 1
        question: str | None = None
        question_at = question_length = place = 0
        for passage in state.passages:
            if passage.replies_to != question:
                question, place = passage.replies_to, 0
                question_at, question_length = self._append(question or "")
            text_at, text_length = self._append(passage.text)
            self._capitals.update(analysis.capitals(passage.text))
            label = self._speaker(passage.speaker, passage.person)
            if label >= 0:
                self.labels.speakers[label].passages += 1
            self._passages.append(
                (
                    passage.id,
                    text_at,
                    question_at,
                    number,
                    text_length,
                    question_length,
                    passage.paragraph,
                    label,
                    min(place, 32_767),
                    _kind(passage),
                    (0, 0, 0, 0),
                )
            )
            place += 1
        day = document.said_on
        self._documents.append(
            (
                document.id,
                title_at,
                first,
                len(state.passages),
                title_length,
                day.year * 10_000 + day.month * 100 + day.day if day else 0,
                speaker,
                _number(self._publishers, self.labels.publishers, document.publisher),
                _number(self._languages, self.labels.languages, document.language),
                0,
            )
        )

    def _append(self, text: str) -> tuple[int, int]:
        at = self._first_word + len(self._words)
        numbers = self._tokens(text)
        if 2 * self._country in numbers and text.isupper():
            shouted, pronoun = 2 * self._country, 2 * self._pronoun
            numbers = [pronoun if number == shouted else number for number in numbers]
        self._words.extend(numbers)
        return at, len(numbers)

    def _speaker(self, label: str | None, person: str | None) -> int:
        if label is None:
            return -1
        number = self._speakers.get(label)
        if number is None:
            number = self._speakers[label] = len(self.labels.speakers)
            self.labels.speakers.append(SpeakerLabel(label))
        if person is not None:
            self.labels.speakers[number].person = person
        return number

    def finish(self) -> tuple[Words, npt.NDArray[np.void], npt.NDArray[np.void]]:
        """Words, PASSAGE records and DOCUMENT records to append."""
        self._doubled = np.array(self._words, np.int64)
        words = (self._doubled >> 1).astype(np.uint32)
        passages = np.array(self._passages, PASSAGE)
        documents = np.array(self._documents, DOCUMENT)
        passages["sketch"] = sketches(
            words, passages["text_at"] - self._first_word, passages["text_length"]
        )
        return words, passages, documents

    def lower_case(self, terms: int) -> npt.NDArray[np.int64]:
        """For each term, how often it stands in lower case in this batch; after ``finish``."""
        lower = self._doubled[self._doubled & 1 == 1] >> 1
        return np.bincount(lower, minlength=terms)

    def capitalised(self, terms: int) -> npt.NDArray[np.int64]:
        """For each term, how often it has a capital within a sentence in this batch."""
        counts = np.zeros(terms, np.int64)
        numbers = self._tokens.vocabulary.numbers
        for piece, count in self._capitals.items():
            number = numbers.get(analysis.word(piece))
            if number is not None:
                counts[number] += count
        return counts


def _number(numbers: dict[str, int], names: list[str], name: str | None) -> int:
    if name is None:
        return -1
    number = numbers.get(name)
    if number is None:
        number = numbers[name] = len(names)
        names.append(name)
    return number


def sketches(
    words: Words, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int32]
) -> npt.NDArray[np.uint32]:
    """Four-value sketches of texts: the least hashes of their runs of three words.

    Texts that share most runs share most values, and equal texts all. Source: Broder, "On the
    resemblance and containment of documents" (1997).
    """
    result = np.zeros((len(starts), 4), np.uint32)
    has_words = np.flatnonzero(lengths > 0)
    if not len(has_words):
        return result
    at, offsets = ranges(starts[has_words], lengths[has_words])
    ends = np.repeat(starts[has_words] + lengths[has_words], lengths[has_words])
    hashes = np.zeros(len(at), np.uint64)
    for step, factor in enumerate(_MIX):
        inside = at + step < ends
        value = np.where(inside, words[np.minimum(at + step, len(words) - 1)] + np.uint64(1), 0)
        hashes = (hashes ^ (hashes >> np.uint64(29))) * factor + value
    hashes ^= hashes >> np.uint64(32)
    for column, factor in enumerate(_SKETCH_FACTORS):
        values = ((hashes * factor) >> np.uint64(32)).astype(np.uint32)
        result[has_words, column] = np.minimum.reduceat(values, offsets)
    return result


def ranges(
    starts: npt.NDArray[np.integer[Any]], lengths: npt.NDArray[np.integer[Any]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Indices of all items of several stretches one after the other, and where each begins."""
    ends = np.cumsum(lengths, dtype=np.int64)
    offsets = ends - lengths
    total = int(ends[-1]) if len(ends) else 0
    steps = np.repeat(np.asarray(starts, np.int64) - offsets, lengths)
    return steps + np.arange(total, dtype=np.int64), offsets


def passages_with_terms(
    words: Words,
    starts: npt.NDArray[np.integer[Any]],
    lengths: npt.NDArray[np.integer[Any]],
    terms: int,
    stems: npt.NDArray[np.int32],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each term, the number of texts that have it, and that have a word of this stem."""
    at, _ = ranges(starts, lengths)
    texts = np.repeat(np.arange(len(starts), dtype=np.int64), lengths) * terms
    numbers = words[at].astype(np.int64)
    exact = np.unique(texts + numbers) % terms if terms else numbers
    stemmed = np.unique(texts + stems[numbers]) % terms if terms else numbers
    return np.bincount(exact, minlength=terms), np.bincount(stemmed, minlength=terms)


def joined(vocabulary: Sequence[str], words: npt.NDArray[np.integer[Any]]) -> str:
    """Words by their numbers, as the text of the engine's fields."""
    return " ".join([vocabulary[number] for number in words.tolist()])
