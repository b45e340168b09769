"""What a title says: who speaks, at what occasion, where and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.ingest.dates import find_dates
from corpus.ingest.names import is_territory, is_title_word, nominative, person_in

_KIND_EN = (
    r"(?:(?:opening|closing|introductory|welcoming|concluding|prepared|brief|full|regular|daily|"
    r"weekly|special|televised|video|new year|news|media|press|joint|live)\s+)*"
    r"(?:remarks|statements?|speech(?:es)?|address|interviews?|points?|conferences?|availability|"
    r"briefings?|gaggles?|stakeouts?|encounter|comments?|answers?|replies|reply|message|letter|article|"
    r"op-ed|commentary|testimony|lecture|toast|greetings?|keynote|intervention|presentation|calls?|"
    r"transcript|questions?\s+and\s+answers?|q\s?&\s?a)"
)
_KIND_RU = (
    r"(?:выступлени\w+|интервью|комментари\w+|заявлени\w+|брифинг\w*|обращени\w+|реч\w+|ответ\w*|"
    r"вступительн\w+\s+слов\w+|приветств\w+|слов\w+|пресс-конференци\w+|послани\w+|стать\w+|"
    r"тезис\w*|реплик\w+|лекци\w+|доклад\w*)"
)
_KIND_DE = (
    r"(?:rede|ansprache|statement|pressestatement|interview|grußwort|erklärung|regierungserklärung|"
    r"pressekonferenz|eröffnungsrede|weihnachtsansprache|gastbeitrag|namensartikel|beitrag|vortrag)"
)
_MARKERS = (
    r"following|after|at the (?:end|conclusion|close|opening|start) of|at|during|before|ahead of|"
    r"prior to|on the occasion of|on the sidelines of|on the margins of|in the course of|"
    r"in connection with|upon (?:arrival|departure)(?: at| in| from| to)?|"
    r"по итогам|по окончании|по завершении|перед началом|в ходе|во время|на полях|"
    r"по случаю|накануне|"
    r"на(?= (?:\w+ ){0,4}(?:заседани|встреч|совещани|конференц|форум|саммит|сесси|открыти))|"
    r"beim?|nach|während|vor|zum|zur|anlässlich|bei der|auf der|im rahmen (?:der|des)|auf dem|auf"
)
_STOP = (
    rf"(?:{_MARKERS}|to|on|with|for|in|about|regarding|from|via|aboard|en route|as delivered|"
    r"с|со|в|о|об|для|от|к|по|газете|телеканал\w*|агентств\w*|"
    r"mit|in|am|an|über|für|gegenüber)"
)
_BY = re.compile(
    rf"^(?:the\s+|transcript\s+of\s+)*{_KIND_EN}(?:\s+(?:and|&)\s+{_KIND_EN}"
    r"(?:\s+(?:to|from)\s+(?:media|press|reporters['’]?)\s+questions)?)?"
    rf"(?:\s+(?:as delivered|as prepared))?,?\s+(?:by|of|from|with)\s+"
    rf"(?:the\s+)?(?P<who>.+?)(?=\s+{_STOP}\b|\s*[(:;–—“\"]|\s+--?\s|$)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    rf"^(?:the\s+)?(?P<who>[^:;]+?)(?:['’]s|(?<=s)['’])\s+(?:\w+\s+){{0,2}}?{_KIND_EN}\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    rf"^(?P<who>[^:;,]+?),?\s+(?:{_KIND_EN}\b|at a (?:joint )?press availability)", re.IGNORECASE
)
_RU = re.compile(
    rf"^{_KIND_RU}(?:\s+и\s+{_KIND_RU})*(?:\s+на\s+вопросы\s+(?:СМИ|журналистов))?\s+"
    rf"(?P<who>.+?)(?=,|\s+{_STOP}(?=\s|$)|\s*[(:;–—«]|$)",
    re.IGNORECASE,
)
_RU_WORD = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_RU_NAME = re.compile(
    rf"(?:[А-ЯЁ]\.\s?){{1,2}}{_RU_WORD}|"
    rf"(?<![А-ЯЁа-яё-]){_RU_WORD}(?:\s[А-ЯЁ][а-яё]+(?:вич|вн)[а-яё]+)?\s{_RU_WORD}(?=\s[^А-ЯЁ]|$)"
)
_DE = re.compile(
    rf"^(?:(?:gemeinsame|neujahrs)\w*\s*)?{_KIND_DE}\s+(?:von|des|der|mit)\s+(?:dem\s+|der\s+)?"
    rf"(?P<who>.+?)(?=,|\s+{_STOP}\s|\s*[(:;–—„\"]|$)",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    rf"\b(?P<marker>{_MARKERS})\s+(?:the\s+|a\s+|an\s+)?(?P<what>\S.*)$", re.IGNORECASE
)
_SEVERAL = re.compile(r"\s(?:and|und|и|&|with|с)\s|;", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:remarks|speech|address|interview|press (?:point|conference|availability)|briefing|"
    r"gaggle|stakeout|answers?|news conference|toast|lecture|testimony|keynote|opening words|"
    r"transcript|"
    r"выступлени\w+|интервью|брифинг\w*|обращени\w+|ответ\w*|вступительн\w+|пресс-конференци\w+|"
    r"стенограмм\w+|"
    r"rede|ansprache|interview|pressekonferenz|grußwort|regierungserklärung|pressestatement)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"\b(?:has|have|had|was|were|is|are|will|says?|said|tells?|told|meets?|met|calls?|called)\b"
)
"""Verbs that make a possessive title a piece of news about somebody's words."""
_JOINT = re.compile(r"\b(?:joint|совместн\w+|gemeinsame\w*)\b", re.IGNORECASE)


