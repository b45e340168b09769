"""With a model, answers are the same or better ordered; silence and names stay as they were."""

from __future__ import annotations

import asyncio
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus import open_corpus
from corpus.errors import InputError, StorageFull
from corpus.search import SearchIndex
from corpus.search.findings import Findings
from corpus.search.meaning.fusion import joining
from corpus.search.meaning.retriever import DenseRetriever
from corpus.search.plan import plan
from corpus.types import Draft, Paragraph
from tests.meaning.build import STATEMENTS, TODAY, index, parsed, retriever
from tests.meaning.models import static_model
from tests.search_index.records import document


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return static_model(tmp_path / "model")


def ask(found: SearchIndex, question: str) -> Findings:
    return found.search(question, limit=10, today=TODAY)


def ids(found: Findings) -> list[int]:
    return [hit.passage_id for hit in found.hits]


def with_model(path: Path, model: Path) -> SearchIndex:
    found = SearchIndex.open(path, meaning_model=str(model))
    while found.embed():
        pass
    return found


def test_of_two_passages_with_the_same_words_the_one_that_means_it_is_first(
    tmp_path: Path, model: Path
) -> None:
    plain = index(tmp_path / "index")
    of_doctors = "Physicians alpha bravo talks Oslo charlie delta echo."
    of_ships = "Vessels foxtrot golf talks Oslo india kilo lima."
    plain.apply(
        [
            document(7, of_doctors, said_on=date(2024, 5, 2)),
            document(6, of_ships, said_on=date(2024, 5, 1)),
        ],
        7,
    )
    question = "boats at the talks in Oslo"
    assert ids(ask(plain, question))[:2] == [7000, 6000]
    assert ids(ask(with_model(tmp_path / "index", model), question))[:2] == [6000, 7000]


@pytest.mark.parametrize(
    "question",
    ["doctors", "ships in Tehran", "what did Anna Weld say about grain", "qwerty", "boats in 1999"],
)
def test_where_words_are_silent_meaning_is_too(tmp_path: Path, model: Path, question: str) -> None:
    before = ask(index(tmp_path / "index"), question)
    after = ask(with_model(tmp_path / "index", model), question)
    assert before.silence == after.silence
    assert (before.silence is None) == bool(ids(after))


@pytest.mark.parametrize("question", ["fleet in Oslo", "wheat", "boats in Lisbon", "vessels"])
def test_what_words_find_is_still_found(tmp_path: Path, model: Path, question: str) -> None:
    before = ids(ask(index(tmp_path / "index"), question))
    after = ids(ask(with_model(tmp_path / "index", model), question))
    assert before
    assert after[0] == before[0]
    assert set(before) <= set(after)


def test_only_what_has_the_names_may_join(tmp_path: Path, model: Path) -> None:
    built = index(tmp_path / "index")
    dense = retriever(tmp_path / "index", model)
    dense.embed(built.view)
    query = parsed(built, "ships in Lisbon")
    likeness = dense.likeness(built.view, query)
    assert likeness is not None
    assert {0, 4} <= set(likeness.nearest.tolist())
    nothing = np.zeros(0, np.int64)
    assert joining(built.view, plan(query, built.lexicon), likeness, nothing).tolist() == [4]


def test_an_index_without_a_model_has_nothing_to_embed(tmp_path: Path) -> None:
    assert index(tmp_path / "index").embed() == 0


def test_a_full_disk_is_said_and_the_vectors_that_were_there_count(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(tmp_path / "index")
    found = SearchIndex.open(tmp_path / "index", meaning_model=str(model))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DenseRetriever, "embed", full)
    with pytest.raises(StorageFull):
        found.embed()


def test_a_model_that_is_not_there_is_said_at_opening(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ONTHERECORD_MEANING_MODEL"):
        SearchIndex.open(tmp_path / "index", meaning_model="no_such_package")


def wait_for_vectors(path: Path) -> None:
    until = time.monotonic() + 20
    while not list(path.glob("epoch-*/meaning-*.json")):
        assert time.monotonic() < until
        time.sleep(0.01)


async def test_a_corpus_embeds_what_is_published_while_it_is_open(
    tmp_path: Path, model: Path
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'record.db'}"
    draft = Draft(tuple(Paragraph(passage.text) for passage in STATEMENTS[0].passages))
    async with open_corpus(url, tmp_path, meaning_model=str(model)) as corpus:
        await corpus.publish(draft)
        await asyncio.to_thread(wait_for_vectors, tmp_path / "index")
        answer = await corpus.ask("vessels in Oslo")
        assert [hit.passage.text for hit in answer.hits] == [draft.paragraphs[0].text]
        async for _ in corpus.reindex():
            pass
        wait_for_vectors(tmp_path / "index")
