"""The real python-telegram-bot as the client, by polling and by webhook."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from tests.double import Double, Person
from tests.double_tests.conftest import needs_schema

pytestmark = needs_schema
App = Application[Any, Any, Any, Any, Any, Any]
Start = Callable[[Double], AbstractAsyncContextManager[App]]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_html(
        f"<blockquote expandable>{message.text_html}</blockquote>",
        reply_parameters=ReplyParameters(message.message_id, quote=(message.text or "")[:5]),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Next ›", callback_data="2")]]),
    )


async def turn(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("turned")
    await query.edit_message_text(f"page {query.data}")


async def offer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.inline_query
    assert query is not None
    content = InputTextMessageContent(f"<b>{query.query}</b>", parse_mode="HTML")
    await query.answer([InlineQueryResultArticle("1", query.query, content)], next_offset="1")


async def guest(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.guest_message
    if message is not None and message.guest_query_id is not None:
        content = InputTextMessageContent("a guest's answer")
        await message.answer_guest_query(InlineQueryResultArticle("1", "x", content))


async def fetch(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    assert message.document is not None
    content = await (await message.document.get_file()).download_as_bytearray()
    await message.reply_document(bytes(content).upper(), filename="loud.txt", caption="<louder>")


def build(double: Double) -> App:
    app = (
        ApplicationBuilder()
        .token(double.token)
        .base_url(f"{double.base_url}/bot")
        .base_file_url(f"{double.base_url}/file/bot")
        .concurrent_updates(64)
        .build()
    )
    app.add_handler(MessageHandler(filters.TEXT & filters.UpdateType.MESSAGE, echo))
    app.add_handler(MessageHandler(filters.Document.ALL, fetch))
    app.add_handler(CallbackQueryHandler(turn))
    app.add_handler(InlineQueryHandler(offer))
    app.add_handler(TypeHandler(Update, guest), group=1)
    return app


@asynccontextmanager
async def polling(double: Double) -> AsyncIterator[App]:
    app = build(double)
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling()
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


@asynccontextmanager
async def webhook(double: Double) -> AsyncIterator[App]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = build(double)
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_webhook(
            listen="127.0.0.1",
            port=port,
            url_path="hook",
            webhook_url=f"http://127.0.0.1:{port}/hook",
            secret_token="s3cret",
        )
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


@pytest.mark.parametrize("start", [polling, webhook])
async def test_a_bot_and_a_person(double: Double, ann: Person, start: Start) -> None:
    async with start(double):
        said = await ann.sends("Hello <Ann> & 😀")
        answer = await ann.answer()
        assert answer.text == "Hello <Ann> & 😀"
        assert answer.quotations == [answer.text]
        assert answer.reply_to is said
        assert answer.quote is not None
        assert answer.quote["text"] == "Hello"

        tap = await ann.taps("Next")
        assert (await tap.answer())["text"] == "turned"
        assert await ann.answer() is answer
        assert (answer.text, answer.buttons) == ("page 2", [])

        shown = await ann.types_inline("Iran")
        assert (shown.results[0].text, shown.next_offset) == ("Iran", "1")
        await ann.asks_guest("@OnTheRecordBot Iran", elsewhere := double.group("Far", bot=None))
        assert (await ann.answer(chat=elsewhere)).text == "a guest's answer"

        await ann.sends_file(b"quiet", "quiet.txt")
        loud = await ann.answer()
        assert loud.file is not None
        stored = double.world.file(loud.file["file_id"])
        assert (stored.upload.content, stored.upload.name) == (b"QUIET", "loud.txt")
        assert loud.text == "<louder>"
    assert double.violations == []
    assert double.refusals == []
    assert double.losses == []
    kinds = [latency.kind for latency in double.latencies]
    assert kinds == ["message", "callback_query", "inline_query", "guest_message", "message"]
    assert all(0 < latency.seconds < 5 for latency in double.latencies)


async def test_many_at_once(double: Double) -> None:
    people = [double.person(f"P{i}") for i in range(50)]
    async with polling(double):
        await asyncio.gather(*(person.sends(person.user.first_name) for person in people))
        answers = await asyncio.gather(*(person.answer() for person in people))
    assert [answer.text for answer in answers] == [p.user.first_name for p in people]
    assert len(double.latencies) == 50


async def test_refusals_are_the_librarys_errors(
    double: Double, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    group = double.group("Desk", ann)
    supergroup = await ann.migrates(group)
    stranger = double.person("Eve", started=False)
    app = build(double)
    async with app:
        with pytest.raises(ChatMigrated) as migrated:
            await app.bot.send_message(group.id, "x")
        assert migrated.value.new_chat_id == supergroup.id
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await app.bot.send_message(stranger.id, "x")
        with pytest.raises(BadRequest, match="Message is too long"):
            await app.bot.send_message(ann.id, "x" * 4097)
        double.fail("sendMessage", 429, retry_after=3)
        with pytest.raises(RetryAfter) as later:
            await app.bot.send_message(ann.id, "x")
        assert later.value.retry_after == timedelta(seconds=3)
        double.fail("sendMessage", 502, "Bad Gateway")
        with pytest.raises(NetworkError):
            await app.bot.send_message(ann.id, "x")
        double.drop("sendMessage", after=True)
        with pytest.raises(NetworkError):
            await app.bot.send_message(ann.id, "sent, but who knows")
        assert [m.text for m in ann.reads()] == ["sent, but who knows"]
        double.delay("sendMessage", 0.5)
        with pytest.raises(TimedOut):
            await app.bot.send_message(ann.id, "x", read_timeout=0.05)


async def test_a_wrong_token_is_an_invalid_token(double: Double) -> None:
    app = ApplicationBuilder().token("1:wrong").base_url(f"{double.base_url}/bot").build()
    with pytest.raises(InvalidToken):
        await app.initialize()
    await app.bot.shutdown()


async def test_two_replicas_that_poll_are_a_conflict(double: Double) -> None:
    first, second = build(double), build(double)
    async with first, second:
        waiting = asyncio.create_task(first.bot.get_updates(timeout=30))
        await double.world.bell.until(lambda: True if double.calls("getUpdates") else None, 5)
        await second.bot.get_updates(timeout=0)
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await waiting


async def test_the_menu_is_set_by_language_and_role(double: Double, ann: Person) -> None:
    app = build(double)
    async with app:
        await app.bot.set_my_commands(
            [("ask", "Ask")], scope=BotCommandScopeChat(ann.id), language_code="en"
        )
        await app.bot.set_my_short_description("Exact words.", language_code="en")
    assert double.violations == []
    assert [call.method for call in double.calls()] == [
        "getMe",
        "setMyCommands",
        "setMyShortDescription",
    ]
