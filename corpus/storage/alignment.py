"""Which paragraphs of a new revision are the old ones: they keep their ids."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence


def align(
    new: Sequence[Hashable],
    current: Sequence[tuple[int, Hashable]],
    retired: Sequence[tuple[int, Hashable]] = (),
) -> list[int | None]:
    """For each new paragraph the id of the old one that it is, or None if it is new.

    ``current`` are (id, key) of the current revision in order, ``retired`` those of earlier ones,
    oldest first; a key is all that must be equal. Paragraphs in the same order are matched first,
    by their longest common subsequence, so that of equal paragraphs ("Thank you.") each stays
    itself; then those that moved; then those that come back from an earlier revision.
    """
    aligned: list[int | None] = [None] * len(new)
    old = [key for _, key in current]
    used: set[int] = set()
    for old_index, new_index in _common(old, new):
        aligned[new_index] = current[old_index][0]
        used.add(old_index)
    left: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for index, (identifier, key) in enumerate(current):
        if index not in used:
            left[key].append(identifier)
    for identifier, key in reversed(retired):
        left[key].append(identifier)
    for index, key in enumerate(new):
        if aligned[index] is None and left.get(key):
            aligned[index] = left[key].popleft()
    return aligned


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    from rapidfuzz.distance import LCSseq

    # Numbers in place of the keys: rapidfuzz compares hashes, and these can't collide.
    numbers: dict[Hashable, int] = {}
    left = [numbers.setdefault(key, len(numbers)) for key in old]
    right = [numbers.setdefault(key, len(numbers)) for key in new]
    return [
        (block.src_start + offset, block.dest_start + offset)
        for block in LCSseq.opcodes(left, right)
        if block.tag == "equal"
        for offset in range(block.src_end - block.src_start)
    ]
