"""Use case: a moderator lets names mean the same, and takes that back."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from bot.message import Line, Span, faint, joined, strong
from bot.phrasing import SEPARATOR
from bot.words import Words
from corpus import Corpus
from corpus.types import AliasChange, AliasGroup

ADD, REMOVE, LIST = "add", "remove", "list"
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line of a chat asks for."""

    action: str
    """``ADD``, ``REMOVE`` or ``LIST``."""
    names: tuple[str, ...] = ()
    """The name and then its aliases, or the alias to remove."""


def read(text: str) -> Asked | None:
    """What stands behind ``/alias``; None where it can't be made out.

    ``Anna Weld = the Iron Lady; Лисица``, or as at the command line: ``add "Anna Weld" "the Iron
    Lady"``, ``remove the Iron Lady``, ``list``.
    """
    action, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if not action or (action == LIST and not rest):
        return Asked(LIST)
    if action == REMOVE and rest:
        return Asked(REMOVE, (rest,))
    given = rest if action == ADD else text
    if "=" in given:
        name, _, aliases = given.partition("=")
        names = [name.strip(), *(alias.strip() for alias in aliases.split(";"))]
    else:
        names = _parted(given) if action == ADD else []
    return Asked(ADD, tuple(names)) if len(names) > 1 and all(names) else None


def _parted(text: str) -> list[str]:
    try:
        return shlex.split(text.translate(_QUOTES))
    except ValueError:
        return []


async def add(corpus: Corpus, name: str, alias: str, *, by: str | None = None) -> AliasGroup:
    """Let another name mean the same.

    Raises:
        UnusableAlias: it would change what other words mean, or is no name.
        RecordError: the record can't be written.
    """
    return await corpus.add_alias(name, alias, by=by)


async def remove(corpus: Corpus, alias: str, *, by: str | None = None) -> AliasChange:
    """Take another name back.

    Raises:
        UnknownAlias: no moderator added it.
        RecordError: the record can't be written.
    """
    return await corpus.remove_alias(alias, by=by)


def added_line(words: Words, group: AliasGroup, alias: str) -> Line:
    """That another name means the same now."""
    return words.line("alias-added", alias=strong(alias), name=strong(group.name))


def removed_line(words: Words, change: AliasChange) -> Line:
    """That it does so no more."""
    return words.line("alias-removed", alias=strong(change.alias), name=strong(change.name))


def group_lines(words: Words, groups: list[AliasGroup]) -> list[Line]:
    """All groups, one line each, with who added which name and when."""
    return [_group_line(words, group) for group in groups] or [words.line("alias-none")]


def _group_line(words: Words, group: AliasGroup) -> Line:
    shown: list[Line] = []
    for alias in group.aliases:
        day = words.day(alias.at.date())
        added = words("alias-added-by", day=day, name=alias.by) if alias.by else day
        shown.append((Span(alias.text), faint(f" ({added})")))
    return (strong(group.name), Span(" = "), *joined(shown, SEPARATOR))
