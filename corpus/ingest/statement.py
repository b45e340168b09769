"""From the blocks of a document to a draft: title, dates, speakers, turns, frame left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import NoStatement
from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.chrome import is_frame
from corpus.ingest.dates import day_of, find_dates
from corpus.ingest.headline import Headline, is_place, read_headline
from corpus.ingest.language import detect_language
from corpus.ingest.lines import ends_sentence
from corpus.ingest.marking import mark
from corpus.ingest.names import is_organisation, looks_like_name, person_in
from corpus.ingest.speakers import find_turns
from corpus.types import Draft, Moment, Paragraph, PassageKind

PROSE = 80
"""Characters from which a block that ends as a sentence is prose, not a line of a page's head."""
HEAD = 12
"""Blocks at the beginning among which the title, the publisher and the date are looked for."""
SHORT = 60
"""Characters below which an unexplained line above the title is a breadcrumb."""
_LETTERS = re.compile(r"[^\W\d_]")
_PUBLISHED = re.compile(
    r"\b(?:published|posted|updated|released?|issued|publication date|опубликовано|размещено|"
    r"дата публикации|veröffentlicht|erschienen|stand)\b\s*(?:on|at|am|:)?",
    re.IGNORECASE,
)
_TODAY = re.compile(
    r"\b(?:today|this (?:morning|afternoon|evening)|heute|сегодня)\b", re.IGNORECASE
)
_FOLLOWING = re.compile(
    r"^(?:the )?following (?:is|are)\s+(?:the\s+)?(?:text of\s+|transcript of\s+)?(?P<who>.+?)['’]s?\s+"
    r"(?:\w+\s+)?(?:remarks|address|speech|statement|message|opening|video message|keynote|press|"
    r"comments|lecture|interview)\b",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^(?:dear|ladies|excellenc|your excellenc|mr\.?|madam|colleagues|friends|distinguished|"
    r"esteemed|good (?:morning|afternoon|evening|day)|уважаем|дорог|дамы|коллеги|друзья|добр|"
    r"meine damen|sehr geehrte|liebe|verehrte|guten)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Head:
    """What the lines at the head of a document say."""

    title: str | None
    publisher: str | None
    dates: list[Moment]
    published: Moment | None
    said_on: date | None
    place: str | None
    body: list[Block]


def understand(source: Extracted) -> Draft:
    """Turn an extracted document into a draft, with a warning for each thing not known.

    Raises:
        NoStatement: nothing is left once the frame is taken away.
    """
    blocks = [block for block in source.blocks if _LETTERS.search(block.text) or block.text.strip()]
    head = _read_head(source, blocks)
    body = _without_frame_at_end(head.body) if source.framed else head.body
    if not any(_is_words(block) for block in body):
        raise NoStatement(
            "there is no statement in it, only headings or a page's frame. Give the page of one "
            "statement, or its text as a file."
        )
    text = "\n".join(block.text for block in body)
    language = detect_language(text, declared=source.language)
    headline = read_headline(head.title, language=language) if head.title else Headline()
    introduced = _introduced(body)
    speaker = source.speaker or headline.speaker or introduced
    said_on, published = _dates(source, head, headline, body, language)
    paragraphs = _paragraphs(body, head.title, speaker, introduced is not None)
    draft = Draft(
        paragraphs=paragraphs,
        source_url=source.url,
        title=head.title,
        publisher=source.publisher or head.publisher,
        occasion=source.occasion or headline.occasion,
        place=source.place or headline.place or head.place,
        language=language,
        speaker=speaker,
        said_on=said_on,
        published_at=published,
    )
    return replace(draft, warnings=warnings_for(draft))


def warnings_for(draft: Draft) -> tuple[str, ...]:
    """One sentence for each thing that a moderator should give or look at."""
    found = []
    if draft.title is None:
        found.append("No title found: give one.")
    if draft.said_on is None:
        published = day_of(draft.published_at)
        known = f" It was published on {published.isoformat()}." if published else ""
        found.append(f"The day on which it was said is not found: give it.{known}")
    elif draft.published_at and (day_of(draft.published_at) or draft.said_on) < draft.said_on:
        found.append("It was published before the day on which it was said: look at both dates.")
    if not any(
        paragraph.speaker
        for paragraph in draft.paragraphs
        if paragraph.kind is PassageKind.STATEMENT
    ):
        found.append("No speaker found: give one if one person speaks.")
    if draft.publisher is None:
        found.append("No publisher found: give one.")
    if draft.language is None:
        found.append("The language could not be told: give it.")
    return tuple(found)


# --- the head of a document ---------------------------------------------------------------------


def _read_head(source: Extracted, blocks: Sequence[Block]) -> _Head:
    head = _Head(source.title, source.publisher, [], None, None, None, list(blocks))
    for line in source.header:
        _take_date_line(head, line, source.language)
    start = _body_start(blocks)
    lines = blocks[:start]
    if head.title is None:
        head.title = _choose_title(lines)
    strong_title = head.title is not None and (
        source.title is not None or read_headline(head.title).is_statement
    )
    title_at = next((i for i, b in enumerate(lines) if _same(b.text, head.title)), None)
    kept: list[Block] = []
    for index, block in enumerate(lines):
        above = title_at is not None and index < title_at
        if _same(block.text, head.title) or _take_date_line(head, block.text, source.language):
            continue
        if source.framed and is_frame(block.text):
            continue
        if head.publisher is None and _is_publisher(block.text):
            head.publisher = block.text
            continue
        if above and strong_title and source.framed and len(block.text) <= SHORT:
            continue
        kept.append(block)
    head.body = [*kept, *blocks[start:]]
    return head


def _body_start(blocks: Sequence[Block]) -> int:
    """The index of the first block that is said rather than shown above what is said."""
    for index, block in enumerate(blocks[:HEAD]):
        text = block.text
        if is_frame(text) or block.heading:
            continue
        if (len(text) >= PROSE and ends_sentence(text)) or _SALUTATION.match(text):
            return index
        if ":" in text and find_turns([block], title=None, speaker=None)[0].labelled:
            return index
        if ends_sentence(text) and not find_dates(text) and index > 0:
            return index
    return min(len(blocks), HEAD) if len(blocks) > HEAD else 0 if len(blocks) == 1 else len(blocks)


def _choose_title(lines: Sequence[Block]) -> str | None:
    """The title among the lines above the body: a heading, or what reads as a title."""
    headings = [block for block in lines if block.heading and not is_frame(block.text)]
    if headings:
        return headings[0].text
    plain = [
        block.text
        for block in lines
        if not is_frame(block.text) and _LETTERS.search(block.text) and not _date_only(block.text)
    ]
    for text in plain:
        headline = read_headline(text)
        if headline.is_statement or (headline.is_spoken and len(text) > 20):
            return text
    others = [text for text in plain if not _is_publisher(text) and 15 <= len(text) <= 300]
    return max(others, key=len) if others else None


def _same(text: str, title: str | None) -> bool:
    return title is not None and _folded(text) == _folded(title)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.replace("\xad", "")).strip().casefold()


def _is_publisher(text: str) -> bool:
    return (
        len(text) <= 120
        and is_organisation(text)
        and not ends_sentence(text)
        and not find_dates(text)
        and not read_headline(text).is_statement
        and person_in(text) is None
    )


def _date_only(text: str) -> bool:
    """Whether a line is a date, maybe with a time, a place and a word that says "published"."""
    found = find_dates(text)
    if not found or len(text) > 120:
        return False
    rest = _around(text, found[0].start, found[0].end)
    return not rest or is_place(rest)


def _around(text: str, start: int, end: int) -> str:
    rest = _PUBLISHED.sub(" ", f"{text[:start]} {text[end:]}")
    rest = re.sub(
        r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|on|года?|г|(?-i:[A-Z]{3,4}))\b",
        " ",
        rest,
        flags=re.IGNORECASE,
    )
    return " ".join(rest.split()).strip(" ,.;:|()–—-/")


