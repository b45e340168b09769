"""The buttons below messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrasing
from bot.asking import AnswerView, PassageView, SilenceView
from bot.message import plain
from bot.telegram.callbacks import (
    Action,
    Ask,
    ChooseLanguage,
    Nothing,
    QuestionStore,
    SendFile,
    ShowAnswer,
    ShowContext,
    ShowDocument,
    ShowLatest,
    ShowStatement,
    TurnPage,
    encode,
)
from bot.telegram.deeplinks import OpenPassage, link, parameter
from bot.telegram.rendering import linkable, shortened
from bot.words import Words, languages, words
from corpus.types import Document

BACK, ON = "‹", "›"
SUGGESTIONS = 8
LABEL = 40
"""UTF-16 units of a button's label; more would be cut on a telephone."""

Row = list[InlineKeyboardButton]


class Keyboards:
    """Makes keyboards for one bot."""

    def __init__(self, questions: QuestionStore, *, inline: bool, username: str) -> None:
        """``inline`` is whether the bot answers inline queries: without, nothing can be shared."""
        self._questions = questions
        self._inline = inline
        self._username = username

    async def answer(
        self, said: Words, view: AnswerView, asked_on: date
    ) -> InlineKeyboardMarkup | None:
        """Below an answer: the other answers, then the passage's own; below silence, hints."""
        if view.silence:
            return await self._silence(said, view.silence)
        if not view.passages:
            return None
        rows = [await self._pager(said, view, asked_on)] if view.total > 1 else []
        return InlineKeyboardMarkup([*rows, *await self._passage(said, view.passages[0])])

    async def passage(self, said: Words, view: PassageView) -> InlineKeyboardMarkup | None:
        """Below a passage that was opened by a link, or that a quotation was found in."""
        rows = await self._passage(said, view)
        return InlineKeyboardMarkup(rows) if rows else None

    async def elsewhere(self, said: Words, view: PassageView) -> InlineKeyboardMarkup:
        """Below a passage in a chat where the bot may not be: links alone."""
        start = await parameter(OpenPassage(view.passage_id), self._questions)
        more = link(self._username, start)
        row = [InlineKeyboardButton(said("telegram-button-context"), url=more)]
        return InlineKeyboardMarkup([row + _original(said, view.link)])

    async def statement(
        self, said: Words, document: Document, page: int, pages: int
    ) -> InlineKeyboardMarkup:
        """Below a page of a statement."""
        rows: list[Row] = []
        if pages > 1:
            turn = [TurnPage(document.id, document.revision, to) for to in (page - 1, page + 1)]
            label = said("page-of", number=page + 1, total=pages)
            rows.append(await self._arrows(turn[0], label, turn[1], page, pages))
        file = SendFile(document.id, document.revision)
        row = [await self._button(said("telegram-button-file"), file)]
        rows.append(row + _original(said, document.source_url))
        return InlineKeyboardMarkup(rows)

    async def latest(
        self, said: Words, documents: Sequence[Document], offset: int, step: int, more: bool
    ) -> InlineKeyboardMarkup | None:
        """Below a list of statements: one button each, and the way to later and earlier ones."""
        numbers = [
            await self._button(str(number), ShowDocument(document.id, document.revision))
            for number, document in enumerate(documents, offset + 1)
        ]
        rows = [numbers[start : start + 5] for start in range(0, len(numbers), 5)]
        arrows: Row = []
        if offset:
            arrows.append(await self._button(BACK, ShowLatest(max(0, offset - step))))
        if more:
            arrows.append(await self._button(ON, ShowLatest(offset + step)))
        rows += [arrows] if arrows else []
        return InlineKeyboardMarkup(rows) if rows else None

    async def ask(self, questions: Sequence[str]) -> InlineKeyboardMarkup | None:
        """Questions to tap."""
        rows = [
            [await self._button(shortened(question, LABEL), Ask(question))]
            for question in questions
        ]
        return InlineKeyboardMarkup(rows) if rows else None

    async def search_instead(self, said: Words, question: str) -> InlineKeyboardMarkup:
        """Below an unknown quotation: ask about it as a question."""
        label = said("telegram-button-search")
        return InlineKeyboardMarkup([[await self._button(label, Ask(question))]])

    async def language(self, said: Words) -> InlineKeyboardMarkup:
        """The languages, each by its own name, and the app's own."""
        own = [await self._button(_own_name(code), ChooseLanguage(code)) for code in languages()]
        follow = await self._button(said("telegram-button-language-app"), ChooseLanguage(""))
        return InlineKeyboardMarkup([own, [follow]])

    async def _silence(self, said: Words, silence: SilenceView) -> InlineKeyboardMarkup | None:
        buttons = [
            await self._button(
                shortened(
                    plain(said.line("silence-near-term", term=near.label, count=near.count)), LABEL
                ),
                Ask(near.question),
            )
            for near in silence.near[:SUGGESTIONS]
        ]
        rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
        for loose in silence.loosened[:SUGGESTIONS]:
            label = phrasing.loosened_label(said, loose.label)
            text = said("silence-near-term", term=label, count=loose.count)
            rows.append([await self._button(shortened(text, LABEL), Ask(loose.question))])
        return InlineKeyboardMarkup(rows) if rows else None

    async def _pager(self, said: Words, view: AnswerView, asked_on: date) -> Row:
        def to(number: int) -> Action:
            return ShowAnswer(number, asked_on, said.language, view.question)

        label = plain(phrasing.page_line(said, view))
        return await self._arrows(
            to(view.offset - 1), label, to(view.offset + 1), view.offset, view.total
        )

    async def _arrows(self, back: Action, label: str, on: Action, at: int, total: int) -> Row:
        row = [await self._button(label, Nothing())]
        if at > 0:
            row.insert(0, await self._button(BACK, back))
        if at < total - 1:
            row.append(await self._button(ON, on))
        return row

    async def _passage(self, said: Words, view: PassageView) -> list[Row]:
        if not view.current:
            return [row] if (row := _original(said, view.link)) else []
        row = [
            await self._button(said("telegram-button-context"), ShowContext(view.passage_id)),
            await self._button(said("telegram-button-statement"), ShowStatement(view.passage_id)),
        ]
        links = _original(said, view.link)
        if self._inline:
            share = InlineKeyboardButton(
                said("telegram-button-share"), switch_inline_query=f"#{view.passage_id}"
            )
            links.insert(0, share)
        return [row, links] if links else [row]

    async def _button(self, label: str, action: Action) -> InlineKeyboardButton:
        data = await encode(action, self._questions)
        return InlineKeyboardButton(label, callback_data=data)


def _original(said: Words, url: str | None) -> Row:
    url = linkable(url)
    return [InlineKeyboardButton(said("telegram-button-original"), url=url)] if url else []


def _own_name(code: str) -> str:
    name = phrasing.language_name(words(code), code)
    return name[:1].upper() + name[1:]
