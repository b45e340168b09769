"""Whom a speaker label certainly names. Pure functions over the words of one document.

A label that is a full name is that person, without the roles in front ("President of Russia
Vladimir Putin"). A label with a surname alone ("MR. CARNEY", "В.Путин") is the one full name with
this surname that the speaker, the title or the other labels of the same document give; where there
is none, or more than one, it is nobody. What other documents say does not count: there may be two
people of one surname.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.people_russian import is_given_name, is_patronymic, nominative_given
from corpus.people_words import (
    BREAKS,
    HONORIFICS,
    LINKS,
    NO_NAMES,
    NOT_VERBS,
    PARTICLES,
    PLACES,
    ROLES,
)

_LONGEST = 120
"""Characters of a label that may be a name; a longer one is a sentence."""
_LIKE_VERBS = re.compile(r"[a-z]{2}s$|ed$|ing$")
"""In a headline in capitals such a word may be a verb: "President Thanks Lavrov"."""
_PLACE = re.compile(rf"\b(?:of|for|to|at) (?:the )?(?:{PLACES})\b")
_INITIALS = re.compile(r"((?:[^\W\d_]{1,2}\.[\s-]*){1,3})\s*([^\W\d_][^\d_.]*)")
_POSSESSIVE = re.compile(r"['’]s?$")
_QUOTES = "\"'«»“”‘’()[]"
_EDGES = _QUOTES + ".,:;!?–—-"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label taken apart: a full name, or a surname with what stands before it."""

    full: str | None = None
    initials: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    """Words of the surname as the label has them; perhaps of a full name in capitals."""
    title: str = ""
    """The honorific or role before it, folded."""


_NOBODY = _Label()


def fold_name(name: str) -> str:
    """What makes two spellings one name: case, white space and ё for е do not count."""
    return " ".join(name.casefold().replace("ё", "е").split())


def attribute(
    labels: Iterable[str], *, speaker: str | None = None, title: str | None = None
) -> dict[str, str]:
    """The full name for each label that certainly names one person; the others are left out.

    ``speaker`` and ``title`` are those of the document that has the labels.
    """
    parsed = {label: _parse(label) for label in labels}
    if not any(part.title for part in parsed.values()):
        parsed = {label: _spelled_out(part) for label, part in parsed.items()}
    names = _Names(parsed.values(), speaker, title)
    found = {label: names.of(part) for label, part in parsed.items()}
    return {label: name for label, name in found.items() if name is not None}


# --- labels -----------------------------------------------------------------------------------


@lru_cache(maxsize=16_384)
def _parse(label: str) -> _Label:
    """Take a label apart; :data:`_NOBODY` when it names no person."""
    text = " ".join(re.sub(r"\([^)]*\)", " ", label).split()).rstrip(":")
    if not text or len(text) > _LONGEST or any(char.isdigit() for char in text):
        return _NOBODY
    parts = [_parse_part(part.strip()) for part in text.split(",")]
    if len(parts) == 1:
        return parts[0]
    full = [part for part in parts if part.full is not None]
    return full[0] if len(full) == 1 else _NOBODY


def _parse_part(text: str) -> _Label:
    words = _PLACE.sub(" ", text).split()
    rest, roles, has_object = _without_roles(words)
    if not rest:
        return _NOBODY
    title = " ".join(fold_name(word).strip(".") for word in roles)
    if initials := _INITIALS.fullmatch(" ".join(rest)):
        letters = tuple(re.findall(r"[^\W\d_]+", initials[1].casefold()))
        return _Label(initials=letters, surname=tuple(initials[2].split()), title=title)
    if not all(_is_name_word(word) for word in rest) or _is_role(rest[-1]):
        return _NOBODY
    honorific = any(fold_name(word).strip(".") in HONORIFICS for word in roles)
    capitals = all(word.isupper() for word in rest)
    particle = fold_name(rest[0]) in PARTICLES
    if len(rest) == 1 or honorific or particle or capitals:
        return _Label(surname=tuple(rest), title=title)
    name = _full_name(rest, has_role=bool(roles), has_object=has_object)
    return _NOBODY if name is None else _Label(full=name)


def _without_roles(words: list[str]) -> tuple[list[str], list[str], bool]:
    """The words after the roles, the roles, and whether the last role awaits its object.

    "Minister of Russia" awaits none when it is "Minister of Foreign Affairs".
    """
    end, awaits = 0, False
    for index, word in enumerate(words):
        folded = fold_name(word)
        if folded in LINKS:
            # "and" after what is no role goes on with the object: "of Serbia and Montenegro".
            end, awaits = index + 1, folded != "and" or not (index and _is_role(words[index - 1]))
        elif _is_role(word):
            if end == index or words[index - 1][0].islower():
                awaits = awaits and folded == "the"
            end = index + 1
        elif word[0].islower() and folded not in PARTICLES and index < len(words) - 1:
            end = index + 1
    return words[end:], words[:end], awaits


def _full_name(words: list[str], *, has_role: bool, has_object: bool) -> str | None:
    cyrillic = "а" <= words[-1][-1].casefold() <= "я"
    if has_object and len(words) == 3:
        words = words[1:]
    elif has_object:
        return None
    elif has_role and cyrillic and len(words) > 2 and not is_patronymic(words[-2]):
        words = words[-2:] if is_given_name(words[-2]) else []
    if not 2 <= len(words) <= 4 or (cyrillic and is_patronymic(words[-1])):
        return None
    if all(word.isupper() for word in words if len(word) > 1):
        words = [re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word) for word in words]
    return " ".join(words)


