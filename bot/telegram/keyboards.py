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
    PauseAlerts,
    QuestionStore,
    SendFile,
    ShowAlerts,
    ShowAnswer,
    ShowContext,
    ShowDocument,
    ShowLatest,
    ShowStatement,
    TurnPage,
    Watch,
    encode,
)
from bot.telegram.deeplinks import OpenPassage, link, parameter
from bot.telegram.rendering import linkable, shortened
from bot.words import Words, languages, words
from corpus.types import Document, SilenceReason

BACK, ON = "‹", "›"
SUGGESTIONS = 8
SUBJECTS = 5
"""Subscriptions that can be ended below an alert; the list of all has the others."""
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
        self, said: Words, view: AnswerView, asked_on: date, watched: bool | None = None
    ) -> InlineKeyboardMarkup | None:
        """Below an answer: the other answers, then the passage's own; below silence, hints.

        ``watched`` is whether the asker is told of new statements; None where they can't be.
        """
        rows: list[Row] = []
        if view.silence:
            rows = await self._silence(said, view.silence)
        elif view.passages:
            rows = [await self._pager(said, view, asked_on)] if view.total > 1 else []
            rows += await self._passage(said, view.passages[0])
        nothing = view.silence and view.silence.reason is SilenceReason.NOTHING_ASKED
        if watched is not None and not nothing:
            button = await self.watch(said, Watch(view.question, on=not watched), None)
            # Below what reads on, above what leads away.
            away = bool(rows) and not any(other.callback_data for other in rows[-1])
            rows.insert(len(rows) - away, [button])
        return InlineKeyboardMarkup(rows) if rows else None

    async def watch(self, said: Words, action: Watch, subject: str | None) -> InlineKeyboardButton:
        """Begins or ends alerts; says of what where ``subject`` is given."""
        if subject is None:
            label = said("telegram-button-watch" if action.on else "telegram-button-mute")
        else:
            named = "telegram-button-watch-named" if action.on else "telegram-button-mute-named"
            label = shortened(said(named, what=subject), LABEL)
        return await self._button(label, action)

    async def alert(
        self, said: Words, passage_id: int, subjects: Sequence[tuple[str, str]]
    ) -> InlineKeyboardMarkup:
        """Below an alert: its statement, and the end of each subscription that it came for.

        ``subjects`` are questions and what they are about.
        """
        whole = await self._button(said("telegram-button-statement"), ShowStatement(passage_id))
        rows: list[Row] = [[whole]]
        several = len(subjects) > 1
        for question, subject in subjects[:SUBJECTS]:
            mute = Watch(question, on=False, named=several)
            button = await self.watch(said, mute, subject if several else None)
            rows.append([button]) if several else rows[0].append(button)
        return InlineKeyboardMarkup(rows)

    async def alerts(
        self, said: Words, watched: Sequence[tuple[str, str]], *, paused: bool
    ) -> InlineKeyboardMarkup:
        """Below the list of subscriptions: the end of each, and a pause for all."""
        rows = [
            [await self.watch(said, Watch(question, on=False, named=True), subject)]
            for question, subject in watched
        ]
        label = said("telegram-button-resume" if paused else "telegram-button-pause")
        rows.append([await self._button(label, PauseAlerts(not paused))])
        return InlineKeyboardMarkup(rows)

    async def my_alerts(self, said: Words) -> InlineKeyboardMarkup:
        """Below a digest: the list of subscriptions."""
        return InlineKeyboardMarkup(
            [[await self._button(said("telegram-button-alerts"), ShowAlerts())]]
        )

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

    async def _silence(self, said: Words, silence: SilenceView) -> list[Row]:
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
        return rows

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
