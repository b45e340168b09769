"""Vectors of the index's passages on disk: one record a passage, in the order of its rows.

::

    <index>/<epoch>/meaning-<identity>.bin      one record each: a scale, then a byte a dimension
    <index>/<epoch>/meaning-<identity>.codes    one code each: a bit a dimension
    <index>/<epoch>/meaning-<identity>.json     how many of them count

The index's rows never change within an epoch, and so neither do their vectors: the files are only
appended to, may lag behind the index, and go when the epoch goes. What lies beyond the count does
not exist, and a new count is put in place in one step, so a process killed at any instant loses
at most the batch in hand.

A vector is kept as eight-bit whole numbers and the factor that they were divided by, a quarter of
its size. Its code has the signs of its numbers: vectors whose codes differ in few bits are at a
small angle (Charikar, "Similarity estimation techniques from rounding algorithms", 2002), so
that the nearest are found among a few that the codes name, without reading all vectors.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from corpus.errors import SearchIndexError
from corpus.search.index_files import REBUILD, append, mapped, sync_directory
from corpus.search.meaning.embedder import Vectors

FORMAT: Final = 1

Codes = npt.NDArray[np.uint64]


class _Count(msgspec.Struct, frozen=True):
    rows: int
    dimensions: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Stored:
    """The vectors of the first rows of an index, in memory only where they are touched."""

    records: npt.NDArray[np.void]
    codes: Codes
    """Of shape (rows, words)."""


@dataclass(frozen=True, slots=True)
class VectorFile:
    """Where the vectors that one model gave to one epoch of an index lie."""

    epoch: Path
    identity: str
    dimensions: int

    @property
    def dtype(self) -> np.dtype[Any]:
        """A record: the scale and the numbers of a vector."""
        return np.dtype([("scale", "<f4"), ("numbers", "i1", (self.dimensions,))])

    def rows(self) -> int:
        """How many rows of the index have their vector here, counted from the first.

        Raises:
            SearchIndexError: the count can't be understood.
        """
        try:
            count = msgspec.json.decode(self._count.read_bytes(), type=_Count)
        except FileNotFoundError:
            return 0
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise SearchIndexError(f"{self._count} is damaged; {REBUILD}") from error
        same = count.format == FORMAT and count.dimensions == self.dimensions
        return count.rows if same else 0

    def append(self, first: int, vectors: Vectors) -> None:
        """Put the vectors of the rows from ``first`` on; the caller holds the lock.

        Raises:
            FileNotFoundError: the epoch is gone.
            OSError: it can't be written; what was there counts as before.
        """
        append(self._data, first * self.dtype.itemsize, packed(vectors, self.dtype).tobytes())
        codes = signs(vectors)
        append(self._codes, first * codes.shape[1] * codes.itemsize, codes.tobytes())
        beside = self._count.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(msgspec.json.encode(_Count(first + len(vectors), self.dimensions)))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._count)
        sync_directory(self.epoch)

    def open(self) -> Stored:
        """The vectors that count.

        Raises:
            FileNotFoundError: the epoch is gone.
            SearchIndexError: a file is shorter than the count says.
        """
        rows, words = self.rows(), (self.dimensions + 63) // 64
        if not rows:
            return Stored(np.zeros(0, self.dtype), np.zeros((0, words), np.uint64))
        codes = mapped(self._codes, np.dtype("<u8"), rows * words).items.reshape(rows, words)
        return Stored(mapped(self._data, self.dtype, rows).items, codes)

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Hold the right to append; gives False at once where another process holds it."""
        handle = os.open(self._data.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(handle)

    @property
    def _data(self) -> Path:
        return self.epoch / f"meaning-{self.identity}.bin"

    @property
    def _codes(self) -> Path:
        return self._data.with_suffix(".codes")

    @property
    def _count(self) -> Path:
        return self._data.with_suffix(".json")


def packed(vectors: Vectors, dtype: np.dtype[Any]) -> npt.NDArray[np.void]:
    """Vectors as records; one of length 0 has the scale 0."""
    records = np.zeros(len(vectors), dtype)
    records["scale"] = np.abs(vectors).max(axis=1, initial=0) / 127
    records["numbers"] = np.rint(vectors / np.maximum(records["scale"][:, None], 1e-12))
    return records


def signs(vectors: Vectors) -> Codes:
    """The codes of vectors, of shape (vectors, words)."""
    bits = np.packbits(vectors > 0, axis=1)
    padded = np.zeros((len(vectors), -(-bits.shape[1] // 8) * 8), np.uint8)
    padded[:, : bits.shape[1]] = bits
    return padded.view("<u8")


def different_bits(codes: Codes, code: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
    """In how many bits each of the codes differs from one."""
    found = np.zeros(len(codes), np.int32)
    for word in range(codes.shape[1]):
        found += np.bitwise_count(codes[:, word] ^ code[word])
    return found


def cosines(records: npt.NDArray[np.void], question: npt.NDArray[np.float32]) -> Vectors:
    """The cosine of each record's vector with a question's, both of length 1."""
    return np.asarray((records["numbers"].astype(np.float32) @ question) * records["scale"])
