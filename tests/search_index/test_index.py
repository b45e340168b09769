"""The index takes in what the record says, survives anything, and is shared by processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import SearchIndexError, StorageFull
from corpus.search import SearchIndex, index_files
from tests.search_index.records import document, withdrawn


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    return SearchIndex.open(tmp_path / "index")


def frequencies(index: SearchIndex, *words: str) -> list[int]:
    return [index.lexicon.frequency(word) for word in words]


def test_an_empty_index_is_at_position_zero(index: SearchIndex) -> None:
    assert index.position == 0
    assert index.coverage().documents == 0
    assert index.nearest("anything", limit=5) == []


def test_documents_are_taken_in_with_their_position(index: SearchIndex) -> None:
    index.apply([document(1, "Talks in Oslo.", "Oslo again."), document(2, "Ferries.")], 7)
    assert index.position == 7
    assert frequencies(index, "oslo", "talks", "ferries", "lisbon") == [2, 1, 1, 0]
    assert index.lexicon.stem_frequency("talk") == 1
    assert index.nearest("talks in Oslo", limit=5)[0] == 1000


def test_a_state_replaces_the_document(index: SearchIndex) -> None:
    index.apply([document(1, "Talks in Oslo.")], 1)
    index.apply([document(1, "Talks in Lisbon.", "More.")], 2)
    assert frequencies(index, "oslo", "lisbon", "talks", "more") == [0, 1, 1, 1]
    assert index.nearest("Talks in Oslo", limit=5) == [1000]
    assert index.coverage().passages == 2
    assert not index.lexicon.known("oslo")


def test_a_withdrawn_document_is_gone_and_can_come_back(index: SearchIndex) -> None:
    index.apply([document(1, "Talks in Oslo."), document(2, "Ferries.")], 1)
    index.apply([withdrawn(1)], 2)
    assert index.nearest("Talks in Oslo", limit=5) == []
    assert index.coverage().documents == 1
    index.apply([document(1, "Talks in Oslo.")], 3)
    assert index.nearest("Talks in Oslo", limit=5) == [1000]


def test_withdrawing_what_was_never_there_only_moves_the_position(index: SearchIndex) -> None:
    index.apply([withdrawn(9)], 4)
    assert (index.position, index.coverage().documents) == (4, 0)


def test_an_old_position_changes_nothing(index: SearchIndex) -> None:
    index.apply([document(1, "Talks.")], 5)
    index.apply([document(1, "Something else.")], 5)
    index.apply([document(2, "Ferries.")], 3)
    assert frequencies(index, "talks", "ferries") == [1, 0]


def test_of_two_states_of_one_document_the_last_counts(index: SearchIndex) -> None:
    index.apply([document(1, "First."), document(1, "Second.")], 2)
    assert frequencies(index, "first", "second") == [0, 1]


def test_it_opens_where_it_was_closed(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    index.apply([document(1, ("MR. WELD", "Talks in Oslo."), title="Press point")], 3)
    before = index.coverage()
    index.close()
    again = SearchIndex.open(tmp_path)
    assert again.position == 3
    assert again.coverage() == before
    assert [speaker.label for speaker in again.lexicon.speakers()] == ["MR. WELD"]
    assert again.nearest("talks in oslo", limit=1) == [1000]


def test_a_closed_index_says_so(index: SearchIndex) -> None:
    index.close()
    with pytest.raises(SearchIndexError, match="closed"):
        index.coverage()


def test_another_process_s_writes_are_taken_over(tmp_path: Path) -> None:
    one, other = SearchIndex.open(tmp_path), SearchIndex.open(tmp_path)
    assert not other.refresh()
    one.apply([document(1, "Talks in Oslo.")], 1)
    assert other.position == 0
    assert other.refresh()
    assert not other.refresh()
    assert (other.position, frequencies(other, "oslo")) == (1, [1])
    other.apply([document(2, "Oslo ferries.")], 2)
    one.apply([document(3, "Harbours.")], 3)
    assert one.position == 3
    assert frequencies(one, "oslo", "ferries", "harbours") == [2, 1, 1]


def test_a_view_stays_whole_while_the_index_moves_on(tmp_path: Path) -> None:
    reader, writer = SearchIndex.open(tmp_path), SearchIndex.open(tmp_path)
    writer.apply([document(1, "Talks in Oslo.")], 1)
    reader.refresh()
    for position in range(2, 6):
        writer.apply([document(1, f"Talks number {position}.")], position)
    assert reader.nearest("Talks in Oslo", limit=5) == [1000]
    writer.clear()
    assert reader.nearest("Talks in Oslo", limit=5) == [1000]
    assert reader.refresh()
    assert reader.position == 0


def test_threads_may_write_and_read_at_once(index: SearchIndex) -> None:
    positions = iter(range(1, 1000))
    lock = threading.Lock()
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            for number in range(first, first + 5):
                with lock:
                    position = next(positions)
                    index.apply([document(number, f"Talks in Oslo number {number}.")], position)
                assert index.nearest("Talks in Oslo", limit=50)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (10, 20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(index.nearest("Talks in Oslo", limit=50)) == 15


def test_clear_begins_anew(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    index.apply([document(1, "Talks.")], 9)
    index.clear()
    assert (index.position, index.coverage().passages) == (0, 0)
    index.apply([document(2, "Ferries.")], 1)
    assert frequencies(index, "talks", "ferries") == [0, 1]
    assert len(list(tmp_path.glob("epoch-*"))) == 1


def test_another_format_is_begun_anew(tmp_path: Path) -> None:
    index = SearchIndex.open(tmp_path)
    index.apply([document(1, "Talks.")], 9)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format":', '"format":9'))
    assert SearchIndex.open(tmp_path).position == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: (path / "manifest.json").write_text("{"),
        lambda path: (path / "manifest.json").write_text(f'{{"format": {index_files.FORMAT}}}'),
        lambda path: next(path.glob("epoch-*/words.bin")).write_bytes(b""),
        lambda path: next(path.glob("epoch-*/terms.txt")).write_bytes(b""),
        lambda path: next(path.glob("epoch-*/terms.txt")).write_bytes(b"\n" * 200),
        lambda path: max(path.glob("epoch-*/state-*")).write_bytes(b"x"),
        lambda path: max(path.glob("epoch-*/state-*")).unlink(),
        lambda path: (next(path.glob("epoch-*/engine")) / "meta.json").write_text("?"),
        lambda path: shutil.rmtree(next(path.glob("epoch-*"))),
    ],
)
def test_damage_is_said_with_the_way_out(tmp_path: Path, damage: object) -> None:
    index = SearchIndex.open(tmp_path)
    index.apply([document(1, "Talks about ferries in Oslo.")], 9)
    index.close()
    assert callable(damage)
    damage(tmp_path)
    with pytest.raises(SearchIndexError, match="reindex"):
        SearchIndex.open(tmp_path).nearest("talks", limit=1)
    SearchIndex.discard(tmp_path)
    assert SearchIndex.open(tmp_path).position == 0


def test_a_directory_that_can_t_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchIndexError, match="can't be used"):
        SearchIndex.open(tmp_path / "file" / "index")


def test_an_index_that_can_t_be_cleared_is_said(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.apply([document(1, "Talks in Oslo.")], 1)

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(index_files, "write_manifest", refused)
    with pytest.raises(SearchIndexError, match="permissions"):
        index.clear()
    assert (index.position, frequencies(index, "oslo")) == (1, [1])


def test_a_closed_index_takes_nothing_in(index: SearchIndex) -> None:
    index.close()
    with pytest.raises(SearchIndexError, match="closed"):
        index.apply([document(1, "Talks in Oslo.")], 1)


def test_a_full_disk_leaves_the_index_as_it_was(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.apply([document(1, "Talks in Oslo.")], 1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(index_files, "write_manifest", full)
        with pytest.raises(StorageFull):
            index.apply([document(2, "Oslo ferries.")], 2)
    assert (index.position, frequencies(index, "oslo")) == (1, [1])
    index.apply([document(3, "Oslo harbours."), document(2, "Oslo ferries.")], 2)
    assert frequencies(index, "oslo", "ferries", "harbours") == [3, 1, 1]
    assert sorted(index.nearest("Oslo", limit=9)) == [1000, 2000, 3000]


KILLED = """
import os, sys
from pathlib import Path
from corpus.search import SearchIndex
from tests.search_index.records import document

