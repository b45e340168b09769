"""What every handler needs: the record, the words of a person, a way to answer, and manners."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import date
from typing import Any

from telegram import Message, Update, User
from telegram.ext import CallbackContext, ExtBot

from bot.people import People
from bot.subscriptions import Subscriptions
from bot.telegram import deeplinks
from bot.telegram.callbacks import QuestionStore
from bot.telegram.deeplinks import Target
from bot.telegram.keyboards import Keyboards
from bot.telegram.limits import Allowance
from bot.telegram.markup import escape
from bot.telegram.sending import Bot, Place, Reply, Sender
from bot.words import Words, languages, words
from corpus import Corpus

Data = dict[Any, Any]
Context = CallbackContext[ExtBot[None], Data, Data, Data]
Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]


ANONYMOUS = 1087968824
"""Whoever writes as a group's anonymous administrator (Bot API, ``Message.sender_chat``)."""

QUESTIONS_AT_ONCE, QUESTIONS_PER_SECOND = 30, 1.0
LOOKUPS_AT_ONCE, LOOKUPS_PER_SECOND = 60, 5.0
"""Inline queries come with each letter typed."""
THINKING = 2
"""Questions looked up at a time: more would only share the same processor, and all end late."""
SUBSCRIBER = "telegram:"
"""What the names of subscribers begin with here; the chat's number follows."""
ALBUMS = 100
"""Of so many albums it is known that they were answered."""


def of_message(handle: Callable[[Message], Awaitable[None]]) -> Handle:
    """A handler of updates that have a message, given what to do with the message."""

    async def handled(update: Update, context: Context) -> None:
        if message := update.effective_message:
            await handle(message)

    return handled


class Desk:
    """Where handlers find what they need. There is one for each bot."""

    def __init__(
        self,
        corpus: Corpus,
        questions: QuestionStore,
        people: People,
        bot: Bot,
    ) -> None:
        self.corpus = corpus
        self.questions = questions
        self.people = people
        self.bot = bot
        self.sender = Sender(bot)
        self.subscriptions = Subscriptions(corpus)
        self._asked = Allowance(QUESTIONS_AT_ONCE, QUESTIONS_PER_SECOND)
        self._looked = Allowance(LOOKUPS_AT_ONCE, LOOKUPS_PER_SECOND)
        self._albums: deque[str] = deque(maxlen=ALBUMS)
        self.thinking = asyncio.Semaphore(THINKING)

    @property
    def keyboards(self) -> Keyboards:
        """Makes the buttons; to be used once the bot knows who it is."""
        inline = bool(self.bot.supports_inline_queries)
        return Keyboards(self.questions, inline=inline, username=self.bot.username)

    async def words(self, user: User | None) -> Words:
        """The words of a person: the language chosen, else the one that the app is set to."""
        if user is None:
            return words()
        chosen = await self.people.language(user.id)
        return words(chosen if chosen in languages() else user.language_code)

    async def watched(self, chat: int, question: str) -> bool | None:
        """Whether a chat is told of new statements on a question; None where it can't be."""
        name = subscriber(chat)
        return await self.subscriptions.has(name, question) if name else None

    async def link(self, target: Target) -> str:
        """The address that opens the private chat with the bot at a target."""
        start = await deeplinks.parameter(target, self.questions)
        return deeplinks.link(self.bot.username, start)

    async def admit(self, message: Message, said: Words) -> bool:
        """Count a question of a person; one who asks too fast is told so, once."""
        admission = self._asked.take(asker(message))
        if admission.first_refusal:
            seconds = math.ceil(admission.wait)
            await self.sender.send(
                place_of(message), escape(said("telegram-too-fast", seconds=seconds))
            )
        return admission.granted

    def admit_tap(self, person: int) -> float:
        """Count a tap on a button; gives how many seconds to wait, 0 if it is dealt with."""
        return self._asked.take(person).wait

    def admit_lookup(self, person: int) -> bool:
        """Count an inline query of a person."""
        return self._looked.take(person).granted

    def first_of_album(self, message: Message) -> bool:
        """Whether a message is the first of its album; each picture comes as one message."""
        album = message.media_group_id
        if album is None:
            return True
        if album in self._albums:
            return False
        self._albums.append(album)
        return True

    async def answer(self, message: Message, reply: Reply) -> None:
        """Answer a message, and remember with what, in case that it is edited."""
        ids = await self.sender.deliver(place_of(message), reply)
        self.remember(message, ids)

    def remember(self, message: Message, ids: tuple[int, ...]) -> None:
        """Remember which messages answered a message, and which continue the first of them."""
        self.people.answered(message.chat_id, message.message_id, ids)
        if len(ids) > 1:
            self.people.continued(message.chat_id, ids[0], ids[1:])


def place_of(message: Message) -> Place:
    """Where the answer to a message goes: its topic; in a group, as a reply to it."""
    in_topic = message.is_topic_message
    return Place(
        chat=message.chat_id,
        topic=message.message_thread_id if in_topic else None,
        reply_to=None if message.chat.type == message.chat.PRIVATE else message.message_id,
    )


def subscriber(chat: int) -> str | None:
    """The name of a private chat as a subscriber; groups have none."""
    return f"{SUBSCRIBER}{chat}" if chat > 0 else None


def asker(message: Message) -> int:
    """Whose allowance a message counts against: the person's, else the chat's that speaks."""
    user = message.from_user
    if user is not None and user.id != ANONYMOUS:
        return user.id
    return message.sender_chat.id if message.sender_chat else message.chat_id


def day_of(message: Message) -> date:
    """The day on which a message was sent, where this machine is."""
    return message.date.astimezone().date()
