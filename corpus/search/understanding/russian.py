"""Cases of Russian names: all forms of a name, and the nominatives that a form may belong to.

Rules of school grammar, generous: a form too many costs nothing as long as it is no other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

Cases = tuple[str, ...]
"""Forms by case: nominative, genitive, dative, accusative, instrumental, prepositional."""

_ADJECTIVE_HARD: Final = (
    ("ий", "ого", "ому", "ий", "им", "ом"),
    ("ая", "ой", "ой", "ую", "ой", "ой"),
    ("ое", "ого", "ому", "ое", "им", "ом"),
    ("ие", "их", "им", "ие", "ими", "их"),
)
_ADJECTIVE_Y: Final = (
    ("ый", "ого", "ому", "ый", "ым", "ом"),
    ("ая", "ой", "ой", "ую", "ой", "ой"),
    ("ое", "ого", "ому", "ое", "ым", "ом"),
    ("ые", "ых", "ым", "ые", "ыми", "ых"),
)
_ADJECTIVE_SOFT: Final = (
    ("ий", "его", "ему", "ий", "им", "ем"),
    ("яя", "ей", "ей", "юю", "ей", "ей"),
    ("ее", "его", "ему", "ее", "им", "ем"),
    ("ие", "их", "им", "ие", "ими", "их"),
)
_HUSHING: Final = "гкхжшщч"
_SURNAME: Final = re.compile(r"(?:[оеё]в|[иы]н)$")
_SURNAME_FORM: Final = re.compile(r"(.*(?:[оеё]в|[иы]н))(?:а|у|ым|ом|е|ой|ы|ых|ыми)?$")
_ADJECTIVE_FORM: Final = re.compile(r"(.*[сц]к)(?:ого|ому|им|ом|ая|ой|ую|ие|их|ими)$")
_FLEETING: Final = {"египет": "египт", "турок": "турк", "палестинец": "палестинц"}
ADJECTIVE: Final = re.compile(r"(?:ий|ый|ая|яя|ое|ее|ые|ие)$")


def noun_cases(noun: str) -> tuple[Cases, ...]:
    """The declensions that a folded nominative may have; none if it does not change."""
    if noun in _FLEETING:
        stem = _FLEETING[noun]
        return ((noun, stem + "а", stem + "у", stem + "а", stem + "ом", stem + "е"),)
    last, body = noun[-1:], noun[:-1]
    if noun.endswith("ия"):
        singular = (noun, body + "и", body + "и", body + "ю", body + "ей", body + "и")
        if noun.endswith("ения"):
            return (singular, (noun, body + "й", noun + "м", noun, noun + "ми", noun + "х"))
        return (singular,)
    if last == "я":
        return ((noun, body + "и", body + "е", body + "ю", body + "ей", body + "е"),)
    if last == "а":
        soft = body[-1:] in "жшчщц"
        genitive = body + ("и" if body[-1:] in _HUSHING else "ы")
        instrumental = body + ("ей" if soft else "ой")
        return ((noun, genitive, body + "е", body + "у", instrumental, body + "е"),)
    if last == "й":
        return ((noun, body + "я", body + "ю", body + "я", body + "ем", body + "е"),)
    if last == "ь":
        return (
            (noun, body + "я", body + "ю", noun, body + "ем", body + "е"),
            (noun, body + "и", body + "и", noun, body + "ью", body + "и"),
        )
    if last in "ыи":
        return (
            (noun, body, body + "ам", noun, body + "ами", body + "ах"),
            (noun, body + "ов", body + "ам", body + "ов", body + "ами", body + "ах"),
        )
    if noun.endswith("ие"):
        return ((noun, body + "я", body + "ю", noun, noun + "м", body + "и"),)
    if noun.endswith(("ье", "море")):
        return ((noun, body + "я", body + "ю", noun, noun + "м", noun),)
    if noun.endswith(("ство", "ово", "ево", "ино")):
        return ((noun, body + "а", body + "у", noun, noun + "м", body + "е"), (noun,) * 6)
    if last in "оеуюэ" or not last.isalpha():
        return ((noun,) * 6,)
    singular = (noun, noun + "а", noun + "у", noun + "а", noun + "ом", noun + "е")
    if _SURNAME.search(noun):
        return (singular, (noun, noun + "а", noun + "у", noun + "а", noun + "ым", noun + "е"))
    if last in "жшчщц":
        return ((noun, noun + "а", noun + "у", noun, noun + "ем", noun + "е"),)
    return (singular, (noun, noun + "а", noun + "у", noun, noun + "ом", noun + "е"))


def adjective_cases(adjective: str) -> tuple[Cases, ...]:
    """Masculine, feminine, neuter and plural forms of a folded adjective in any nominative."""
    stem = ADJECTIVE.sub("", adjective)
    if stem.endswith(("к", "г", "х")):
        endings = _ADJECTIVE_HARD
    elif adjective.endswith(("ий", "яя", "ее", "ие")):
        endings = _ADJECTIVE_SOFT
    else:
        endings = _ADJECTIVE_Y
    return tuple(tuple(stem + ending for ending in row) for row in endings)


def adjective_forms(adjective: str) -> frozenset[str]:
    """All forms of an adjective given in the masculine nominative."""
    return frozenset(form for row in adjective_cases(adjective) for form in row)


def people_forms(person: str) -> frozenset[str]:
    """All forms, singular and plural, of a word for a person: "иранец", "россиянин", "чех"."""
    if ADJECTIVE.search(person):
        return adjective_forms(person)
    if person.endswith("ец"):
        stem = person[:-2] + ("йц" if person[-3:-2] in "аеиоуя" else "ц")
        singular = (stem + ending for ending in ("а", "у", "ем", "е"))
        plural = (stem + ending for ending in ("ы", "ев", "ам", "ами", "ах"))
        return frozenset((person, *singular, *plural))
    if person.endswith(("янин", "анин")):
        stem = person[:-2]
        singular = (person + ending for ending in ("", "а", "у", "ом", "е"))
        return frozenset((*singular, *(stem + end for end in ("е", "", "ам", "ами", "ах"))))
    if person.endswith(("ы", "и")):
        return frozenset(form for cases in noun_cases(person) for form in cases)
    stem = _FLEETING.get(person, person)
    plural_end = "и" if stem[-1:] in _HUSHING else "ы"
    ends = ("а", "у", "ом", "ем", "е", plural_end, "ов", "ам", "ами", "ах")
    return frozenset((person, *(stem + ending for ending in ends)))


def name_forms(words: Iterable[str], *, fixed: Iterable[bool]) -> frozenset[tuple[str, ...]]:
    """All cases of a name of several folded words, as tuples of words.

    Args:
        words: the name in the nominative.
        fixed: for each word, whether it stays as it is (acronyms, words after the head noun).
    """
    given = tuple(words)
    choices: list[tuple[Cases, ...]] = []
    for place, (word, stays) in enumerate(zip(given, fixed, strict=True)):
        if stays:
            choices.append(((word,) * 6,))
        elif ADJECTIVE.search(word) and place + 1 < len(given):
            # An adjective goes with its noun only in the gender that the name itself shows.
            rows = (row for row in adjective_cases(word) if row[0] == word)
            choices.append(tuple(rows) or ((word,) * 6,))
        else:
            choices.append(noun_cases(word))
    return frozenset(form for rows in product(*choices) for form in zip(*rows, strict=True))


@lru_cache(maxsize=20_000)
def nominatives(form: str) -> tuple[str, ...]:
    """The nominatives of a person's name that a folded form may belong to, itself first.

    "лаврову" gives "лаврову" and "лавров"; "зеленского" gives "зеленский" too.
    """
    found = [form]
    if match := _SURNAME_FORM.match(form):
        found += [match[1], match[1] + "а"]
    if match := _ADJECTIVE_FORM.match(form):
        found += [match[1] + "ий", match[1] + "ая"]
    for ending in ("ом", "ем", "а", "у", "е"):
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            found.append(form[: -len(ending)])
    if len(form) > 4:
        if form.endswith(("ы", "и", "е", "у")):
            found.append(form[:-1] + "а")
        if form.endswith("ой"):
            found.append(form[:-2] + "а")
        if form.endswith(("я", "ю", "е")):
            found += [form[:-1] + "й", form[:-1] + "ь"]
        if form.endswith("ем"):
            found += [form[:-2] + "й", form[:-2] + "ь"]
        if form.endswith(("и", "ю")):
            found.append(form[:-1] + "я")
        if form.endswith("ией"):
            found.append(form[:-2] + "я")
    return tuple(dict.fromkeys(found))
