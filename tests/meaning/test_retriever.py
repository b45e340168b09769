"""Passages get their vectors behind the index, and the nearest to a question are found."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError, SearchIndexError
from corpus.search import SearchIndex
from corpus.search.meaning.embedding import vector_file
from corpus.search.meaning.loading import load_embedder
from corpus.search.meaning.retriever import DenseRetriever, mended
from corpus.search.meaning.vectors import VectorFile
from corpus.types import Query, Repair
from tests.meaning.build import index, parsed, retriever
from tests.meaning.models import static_model
from tests.search_index.records import document


@pytest.fixture
def built(tmp_path: Path) -> SearchIndex:
    return index(tmp_path / "index")


@pytest.fixture
def dense(tmp_path: Path) -> DenseRetriever:
    return retriever(tmp_path / "index", tmp_path / "model")


def stored(tmp_path: Path, built: SearchIndex) -> VectorFile:
    return vector_file(tmp_path / "index", built.view, load_embedder(str(tmp_path / "model")))


def nearest(dense: DenseRetriever, built: SearchIndex, question: str) -> list[int]:
    """Ids of the nearest passages, the most like first."""
    likeness = dense.likeness(built.view, parsed(built, question))
    assert likeness is not None
    order = np.argsort(-likeness.of(likeness.nearest), kind="stable")
    ids: list[int] = built.view.arrays.passages["id"][likeness.nearest[order]].tolist()
    return ids


def test_all_passages_are_gone_through_once(built: SearchIndex, dense: DenseRetriever) -> None:
    assert dense.embed(built.view) == 6
    assert dense.embed(built.view) == 0


def test_work_stops_when_its_time_is_up_and_goes_on(
    tmp_path: Path, built: SearchIndex, dense: DenseRetriever
) -> None:
    built.apply([document(9, *["The ships and the boats will be in Oslo."] * 200)], 9)
    done = []
    while step := dense.embed(built.view, seconds=0):
        done.append(step)
    assert done == [64, 64, 64, 14]
    assert stored(tmp_path, built).rows() == 206


def test_the_nearest_have_other_words(built: SearchIndex, dense: DenseRetriever) -> None:
    dense.embed(built.view)
    assert set(nearest(dense, built, "ships")[:2]) == {1000, 4000}
    assert nearest(dense, built, "grain")[0] == 2000
    assert nearest(dense, built, "doctors")[0] == 3000


def test_questions_and_courtesies_are_never_near(built: SearchIndex, dense: DenseRetriever) -> None:
    dense.embed(built.view)
    likeness = dense.likeness(built.view, parsed(built, "ships"))
    assert likeness is not None
    assert not {3001, 4001} & set(nearest(dense, built, "ships"))
    assert likeness.of(np.array([3, 5, 4_000])).tolist() == [0, 0, 0]


def test_the_nearest_keep_to_the_filters(built: SearchIndex, dense: DenseRetriever) -> None:
    dense.embed(built.view)
    assert nearest(dense, built, "ships in 2023") == [2000]
    assert nearest(dense, built, "what did Anna Weld say about ships") == [1000]


def test_a_new_passage_is_found_after_the_next_step(
    built: SearchIndex, dense: DenseRetriever
) -> None:
    dense.embed(built.view)
    built.apply([document(5, "The physicians of the hospital will be in Oslo.")], 5)
    assert 5000 not in nearest(dense, built, "doctors")
    assert dense.embed(built.view) == 1
    assert 5000 in nearest(dense, built, "doctors")


def test_a_step_of_courtesies_alone_is_a_step(built: SearchIndex, dense: DenseRetriever) -> None:
    dense.embed(built.view)
    built.apply([document(5, "Thank you.", "Next one.")], 5)
    assert dense.embed(built.view) == 2


def test_what_was_withdrawn_or_replaced_is_not_near(
    built: SearchIndex, dense: DenseRetriever
) -> None:
    dense.embed(built.view)
    built.apply([document(3, "The wheat and the barley will be in Oslo.")], 5)
    dense.embed(built.view)
    assert 3000 not in nearest(dense, built, "doctors")[:1]
    assert 3000 in nearest(dense, built, "grain")[:2]


@pytest.mark.parametrize(
    "question", ['"the vessels of the fleet"', "ships -wheat", "what did Anna Weld say", ""]
)
def test_where_words_alone_count_nothing_is_near(
    built: SearchIndex, dense: DenseRetriever, question: str
) -> None:
    dense.embed(built.view)
    assert dense.likeness(built.view, parsed(built, question)) is None


def test_before_the_first_vector_nothing_is_near(built: SearchIndex, dense: DenseRetriever) -> None:
    assert dense.likeness(built.view, parsed(built, "ships")) is None


def test_a_question_of_unknown_words_is_near_to_nothing(
    built: SearchIndex, dense: DenseRetriever
) -> None:
    built.apply([document(5, "Qwerty.")], 5)
    dense.embed(built.view)
    assert dense.likeness(built.view, parsed(built, "qwerty")) is None


def test_an_index_begun_anew_has_no_vectors_until_they_are_made(
    built: SearchIndex, dense: DenseRetriever
) -> None:
    dense.embed(built.view)
    old = built.view
    built.clear()
    assert dense.embed(old) == 0
    assert dense.likeness(old, parsed(built, "ships")) is None
    assert dense.likeness(built.view, Query("ships", parsed(built, "ships").terms)) is None


def test_while_another_process_embeds_this_one_does_not(
    tmp_path: Path, built: SearchIndex, dense: DenseRetriever
) -> None:
    with stored(tmp_path, built).locked() as mine:
        assert mine
        assert dense.embed(built.view) == 0
    assert dense.embed(built.view) == 6


def test_files_that_vanish_while_they_are_read_are_no_vectors(
    tmp_path: Path, built: SearchIndex, dense: DenseRetriever
) -> None:
    dense.embed(built.view)
    next((tmp_path / "index").glob("epoch-*/meaning-*.codes")).unlink()
    assert dense.likeness(built.view, parsed(built, "ships")) is None


def test_another_model_makes_its_own_vectors(
    tmp_path: Path, built: SearchIndex, dense: DenseRetriever
) -> None:
    dense.embed(built.view)
    vectors = np.random.default_rng(1).normal(size=(99, 12)).astype(np.float32)
    other = retriever(tmp_path / "index", static_model(tmp_path / "other", embeddings=vectors))
    assert other.embed(built.view) == 6
    assert dense.embed(built.view) == 0


def test_damaged_vectors_are_said(
    tmp_path: Path, built: SearchIndex, dense: DenseRetriever
) -> None:
    dense.embed(built.view)
    next((tmp_path / "index").glob("epoch-*/meaning-*.json")).write_bytes(b"{")
    with pytest.raises(SearchIndexError, match="reindex"):
        dense.likeness(built.view, parsed(built, "ships"))
    with pytest.raises(SearchIndexError, match="reindex"):
        dense.embed(built.view)


def test_a_model_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        DenseRetriever(tmp_path / "index", str(tmp_path / "nowhere"))


def test_a_model_that_vanished_is_said_when_it_is_needed(
    tmp_path: Path, built: SearchIndex, dense: DenseRetriever
) -> None:
    shutil.rmtree(tmp_path / "model")
    with pytest.raises(InputError):
        dense.embed(built.view)


def test_the_question_is_taken_as_it_was_mended() -> None:
    query = Query(
        "vesels and ferrys", repairs=(Repair("vesels", "vessels"), Repair("ferrys", "ferries"))
    )
    assert mended(query) == "vessels and ferries"
