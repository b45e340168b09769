"""Answers in chats where the bot is not: inline results, and guest questions.

Nothing can be sent after such an answer, and its buttons can only be links: it is one message,
of a long paragraph the beginning, with a link into the private chat where all of it is.
"""

from __future__ import annotations

import math
from datetime import date

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import BaseHandler, InlineQueryHandler, TypeHandler

from bot import asking, checking, phrasing
from bot.asking import PassageView
from bot.message import Line, Span, joined, plain, strong
from bot.telegram import check_rendering, deeplinks, rendering
from bot.telegram.deeplinks import OpenDocument, OpenPassage, OpenQuestion
from bot.telegram.desk import Context, Desk, Handle, day_of
from bot.telegram.markup import MESSAGE_LIMIT, line_html, units
from bot.telegram.messages import replied_words, without_mentions
from bot.telegram.rendering import linkable, shortened
from bot.telegram.sending import NO_PREVIEW
from bot.words import Words
from corpus.types import Document

RESULTS = 20
"""Inline results at a time, of at most 50 (Bot API, ``answerInlineQuery``)."""
CACHED = 10
"""Seconds for which Telegram may repeat an answer without asking."""
TITLE, DESCRIPTION, BUTTON = 100, 160, 60
"""UTF-16 units of the parts of a result."""
PASSAGE_MARK = "#"
"""``#123`` is the passage of this id: what the Share button types."""


