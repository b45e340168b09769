"""Vectors on disk: exact enough, and only what was counted counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SearchIndexError
from corpus.search.meaning.embedder import Vectors, unit
from corpus.search.meaning.vectors import (
    VectorFile,
    cosines,
    different_bits,
    packed,
    signs,
)


def vectors(rows: int, dimensions: int, seed: int = 0) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(rows, dimensions)).astype(np.float32))


@given(st.integers(1, 20), st.integers(1, 200), st.integers(0, 1000))
def test_cosines_of_what_is_kept_are_those_of_the_vectors(
    rows: int, dimensions: int, seed: int
) -> None:
    given_, question = vectors(rows, dimensions, seed), vectors(1, dimensions, seed + 1)[0]
    file = VectorFile(Path(), "x", dimensions)
    found = cosines(packed(given_, file.dtype), question)
    assert np.abs(found - given_ @ question).max() < 0.005


@given(st.integers(1, 200), st.integers(0, 1000))
def test_codes_differ_where_signs_do(dimensions: int, seed: int) -> None:
    given_, question = vectors(9, dimensions, seed), vectors(1, dimensions, seed + 1)
    expected = ((given_ > 0) != (question > 0)).sum(axis=1)
    assert different_bits(signs(given_), signs(question)[0]).tolist() == expected.tolist()


def test_a_text_without_meaning_is_like_nothing() -> None:
    file = VectorFile(Path(), "x", 5)
    records = packed(np.zeros((1, 5), np.float32), file.dtype)
    assert records["scale"] == 0
    assert cosines(records, vectors(1, 5)[0]) == 0


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    file = VectorFile(tmp_path, "abc", 70)
    assert (file.rows(), len(file.open().records)) == (0, 0)
    given_ = vectors(30, 70)
    file.append(0, given_[:20])
    file.append(20, given_[20:])
    stored = VectorFile(tmp_path, "abc", 70).open()
    assert file.rows() == len(stored.records) == len(stored.codes) == 30
    assert cosines(stored.records, given_[25]).argmax() == 25
    assert different_bits(stored.codes, signs(given_[25:26])[0]).argmin() == 25
    assert VectorFile(tmp_path, "other", 70).rows() == 0


def test_what_an_unfinished_write_left_does_not_count(tmp_path: Path) -> None:
    file = VectorFile(tmp_path, "abc", 8)
    given_ = vectors(6, 8)
    file.append(0, given_[:3])
    for name in ("meaning-abc.bin", "meaning-abc.codes"):
        with (tmp_path / name).open("ab") as torn:
            torn.write(b"torn" * 100)
    (tmp_path / "meaning-abc.new").write_bytes(b"{")
    assert len(file.open().records) == 3
    file.append(3, given_[3:])
    found = file.open()
    assert [cosines(found.records, one).argmax() for one in given_] == [0, 1, 2, 3, 4, 5]


def test_vectors_of_another_shape_or_format_do_not_count(tmp_path: Path) -> None:
    VectorFile(tmp_path, "abc", 8).append(0, vectors(3, 8))
    assert VectorFile(tmp_path, "abc", 16).rows() == 0
    (tmp_path / "meaning-abc.json").write_text('{"rows": 3, "dimensions": 8, "format": 99}')
    assert VectorFile(tmp_path, "abc", 8).rows() == 0


@pytest.mark.parametrize("content", ["{", '{"rows": "three", "dimensions": 8}', "[]"])
def test_a_damaged_count_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / "meaning-abc.json").write_text(content)
    with pytest.raises(SearchIndexError, match="reindex"):
        VectorFile(tmp_path, "abc", 8).rows()


def test_a_file_that_was_cut_short_is_said(tmp_path: Path) -> None:
    file = VectorFile(tmp_path, "abc", 8)
    file.append(0, vectors(3, 8))
    (tmp_path / "meaning-abc.bin").write_bytes(b"")
    with pytest.raises(SearchIndexError, match="cut short"):
        file.open()


def test_one_at_a_time_may_append(tmp_path: Path) -> None:
    file = VectorFile(tmp_path, "abc", 8)
    with file.locked() as first, VectorFile(tmp_path, "abc", 8).locked() as second:
        assert (first, second) == (True, False)
    with file.locked() as again:
        assert again
