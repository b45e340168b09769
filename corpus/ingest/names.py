"""Names of people as sources write them: their shape, and the name behind an office."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.ingest.labels import NOT_SPEAKERS, TITLE_WORDS, words_of

_WORD = r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*\.?"
_INITIALS = r"(?:[^\W\d_]\.\s?){1,3}"
_INITIALLED = re.compile(rf"(?:{_INITIALS}[^\W\d_][\w'’-]+)$")
_PARTICLES = words_of(
    "von van der den de la le du di da del della dos al el bin ibn ben bint zu af ter y e"
)
_CONNECTIVES = words_of(
    "of the for and to at on in de des der die das für und la le du et и по в на при от с"
)
_ORGANISATION = re.compile(
    r"\b(?:ministry|department|office|embassy|government|parliament|council|commission|committee|"
    r"agency|service|union|nations|organi[sz]ation|assembly|house|cabinet|delegation|mission|party|"
    r"group|foundation|institute|university|centre|center|press|court|bank|federation|republic|"
    r"kingdom|states|summit|conference|forum|corporation|company|association|academy|duma|bureau|"
    r"министерств\w*|мид|правительств\w*|посольств\w*|совет\w*|комисси\w*|комитет\w*|ведомств\w*|"
    r"пресс-служб\w*|администраци\w*|федераци\w*|республик\w*|"
    r"ministerium|bundesregierung|bundestag|bundesrat|botschaft|regierung|\w*ministeriums?|\w*amt)\b",
    re.IGNORECASE,
)


def is_organisation(text: str) -> bool:
    """Whether the words name a body rather than a person."""
    return bool(_ORGANISATION.search(text))


def is_title_word(word: str) -> bool:
    """Whether the word is one of office or address ("Minister", "MR.", "Министр")."""
    folded = word.casefold().rstrip(".,")
    return folded in TITLE_WORDS or folded.removesuffix("'s").removesuffix("’s") in TITLE_WORDS


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    # Imported here: CLDR data takes long to load and bulk files don't need it.
    from babel import Locale

    return frozenset(
        name.casefold()
        for language in ("en", "ru", "de")
        for name in Locale(language).territories.values()
    )


def is_territory(text: str) -> bool:
    """Whether the words are the name of a country or region in English, Russian or German."""
    folded = text.casefold().removeprefix("the ")
    return folded in _places()


def looks_like_name(text: str) -> bool:
    """Whether the words have the shape of a person's name: two to five, capitalised.

    Initials count ("V.Makei", "С.В.Лавров", "Antony J. Blinken"), and particles in lower case
    ("Ursula von der Leyen"). Countries, organisations and words that introduce matter do not.
    """
    if any(character.isdigit() for character in text) or is_organisation(text):
        return False
    if _INITIALLED.fullmatch(text):
        return True
    words = text.split()
    if not 2 <= len(words) <= 5 or is_territory(text) or re.search(r"['’]s?\b(?!\w)", text):
        return False
    capitalised = [word for word in words if word.casefold() not in _PARTICLES]
    return (
        len(capitalised) >= 2
        and all(re.fullmatch(_WORD, word) and word[0].isupper() for word in capitalised)
        and words[0] in capitalised
        and words[-1] in capitalised
        and not any(word.casefold().rstrip(".") in NOT_SPEAKERS for word in words)
        and not any(word.casefold() in _CONNECTIVES for word in capitalised)
    )


def person_in(text: str) -> str | None:
    """The person named by words of office and a name ("Foreign Minister Sergey Lavrov").

    None when there is no name, more than one, or it can't be told from the office.
    """
    pieces = [piece.strip() for piece in text.strip(" ,;:–—-").split(",")]
    named = [name for piece in pieces if (name := _person_in_piece(piece))]
    if named and _person_in_piece(pieces[0]) == named[0]:
        bare = pieces[0] == named[0]
        others = [p for p in pieces[1:] if any(map(is_title_word, p.split()))]
        return named[0] if bare or not others else None
    if len(named) == 1:
        return named[0]
    if not named and len(pieces) > 1 and any(map(is_title_word, pieces[0].split())):
        return pieces[1] if looks_like_name(pieces[1]) else None
    return None


def _person_in_piece(text: str) -> str | None:
    words = text.split()
    last_title = max((i for i, word in enumerate(words) if is_title_word(word)), default=-1)
    tail = words[last_title + 1 :]
    if last_title < 0 and text and not looks_like_name(text):
        return None
    if tail and tail[0].casefold() in _CONNECTIVES:
        tail = _name_at_end(tail)
    name = " ".join(tail)
    return name if looks_like_name(name) else None


def _name_at_end(words: list[str]) -> list[str]:
    """The name at the end of "of Russia Vladimir Putin": the shortest that is whole.

    What is left over must be a country or a body, or the words would be cut by guess.
    """
    for size in range(2, min(5, len(words))):
        name, office = words[-size:], words[:-size]
        rest = " ".join(office).split(" ", 1)[-1]
        if (
            looks_like_name(" ".join(name))
            and len(office) >= 2
            and (is_territory(rest) or is_organisation(rest))
        ):
            return name
    return []


def surname(name: str) -> str:
    """The last word of a name, case-folded."""
    return re.split(r"[\s.]+", name.strip(" ."))[-1].casefold()


_MASCULINE = ((r"(ск|цк)ого$", r"\1ий"), (r"([оеё]в|[иы]н)а$", r"\1"))
_FEMININE = ((r"([оеё]в|[иы]н)ой$", r"\1а"), (r"(ск|цк)ой$", r"\1ая"))


def nominative(name: str) -> str | None:
    """A Russian name in the genitive ("С.В.Лаврова") put into the nominative ("С.В.Лавров").

    None where the ending doesn't settle it, as for names that aren't of the Russian kind.
    """
    cut = max(name.rfind(" "), name.rfind(".")) + 1
    head, last = name[:cut], name[cut:]
    for endings, given in ((_MASCULINE, _masculine_given), (_FEMININE, _feminine_given)):
        for pattern, replacement in endings:
            if re.search(pattern, last):
                firsts = [given(word) for word in head.split()]
                if None in firsts:
                    return None
                joint = " " if head.endswith(" ") else ""
                return " ".join(map(str, firsts)) + joint + re.sub(pattern, replacement, last)
    return None


def _masculine_given(word: str) -> str | None:
    if word.endswith("."):
        return word
    for pattern, replacement in ((r"([аеои])я$", r"\1й"), (r"([рлт])я$", r"\1ь"), (r"а$", "")):
        if re.search(pattern, word):
            return re.sub(pattern, replacement, word)
    return None


def _feminine_given(word: str) -> str | None:
    if word.endswith("."):
        return word
    for pattern, replacement in (
        (r"ии$", "ия"),
        (r"([гкх])и$", r"\1а"),
        (r"ьи$", "ья"),
        (r"ы$", "а"),
    ):
        if re.search(pattern, word):
            return re.sub(pattern, replacement, word)
    return None
