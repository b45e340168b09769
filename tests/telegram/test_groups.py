from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, ForumTopicCreated, Message, MessageEntity, TextQuote, User
from telegram import Chat as TelegramChat

from bot.telegram.messages import Question, Quotation, request
from bot.telegram.network import App
from tests.double import Chat, Double, Person

HARBOUR = "The harbour of Bergen will be open to hospital ships from Monday."


@pytest.fixture
def group(double: Double, ann: Person) -> Chat:
    return double.supergroup("Desk", ann)


async def silent(person: Person, chat: Chat) -> bool:
    """Whether the bot said nothing in a chat, once it has done what was under way."""
    await person.sends("/ask@OnTheRecordBot harbour", chat=chat)
    answer = await person.answer(chat=chat)
    return answer.quotations == [HARBOUR]


@pytest.mark.parametrize(
    "text",
    [
        "/ask harbour",
        "/ask@OnTheRecordBot harbour",
        "@OnTheRecordBot harbour?",
        "harbour @ontherecordbot",
    ],
)
async def test_in_a_group_it_answers_who_addresses_it(ann: Person, group: Chat, text: str) -> None:
    question = await ann.sends(text, chat=group)

    answer = await ann.answer(chat=group)
    assert answer.quotations == [HARBOUR]
    assert answer.reply_to is question


async def test_a_reply_to_the_bot_is_a_question(ann: Person, group: Chat) -> None:
    await ann.sends("/ask harbour", chat=group)
    answer = await ann.answer(chat=group)

    await ann.sends("and the embassy?", chat=group, reply_to=answer)

    assert "embassy" in (await ann.answer(chat=group)).quotations[0]


async def test_it_is_silent_otherwise_also_when_it_reads_everything(
    double: Double, ann: Person, group: Chat
) -> None:
    double.world.privacy = False
    other = double.person("Bob")
    message = await other.sends("harbour", chat=group)
    await ann.sends("I agree", chat=group, reply_to=message)
    await ann.sends("/latest@SomeOtherBot", chat=group)
    await ann.sends("/nonsense", chat=group)
    await ann.sends("@SomebodyElse harbour", chat=group)
    await ann.sends("@OnTheRecordBot", chat=group)
    await ann.sends_file(b"1", "a.jpg", kind="photo", chat=group)

    assert await silent(ann, group)


async def test_tagged_below_somebodys_words_it_checks_them(
    double: Double, ann: Person, group: Chat
) -> None:
    double.world.privacy = False
    words = await ann.sends("The harbour of Bergen will be open to hospital ships", chat=group)

    await ann.sends("@OnTheRecordBot", chat=group, reply_to=words)
    assert "Verbatim" in (await ann.answer(chat=group)).text
    await ann.sends("/check", chat=group, reply_to=words)
    assert "Verbatim" in (await ann.answer(chat=group)).text
    await ann.sends("/ask", chat=group, reply_to=words)
    assert (await ann.answer(chat=group)).quotations == [HARBOUR]


async def test_an_anonymous_administrator_is_answered(ann: Person, group: Chat) -> None:
    await ann.sends("/ask harbour", chat=group, anonymous=True)

    assert (await ann.answer(chat=group)).quotations == [HARBOUR]


async def test_in_a_forum_it_answers_in_the_topic(double: Double, ann: Person) -> None:
    forum = double.supergroup("Forum", ann, forum=True)
    topic = double.topic(forum, "Ports", ann)
    await ann.sends("/ask harbour", chat=forum, topic=topic)
    answer = await ann.answer(chat=forum)
    assert answer.quotations == [HARBOUR]
    assert answer.topic_id == topic.id
    await (await ann.taps("Context", answer)).answer()
    assert (await ann.answer(chat=forum)).topic_id == topic.id


async def test_a_closed_topic_is_left_in_peace(double: Double, ann: Person) -> None:
    forum = double.supergroup("Forum", ann, forum=True)
    topic = double.topic(forum, "Ports", ann)
    topic.closed = True

    await ann.sends("/ask harbour", chat=forum, topic=topic)
    await double.called("sendMessage")
    await ann.sends("harbour")

    assert (await ann.answer()).quotations == [HARBOUR]


