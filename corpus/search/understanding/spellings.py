"""English words that the two sides of the Atlantic spell differently."""

from __future__ import annotations

import re
from typing import Final

_ATLANTIC: Final = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"(?<=[a-z]{2}[bdlmnpv])or(?=s?$|ed$|ing$|al|able|ite|hood|ly)", "our"),
        (r"(?<=[a-z]{2}[bdlmnpv])our(?=s?$|ed$|ing$|al|able|ite|hood|ly)", "or"),
        (r"(?<=[a-z]{3})iz(?=e[ds]?$|ing$|ation)", "is"),
        (r"(?<=[a-z]{3})is(?=e[ds]?$|ing$|ation)", "iz"),
        (r"(?<=[a-z]{3})yz(?=e[ds]?$|ing$)", "ys"), (r"(?<=[a-z]{3})ys(?=e[ds]?$|ing$)", "yz"),
        (r"(?<=(?:cen|the|fib|met|lit))ter(?=s?$)", "tre"),
        (r"(?<=(?:cen|the|fib|met|lit))tre(?=s?$)", "ter"), (r"(?<=thea)ter(?=s?$)", "tre"),
        (r"(?<=(?:def|off|lic|ret))ense", "ence"), (r"(?<=(?:def|off|lic))ence", "ense"),
        (r"ll(?=ed$|ing$|er$)", "l"), (r"(?<=[aeiou])l(?=ed$|ing$|er$)", "ll"),
        (r"(?<=[a-z]{3})og$", "ogue"),
        (r"(?<=og)ue(?=s?$)", ""), (r"(?<=gram)$", "me"), (r"(?<=gram)me(?=s?$)", ""),
    )
)  # fmt: skip
"""Spellings on either side of the Atlantic: behavior, organize, center, defense, traveled."""


def spelling_variants(word: str) -> list[str]:
    """The same English word as the other side of the Atlantic spells it."""
    found = (pattern.sub(other, word) for pattern, other in _ATLANTIC if pattern.search(word))
    return list(dict.fromkeys(found))
