"""Which paragraphs of a new revision are the old ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.storage.alignment import align

KEYS = st.lists(st.sampled_from("abc"), max_size=12)


@given(new=KEYS, old=KEYS, older=KEYS)
def test_every_id_is_used_once_and_for_its_own_text(
    new: list[str], old: list[str], older: list[str]
) -> None:
    current = list(enumerate(old, 1))
    retired = list(enumerate(older, 101))
    aligned = align(new, current, retired)
    texts = dict(current + retired)
    used = [identifier for identifier in aligned if identifier is not None]
    assert len(used) == len(set(used))
    assert len(aligned) == len(new)
    for key, identifier in zip(new, aligned, strict=True):
        if identifier is not None:
            assert texts[identifier] == key
    for key in set(new):
        there = old.count(key) + older.count(key)
        assert sum(
            identifier is not None and texts[identifier] == key for identifier in aligned
        ) == min(new.count(key), there)


def test_the_newest_of_the_retired_comes_back() -> None:
    assert align(["a"], [], [(1, "a"), (2, "a")]) == [2]


def test_a_very_long_document() -> None:
    keys = [str(n % 7) for n in range(4_000)]
    assert align(keys, list(enumerate(keys))) == list(range(4_000))
    assert align(keys[1:], list(enumerate(keys))) == list(range(1, 4_000))
