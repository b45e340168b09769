"""Reading on from a passage: its neighbours, its whole statement, a statement as a file."""

from __future__ import annotations

from dataclasses import dataclass

from bot import asking
from bot.asking import StatementView
from bot.telegram import pages, rendering
from bot.telegram.desk import Desk
from bot.telegram.rendering import Attachment, Rendered
from bot.telegram.sending import Place, Reply
from bot.words import Words
from corpus.errors import UnknownDocument

AROUND = 2
"""Paragraphs before and after a passage that are its context."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A reply, or why there is none; ``notice`` is what to know in either case."""

    reply: Reply | None
    notice: str | None = None


class Reading:
    """Opens passages and statements."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def passage(self, said: Words, passage_id: int) -> Opened:
        """A passage by itself, as a link opens it; withdrawn ones are shown and said to be."""
        view = await asking.passage(self._desk.corpus, passage_id)
        if view is None:
            return Opened(None, said("telegram-no-passage"))
        keyboard = await self._desk.keyboards.passage(said, view)
        return Opened(Reply(rendering.passage(said, view), keyboard))

    async def context(self, said: Words, passage_id: int) -> Opened:
        """The paragraphs around a passage that is still on record."""
        view = await asking.context(self._desk.corpus, passage_id, around=AROUND)
        if view is None:
            return Opened(None, said("telegram-no-passage"))
        if not view.passage.current:
            return Opened(None, said("withdrawn-passage"))
        head, *tails = pages.context_messages(said, view)
        return Opened(Reply(Rendered(head, tuple(tails))))

    async def statement_of(self, said: Words, passage_id: int) -> Opened:
        """The statement that a passage is from, opened where it stands."""
        view = await asking.passage(self._desk.corpus, passage_id)
        if view is None:
            return Opened(None, said("telegram-no-passage"))
        if not view.current:
            return Opened(None, said("withdrawn-passage"))
        return await self.statement(said, view.document_id, paragraph=view.paragraph)

    async def statement(
        self,
        said: Words,
        document_id: int,
        *,
        page: int = 0,
        paragraph: int | None = None,
        revision: int | None = None,
    ) -> Opened:
        """A page of a statement's current revision: of this number, or with this paragraph.

        Another ``revision`` than the current one is what a button was made for.
        """
        view = await self._statement(document_id)
        if view is None:
            return Opened(None, said("telegram-no-statement"))
        all_pages = pages.statement_pages(said, view)
        if view.document.withdrawn or not all_pages:
            return Opened(None, said("telegram-statement-withdrawn"))
        if paragraph is not None:
            page = pages.page_of(all_pages, paragraph)
        page = min(page, len(all_pages) - 1)
        text = pages.statement_page(said, view, all_pages[page])
        keyboard = await self._desk.keyboards.statement(said, view.document, page, len(all_pages))
        corrected = revision is not None and revision != view.document.revision
        notice = said("telegram-statement-corrected") if corrected else None
        return Opened(Reply(Rendered(text), keyboard), notice)

    async def file(self, said: Words, place: Place, document_id: int) -> str | None:
        """Send a statement as a file; gives what to say if it can't be done."""
        view = await self._statement(document_id)
        if view is None:
            return said("telegram-no-statement")
        if view.document.withdrawn:
            return said("telegram-statement-withdrawn")
        text = pages.statement_text(said, view)
        await self._desk.sender.send_file(place, Attachment(f"statement-{document_id}.txt", text))
        return None

    async def _statement(self, document_id: int) -> StatementView | None:
        try:
            return await asking.statement(self._desk.corpus, document_id)
        except UnknownDocument:
            return None
