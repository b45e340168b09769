"""The index on disk: append-only files beside the engine's, and a manifest that dates them.

::

    <index>/manifest.json           names the epoch, the position and how much of each file counts
    <index>/lock                    held while writing
    <index>/<epoch>/engine/         tantivy: which passages have a word
    <index>/<epoch>/words.bin       term numbers of all texts, questions and titles, in order
    <index>/<epoch>/passages.bin    one PASSAGE record each
    <index>/<epoch>/documents.bin   one DOCUMENT record for each revision taken in
    <index>/<epoch>/terms.txt       the vocabulary, one term a line
    <index>/<epoch>/terms.bin       one TERM_RECORD each
    <index>/<epoch>/state-<n>.bin   what changes: counts, which documents count, labels

Files are only appended to, and what lies beyond the manifest's lengths does not exist. A new
manifest is written beside the old one and renamed over it, which is the moment of commitment: a
process killed at any instant leaves the old state or the new one.
"""

from __future__ import annotations

import mmap
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.errors import SearchIndexError
from corpus.search.lexicon import TERM_RECORD

FORMAT: Final = 2
"""Of the files; an index of another format is built anew."""

PASSAGE: Final = np.dtype(
    [
        ("id", "<i8"),
        ("text_at", "<i8"),
        ("question_at", "<i8"),
        ("document", "<i4"),
        ("text_length", "<i4"),
        ("question_length", "<i4"),
        ("paragraph", "<i4"),
        ("speaker", "<i4"),
        ("reply_place", "<i2"),
        ("kind", "<i2"),
        ("sketch", "<u4", (4,)),
    ]
)
"""A passage: its words (``text_at``, ``text_length`` into words.bin), the question that it
replies to, its document's record and its speaker's label by number (-1: unknown), its place among
the paragraphs of the reply, and a sketch of its text by which near-duplicates are found."""

DOCUMENT: Final = np.dtype(
    [
        ("id", "<i8"),
        ("title_at", "<i8"),
        ("first", "<i4"),
        ("passages", "<i4"),
        ("title_length", "<i4"),
        ("day", "<i4"),
        ("speaker", "<i4"),
        ("publisher", "<i4"),
        ("language", "<i4"),
        ("unused", "<i4"),
    ]
)
"""A document as taken in: ``first`` is its first passage's number, ``day`` is the day that it was
said on as yyyymmdd (0: unknown); speaker, publisher and language are label numbers (-1: none)."""

WORD: Final = np.dtype("<u4")

REBUILD: Final = 'run "ontherecord reindex" to build it anew'

_MANIFEST: Final = "manifest.json"


class SpeakerLabel(msgspec.Struct):
    """A speaker label with its counts."""

    label: str
    person: str | None = None
    passages: int = 0
    documents: int = 0


class Labels(msgspec.Struct):
    """Speakers, publishers and languages by number."""

    speakers: list[SpeakerLabel] = []
    publishers: list[str] = []
    languages: list[str] = []


class Manifest(msgspec.Struct, frozen=True):
    """What of the files counts, at which position of the change log."""

    epoch: str
    format: int = FORMAT
    position: int = 0
    generation: int = 0
    words: int = 0
    passages: int = 0
    documents: int = 0
    terms: int = 0
    terms_bytes: int = 0
    live_passages: int = 0
    state_bytes: int = 0
    state_crc: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What changes from one generation to the next."""

    counts: npt.NDArray[np.int32]
    """Four rows over all terms: passages with the term, with a word of this stem, occurrences
    with a capital within a sentence, occurrences in lower case."""
    live: npt.NDArray[np.uint8]
    """For each document record: 1 while it counts, 0 when replaced or withdrawn, 2 when the
    engine has forgotten it as well."""
    labels: Labels


def read_manifest(path: Path) -> Manifest | None:
    """The manifest of the index at ``path``; None where there is none, or of another format.

    Raises:
        SearchIndexError: the manifest can't be understood.
    """
    try:
        content = (path / _MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    try:
        loose = msgspec.json.decode(content)
        if isinstance(loose, dict) and loose.get("format") != FORMAT:
            return None
        return msgspec.convert(loose, Manifest)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise SearchIndexError(f"the search index at {path} is damaged; {REBUILD}") from error


def manifest_stamp(path: Path) -> tuple[int, int, int]:
    """Changes whenever the manifest was replaced; cheap to ask."""
    try:
        found = (path / _MANIFEST).stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Commit: replace the manifest in one step, and have it on the disk before returning."""
    beside = path / f"{_MANIFEST}.new"
    with beside.open("wb") as file:
        file.write(msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path / _MANIFEST)
    sync_directory(path)


