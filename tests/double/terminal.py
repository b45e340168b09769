"""A plain chat at a terminal, one line a message, with the double as Telegram."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from tests.double.double import Double
from tests.double.driver import Person
from tests.double.launch import bot_process, stdin_lines
from tests.double.shown import to_terminal
from tests.double.state import Event, Message
from tests.double.transcript import page

Json = dict[str, Any]
HELP = """\
Type a message, or the number of a button. Besides:
  :start [PARAMETER]  press Start          :inline QUERY  ask as @bot QUERY, in any chat
  :edit TEXT          edit your last one   :forward       forward the bot's last message
  :reply TEXT         reply to the bot     :file PATH     send a file
  :block              block the bot        :save FILE     save the chat as an HTML page
  :help               this                 :quit          leave (or end of input)
A message that begins with a colon or is a number: put a space before it."""


class Terminal:
    """Reads lines, acts as a person, and prints what the bot does."""

    def __init__(
        self,
        double: Double,
        person: Person,
        write: Callable[[str], None],
        *,
        colour: bool,
        pause: float = 0.3,
    ) -> None:
        self._double = double
        self._person = person
        self._write = write
        self._colour = colour
        self._pause = pause
        """Seconds without news after which the bot is taken to be done."""
        self._seen = 0
        self._keys: list[tuple[Message, str]] = []
        self._last: Message | None = None
        self._background: set[asyncio.Task[None]] = set()

    async def run(self, lines: AsyncIterator[str], *, linger: float = 0.0) -> None:
        """Until the input ends.

        With ``linger``, each line waits so many seconds for what the bot does about it, as input
        from a file must: its next line may be the number of a button that is yet to come.
        """
        printer = asyncio.create_task(self._print_events())
        try:
            async for line in lines:
                if line.strip() == ":quit":
                    return
                seen = len(self._person.chat.events)
                told = await self._act(line.rstrip("\n"))
                await asyncio.sleep(0)
                if told and linger:
                    await self._settle(seen, linger)
        finally:
            printer.cancel()
            for task in self._background:
                task.cancel()
            await asyncio.gather(printer, *self._background, return_exceptions=True)

    async def _settle(self, seen: int, linger: float) -> None:
        """Until the bot did something and then nothing more for a moment."""
        pause = linger
        while await self._double.world.bell.until(self._newer_than(seen), pause):
            seen = len(self._person.chat.events)
            pause = min(linger, self._pause)
        if self._background:
            await asyncio.wait(self._background, timeout=linger)

    def _newer_than(self, seen: int) -> Callable[[], bool | None]:
        return lambda: True if len(self._person.chat.events) > seen else None

    # --- input ---------------------------------------------------------------------------------

    async def _act(self, line: str) -> bool:
        """Do what a line says; whether the bot was told something."""
        try:
            if line.startswith(":"):
                return await self._command(*line[1:].partition(" ")[::2])
            if line.isdigit() and 1 <= int(line) <= len(self._keys):
                await self._tap(*self._keys[int(line) - 1])
            elif line.strip():
                self._last = await self._person.sends(line.strip())
        except (LookupError, ValueError, OSError) as error:
            self._write(f"! {error}")
            return False
        return bool(line.strip())

    async def _command(self, name: str, rest: str) -> bool:
        person, said = self._person, rest.strip()
        bot = next(
            (m for m in reversed(person.chat.messages) if m.sender is self._double.bot), None
        )
        if name == "start":
            await person.starts(said or None)
        elif name == "edit" and self._last is not None:
            await person.edits(self._last, said)
        elif name == "reply" and bot is not None:
            self._last = await person.sends(said, reply_to=bot)
        elif name == "forward" and bot is not None:
            await person.forwards(bot)
        elif name == "file":
            await person.sends_file(*_read(said))
        elif name == "inline":
            self._later(self._inline(said))
        elif name == "block":
            await person.blocks_bot()
            return False
        elif name == "save":
            self._write(f"! saved {_save(said, page(person.chat, self._double.bot.first_name))}")
            return False
        else:
            self._write(HELP)
            return False
        return True

    async def _tap(self, message: Message, label: str) -> None:
        tap = await self._person.taps(label, message)
        button = tap.button
        if tap.query is not None:
            self._later(self._notice(tap.answer))
        elif "url" in button:
            if "?start=" in button["url"] and str(self._double.bot.username) in button["url"]:
                await self._person.follows(button["url"])
            else:
                self._write(f"! opens {button['url']}")
        elif "copy_text" in button:
            self._write(f"! copies {button['copy_text']['text']}")
        for name in ("switch_inline_query", "switch_inline_query_current_chat"):
            if name in button:
                self._later(self._inline(button[name]))
        if "switch_inline_query_chosen_chat" in button:
            self._later(self._inline(button["switch_inline_query_chosen_chat"].get("query", "")))

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _notice(self, answer: Callable[[], Any]) -> None:
        try:
            notice: Json = await answer()
        except AssertionError:
            self._write("! the bot did not answer the button")
            return
        if notice.get("text"):
            self._write(f"! {notice['text']}")

    async def _inline(self, query: str) -> None:
        try:
            answer = await self._person.types_inline(query)
        except AssertionError:
            self._write("! the bot did not answer the inline query")
            return
        if answer.button is not None:
            self._write(f"  ({answer.button['text']})")
        for result in answer.results:
            self._write(f"  • {result.title} — {result.description}")
        if answer.next_offset:
            self._write(f"  … more from {answer.next_offset!r}")
        if not answer.results:
            self._write("  no results")

    # --- output --------------------------------------------------------------------------------

    async def _print_events(self) -> None:
        events = self._person.chat.events

        def look() -> Event | None:
            return events[self._seen] if self._seen < len(events) else None

        while True:
            event = await self._double.world.bell.until(look, 3600.0)
            if event is not None:
                self._seen += 1
                self._print(event)

    def _print(self, event: Event) -> None:
        message = event.message
        if event.kind == "deleted":
            self._write("(the bot deleted a message)")
            return
        edited = " (edited)" if event.kind == "edited" else ""
        self._write(f"\n{self._double.bot.first_name}{edited}:")
        if message.file is not None:
            self._write(f"  [file] {message.file.get('file_name', 'file')}")
        for line in to_terminal(message.content, colour=self._colour).split("\n"):
            self._write(f"  {line}")
        if message.rows:
            self._keys = []
            for row in message.rows:
                shown = []
                for button in row:
                    self._keys.append((message, button["text"]))
                    shown.append(f"[{len(self._keys)}] {button['text']}")
                self._write(f"  {'  '.join(shown)}")


def _read(path: str) -> tuple[bytes, str]:
    file = Path(path).expanduser()
    return file.read_bytes(), file.name


def _save(path: str, text: str) -> Path:
    file = Path(path).expanduser()
    file.write_text(text, encoding="utf-8")
    return file


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.double", description=__doc__)
    parser.add_argument("--run", action="store_true", help="start the bot against the double")
    parser.add_argument("--port", type=int, default=0, help="listen on this port of loopback")
    parser.add_argument("--name", default="Ann", help="your first name")
    parser.add_argument("--language", default="en", help="your app's language")
    parser.add_argument("--user-id", type=int, default=5_000_001, help="your user id")
    parser.add_argument("--data-dir", help="the bot's data (with --run; else a new, empty one)")
    parser.add_argument(
        "--linger", type=float, default=3.0, help="seconds to wait for answers to piped input"
    )
    return parser.parse_args(arguments)


async def chat(options: argparse.Namespace, lines: AsyncIterator[str] | None = None) -> None:
    """Start the double, and the bot if wanted, and chat until the input ends."""

    def write(text: str) -> None:
        print(text, flush=True)

    async with Double(port=options.port) as double, contextlib.AsyncExitStack() as stack:
        person = double.person(options.name, language=options.language, user_id=options.user_id)
        if options.run:
            await stack.enter_async_context(
                bot_process(double, options.data_dir, options.user_id, write)
            )
        else:
            write("Start the bot in another terminal with:\n")
            settings = double.environment | {"ONTHERECORD_OWNERS": str(options.user_id)}
            for name, value in settings.items():
                write(f"  export {name}={value}")
            write("  ontherecord run\n")
        write(HELP)
        linger = 0.0 if sys.stdin.isatty() else options.linger
        terminal = Terminal(double, person, write, colour=sys.stdout.isatty())
        await terminal.run(lines or stdin_lines(), linger=linger)
        for violation in double.violations:
            write(f"! violates the Bot API: {violation}")
        for loss in double.losses:
            write(f"! lost: {loss}")


def main(arguments: list[str] | None = None) -> None:
    """Run the terminal chat."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(chat(_parse(arguments)))
