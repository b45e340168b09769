"""What a format's module gives: the blocks of a document in order, and what the format declares."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Moment


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or list item of a source, verbatim."""

    text: str
    heading: bool = False
    strong: str = ""
    """The part at the beginning that is set in bold type; the whole text if all of it is."""
    listed: bool = False
    """An item of a list."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document as its format shows it. What the format doesn't declare is None."""

    blocks: tuple[Block, ...]
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    speaker: str | None = None
    said_on: Moment | None = None
    published: Moment | None = None
    occasion: str | None = None
    place: str | None = None
    header: tuple[str, ...] = ()
    """Lines beside the title that belong to no paragraph: dates, places."""
    framed: bool = False
    """The blocks may still have the page's frame around them, as text copied from a page has."""
    broken: bool = False
    """Bytes that fit no encoding were replaced by U+FFFD."""
