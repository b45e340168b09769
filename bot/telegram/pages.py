"""Many paragraphs in messages: a whole statement page by page, a passage among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import phrasing
from bot.asking import ContextView, PassageView, StatementView
from bot.message import Line, Span, joined, strong
from bot.telegram.markup import line_html, line_units, quotation_html, units
from bot.telegram.rendering import linkable, shortened
from bot.telegram.splitting import split
from bot.words import Words

BLOCKS = 30
"""Paragraphs of a page at most: each is an entity or two, of a hundred that Telegram draws."""
PAGE = 3500
"""UTF-16 units of the paragraphs of a page with their speakers; the rest is for its heading."""
_NAME = 150
_TITLE = 200
_HERE = "▶ "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a piece of a long one, as it stands on a page."""

    paragraph: int
    """Index in the document, from 0."""
    label: Line
    """Who speaks, where that is not the one before; empty otherwise."""
    text: str
    begins: bool = True
    """Whether it is the beginning of its paragraph."""

    @property
    def size(self) -> int:
        """UTF-16 units, with newlines."""
        return units(self.text) + 1 + (line_units(self.label) + 1 if self.label else 0)


Page = tuple[Block, ...]


def statement_pages(words: Words, view: StatementView) -> list[Page]:
    """A statement cut into pages; joined, their texts are its paragraphs, verbatim."""
    return _pages(_blocks(words, view.passages))


def page_of(pages: Sequence[Page], paragraph: int) -> int:
    """The index of the page on which a paragraph begins; 0 if it is on none."""
    for number, page in enumerate(pages):
        if any(block.paragraph == paragraph and block.begins for block in page):
            return number
    return 0


def statement_page(words: Words, view: StatementView, page: Page) -> str:
    """One page as a message: the statement's title and date above, its source below."""
    document = view.document
    title = shortened(document.title or words("untitled"), _TITLE)
    day = phrasing.day_or_unknown(words, document.said_on)
    heading: list[Line] = [joined([(strong(title),), (Span(day),)], phrasing.SEPARATOR)]
    if document.withdrawn:
        heading.append((Span(words("telegram-statement-withdrawn")),))
    source = shortened(document.publisher or words("publisher-unknown"), _NAME)
    footing: Line = (Span(source, url=linkable(document.source_url)),)
    return _message(heading, page, footing)


def context_messages(words: Words, view: ContextView) -> list[str]:
    """A passage and its neighbours, in as many messages as they need; the passage is marked."""
    passages = [*view.before, view.passage, *view.after]
    pages = _pages(_blocks(words, passages, marked=view.passage))
    title = shortened(view.passage.title or words("untitled"), _TITLE)
    footing: Line = (Span(title, url=linkable(view.passage.link)),)
    heading: list[Line] = [(strong(words("telegram-context-title")),)]
    return [_message(heading, page, footing) for page in pages]


def statement_text(words: Words, view: StatementView) -> str:
    """A whole statement as the text of a file."""
    document = view.document
    head = [document.title or words("untitled"), phrasing.day_or_unknown(words, document.said_on)]
    head += [part for part in (document.publisher, document.source_url) if part]
    parts = ["\n".join(head)]
    speaker: str | None = ""
    for passage in view.passages:
        if passage.who != speaker:
            parts.append("".join(span.text for span in phrasing.who(words, passage)) + ":")
            speaker = passage.who
        parts.append(passage.text)
    return "\n\n".join(parts) + "\n"


def _blocks(
    words: Words, passages: Sequence[PassageView], marked: PassageView | None = None
) -> list[Block]:
    blocks: list[Block] = []
    speaker: str | None = ""
    for passage in passages:
        label: Line = ()
        if passage.who != speaker or passage is marked:
            label = _label(words, passage, here=passage is marked)
        # After the marked one its speaker is named again, so that the mark is not carried on.
        speaker = "" if passage is marked else passage.who
        for number, piece in enumerate(split(passage.text, PAGE - 2 * _NAME) or [""]):
            blocks.append(Block(passage.paragraph, () if number else label, piece, number == 0))
    return blocks


def _label(words: Words, passage: PassageView, *, here: bool) -> Line:
    name = shortened("".join(span.text for span in phrasing.who(words, passage)), _NAME)
    return (*([Span(_HERE)] if here else []), strong(name))


def _pages(blocks: Sequence[Block]) -> list[Page]:
    pages: list[Page] = []
    page: list[Block] = []
    for block in blocks:
        full = sum(other.size for other in page) + block.size > PAGE or len(page) == BLOCKS
        if page and full:
            pages.append(tuple(page))
            page = []
        page.append(block)
    return [*pages, tuple(page)] if page else pages


def _message(heading: Sequence[Line], page: Page, footing: Line) -> str:
    parts = [line_html(line) for line in heading]
    for block in page:
        if block.label:
            parts.append(line_html(block.label))
        if block.text:
            parts.append(quotation_html(block.text, fold=False))
    return "\n".join([*parts, line_html(footing)])