async def test_a_group_that_moved_is_followed(double: Double, ann: Person) -> None:
    group = double.group("Small", ann)
    question = await ann.sends("/ask harbour", chat=group)
    await ann.answer(chat=group)
    moved = await ann.migrates(group)
    assert question

    tap = await ann.taps("Context", group.messages[-2])
    await tap.answer()

    assert "In its place" in (await ann.answer(chat=moved)).text


async def test_channel_posts_are_ignored(double: Double, ann: Person, app: App) -> None:
    channel = double.channel("News", ann)
    await ann.sends("harbour", chat=channel)
    await ann.sends("/ask harbour", chat=channel)
    await ann.sends("harbour")

    assert (await ann.answer()).quotations == [HARBOUR]
    assert not ann.reads(channel)


async def test_an_inline_result_sent_where_the_bot_is_is_no_question(
    ann: Person, double: Double
) -> None:
    found = await ann.types_inline("harbour")
    await ann.chooses(found, found.results[0], ann.chat)
    await ann.sends("embassy")

    assert "embassy" in (await ann.answer()).quotations[0]


@pytest.fixture
def bot() -> Bot:
    bot = Bot("1000000001:token")
    bot._bot_user = User(1000000001, "On the Record", is_bot=True, username="OnTheRecordBot")
    return bot


def test_what_replies_to_nothing_in_the_bots_own_topic_is_no_question(bot: Bot) -> None:
    forum = TelegramChat(-100, TelegramChat.SUPERGROUP, is_forum=True)
    now = datetime.now(UTC)
    opening = Message(
        1,
        now,
        forum,
        from_user=bot.bot,
        forum_topic_created=ForumTopicCreated("Ports", icon_color=1),
    )
    said = Message(2, now, forum, text="harbour", reply_to_message=opening)

    assert request(said, bot) is None


def in_group(text: str, **more: Any) -> Message:
    group = TelegramChat(-100, TelegramChat.SUPERGROUP)
    return Message(5, datetime.now(UTC), group, text=text, **more)


def test_a_mention_without_a_user_name_is_one_too(bot: Bot) -> None:
    entity = MessageEntity(MessageEntity.TEXT_MENTION, 0, 6, user=bot.bot)
    other = MessageEntity(MessageEntity.TEXT_MENTION, 0, 6, user=User(7, "Ann", is_bot=False))

    assert request(in_group("Record harbour", entities=[entity]), bot) == Question("harbour")
    assert request(in_group("Record harbour", entities=[other]), bot) is None


def test_words_that_a_mention_quotes_are_checked(bot: Bot) -> None:
    entity = MessageEntity(MessageEntity.MENTION, 0, 15)
    quote = TextQuote("ships from Monday", 0)

    asked = request(in_group("@OnTheRecordBot", entities=[entity], quote=quote), bot)

    assert asked == Quotation("ships from Monday")


def test_what_a_channel_sends_into_its_group_is_no_question(bot: Bot) -> None:
    entity = MessageEntity(MessageEntity.MENTION, 0, 15)
    post = in_group("@OnTheRecordBot harbour", entities=[entity], is_automatic_forward=True)

    assert request(post, bot) is None


def test_a_channel_is_not_answered(bot: Bot) -> None:
    channel = TelegramChat(-200, TelegramChat.CHANNEL)

    assert request(Message(1, datetime.now(UTC), channel, text="harbour"), bot) is None


def test_a_blockquote_among_other_words_is_a_question(bot: Bot) -> None:
    private = TelegramChat(7, TelegramChat.PRIVATE)
    entity = MessageEntity(MessageEntity.BLOCKQUOTE, 0, 5)
    message = Message(1, datetime.now(UTC), private, text="ships from where?", entities=[entity])

    assert request(message, bot) == Question("ships from where?")
