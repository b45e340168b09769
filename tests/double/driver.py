"""People: what they do, and what they see of the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.double.acts import Acts
from tests.double.links import is_start_parameter, start_parameter
from tests.double.methods.answering import InlineResult
from tests.double.state import Chat, Event, Message, User
from tests.double.world import Query

if TYPE_CHECKING:
    from tests.double.double import Double

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a person sees above the text field after ``@bot query``."""

    query: str
    results: list[InlineResult]
    next_offset: str
    button: Json | None
    cache_time: int
    is_personal: bool


class Tap:
    """A tapped button that waits for its answer."""

    def __init__(self, double: Double, button: Json, query: Query | None) -> None:
        self._double = double
        self.button = button
        self.query = query
        """None for a button that asks the bot nothing: a link, a switch to inline mode, a copy."""

    async def answer(self, within: float | None = None) -> Json:
        """The parameters of ``answerCallbackQuery``: ``text``, ``show_alert``, ``url``.

        Raises:
            AssertionError: the bot left the button spinning.
        """
        query = self.query
        assert query is not None, f"{self.button['text']!r} asks the bot nothing"
        found = await self._double.world.bell.until(
            lambda: query.answer, within or self._double.answer_timeout
        )
        assert found is not None, f"{self.button['text']!r} was not answered; {_log(self._double)}"
        return found


