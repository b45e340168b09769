"""The double as tests see it: people, chats, scripts and records."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.double.driver import Person
from tests.double.errors import Refusal, too_many_requests
from tests.double.failures import Failure
from tests.double.latency import Stopwatch
from tests.double.limits import RateLimiter, Rates
from tests.double.records import Call, Latency, Loss, Violation
from tests.double.schema import Schema, load_schema
from tests.double.server import Server
from tests.double.state import Chat, Topic, User
from tests.double.webhook import Webhook
from tests.double.world import World

Json = dict[str, Any]
TOKEN = "1000000001:double_of_telegram_for_tests_only_00"


class Double:
    """A Telegram of one's own, over loopback HTTP.

    ``strict`` refuses calls that Telegram would let pass although its specification does not allow
    them (an unknown parameter, a length beyond the words of a description); otherwise they are only
    written down in :attr:`violations`. ``privacy`` is privacy mode in groups. ``rates`` switches
    Telegram's rate limits on. ``webhook_retry`` is the first pause before an update is delivered
    again, in seconds.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "OnTheRecordBot",
        name: str = "On the Record",
        privacy: bool = True,
        strict: bool = True,
        rates: Rates | None = None,
        schema: Schema | None = None,
        use_schema: bool = True,
        webhook_retry: float = 0.05,
        port: int = 0,
    ) -> None:
        bot = User(int(token.partition(":")[0]), name, username=username, is_bot=True)
        stopwatch = Stopwatch()
        self.world = World(bot, privacy=privacy, on_hand_out=stopwatch.handed_out)
        self.inline_feedback = True
        """Whether the bot is told which inline result was chosen."""
        self.answer_timeout = 5.0
        """Seconds that people wait for an answer unless told otherwise."""
        self._stopwatch = stopwatch
        self._server = Server(
            self.world,
            token=token,
            schema=(schema or load_schema()) if use_schema else None,
            strict=strict,
            stopwatch=stopwatch,
            webhook=Webhook(self.world.updates, retry_delay=webhook_retry),
            limiter=RateLimiter(rates) if rates is not None else None,
        )
        self._port = port
        self._numbers = itertools.count(1)

    # --- running -----------------------------------------------------------------------------

    async def start(self) -> Self:
        """Listen on loopback, on a free port unless one was asked for."""
        self._port = await self._server.start(self._port)
        return self

    async def stop(self) -> None:
        """Close every connection."""
        await self._server.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """For ``ONTHERECORD_TELEGRAM_API_URL``."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self._server.token

    @property
    def bot(self) -> User:
        """The bot as a user."""
        return self.world.bot

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point the bot at this double."""
        return {
            "ONTHERECORD_TELEGRAM_API_URL": self.base_url,
            "ONTHERECORD_TELEGRAM_TOKEN": self.token,
        }

    # --- people and chats ----------------------------------------------------------------------

    def person(
        self,
        first_name: str = "Ann",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "en",
        user_id: int | None = None,
        started: bool = True,
    ) -> Person:
        """Someone with a private chat with the bot, which they opened unless ``started`` is off."""
        user = User(
            user_id or 5_000_000 + next(self._numbers),
            first_name,
            last_name=last_name,
            username=username,
            language_code=language,
            started=started,
        )
        return Person(self, user, self.world.add_user(user))

    def group(self, title: str, *people: Person, bot: str | None = "member") -> Chat:
        """A basic group; ``bot`` is the bot's status there, None when it is not in."""
        return self._chat("group", -4_000_000 - next(self._numbers), title, people, bot)

    def supergroup(
        self,
        title: str,
        *people: Person,
        bot: str | None = "member",
        forum: bool = False,
        username: str | None = None,
    ) -> Chat:
        """A supergroup, with topics if it is a forum."""
        number = -1_002_000_000_000 - next(self._numbers)
        chat = self._chat("supergroup", number, title, people, bot)
        chat.is_forum, chat.username = forum, username
        return chat

    def channel(
        self,
        title: str,
        *people: Person,
        bot: str | None = "administrator",
        username: str | None = None,
    ) -> Chat:
        """A channel; the first person owns it."""
        number = -1_003_000_000_000 - next(self._numbers)
        chat = self._chat("channel", number, title, people, bot)
        chat.username = username
        return chat

    def _chat(
        self, kind: str, chat_id: int, title: str, people: tuple[Person, ...], bot: str | None
    ) -> Chat:
        chat = Chat(chat_id, kind, title=title)
        for person in people:
            chat.statuses[person.user.id] = "member" if chat.statuses else "creator"
        if bot is not None:
            chat.statuses[self.bot.id] = bot
        return self.world.add_chat(chat)

    def topic(self, chat: Chat, name: str, person: Person) -> Topic:
        """A new topic of a forum, opened by a person."""
        return self.world.add_topic(chat, name, person.user)

    # --- scripts -------------------------------------------------------------------------------

    def fail(
        self,
        method: str,
        code: int,
        description: str = "",
        *,
        times: int = 1,
        retry_after: int | None = None,
        when: Callable[[Json], bool] | None = None,
        **parameters: Any,
    ) -> None:
        """Refuse the next calls of a method (``"*"`` for any); ``when`` picks by parameters."""
        refusal = Refusal(code, description or "Bad Request: scripted", parameters)
        if retry_after is not None:
            refusal = too_many_requests(retry_after)
        self._script(Failure(method, times, refusal), when)

    def drop(
        self,
        method: str,
        *,
        times: int = 1,
        after: bool = False,
        when: Callable[[Json], bool] | None = None,
    ) -> None:
        """Close the connection in place of an answer; ``after`` the call was done, or before."""
        self._script(Failure(method, times, drop="after" if after else "before"), when)

    def delay(
        self,
        method: str,
        seconds: float,
        *,
        times: int = 1,
        when: Callable[[Json], bool] | None = None,
    ) -> None:
        """Let the next calls of a method take ``seconds`` longer."""
        self._script(Failure(method, times, delay=seconds), when)

    def _script(self, failure: Failure, when: Callable[[Json], bool] | None) -> None:
        if when is not None:
            failure.when = when
        self._server.failures.add(failure)

    def succeed(self) -> None:
        """Forget all scripted failures."""
        self._server.failures.clear()

    def expire_queries(self) -> None:
        """Make every query so far too old to be answered."""
        for query in self.world.queries.values():
            query.expired = True

    # --- records -------------------------------------------------------------------------------

    def calls(self, method: str | None = None) -> list[Call]:
        """The calls of a method, or all of them but ``getUpdates``, in the order they came."""
        if method is None:
            return [call for call in self._server.calls if call.method != "getUpdates"]
        return [call for call in self._server.calls if call.method == method]

    async def called(self, method: str, count: int = 1, within: float | None = None) -> list[Call]:
        """Wait until a method was called and answered ``count`` times.

        Raises:
            AssertionError: it was not, within ``within`` seconds.
        """

        def look() -> list[Call] | None:
            done = [call for call in self.calls(method) if call.answered is not None]
            return done if len(done) >= count else None

        found = await self.world.bell.until(look, within or self.answer_timeout)
        assert found is not None, f"{method} was called {len(self.calls(method))} times"
        return found

    @property
    def violations(self) -> list[Violation]:
        """Where the bot broke the specification; tests assert that there is nothing."""
        return self._server.violations

    @property
    def losses(self) -> list[Loss]:
        """What Telegram would have taken from messages without a word."""
        return self.world.losses

    @property
    def refusals(self) -> list[Call]:
        """Calls that broke a rule, scripted failures aside."""
        return [
            call
            for call in self.calls()
            if call.status is not None and call.status != 200 and not call.injected
        ]

    @property
    def latencies(self) -> list[Latency]:
        """How long each answered update took, from hand-out to answer."""
        return self._stopwatch.latencies
