"""Whom a speaker label certainly names. A stand-in until the rules are written below."""

from __future__ import annotations

from collections.abc import Iterable


def fold_name(name: str) -> str:
    """What makes two spellings one name: case and white space do not count."""
    return " ".join(name.casefold().split())


def attribute(
    labels: Iterable[str], *, speaker: str | None = None, title: str | None = None
) -> dict[str, str]:
    """The full name for each label that certainly names one person."""
    return {}
