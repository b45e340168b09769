"""When it was said and when it was published: each from what is said of it, never mixed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.dates import day_of, find_dates
from corpus.ingest.headline import Headline, is_place
from corpus.ingest.masthead import Masthead, date_line
from corpus.types import Moment

_TODAY = re.compile(
    r"\b(?:today|this (?:morning|afternoon|evening)|heute|сегодня)\b", re.IGNORECASE
)
_AFTER_DATELINE = re.compile(r"\s*(?:г(?:ода|\.)?)?[).,]*\s*[–—:/-]")
DATELINE = 60
"""Characters at the beginning of a text in which its dateline ends."""


def tell_dates(
    source: Extracted,
    head: Masthead,
    headline: Headline,
    body: Sequence[Block],
    *,
    language: str | None,
    turns: bool,
) -> tuple[date | None, Moment | None, str | None]:
    """The day it was said, the moment it was published, and the place of a dateline.

    A date above the text with a time of day, or with metadata or a word that says so, is that of
    publication. A bare day above the text is a dateline: it dates what was spoken. A written
    document (no ``turns``, no spoken kind in its title) is said by being put out, and so is one
    whose introduction says "today"; what was spoken may be older than its page.
    """
    published = source.published or head.published
    bare = head.dates[0] if head.dates else None
    spoken = headline.is_spoken or turns
    day, place = _dateline(body[0].text, language) if body else (None, None)
    said_on = day_of(source.said_on) or headline.said_on or head.said_on or day
    if bare is not None and not isinstance(bare, datetime) and said_on is None and spoken:
        said_on = bare
    elif bare is not None and (published is None or day_of(bare) == published):
        published = bare
    if said_on is None:
        put_out = day_of(published)
        introduced = bool(body) and body[0].text.endswith(":") and _TODAY.search(body[0].text)
        if put_out is not None and (introduced or not spoken):
            said_on = put_out
        elif put_out is None and body:
            closing = date_line(body[-1].text, language)
            said_on = closing[0].day if closing else None
    return said_on, published, place


def _dateline(text: str, language: str | None) -> tuple[date | None, str | None]:
    """The day and place with which a text begins ("Oslo, 12 March 2024 – The Ministry…")."""
    found = find_dates(text[: DATELINE + 20], language=language)
    if not found or found[0].end > DATELINE:
        return None, None
    place = text[: found[0].start].strip(" ,(")
    if is_place(place) and _AFTER_DATELINE.match(text, found[0].end):
        return found[0].day, place
    return None, None
