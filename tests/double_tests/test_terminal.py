"""The chat at a terminal, and the conversation as a page."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.double import Double, Person
from tests.double.entities import Entity, FormattedText
from tests.double.launch import bot_process
from tests.double.shown import to_html, to_terminal
from tests.double.terminal import Terminal
from tests.double.transcript import main, page, picture
from tests.double_tests.conftest import Client, needs_schema
from tests.double_tests.test_ptb import polling

BOT = """
import asyncio, os
from aiohttp import ClientSession

async def main():
    url = os.environ["ONTHERECORD_TELEGRAM_API_URL"] + "/bot" + os.environ[
        "ONTHERECORD_TELEGRAM_TOKEN"]
    async with ClientSession() as session:
        async with session.post(url + "/getUpdates", json={"timeout": 20}) as response:
            update = (await response.json())["result"][0]
        body = {"chat_id": update["message"]["chat"]["id"], "text": "from " + os.environ[
            "ONTHERECORD_OWNERS"]}
        async with session.post(url + "/sendMessage", json=body) as response:
            await response.read()
    raise SystemExit("that was all")

asyncio.run(main())
"""


async def typed(lines: Iterable[str]) -> AsyncIterator[str]:
    for line in lines:
        yield f"{line}\n"


async def session(double: Double, person: Person, *lines: str, colour: bool = False) -> str:
    written: list[str] = []
    terminal = Terminal(double, person, written.append, colour=colour, pause=0.05)
    await asyncio.wait_for(terminal.run(typed(lines), linger=0.5), 20)
    return "\n".join(written)


@needs_schema
async def test_a_chat_at_a_terminal(double: Double, ann: Person, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("quiet")
    async with polling(double):
        shown = await session(
            double,
            ann,
            "Hello there",
            "1",
            ":inline Iran",
            ":edit Hello again",
            ":reply once more",
            ":forward",
            f":file {note}",
            f":save {tmp_path / 'chat.html'}",
            ":file /nowhere/at/all",
            ":start a b",
            ":help",
            " 12",
            "",
            ":block",
            "still there?",
            ":quit",
            "never read",
        )
    assert "On the Record:\n  ▎Hello there\n  [1] Next ›" in shown
    assert "! turned" in shown
    assert "On the Record (edited):\n  page 2" in shown
    assert "  • Iran — " in shown
    assert "… more from '1'" in shown
    assert "▎once more" in shown
    assert "[file] loud.txt\n  <louder>" in shown
    assert "! [Errno 2] No such file" in shown
    assert "! start parameter 'a b' is not 1-64" in shown
    assert ":quit" in shown
    assert "▎12" in shown
    assert "! unblock the bot first" in shown
    assert "never read" not in shown
    assert "Hello again" in (tmp_path / "chat.html").read_text()


async def test_buttons_that_ask_the_bot_nothing(
    double: Double, client: Client, ann: Person
) -> None:
    double.answer_timeout = 0.05
    buttons: list[dict[str, Any]] = [
        {"text": "Link", "url": "https://a.example/"},
        {"text": "Start", "url": "https://t.me/OnTheRecordBot?start=p1"},
        {"text": "Copy", "copy_text": {"text": "words"}},
        {"text": "Share", "switch_inline_query": "q1"},
        {"text": "Share here", "switch_inline_query_current_chat": "q2"},
        {"text": "Share there", "switch_inline_query_chosen_chat": {"query": "q3"}},
        {"text": "Tap", "callback_data": "t"},
    ]

    async def lines() -> AsyncIterator[str]:
        keys = {"inline_keyboard": [[button] for button in buttons]}
        await client.does("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
        sent = await client.does("sendMessage", chat_id=ann.id, text="gone")
        await client.does("deleteMessage", chat_id=ann.id, message_id=sent["message_id"])
        await asyncio.sleep(0)
        for number in range(1, 8):
            yield f"{number}\n"

    written: list[str] = []
    await Terminal(double, ann, written.append, colour=True).run(lines(), linger=0.1)
    shown = "\n".join(written)
    assert "! opens https://a.example/" in shown
    assert "! copies words" in shown
    assert shown.count("! the bot did not answer the inline query") == 3
    assert "! the bot did not answer the button" in shown
    assert "(the bot deleted a message)" in shown
    queries = [
        update["inline_query"]["query"]
        for update in await client.updates()
        if "inline_query" in update
    ]
    assert queries == ["q1", "q2", "q3"]
    assert [message.text for message in ann.chat.messages] == ["x", "/start p1"]


async def test_the_bot_runs_as_a_subprocess(double: Double, ann: Person, tmp_path: Path) -> None:
    written: list[str] = []
    command = (sys.executable, "-c", BOT)
    data = tmp_path / "data"
    async with bot_process(double, str(data), ann.id, written.append, command):
        await ann.sends("hello")
        assert (await ann.answer()).text == f"from {ann.id}"
        await double.world.bell.until(lambda: True if written else None, 5)
    assert written == ["! the bot ended with exit code 1\nthat was all"]
    assert (data / "bot.log").read_text() == "that was all\n"


async def test_a_bot_that_runs_on_is_ended(double: Double) -> None:
    written: list[str] = []
    forever = f"{BOT.partition('async def')[0]}\nimport time\nprint('up', flush=True)\n"
    poll = (
        "import urllib.request\n"
        "url = os.environ['ONTHERECORD_TELEGRAM_API_URL'] + '/bot' + "
        "os.environ['ONTHERECORD_TELEGRAM_TOKEN'] + '/getUpdates?timeout=50'\n"
        "urllib.request.urlopen(url)\n"
    )
    command = (sys.executable, "-c", forever + poll)
    async with bot_process(double, None, 1, written.append, command):
        pass
    assert written == []


async def test_a_bot_that_does_not_start_ends_the_chat(double: Double) -> None:
    written: list[str] = []
    command = (sys.executable, "-c", "raise SystemExit('no token')")
    with pytest.raises(SystemExit):
        async with bot_process(double, None, 1, written.append, command):
            pass
    assert written == ["! the bot ended with exit code 1\nno token"]


async def test_a_person_who_says_nothing_that_counts(double: Double, ann: Person) -> None:
    shown = await session(double, ann, ":edit x", ":reply x", ":forward", "9")
    assert shown.count(":quit") == 3
    assert [message.text for message in ann.chat.messages] == ["9"]


def test_the_program_says_how_to_start_the_bot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    from tests.double import terminal

    monkeypatch.setattr(sys, "stdin", io.StringIO("hello\n"))
    terminal.main(["--linger", "0.01", "--user-id", "77"])
    shown = capsys.readouterr().out
    assert re.search(r"export ONTHERECORD_TELEGRAM_API_URL=http://127.0.0.1:\d+\n", shown)
    assert "export ONTHERECORD_OWNERS=77" in shown


# --- rendering ---------------------------------------------------------------------------------

TEXT = FormattedText(
    "Anna Weld\nWe <agreed>\nand left.\nSource",
    (
        Entity("bold", 0, 9),
        Entity("expandable_blockquote", 10, 21),
        Entity("strikethrough", 13, 8),
        Entity("underline", 22, 3),
        Entity("text_link", 32, 6, url="https://a.example/?a=1&b=2"),
    ),
)


def test_a_terminal_shows_bars_marks_and_links() -> None:
    assert to_terminal(TEXT, colour=False) == (
        "Anna Weld\n▎We ~~<agreed>~~\n▎__and__ left.\nSource <https://a.example/?a=1&b=2>"
    )
    assert to_terminal(TEXT, colour=True).startswith("\x1b[1mAnna Weld\x1b[22m\n▎We \x1b[9m")


def test_a_page_shows_the_same_as_html() -> None:
    assert to_html(TEXT) == (
        '<b>Anna Weld</b>\n<blockquote class="expandable">We <s>&lt;agreed&gt;</s>\n'
        '<u>and</u> left.</blockquote>\n<a href="https://a.example/?a=1&amp;b=2">Source</a>'
    )


def test_marks_that_cross_are_closed_and_opened_again() -> None:
    text = FormattedText("abc", (Entity("bold", 0, 2), Entity("spoiler", 1, 2)))
    assert to_html(text) == '<b>a<span class="spoiler">b</span></b><span class="spoiler">c</span>'


async def test_a_page_holds_what_was_really_sent(
    double: Double, client: Client, ann: Person
) -> None:
    group = double.supergroup("Desk & Co", ann)
    said = await ann.sends("/ask <Iran>", chat=group)
    await client.does(
        "sendMessage",
        chat_id=group.id,
        text="<blockquote>We agreed.</blockquote>",
        parse_mode="HTML",
        reply_parameters={"message_id": said.id, "quote": "Iran"},
        reply_markup={"inline_keyboard": [[{"text": "‹", "callback_data": "a"}]]},
    )
    await ann.sends_file(b"x", "a.pdf", chat=group)
    await ann.removes_bot_from(group)
    shown = page(group, viewer=ann.id)
    assert "<title>Desk &amp; Co</title>" in shown
    assert "supergroup, 2 members" in shown
    assert "/ask</span> &lt;Iran&gt;" in shown
    assert "<blockquote>We agreed.</blockquote>" in shown
    assert '<div class="reply">Iran</div>' in shown
    assert '<div class="key">‹</div>' in shown
    assert "📄 a.pdf" in shown
    assert "left chat member" in shown
    assert "<script" not in shown
    bob = page(group.messages[:1], "As Bob sees it")
    assert "As Bob sees it" in bob
    assert '<div class="name">Ann</div>' in bob
    private = page([await ann.sends("x" * 100)], viewer=ann.id)
    assert '<div class="turn mine">' in private


async def test_a_private_chat_is_seen_by_its_person(
    double: Double, client: Client, ann: Person
) -> None:
    await ann.sends("Iran")
    await client.does("sendMessage", chat_id=ann.id, text="found")
    shown = page(ann.chat)
    assert '<div class="turn mine">' in shown
    assert '<div class="turn bot">' in shown
    assert '<div class="name">On the Record</div>' in shown
    assert "<title>On the Record</title>" in shown


def test_a_picture_needs_a_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="Chromium is not installed"):
        picture(tmp_path / "a.html", tmp_path / "a.png")


def test_the_browser_is_asked_for_the_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/asked"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    main([str(tmp_path / "a.html"), str(tmp_path / "a.png"), "700"])
    asked = (tmp_path / "asked").read_text().splitlines()
    assert "--window-size=600,700" in asked
    assert f"--screenshot={tmp_path / 'a.png'}" in asked
    with pytest.raises(SystemExit, match="usage"):
        main([])
    assert asked[-1] == (tmp_path / "a.html").as_uri()