def sync_directory(path: Path) -> None:
    """Have the names in a directory on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def append(file: Path, at: int, content: bytes) -> None:
    """Write ``content`` at byte ``at``, cutting off whatever an unfinished write left there."""
    with file.open("r+b" if file.exists() else "w+b") as stream:
        stream.truncate(at)
        stream.seek(at)
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@dataclass(frozen=True, slots=True)
class Mapped:
    """A file in memory, only where it is touched."""

    items: npt.NDArray[Any]
    mapping: mmap.mmap | None
    """None for an empty file."""

    def release(self) -> None:
        """Give the touched pages back: reading on brings them in again from the system's cache."""
        if self.mapping is not None:
            self.mapping.madvise(mmap.MADV_DONTNEED)


def mapped(file: Path, dtype: np.dtype[Any], count: int) -> Mapped:
    """The first ``count`` items of a file, in memory only where they are touched.

    Raises:
        FileNotFoundError: another process has begun a new epoch.
        SearchIndexError: the file is shorter than that.
    """
    size = count * dtype.itemsize
    with file.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size < size:
            raise SearchIndexError(f"the search index file {file.name} is cut short; {REBUILD}")
        if size == 0:
            return Mapped(np.zeros(0, dtype), None)
        mapping = mmap.mmap(stream.fileno(), size, access=mmap.ACCESS_READ)
    return Mapped(np.frombuffer(mapping, dtype, count), mapping)


def read_terms(epoch: Path, first_byte: int, manifest: Manifest) -> list[str]:
    """The terms of the vocabulary from a byte on, up to the manifest's end.

    Raises:
        FileNotFoundError: another process has begun a new epoch.
        SearchIndexError: the file is shorter than the manifest says.
    """
    size = manifest.terms_bytes - first_byte
    with (epoch / "terms.txt").open("rb") as stream:
        stream.seek(first_byte)
        content = stream.read(size)
    if len(content) < size:
        raise SearchIndexError(f"the search index file terms.txt is cut short; {REBUILD}")
    return content.decode().split("\n")[:-1]


def write_state(epoch: Path, generation: int, state: State) -> tuple[int, int]:
    """Write a state file; gives its size and checksum for the manifest."""
    content = b"".join(
        (state.counts.tobytes(), state.live.tobytes(), msgspec.json.encode(state.labels))
    )
    append(state_file(epoch, generation), 0, content)
    return len(content), zlib.crc32(content)


def read_state(epoch: Path, manifest: Manifest) -> State:
    """Read the state that the manifest names.

    Raises:
        FileNotFoundError: another process has gone on to a later state.
        SearchIndexError: the file is not what was written.
    """
    content = state_file(epoch, manifest.generation).read_bytes()
    if len(content) != manifest.state_bytes or zlib.crc32(content) != manifest.state_crc:
        raise SearchIndexError(f"the search index below {epoch.parent} is damaged; {REBUILD}")
    counts_end = manifest.terms * 16
    live_end = counts_end + manifest.documents
    counts = np.frombuffer(content, "<i4", manifest.terms * 4).reshape(4, manifest.terms)
    live = np.frombuffer(content, np.uint8, manifest.documents, counts_end)
    return State(counts, live, msgspec.json.decode(content[live_end:], type=Labels))


def state_file(epoch: Path, generation: int) -> Path:
    """Where the state of a generation lies."""
    return epoch / f"state-{generation}.bin"


@dataclass(frozen=True, slots=True)
class Arrays:
    """The appended files, mapped up to a manifest's lengths."""

    words: npt.NDArray[np.uint32]
    passages: npt.NDArray[np.void]
    documents: npt.NDArray[np.void]
    terms: npt.NDArray[np.void]
    large: tuple[Mapped, ...]
    """Those that grow with the texts."""

    def release(self) -> None:
        """Keep no more of the texts in memory than the next searches touch."""
        for one in self.large:
            one.release()


def map_arrays(epoch: Path, manifest: Manifest) -> Arrays:
    """Map all appended files; see :func:`mapped` for what it raises."""
    words = mapped(epoch / "words.bin", WORD, manifest.words)
    passages = mapped(epoch / "passages.bin", PASSAGE, manifest.passages)
    return Arrays(
        words.items,
        passages.items,
        mapped(epoch / "documents.bin", DOCUMENT, manifest.documents).items,
        mapped(epoch / "terms.bin", TERM_RECORD, manifest.terms).items,
        (words, passages),
    )
