"""One step of the index: what is appended to its files when documents are taken in.

Nothing that is written here counts before the manifest says so; see ``index_files``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.search import index_files as files
from corpus.search.analysis import stem
from corpus.search.engine import Engine, Entry
from corpus.search.index_builder import (
    STATEMENT,
    Batch,
    TokenNumbers,
    joined,
    passages_with_terms,
)
from corpus.search.lexicon import TERM_RECORD, Vocabulary, term_records
from corpus.search.view import View
from corpus.types import DocumentState

Stems = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Addition:
    """What a batch adds to the files."""

    words: npt.NDArray[np.uint32]
    passages: npt.NDArray[np.void]
    documents: npt.NDArray[np.void]
    terms: npt.NDArray[np.void]
    terms_text: bytes


def extend(
    view: View,
    engine: Engine,
    epoch: Path,
    tokens: TokenNumbers,
    states: Sequence[DocumentState],
    position: int,
) -> tuple[files.Manifest, files.State]:
    """Write all files of the next generation; gives the manifest that will make them count.

    Of several states of one document the last is taken. The caller holds the lock.
    """
    old = view.manifest
    latest = {state.document.id: state for state in states}
    labels = msgspec.json.decode(msgspec.json.encode(view.labels), type=files.Labels)
    batch = Batch(tokens, labels, words=old.words, passages=old.passages, documents=old.documents)
    for document_state in latest.values():
        if document_state.passages:
            batch.add(document_state)
    words, passages, documents = batch.finish()
    terms, terms_text = _new_terms(view.vocabulary, old.terms)
    added = _Addition(words, passages, documents, terms, terms_text)

    stems = np.concatenate((view.stems, terms["stem"]))
    state, removed = _next_state(view, batch, added, stems, list(latest))
    _append(epoch, old, added)
    generation = old.generation + 1
    size, checksum = files.write_state(epoch, generation, state)
    # The engine forgets a document one step after the manifest has, so that whoever still reads
    # by the last manifest finds it.
    replaced = np.flatnonzero(view.state.live == 0).tolist()
    engine.write(_entries(view.vocabulary, stems, added, old), replaced, old.passages)
    manifest = files.Manifest(
        epoch=old.epoch,
        position=position,
        generation=generation,
        words=old.words + len(words),
        passages=old.passages + len(passages),
        documents=old.documents + len(documents),
        terms=len(stems),
        terms_bytes=old.terms_bytes + len(terms_text),
        live_passages=old.live_passages + len(passages) - removed,
        state_bytes=size,
        state_crc=checksum,
    )
    return manifest, state


def _new_terms(vocabulary: Vocabulary, first: int) -> tuple[npt.NDArray[np.void], bytes]:
    stems: list[int] = []
    while first + len(stems) < len(vocabulary):
        # A stem is a term too, and may come to the vocabulary here.
        stems.append(vocabulary.number(stem(vocabulary.terms[first + len(stems)])))
    records = term_records(vocabulary, first, len(vocabulary))
    records["stem"] = stems
    return records, "".join(f"{term}\n" for term in vocabulary.terms[first:]).encode()


def _next_state(
    view: View, batch: Batch, added: _Addition, stems: Stems, changed: list[int]
) -> tuple[files.State, int]:
    terms = len(stems)
    old = view.manifest
    counts = np.zeros((4, terms), np.int64)
    counts[:, : old.terms] = view.state.counts
    exact, stemmed = passages_with_terms(
        added.words,
        np.concatenate((added.passages["text_at"], added.documents["title_at"])) - old.words,
        np.concatenate((added.passages["text_length"], added.documents["title_length"])),
        terms,
        stems,
    )
    counts[0] += exact
    counts[1] += stemmed
    counts[2] += batch.capitalised(terms)
    counts[3] += batch.lower_case(terms)
    live = np.concatenate((view.state.live, np.ones(len(added.documents), np.uint8)))
    live[: old.documents][view.state.live == 0] = 2
    removed = 0
    same = (view.state.live == 1) & np.isin(view.arrays.documents["id"], changed)
    for number in np.flatnonzero(same).tolist():
        live[number] = 0
        removed += _subtract(view, number, counts, stems, batch.labels)
    return files.State(counts.astype(np.int32), live, batch.labels), removed


def _subtract(
    view: View,
    number: int,
    counts: npt.NDArray[np.int64],
    stems: Stems,
    labels: files.Labels,
) -> int:
    """Take a document out of the counts; gives the number of its passages."""
    document = view.arrays.documents[number]
    first, size = int(document["first"]), int(document["passages"])
    passages = view.arrays.passages[first : first + size]
    exact, stemmed = passages_with_terms(
        view.arrays.words,
        np.append(passages["text_at"], document["title_at"]),
        np.append(passages["text_length"], document["title_length"]),
        counts.shape[1],
        stems,
    )
    counts[0] -= exact
    counts[1] -= stemmed
    for speaker in passages["speaker"].tolist():
        if speaker >= 0:
            labels.speakers[speaker].passages -= 1
    if document["speaker"] >= 0:
        labels.speakers[int(document["speaker"])].documents -= 1
    return size


def _append(epoch: Path, old: files.Manifest, added: _Addition) -> None:
    for name, items, dtype, content in (
        ("words.bin", old.words, files.WORD, added.words.tobytes()),
        ("passages.bin", old.passages, files.PASSAGE, added.passages.tobytes()),
        ("documents.bin", old.documents, files.DOCUMENT, added.documents.tobytes()),
        ("terms.bin", old.terms, TERM_RECORD, added.terms.tobytes()),
    ):
        files.append(epoch / name, items * dtype.itemsize, content)
    files.append(epoch / "terms.txt", old.terms_bytes, added.terms_text)


def _entries(
    vocabulary: Vocabulary, stems: Stems, added: _Addition, old: files.Manifest
) -> Iterator[Entry]:
    """What the engine is to know of each passage."""
    terms, words, documents = vocabulary.terms, added.words, added.documents
    stemmed = stems[words]
    titles = [
        joined(terms, stemmed[at : at + length])
        for at, length in zip(
            (documents["title_at"] - old.words).tolist(),
            documents["title_length"].tolist(),
            strict=True,
        )
    ]
    days, speakers, publishers, languages = (
        documents[name].tolist() for name in ("day", "speaker", "publisher", "language")
    )
    rows = added.passages
    columns = zip(
        range(old.passages, old.passages + len(rows)),
        (rows["kind"] == STATEMENT).tolist(),
        (rows["text_at"] - old.words).tolist(),
        rows["text_length"].tolist(),
        (rows["question_at"] - old.words).tolist(),
        rows["question_length"].tolist(),
        (rows["document"] - old.documents).tolist(),
        rows["speaker"].tolist(),
        strict=True,
    )
    for row, answer, at, length, question_at, question_length, document, speaker in columns:
        question = stemmed[question_at : question_at + question_length]
        yield Entry(
            text=joined(terms, words[at : at + length]),
            stem=joined(terms, stemmed[at : at + length]) if answer else "",
            question=joined(terms, question) if answer and question_length else "",
            title=titles[document] if answer else "",
            row=row,
            document=document + old.documents,
            day=days[document],
            speaker=speaker,
            document_speaker=speakers[document],
            publisher=publishers[document],
            language=languages[document],
            answer=int(answer),
        )
