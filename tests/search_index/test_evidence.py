"""What is found in a passage is what a plain reading of its words would find."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.errors import SearchIndexError
from corpus.search import SearchIndex
from corpus.search.analysis import stem, words
from corpus.search.candidates import candidates
from corpus.search.engine import guarded
from corpus.search.evidence import AFTER, BEFORE, QUESTION, TEXT, TITLE, gather
from corpus.search.plan import MAX_SLOTS, plan
from corpus.types import Form, FormKind, Query, Term
from tests.search_index.records import document

VOCABULARY = ["guinea", "papua", "new", "talks", "talking", "the", "republic"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(tuple)
FORMS = st.builds(
    Form,
    WORDS,
    st.sampled_from(list(FormKind)),
    st.sampled_from([1.0, 0.9, 0.4]),
    st.lists(WORDS, max_size=2).map(tuple),
    st.booleans(),
)


def naive(text: str, forms: tuple[Form, ...]) -> dict[int, float]:
    """The weight of the best form at each place of a text, read word by word."""
    read = words(text)
    stems = list(map(stem, read))
    found: dict[int, float] = {}
    for form in forms:
        stemmed = form.kind is not FormKind.EXACT and not form.as_written
        wanted = [stem(one) for one in form.words] if stemmed else list(form.words)
        against = stems if stemmed else read
        for place in range(len(read)):
            if against[place : place + len(wanted)] != wanted:
                continue
            if any(_within(stems, place, form.words, name) for name in form.unless):
                continue
            found[place] = max(found.get(place, 0.0), form.weight)
    return found


def _within(stems: list[str], place: int, form: tuple[str, ...], name: tuple[str, ...]) -> bool:
    for before in range(len(name) - len(form) + 1):
        first = place - before
        if (
            first >= 0
            and name[before : before + len(form)] == form
            and stems[first : first + len(name)] == list(map(stem, name))
        ):
            return True
    return False


# The same word once guarded by a longer name, and once not.
@example(
    texts=["guinea"],
    title="",
    question="",
    forms=(
        Form(("guinea",), FormKind.EXACT, unless=(("guinea",),)),
        Form(("guinea",), FormKind.EXACT),
    ),
)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=4),
    title=TEXTS,
    question=TEXTS,
    forms=st.lists(FORMS, min_size=1, max_size=4).map(tuple),
)
def test_occurrences_are_those_of_a_plain_reading(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    title: str,
    question: str,
    forms: tuple[Form, ...],
) -> None:
    index = SearchIndex.open(tmp_path_factory.mktemp("index"))
    asked = ("Q", question)
    index.apply([document(1, asked, *[("A", text, question) for text in texts], title=title)], 1)
    view = index.view
    planned = plan(Query("", (Term("it", forms),)), view.lexicon)
    rows = candidates(view, planned).rows
    expected = [{}, *[naive(text, forms) for text in texts]]
    heaviest = planned.terms[0].weight
    found = gather(view, planned, rows)
    for number, row in enumerate(rows.tolist()):
        fields = {
            TEXT: expected[row],
            QUESTION: naive(question, forms),
            TITLE: naive(title, forms),
            BEFORE: expected[row - 1],
            AFTER: expected[row + 1] if row < len(texts) else {},
        }
        for field, places in fields.items():
            total = sum(places.values()) / heaviest
            assert found.counts[0, field, number] == pytest.approx(total)
            best = max(places.values(), default=0.0) / heaviest
            assert found.best[0, field, number] == pytest.approx(best)
    missed = set(range(1, len(texts) + 1)) - set(rows.tolist())
    assert not any(expected[row] for row in missed)


def test_more_forms_than_can_be_numbered_are_left_out(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    index = SearchIndex.open(tmp_path_factory.mktemp("index"))
    many = [f"word{number}" for number in range(MAX_SLOTS + 20)]
    index.apply([document(1, " ".join(many))], 1)
    forms = tuple(Form((one,), FormKind.EXACT) for one in many)
    planned = plan(Query("", (Term("it", forms),)), index.view.lexicon)
    assert len(planned.slots) == MAX_SLOTS
    assert len(planned.terms[0].forms) == MAX_SLOTS
    assert candidates(index.view, planned).rows.tolist() == [0]


def test_what_the_engine_raises_is_said_in_our_words() -> None:
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(SearchIndexError, match="reindex"), guarded():
        raise panic
    with pytest.raises(SearchIndexError, match="no such field"), guarded():
        raise ValueError("no such field")
    with pytest.raises(KeyboardInterrupt), guarded():
        raise KeyboardInterrupt
    with pytest.raises(SearchIndexError, match="closed"), guarded():
        raise SearchIndexError("closed")
