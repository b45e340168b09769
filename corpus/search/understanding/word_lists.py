"""The word lists of ``data/word_lists.txt``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def data_lines(name: str) -> list[str]:
    """The lines of a data file, without comments and empty ones."""
    text = files("corpus.search.understanding").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in data_lines("word_lists.txt"):
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        else:
            section += line.split()
    return sections


def word_list(section: str) -> frozenset[str]:
    """The words of a section."""
    return frozenset(_sections()[section])
