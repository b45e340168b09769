"""What stands above a statement: its title, its publisher, dates and places, breadcrumbs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.chrome import is_frame
from corpus.ingest.dates import FoundDate, day_of, find_dates
from corpus.ingest.headline import is_place, read_headline
from corpus.ingest.lines import ends_sentence
from corpus.ingest.names import person_in
from corpus.ingest.speakers import find_turns
from corpus.types import Moment

PROSE = 80
"""Characters from which a block that ends as a sentence is prose, not a line above it."""
HEAD = 12
"""Blocks at the beginning among which the title, the publisher and the date are looked for."""
SHORT = 60
"""Characters below which an unexplained line above the title is a breadcrumb."""
LINE = 120
"""Characters above which a block is no line of a masthead."""
_LETTER = re.compile(r"[^\W\d_]")
_PUBLISHED = re.compile(
    r"\b(?:published|posted|updated|released?|issued|publication date|опубликовано|размещено|"
    r"дата публикации|veröffentlicht|erschienen|stand)\b\s*(?:on|at|am|:)?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:delivered|given|held|spoken|recorded|произнесен\w*|gehalten)\b\s*(?:on|at|am|:)?",
    re.IGNORECASE,
)
_BESIDE_A_DATE = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|"
    r"donnerstag|freitag|samstag|sonntag|понедельник|вторник|среда|четверг|пятница|суббота|"
    r"воскресенье|date|on|den|года?|г|(?-i:[A-Z]{3,4}))\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?:ministry|department|office of|embassy|government|parliament|council|commission|"
    r"committee|agency|white house|cabinet|secretariat|service|nations|union|organi[sz]ation|"
    r"chancellery|"
    r"министерств\w*|МИД|правительств\w*|посольств\w*|администраци\w*|совет\w*|пресс-служба|"
    r"\w*ministerium|bundesregierung|bundestag|bundespräsidialamt|\w*kanzleramt|auswärtiges amt)\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"(?:dear|ladies|excellenc|your excellenc|mr\.?|madam|colleagues|friends|distinguished|"
    r"esteemed|good (?:morning|afternoon|evening|day)|уважаем|дорог|дамы|коллеги|друзья|добр|"
    r"meine damen|sehr geehrte|liebe|verehrte|guten)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Masthead:
    """What the lines above a statement say, and what is left of them."""

    title: str | None
    publisher: str | None
    dates: list[Moment] = field(default_factory=list)
    """Dates that stand alone."""
    published: Moment | None = None
    """A date with a word that says "published"."""
    said_on: date | None = None
    """A date beside a place."""
    place: str | None = None
    kept: list[Block] = field(default_factory=list)
    """Lines that say none of this: a venue, a subtitle."""
    body: list[Block] = field(default_factory=list)


def read_masthead(source: Extracted, blocks: Sequence[Block]) -> Masthead:
    """Read the lines above the body, and take them from it."""
    head = Masthead(source.title, source.publisher)
    for line in source.header:
        _take_date_line(head, line, source.language)
    start = _body_start(blocks)
    lines = blocks[:start]
    if head.title is None:
        head.title = _choose_title(lines)
    certain = head.title is not None and (
        source.title is not None or read_headline(head.title).is_statement
    )
    title_at = next((i for i, block in enumerate(lines) if _same(block.text, head.title)), None)
    for index, block in enumerate(lines):
        text = block.text
        if _same(text, head.title) or _take_date_line(head, text, source.language):
            continue
        if source.framed and is_frame(text):
            continue
        if head.publisher is None and _is_publisher(text):
            head.publisher = text
            continue
        above = title_at is not None and index < title_at
        if above and certain and source.framed and len(text) <= SHORT and not ends_sentence(text):
            continue
        head.kept.append(block)
    head.body = list(blocks[start:])
    return head


def date_line(text: str, language: str | None = None) -> tuple[FoundDate, str] | None:
    """The date of a line that has nothing else but a place, a time or a word like "published".

    Gives the date and the place, which is empty where there is none.
    """
    if len(text) > LINE:
        return None
    found = find_dates(text, language=language)
    if not found:
        return None
    rest = f"{text[: found[0].start]} {text[found[0].end :]}"
    rest = _SAID.sub(" ", _PUBLISHED.sub(" ", rest))
    rest = " ".join(_BESIDE_A_DATE.sub(" ", rest).split()).strip(" ,.;:|()–—-/•·")
    return (found[0], rest) if not rest or is_place(rest) else None


def _take_date_line(head: Masthead, text: str, language: str | None) -> bool:
    line = date_line(text, language)
    if line is None:
        return False
    found, place = line
    if _PUBLISHED.search(text):
        head.published = head.published or found.moment
    elif place or _SAID.search(text):
        head.said_on = head.said_on or day_of(found.moment)
        head.place = head.place or place or None
    else:
        head.dates.append(found.moment)
    return True


def _body_start(blocks: Sequence[Block]) -> int:
    """The index of the first block that is said rather than shown above what is said."""
    if len(blocks) == 1:
        return 0
    turns = find_turns(blocks[: 2 * HEAD], title=None, speaker=None)
    for index, block in enumerate(blocks[:HEAD]):
        text = block.text
        if is_frame(text) or block.heading:
            continue
        if (len(text) >= PROSE and ends_sentence(text)) or _SALUTATION.match(text):
            return index
        if turns[index].labelled:
            return index
        if index > 0 and ends_sentence(text) and not find_dates(text):
            return index
    return HEAD if len(blocks) > HEAD else len(blocks)


def _choose_title(lines: Sequence[Block]) -> str | None:
    """The title among the lines above the body: a heading, or what reads as a title."""
    heading = next((line for line in lines if line.heading and not is_frame(line.text)), None)
    if heading is not None:
        return heading.text
    plain = [
        line.text
        for line in lines
        if _LETTER.search(line.text) and not is_frame(line.text) and date_line(line.text) is None
    ]
    for text in plain:
        headline = read_headline(text)
        if headline.is_statement or (headline.is_spoken and len(text) > 20):
            return text
    others = [
        text
        for text in plain
        if 15 <= len(text) <= 300 and not ends_sentence(text) and not _is_publisher(text)
    ]
    return max(others, key=len) if others else None


def _same(text: str, title: str | None) -> bool:
    return title is not None and _folded(text) == _folded(title)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.replace("\xad", "")).strip().casefold()


def _is_publisher(text: str) -> bool:
    return (
        len(text) <= LINE
        and bool(_INSTITUTION.search(text))
        and not ends_sentence(text)
        and not find_dates(text)
        and not read_headline(text).is_statement
        and person_in(text) is None
    )