def _take_date_line(head: _Head, text: str, language: str | None) -> bool:
    """Take the date, and the place beside it, from a line that has nothing else."""
    found = find_dates(text, language=language)
    if not found or len(text) > 120:
        return False
    rest = _around(text, found[0].start, found[0].end)
    if rest and not is_place(rest):
        return False
    moment = found[0].moment
    if _PUBLISHED.search(text):
        head.published = head.published or moment
    elif rest:
        head.said_on = head.said_on or day_of(moment)
        head.place = head.place or rest
    else:
        head.dates.append(moment)
    return True


# --- dates --------------------------------------------------------------------------------------


def _dates(
    source: Extracted,
    head: _Head,
    headline: Headline,
    body: Sequence[Block],
    language: str | None,
) -> tuple[date | None, Moment | None]:
    """When it was said, and when it was published: each from what is said of it.

    A bare date at the head is that of publication. It is that of saying too when the text says
    "today", or when the document is written rather than spoken: a written statement is made by
    being put out. A spoken one may be older than its page.
    """
    published = source.published or head.published
    bare = head.dates[0] if head.dates else None
    said_on = day_of(source.said_on) or headline.said_on or head.said_on
    if bare is not None and published is None and (said_on is None or day_of(bare) != said_on):
        published = bare
    elif bare is not None and published is not None and day_of(bare) == day_of(published):
        published = published if published != day_of(published) else bare
    if said_on is None:
        day = day_of(published)
        turns = any(":" in block.text[:80] for block in body) and _has_turns(body)
        if day is not None and (_TODAY.search(body[0].text) or not (headline.is_spoken or turns)):
            said_on = day
        elif day is None:
            said_on = _date_at_end(body, language)
    return said_on, published