class Elsewhere:
    """Inline queries and guest questions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Update, Context, None]]:
        """One for each kind."""
        return [InlineQueryHandler(self.inline), GuestHandler(self.guest)]

    async def inline(self, update: Update, context: Context) -> None:
        """``@bot Iran``: passages to choose from; without words, the latest statements."""
        query = update.inline_query
        if query is None:
            return
        said = await self._desk.words(query.from_user)
        results: list[InlineQueryResultArticle] = []
        next_offset, button = "", None
        if self._desk.admit_lookup(query.from_user.id):
            offset = int(query.offset[:9]) if query.offset.isdecimal() else 0
            results, more = await self._results(said, query.query.strip(), offset)
            next_offset = str(offset + len(results)) if more else ""
            if not results and not offset:
                button = await self._button(said, query.query.strip())
        await query.answer(
            results,
            cache_time=CACHED,
            is_personal=True,
            next_offset=next_offset,
            button=button,
        )

    async def guest(self, update: Update, context: Context) -> None:
        """A question in a chat that the bot is not in: one message answers it."""
        message = update.guest_message
        if message is None or message.guest_query_id is None:
            return
        said = await self._desk.words(message.from_user)
        question, _ = without_mentions(message, context.bot)
        quotation = "" if question else replied_words(message)
        person = message.from_user.id if message.from_user else message.chat_id
        if wait := self._desk.admit_tap(person):
            text = said("telegram-too-fast", seconds=math.ceil(wait))
            result = _article(said, line_html((Span(text),)), None)
        elif not (question or quotation):
            result = _article(said, line_html((Span(said("telegram-guest-usage")),)), None)
        elif quotation:
            result = await self._checked(said, quotation)
        else:
            result = await self._answered(said, question, day_of(message))
        await context.bot.answer_guest_query(message.guest_query_id, result)

    # --- inline -----------------------------------------------------------------------------

    async def _results(
        self, said: Words, query: str, offset: int
    ) -> tuple[list[InlineQueryResultArticle], bool]:
        """Results from an offset on, and whether there are more."""
        if not query:
            found = await self._desk.corpus.latest(limit=RESULTS + 1, offset=offset)
            listed = [await self._document(said, document) for document in found[:RESULTS]]
            return listed, len(found) > RESULTS
        if query.startswith(PASSAGE_MARK) and (number := query[1:]).isdecimal():
            view = await asking.passage(self._desk.corpus, int(number[:18]))
            return ([await self._passage(said, view)] if view and not offset else []), False
        answer = await asking.ask(self._desk.corpus, query, limit=RESULTS, offset=offset)
        listed = [await self._passage(said, view) for view in answer.passages]
        return listed, offset + len(listed) < answer.total and bool(listed)

    async def _passage(self, said: Words, view: PassageView) -> InlineQueryResultArticle:
        more = await self._desk.link(OpenPassage(view.passage_id))
        return InlineQueryResultArticle(
            id=f"p{view.passage_id}",
            title=shortened(rendering.speaker_and_day(said, view), TITLE),
            description=shortened(" ".join(view.text.split()) or "…", DESCRIPTION),
            input_message_content=_content(rendering.beginning(said, view, more)),
            reply_markup=await self._desk.keyboards.elsewhere(said, view),
        )

    async def _document(self, said: Words, document: Document) -> InlineQueryResultArticle:
        title = shortened(document.title or said("untitled"), TITLE)
        by = shortened(document.speaker or document.publisher or "", TITLE)
        day = phrasing.day_or_unknown(said, document.said_on)
        open_all = await self._desk.link(OpenDocument(document.id))
        named: Line = (strong(title),)
        facts = joined([(Span(part),) for part in (by, day) if part], phrasing.SEPARATOR)
        source: Line = (Span(said("telegram-button-original"), url=linkable(document.source_url)),)
        text = [named, facts, *([source] if source[0].url else [])]
        button = InlineKeyboardButton(said("telegram-button-statement"), url=open_all)
        return InlineQueryResultArticle(
            id=f"d{document.id}",
            title=title,
            description=plain(facts),
            input_message_content=_content("\n".join(map(line_html, text))),
            reply_markup=InlineKeyboardMarkup([[button]]),
        )

    async def _button(self, said: Words, query: str) -> InlineQueryResultsButton:
        """Nothing found: the bot itself says why, and what is near."""
        if not query:
            return InlineQueryResultsButton(said("latest-empty"), start_parameter="inline")
        text = shortened(said("telegram-inline-nothing", query=shortened(query, 30)), BUTTON)
        start = await deeplinks.parameter(OpenQuestion(query), self._desk.questions)
        return InlineQueryResultsButton(text, start_parameter=start)

    # --- guest questions ----------------------------------------------------------------------

    async def _answered(self, said: Words, question: str, day: date) -> InlineQueryResultArticle:
        view = await asking.ask(self._desk.corpus, question, limit=1, today=day)
        if view.passages:
            return await self._passage(said, view.passages[0])
        start = await self._desk.link(OpenQuestion(question))
        return _article(said, rendering.answer(said, view).head, _near(said, start))

    async def _checked(self, said: Words, quotation: str) -> InlineQueryResultArticle:
        checked = await checking.check(self._desk.corpus, quotation)
        head = check_rendering.check(said, checked).head
        if units(head) > MESSAGE_LIMIT:
            remarks = checking.remark_lines(said, checked)
            head = rendering.lines([checking.verdict_line(said, checked), *remarks])
        if checked.passage is None:
            return _article(said, head, None)
        keyboard = await self._desk.keyboards.elsewhere(said, checked.passage)
        return _article(said, head, keyboard)


class GuestHandler(TypeHandler[Update, Context, None]):
    """Takes guest questions alone; PTB 22.8 has no handler of its own for them."""

    def __init__(self, callback: Handle) -> None:
        super().__init__(Update, callback)

    def check_update(self, update: object) -> bool:
        """Whether the update is a guest question."""
        return isinstance(update, Update) and update.guest_message is not None


def _content(text: str) -> InputTextMessageContent:
    return InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW)


def _article(
    said: Words, text: str, keyboard: InlineKeyboardMarkup | None
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id="answer",
        title=said("telegram-name"),
        input_message_content=_content(text),
        reply_markup=keyboard,
    )


def _near(said: Words, url: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(said("telegram-button-near"), url=url)]])