index = SearchIndex.open(Path(sys.argv[1]))
for position in range(index.position + 1, 10_000):
    states = [document(number, f"generation{position} oslo") for number in (1, 2, 3)]
    index.apply([*states, document(100 + position, f"kept{position}")], position)
    print(position, flush=True)
"""


def test_killed_at_any_moment_it_reopens_whole(tmp_path: Path) -> None:
    for attempt in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        acknowledged = 0
        for _ in range(2 + attempt):
            acknowledged = int(process.stdout.readline())
        # The writer is somewhere within its next step.
        threading.Event().wait(0.007 * attempt)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        index = SearchIndex.open(tmp_path)
        position = index.position
        assert position >= acknowledged
        assert frequencies(index, f"generation{position}", "oslo") == [3, 3]
        assert sorted(index.nearest("oslo", limit=9)) == [1000, 2000, 3000]
        assert index.nearest(f"generation{position}", limit=9) != []
        assert all(index.lexicon.known(f"kept{number}") for number in range(1, position + 1))
        assert not index.lexicon.known(f"kept{position + 1}")
        index.close()


WORDS = st.sampled_from(
    ["iran", "iraq", "oslo", "talks", "talking", "the", "state", "states", "summit", "US"]
)
STEP = st.lists(
    st.tuples(st.integers(1, 4), st.lists(st.lists(WORDS, max_size=5).map(" ".join), max_size=3)),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=1, max_size=4))
def test_however_it_came_about_it_equals_one_built_at_once(
    tmp_path: Path, steps: list[list[tuple[int, list[str]]]]
) -> None:
    SearchIndex.discard(tmp_path)
    grown = SearchIndex.open(tmp_path / "grown")
    latest: dict[int, list[str]] = {}
    for position, step in enumerate(steps, 1):
        grown.apply([document(number, *texts) for number, texts in step], position)
        latest.update(step)
    built = SearchIndex.open(tmp_path / "built")
    built.apply([document(number, *texts) for number, texts in latest.items()], 1)
    words = ["iran", "iraq", "oslo", "talks", "talking", "the", "state", "states", "usa"]
    assert frequencies(grown, *words) == frequencies(built, *words)
    for stem in ("talk", "state", "iran"):
        assert grown.lexicon.stem_frequency(stem) == built.lexicon.stem_frequency(stem)
    for word in words:
        assert sorted(grown.nearest(word, limit=99)) == sorted(built.nearest(word, limit=99))
    one, other = grown.coverage(), built.coverage()
    assert (one.documents, one.passages) == (other.documents, other.passages)


def test_coverage_counts_what_is_there(index: SearchIndex) -> None:
    index.apply(
        [
            document(1, ("A", "One."), ("Q", "Two?"), said_on=date(2020, 1, 2)),
            document(2, ("B", "Three."), said_on=None, publisher=None, language="ru"),
            document(3, ("A", "Four."), said_on=date(2026, 11, 20)),
        ],
        3,
    )
    found = index.coverage()
    assert (found.documents, found.passages, found.position) == (3, 4, 3)
    assert (found.first, found.last) == (date(2020, 1, 2), date(2026, 11, 20))
    assert [(one.name, one.documents) for one in found.publishers] == [("Ministry", 2), (None, 1)]
    assert found.languages == (("en", 2), ("ru", 1))
    index.apply([withdrawn(1), withdrawn(3)], 4)
    assert (index.coverage().first, index.coverage().last) == (None, None)
    assert [speaker.label for speaker in index.lexicon.speakers()] == ["B"]
