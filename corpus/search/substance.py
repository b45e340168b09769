"""Whether a paragraph says anything by itself: a broken-off or asking one-liner is no answer."""

from __future__ import annotations

import re
from typing import Final

from corpus.search import analysis

SHORT: Final = 15
"""Words up to which a paragraph that breaks off or asks back says nothing."""

_ASIDE: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_LABEL: Final = re.compile(r"^[^:?!]{1,40}:\s+")
_OPEN_END: Final = re.compile(r"(?:\?|--|[—–…]|\.\.\.)[\"”»']?\s*$")


def says_something(text: str) -> bool:
    """Whether a paragraph may be an answer: not so "Kosovo, you said? Is that what you --"."""
    bare = _LABEL.sub("", text, count=1)
    while bare != (shorter := _ASIDE.sub("", bare)):
        bare = shorter
    if not _OPEN_END.search(bare):
        return True
    return len(analysis.tokens(bare)) > SHORT
