"""A conversation as a page, from what was really sent: for documentation and bug reports.

``python -m tests.double.transcript PAGE.html PICTURE.png [HEIGHT]`` turns a page into a picture
where Chromium is installed.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.double.shown import to_html
from tests.double.state import Chat, Message

_STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #dfe7ec; font: 15px/1.4 system-ui, "Noto Sans", "DejaVu Sans",
  "Segoe UI", sans-serif; color: #10181f; }
main { max-width: 560px; margin: 0 auto; padding: 0 12px 16px; }
header { background: #fff; border-bottom: 1px solid #c9d3da; padding: 10px 16px; margin: 0 -12px
  12px; }
header b { display: block; } header small { color: #6b7c88; }
.turn { display: flex; flex-direction: column; align-items: flex-start; margin: 8px 0; }
.turn.mine { align-items: flex-end; }
.bubble { box-sizing: border-box; max-width: 88%; background: #fff; border-radius: 12px;
  padding: 8px 12px; box-shadow: 0 1px 1px #0001; overflow-wrap: anywhere; }
.turn.bot .bubble { min-width: 60%; }
.mine .bubble { background: #e4f6d6; }
.name { color: #2a7ab9; font-weight: 600; font-size: 14px; }
.text { white-space: pre-wrap; }
.time { color: #7f8f9a; font-size: 12px; text-align: right; }
blockquote { margin: 3px 0; padding: 3px 8px; border-left: 3px solid #3a8fce;
  background: #eef5fb; border-radius: 4px; display: block; }
.reply { border-left: 3px solid #6fae4f; padding-left: 8px; color: #51616c; font-size: 14px;
  margin-bottom: 4px; }
a, .mention, .bot_command, .hashtag { color: #2a7ab9; text-decoration: none; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 14px; }
.spoiler { background: #b9c4cb; color: transparent; border-radius: 3px; }
.file { font-weight: 600; }
.keys { width: 88%; margin-top: 3px; display: grid; gap: 3px; }
.row { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 3px; }
.key { background: #8da3b3; color: #fff; text-align: center; border-radius: 8px; padding: 6px 4px;
  font-size: 14px; font-weight: 500; }
.service { align-self: center; background: #9fb0bc; color: #fff; border-radius: 12px;
  padding: 2px 10px; font-size: 13px; }
"""


def page(
    conversation: Chat | Sequence[Message], title: str | None = None, *, viewer: int | None = None
) -> str:
    """A whole HTML page, without scripts or anything to load.

    ``viewer`` is the user id whose messages stand on the right; in a private chat, the person's.
    """
    chat: Chat | None = None
    if isinstance(conversation, Chat):
        chat, messages = conversation, conversation.messages
        if viewer is None and chat.person is not None:
            viewer = chat.person.id
    else:
        messages = list(conversation)
    heading = title or _heading(messages)
    turns = "\n".join(_turn(message, viewer) for message in messages)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(heading)}</title>\n<style>{_STYLE}</style>\n<main>\n"
        f"<header><b>{html.escape(heading)}</b><small>{_subtitle(chat)}</small></header>\n"
        f"{turns}\n</main>\n</html>\n"
    )


def _heading(messages: Sequence[Message]) -> str:
    """The chat's title, or the bot's name."""
    titles = [message.chat.title for message in messages if message.chat and message.chat.title]
    bots = [m.sender.first_name for m in messages if m.sender is not None and m.sender.is_bot]
    return next(iter([*titles, *bots]), "Chat")


def _subtitle(chat: Chat | None) -> str:
    if chat is None or chat.type == "private":
        return "bot"
    return f"{chat.type}, {len(chat.statuses)} members"


def _turn(message: Message, viewer: int | None) -> str:
    if message.service:
        return f'<div class="turn"><div class="service">{_service(message)}</div></div>'
    sender = message.sender
    mine = sender is not None and sender.id == viewer
    bot = sender is not None and sender.is_bot
    kind = "mine" if mine else "bot" if bot else "other"
    parts = []
    if not mine:
        name = message.sender_chat.title if message.sender_chat else sender and sender.first_name
        parts.append(f'<div class="name">{html.escape(name or "")}</div>')
    if message.via_bot is not None:
        parts.append(f'<div class="name">via @{html.escape(message.via_bot.username or "")}</div>')
    if message.reply_to is not None:
        quoted = str((message.quote or {}).get("text") or message.reply_to.text)
        shown = quoted if len(quoted) <= 80 else f"{quoted[:79]}…"
        parts.append(f'<div class="reply">{html.escape(shown)}</div>')
    if message.file is not None:
        name = message.file.get("file_name") or next(iter(message.media))
        parts.append(f'<div class="file">📄 {html.escape(str(name))}</div>')
    if message.text:
        parts.append(f'<div class="text">{_body(message)}</div>')
    edited = "edited " if message.edit_date is not None else ""
    clock = datetime.fromtimestamp(message.date, UTC).strftime("%H:%M")
    parts.append(f'<div class="time">{edited}{clock}</div>')
    keys = _keys(message)
    return f'<div class="turn {kind}"><div class="bubble">{"".join(parts)}</div>{keys}</div>'


def _body(message: Message) -> str:
    """A quotation is a block of its own: the line end after it makes no empty line."""
    return to_html(message.content).replace("</blockquote>\n", "</blockquote>")


def _keys(message: Message) -> str:
    if not message.rows:
        return ""
    rows = []
    for row in message.rows:
        keys = "".join(f'<div class="key">{html.escape(button["text"])}</div>' for button in row)
        rows.append(f'<div class="row">{keys}</div>')
    return f'<div class="keys">{"".join(rows)}</div>'


def _service(message: Message) -> str:
    return html.escape(next(iter(message.service)).replace("_", " "))


def picture(source: Path, target: Path, *, width: int = 600, height: int = 900) -> None:
    """Take a picture of a page with Chromium.

    Raises:
        FileNotFoundError: Chromium is not installed.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise FileNotFoundError("Chromium is not installed")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--force-device-scale-factor=2",
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={target}",
                source.resolve().as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Turn a page into a picture."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) not in {2, 3}:
        sys.exit("usage: python -m tests.double.transcript PAGE.html PICTURE.png [HEIGHT]")
    height = int(given[2]) if len(given) == 3 else 900
    picture(Path(given[0]), Path(given[1]), height=height)


if __name__ == "__main__":
    main()