LONGEST = 600
"""Characters above which a text is no title: three times the longest that we know."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A title, read. Everything that it doesn't say is None."""

    speaker: str | None = None
    """The one person whose words the document gives."""
    occasion: str | None = None
    place: str | None = None
    said_on: date | None = None
    is_statement: bool = False
    """The title names a kind of statement: remarks, an interview, заявление, Rede…"""
    is_spoken: bool = False
    """The title names a spoken event, which may be older than its publication."""


def read_headline(title: str, *, language: str | None = None) -> Headline:
    """Read a title. Never guesses: two possible readings are none."""
    if len(title) > LONGEST:
        return Headline()
    dates = find_dates(title, language=language)
    said_on = dates[0].day if len({found.day for found in dates}) == 1 else None
    bare, place = _without_date(title, dates[0].start, dates[0].end) if said_on else (title, None)
    speaker, known_kind = _speaker(bare)
    return Headline(
        speaker=speaker,
        occasion=_occasion(bare) if known_kind else None,
        place=place,
        said_on=said_on,
        is_statement=known_kind,
        is_spoken=bool(_SPOKEN.search(bare)),
    )


def _without_date(title: str, start: int, end: int) -> tuple[str, str | None]:
    """The title without its date, and the place that stands beside the date."""
    before = title[:start].rstrip()
    inside = before.rfind("(")
    if inside >= 0 and ")" not in before[inside:]:
        beside = before[inside + 1 :].strip(" ,;–—-")
        return before[:inside].rstrip(" ,;–—-"), beside if is_place(beside) else None
    before = before.rstrip(" ,;(–—-")
    before = re.sub(r"(?:,|\bon|\bam|\bvom|\bот)\s*$", "", before).rstrip(" ,;–—-")
    rest = title[end:].strip(" ,.;)–—-")
    rest = re.sub(r"^(?:года|год|г\.?|р\.?)\b\.?\s*", "", rest).strip(" ,.;)–—-")
    if rest:
        return before or title, rest if not before and is_place(rest) else None
    pieces = [piece.strip() for piece in before.split(",")]
    if len(pieces) >= 3 and is_territory(pieces[-1]) and is_place(pieces[-2]):
        return ", ".join(pieces[:-2]), f"{pieces[-2]}, {pieces[-1]}"
    if len(pieces) >= 2 and is_place(pieces[-1]):
        return ", ".join(pieces[:-1]), pieces[-1]
    return before, None


def is_place(text: str) -> bool:
    """Whether the words have the shape of a place: one to five, capitalised, no office."""
    words = text.replace(",", " ").split()
    return (
        1 <= len(words) <= 5
        and not any(is_title_word(word) or any(c.isdigit() for c in word) for word in words)
        and all(
            word[0].isupper()
            or word.casefold() in ("de", "la", "am", "an", "der", "the", "of", "на")
            for word in words
        )
        and not re.search(_KIND_EN, text, re.IGNORECASE)
    )


def _speaker(title: str) -> tuple[str | None, bool]:
    """The one speaker that a title names, and whether it names a kind of statement at all."""
    for pattern in (_BY, _POSSESSIVE, _DE, _RU, _LEADING):
        match = pattern.search(title)
        if not match:
            continue
        who = match["who"]
        if pattern in (_POSSESSIVE, _LEADING) and _NEWS.search(title, match.end()):
            continue
        if _JOINT.search(title) or title[match.end() :].lstrip().startswith(";"):
            return None, True
        if pattern is _RU:
            names = _RU_NAME.findall(who)
            return (nominative(names[0]) if len(names) == 1 else None), True
        if _SEVERAL.search(_after_last_office(who)):
            return None, True
        person = person_in(who)
        if person is None and pattern is _LEADING:
            continue
        return person, True
    return None, False


def _after_last_office(who: str) -> str:
    """The part of "A and B" that decides: an "and" before the only office joins no people."""
    words = who.split()
    offices = [index for index, word in enumerate(words) if is_title_word(word)]
    return " ".join(words[offices[0] :]) if len(offices) == 1 else who


def _occasion(title: str) -> str | None:
    match = _OCCASION.search(title)
    if not match:
        return None
    what = match["what"].strip(" ,.;:–—-")
    if len(what) < 3 or re.fullmatch(_KIND_EN, what, re.IGNORECASE):
        return None
    return what