class Person(Acts):
    """Someone who chats with the bot; each of their acts is an update for it."""

    def __init__(self, double: Double, user: User, chat: Chat) -> None:
        super().__init__(double.world, user, chat)
        self._double = double
        self._read: dict[int, int] = {}

    # --- seeing --------------------------------------------------------------------------------

    async def answer(
        self,
        within: float | None = None,
        *,
        chat: Chat | None = None,
        containing: str | None = None,
    ) -> Message:
        """The next message that the bot sent or edited in a chat, each returned once, in order.

        ``containing`` passes over those without these words.

        Raises:
            AssertionError: there was none within ``within`` seconds.
        """
        place = chat or self.chat

        def look() -> Event | None:
            while self._read.get(place.id, 0) < len(place.events):
                event = place.events[self._read.get(place.id, 0)]
                self._read[place.id] = self._read.get(place.id, 0) + 1
                if event.kind != "deleted" and (containing or "") in event.message.text:
                    return event
            return None

        event = await self.world.bell.until(look, within or self._double.answer_timeout)
        wanted = f" with {containing!r}" if containing else ""
        assert event is not None, f"no answer{wanted} in {place}; {_log(self._double)}"
        return event.message

    async def answers(
        self, count: int, within: float | None = None, *, chat: Chat | None = None
    ) -> list[Message]:
        """The next ``count`` messages, as :meth:`answer` gives them."""
        return [await self.answer(within, chat=chat) for _ in range(count)]

    def reads(self, chat: Chat | None = None) -> list[Message]:
        """What the bot sent or edited since the last look, without waiting."""
        place = chat or self.chat
        events = place.events[self._read.get(place.id, 0) :]
        self._read[place.id] = len(place.events)
        return [event.message for event in events if event.kind != "deleted"]

    # --- buttons -------------------------------------------------------------------------------

    async def taps(
        self,
        label: str,
        message: Message | None = None,
        *,
        chat: Chat | None = None,
        inaccessible: bool = False,
    ) -> Tap:
        """Tap the button with this label (or whose label contains it), the newest one unless a
        message is named; ``inaccessible`` as if the message were too old for Telegram to show.

        Raises:
            LookupError: there is no such button; the message names those that there are.
        """
        place = chat or (message.chat if message is not None else None) or self.chat
        found, button = self._find(label, [message] if message else place.messages)
        if found.markup is not None and "keyboard" in found.markup:
            await self.sends(button["text"], chat=place)
            return Tap(self._double, button, None)
        if "callback_data" not in button:
            return Tap(self._double, button, None)
        query = self.world.ask("callback", self.user, "callback-", message=found)
        payload: Json = {
            "id": query.id,
            "from": self.user.to_json(),
            "chat_instance": str(place.id),
            "data": button["callback_data"],
        }
        if found.inline_id is not None:
            payload["inline_message_id"] = found.inline_id
        elif inaccessible:
            payload["message"] = {"chat": place.to_json(), "message_id": found.id, "date": 0}
        else:
            payload["message"] = found.to_json()
        self.world.updates.add("callback_query", payload)
        return Tap(self._double, button, query)

    @staticmethod
    def _find(label: str, messages: Sequence[Message]) -> tuple[Message, Json]:
        buttons = [
            (message, button)
            for message in reversed(messages)
            for row in message.rows
            for button in row
        ]
        for message, button in buttons:
            if button["text"] == label:
                return message, button
        for message, button in buttons:
            if label in button["text"]:
                return message, button
        labels = [button["text"] for _, button in buttons]
        raise LookupError(f"no button {label!r} among {labels}")

    async def follows(self, link: str) -> Message:
        """Open a ``t.me/bot?start=…`` link and press Start.

        Raises:
            ValueError: the link does not lead to the bot, or Telegram would not pass its parameter.
        """
        found = start_parameter(link)
        if found is None or found[0].lower() != str(self.world.bot.username).lower():
            raise ValueError(f"{link} does not lead to the bot")
        return await self.starts(found[1])

    async def starts(self, parameter: str | None = None) -> Message:
        """Press Start, after unblocking the bot if need be.

        Raises:
            ValueError: Telegram would not pass the parameter.
        """
        if parameter is not None and not is_start_parameter(parameter):
            raise ValueError(f"start parameter {parameter!r} is not 1-64 of A-Za-z0-9_-")
        if self.user.blocked:
            self.user.blocked = False
            self.status_changed(self.chat, "kicked", "member")
        self.user.started = True
        return await self.sends(f"/start {parameter}" if parameter else "/start")

    # --- inline and guest questions --------------------------------------------------------------

    async def types_inline(
        self,
        query: str,
        offset: str = "",
        *,
        chat_type: str = "private",
        within: float | None = None,
    ) -> InlineAnswer:
        """Type ``@bot query`` and wait for the results; at most 256 characters are sent.

        Raises:
            AssertionError: the bot did not answer.
        """
        asked = self.world.ask("inline", self.user, "inline-query-")
        asked.payload = {
            "id": asked.id,
            "from": self.user.to_json(),
            "query": query[:256],
            "offset": offset,
            "chat_type": chat_type,
        }
        self.world.updates.add("inline_query", asked.payload)
        answer = await self.world.bell.until(
            lambda: asked.answer, within or self._double.answer_timeout
        )
        assert answer is not None, f"inline query {query!r} was not answered; {_log(self._double)}"
        return InlineAnswer(query=asked.payload["query"], **answer)

    async def chooses(
        self, answer: InlineAnswer, result: InlineResult, chat: Chat | None = None
    ) -> Message:
        """Send an inline result, into ``chat`` or somewhere that the bot doesn't know."""
        message = self.world.new(chat, self.user, result.content)
        message.via_bot, message.markup = self.world.bot, result.markup
        message.link_preview = result.preview
        message.inline_id = self.world.serial("inline-")
        self.world.inline_messages[message.inline_id] = message
        if self._double.inline_feedback:
            payload: Json = {
                "result_id": result.id,
                "from": self.user.to_json(),
                "query": answer.query,
            }
            if result.markup is not None:
                payload["inline_message_id"] = message.inline_id
            self.world.updates.add("chosen_inline_result", payload)
        return self.world.post(message) if chat is not None else message

    async def asks_guest(
        self, text: str, chat: Chat, *, reply_to: Message | None = None
    ) -> Message:
        """Address the bot in a chat that it is not in."""
        asked = self.world.ask("guest", self.user, "guest-", chat=chat)
        message = self.compose(text, chat, reply_to=reply_to)
        message.guest_query_id = asked.id
        asked.message = message
        self.world.post(message)
        self.world.tell(message)
        return message

    async def edited(self, message: Message, within: float | None = None) -> Message:
        """Wait until the bot has edited ``message`` after this call began.

        Raises:
            AssertionError: it did not.
        """
        before = message.edits
        found = await self.world.bell.until(
            lambda: message if message.edits > before else None,
            within or self._double.answer_timeout,
        )
        assert found is not None, f"{message} was not edited; {_log(self._double)}"
        return message


def _log(double: Double) -> str:
    last = "\n  ".join(str(call) for call in double.calls()[-8:])
    return f"last calls:\n  {last}" if last else "the bot made no calls"