def _is_role(word: str) -> bool:
    folded = fold_name(word)
    if len(folded) == 2 and folded[1] == ".":
        return False
    folded = folded.strip(".")
    return folded in ROLES or ("-" in folded and all(part in ROLES for part in folded.split("-")))


def _is_name_word(word: str) -> bool:
    letters = re.sub(r"[-'’.]", "", word)
    return letters.isalpha() and (word[0].isupper() or fold_name(word) in PARTICLES)


def _spelled_out(label: _Label) -> _Label:
    """A label in capitals without a role as a full name.

    That is certain only where no label of the document is a role with a surname: elsewhere it may
    be a misspelt role ("CHANCELLER MERKEL").
    """
    if label.initials or len(label.surname) < 2 or fold_name(label.surname[0]) in PARTICLES:
        return label
    name = _full_name(list(label.surname), has_role=False, has_object=False)
    return label if name is None else _Label(full=name)


# --- within one document ----------------------------------------------------------------------


class _Names:
    """The full names that a document gives, and who is meant by a surname among them."""

    def __init__(self, labels: Iterable[_Label], speaker: str | None, title: str | None) -> None:
        self._names: dict[str, str] = {}
        """By folded name, as first spelled."""
        self._by_last: defaultdict[str, list[str]] = defaultdict(list)
        self._titles: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        """Honorifics and roles under which the labels have a surname."""
        self._longer: set[tuple[str, ...]] = set()
        """Surnames of several words: "Wasserman" in front of "Schultz" is no given name."""
        self._title = (title or "").replace(",", ", ")
        self._tokens = self._title.split()
        if speaker is not None:
            self._add(_parse(speaker))
        for label in labels:
            self._add(label)

    def _add(self, label: _Label) -> None:
        if label.full is not None:
            key = fold_name(label.full)
            if key not in self._names:
                self._names[key] = label.full
                self._by_last[key.split()[-1]].append(label.full)
        elif label.surname:
            surname = _folded(label.surname)
            if label.title:
                self._titles[surname].add(label.title)
            if len(surname) > 1:
                self._longer.add(surname)

    def of(self, label: _Label) -> str | None:
        """The one full name that a label means."""
        if label.full is not None:
            return self._names[fold_name(label.full)]
        surname = _folded(label.surname)
        # The same surname under two honorifics may be two people.
        if not surname or len(self._titles[surname]) > 1:
            return None
        named = (name for name in self._by_last[surname[-1]] if _fits(label, surname, name))
        candidates = {fold_name(name): name for name in named}
        for name in self._in_title(label, surname):
            candidates.setdefault(fold_name(name), name)
        return next(iter(candidates.values())) if len(candidates) == 1 else None

    def _in_title(self, label: _Label, surname: tuple[str, ...]) -> Iterator[str]:
        """The full names with the label's surname that stand in the title."""
        count = len(surname)
        for index in range(1, len(self._tokens) - count + 1):
            tokens = self._tokens[index : index + count]
            words = [_POSSESSIVE.sub("", token.strip(_EDGES)) for token in tokens]
            given = self._tokens[index - 1].strip(_QUOTES)
            if not given or given[-1] in ",;:":
                continue
            if count == 1 and (name := nominative_given(given, words[0], label.surname[0])):
                if _initials_fit(label, [name]):
                    yield f"{name} {label.surname[0]}"
            elif _folded(words) == surname and _is_given(given, self._title):
                names, start = [given], index - 1
                first = self._tokens[start - 1].strip(_QUOTES) if start > 0 else ""
                if given.endswith(".") and first and _is_given(first, self._title):
                    names, start = [first, given], start - 1
                if (fold_name(given), *surname) in self._longer or not _initials_fit(label, names):
                    continue
                full = _full_name([*names, *words], has_role=False, has_object=False)
                if full and len(names[0].strip(".")) > 1 and self._may_begin(start):
                    yield full

    def _may_begin(self, index: int) -> bool:
        """Whether a name may begin here: after a break, or after a phrase that has a role.

        "Advisor for Communications Ben Rhodes" names him, "Kremlin Tells Lavrov" nobody.
        """
        phrase = list(self._tokens[:index])
        for start in range(index, 0, -1):
            before = self._tokens[start - 1]
            if before[-1] in ",;:–—-" or fold_name(before) in BREAKS:
                phrase = self._tokens[start:index]
                break
        return not phrase or any(_is_role(word.strip(_EDGES)) for word in phrase)


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold_name(word) for word in words)


def _fits(label: _Label, surname: tuple[str, ...], name: str) -> bool:
    words = _folded(name.split())
    given = words[: len(words) - len(surname)]
    return words[-len(surname) :] == surname and _initials_fit(label, given)


def _initials_fit(label: _Label, given: Sequence[str]) -> bool:
    pairs = zip(label.initials, given, strict=False)
    return all(word.casefold().startswith(initial) for initial, word in pairs)


def _is_given(word: str, title: str) -> bool:
    """Whether a word of a title may be a given name: capitalised, no role, no particle."""
    folded = fold_name(word)
    return (
        _is_name_word(word)
        and not _is_role(word)
        and folded not in PARTICLES
        and folded not in NO_NAMES
        and (folded in NOT_VERBS or not _LIKE_VERBS.search(folded))
        and (not word.isupper() or title.isupper() or word.endswith("."))
    )
