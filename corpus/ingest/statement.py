"""From the blocks of a document to a draft: title, dates, speakers, turns, frame left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import NoStatement
from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.chrome import is_frame
from corpus.ingest.dates import day_of
from corpus.ingest.headline import Headline, read_headline
from corpus.ingest.language import detect_language
from corpus.ingest.lines import ends_sentence
from corpus.ingest.marking import is_timing, mark
from corpus.ingest.masthead import read_masthead
from corpus.ingest.names import person_in
from corpus.ingest.occasion_dates import tell_dates
from corpus.ingest.speakers import Turn, find_turns
from corpus.types import Draft, Paragraph, PassageKind

INTRODUCTION = 400
"""Characters at the beginning of a text in which its introduction names the speaker."""
HEADING = 120
"""Characters above which bold type is no heading."""
_LETTER = re.compile(r"[^\W\d_]")
_FOLLOWING = re.compile(
    r"(?:the )?following (?:is|are)\s+(?:the\s+)?(?:(?:text|transcript) of\s+)?"
    r"(?P<who>.+?)['’]s?\s+(?:\w+\s+)?"
    r"(?:remarks|address|speech|statement|message|opening|video message|keynote|press|comments|"
    r"lecture|interview)\b",
    re.IGNORECASE,
)


def understand(source: Extracted) -> Draft:
    """Turn an extracted document into a draft, with a warning for each thing not known.

    Raises:
        NoStatement: nothing is left once the frame is taken away.
    """
    head = read_masthead(source, [block for block in source.blocks if block.text.strip()])
    body = [*head.kept, *head.body]
    if source.framed:
        body = _without_frame_at_end(body)
    if not any(_is_words(block) for block in body):
        raise NoStatement(
            "there is no statement in it, only headings or a page's frame. Give the page of one "
            "statement, or its text as a file."
        )
    language = detect_language("\n".join(block.text for block in body), declared=source.language)
    headline = read_headline(head.title, language=language) if head.title else Headline()
    introduced = _introduced(body)
    speaker = source.speaker or headline.speaker or introduced
    turns = find_turns(body, title=head.title, speaker=speaker)
    said_on, published, place = tell_dates(
        source,
        head,
        headline,
        body[len(head.kept) :],
        language=language,
        turns=any(turn.labelled for turn in turns),
    )
    beside = len(head.kept) or (1 if introduced else 0)
    draft = Draft(
        paragraphs=_paragraphs(body, turns, head.title, beside),
        source_url=source.url,
        title=head.title,
        publisher=source.publisher or head.publisher,
        occasion=source.occasion or headline.occasion,
        place=source.place or headline.place or head.place or place,
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
    published = day_of(draft.published_at)
    if draft.said_on is None:
        known = f" It was published on {published.isoformat()}." if published else ""
        found.append(f"The day on which it was said is not found: give it.{known}")
    elif published is not None and published < draft.said_on:
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


def _introduced(body: Sequence[Block]) -> str | None:
    """The person of "Following are … X's remarks …:" at the head of a text."""
    match = _FOLLOWING.match(body[0].text[:INTRODUCTION])
    return person_in(match["who"]) if match else None


def _paragraphs(
    body: Sequence[Block], turns: Sequence[Turn], title: str | None, beside: int
) -> tuple[Paragraph, ...]:
    """Paragraphs with speakers, kinds and replies; the first ``beside`` are nobody's words."""
    given: dict[int, PassageKind] = {}
    asked = _bold_questions(body) if not any(turn.labelled for turn in turns) else frozenset()
    labels: list[str | None] = []
    for index, (block, turn) in enumerate(zip(body, turns, strict=True)):
        label = None if index < beside and not turn.labelled else turn.speaker
        if index in asked:
            label, given[index] = None, PassageKind.QUESTION
        elif (
            turn.label_only
            or (_is_heading(block) and not turn.labelled)
            or (index < beside and label is None and not ends_sentence(block.text))
        ):
            given[index] = PassageKind.APPARATUS
        labels.append(None if is_timing(block.text) else label)
    kinds, replies = mark(title, labels, [block.text for block in body], given)
    return tuple(
        Paragraph(block.text, label, kind, reply)
        for block, label, kind, reply in zip(body, labels, kinds, replies, strict=True)
    )


def _is_heading(block: Block) -> bool:
    """Whether a block is set as a heading: as one, or short, all bold and no sentence."""
    return block.heading or (
        block.strong.strip() == block.text
        and len(block.text) <= HEADING
        and not ends_sentence(block.text)
    )


def _bold_questions(body: Sequence[Block]) -> frozenset[int]:
    """Paragraphs of an interview that are questions by their type: bold or headings, and asking."""
    asked = frozenset(
        index
        for index, block in enumerate(body)
        if (block.heading or block.strong.strip() == block.text)
        and block.text.rstrip('"”» ').endswith("?")
        and index + 1 < len(body)
    )
    return asked if len(asked) >= 2 else frozenset()


def _is_words(block: Block) -> bool:
    return not block.heading and len(_LETTER.findall(block.text)) >= 2 and not is_frame(block.text)


def _without_frame_at_end(body: Sequence[Block]) -> list[Block]:
    end = len(body)
    while end and is_frame(body[end - 1].text):
        end -= 1
    return list(body[:end])
