"""Where a quotation may come from."""

from __future__ import annotations

import pytest

from corpus.search import SearchIndex
from tests.search_index.records import document

LONG = (
    "We have always held that the strait must stay open to the ships of every nation, and that "
    "no single coast may close it by force of arms or by the threat of force."
)
OTHER = (
    "Whoever asks us to choose between our neighbours and our friends has understood neither, "
    "because we were neighbours long before anyone drew a border here."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = SearchIndex.open(tmp_path_factory.mktemp("index"))
    filler = [
        document(
            number, f"We have said it before, and we say it again on day {number} of the talks."
        )
        for number in range(100, 140)
    ]
    made.apply([*filler, document(1, LONG), document(2, OTHER), document(3, ("Q", "Is it so?"))], 1)
    return made


def test_a_quotation_finds_its_passage(index: SearchIndex) -> None:
    assert index.nearest("the strait must stay open to the ships", limit=5)[0] == 1000
    assert index.nearest("we were neighbours long before anyone", limit=5)[0] == 2000


def test_common_words_are_told_by_their_order(index: SearchIndex) -> None:
    assert index.nearest("say it again on day 117", limit=3)[0] == 117_000


def test_a_reporter_s_question_can_be_quoted(index: SearchIndex) -> None:
    assert index.nearest("Is it so?", limit=5)[0] == 3000


def test_a_quotation_put_together_finds_both_its_sources(index: SearchIndex) -> None:
    stitched = (
        "the strait must stay open to the ships of every nation, "
        "because we were neighbours long before anyone drew a border here"
    )
    assert set(index.nearest(stitched, limit=2)) == {1000, 2000}


def test_words_that_nobody_said_find_nothing(index: SearchIndex) -> None:
    assert index.nearest("xylophone zeppelin", limit=5) == []
    assert index.nearest("", limit=5) == []


def test_rare_words_tell_more(index: SearchIndex) -> None:
    assert index.evidence("strait") > index.evidence("again")
    assert index.evidence("the Strait") > index.evidence("strait")
    assert index.evidence("…") == 0