def _has_turns(body: Sequence[Block]) -> bool:
    return any(turn.labelled for turn in find_turns(body, title=None, speaker=None))


def _date_at_end(body: Sequence[Block], language: str | None) -> date | None:
    """The day of a date line that closes a written statement ("Minsk, December 6, 2021")."""
    last = body[-1].text
    if not _date_only(last):
        return None
    return find_dates(last, language=language)[0].day


# --- paragraphs ---------------------------------------------------------------------------------


def _introduced(body: Sequence[Block]) -> str | None:
    """The person of "Following are … X's remarks …:" at the head of a text."""
    match = _FOLLOWING.match(body[0].text)
    return person_in(match["who"]) if match else None


def _paragraphs(
    body: Sequence[Block], title: str | None, speaker: str | None, introduced: bool
) -> tuple[Paragraph, ...]:
    turns = find_turns(body, title=title, speaker=speaker)
    given: dict[int, PassageKind] = {}
    asked = _bold_questions(body) if not any(turn.labelled for turn in turns) else set()
    labels: list[str | None] = []
    for index, (block, turn) in enumerate(zip(body, turns, strict=True)):
        label = turn.speaker
        if index in asked:
            label, given[index] = None, PassageKind.QUESTION
        elif (block.heading and not turn.labelled) or turn.label_only:
            given[index] = PassageKind.APPARATUS
        if introduced and index == 0:
            label = None
        labels.append(label)
    kinds, replies = mark(title, labels, [block.text for block in body], given)
    return tuple(
        Paragraph(block.text, label, kind, reply)
        for block, label, kind, reply in zip(body, labels, kinds, replies, strict=True)
    )


def _bold_questions(body: Sequence[Block]) -> set[int]:
    """Paragraphs of an interview that are questions by their type: bold or headings, and asking."""
    asked = {
        index
        for index, block in enumerate(body)
        if (block.heading or block.strong.strip() == block.text)
        and block.text.rstrip('"”» ').endswith("?")
        and index + 1 < len(body)
    }
    return asked if len(asked) >= 2 else set()


def _is_words(block: Block) -> bool:
    return not block.heading and len(_LETTERS.findall(block.text)) >= 2 and not is_frame(block.text)


def _without_frame_at_end(body: Sequence[Block]) -> list[Block]:
    end = len(body)
    while end and is_frame(body[end - 1].text):
        end -= 1
    return list(body[:end])
