"""The bot at a terminal: the same answers and the same words, for one asker who also moderates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot import aliases, asking, checking, moderation
from bot.asking import AnswerView, PassageView
from bot.message import Line, Span, code
from bot.sources import take_in
from bot.terminal import views
from bot.terminal.render import Screen
from corpus import Corpus
from corpus.types import Outcome

LATEST = 10
CHANGES = 20
AROUND = 2
"""Paragraphs before and after that ``/context`` shows."""
MOST_AROUND = 50


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the chat: what it is called, what it takes, and an example of it."""

    run: Callable[[str], Awaitable[None]]
    example: str
    needs: str | None = None
    """The argument without which it can't run."""


class Chat:
    """A conversation: each line is a question or a command. Remembers the last answer."""

    def __init__(
        self, corpus: Corpus, screen: Screen, *, by: str, allow_private_addresses: bool = False
    ) -> None:
        self._corpus = corpus
        self._screen = screen
        self._by = by
        self._allow_private_addresses = allow_private_addresses
        self._answer: AnswerView | None = None
        self._passage: PassageView | None = None
        self.ended = False
        """Whether the person said that it is enough."""
        self.commands = {
            "more": Command(self._more, "/more"),
            "less": Command(self._less, "/less"),
            "context": Command(self._context, "/context 3"),
            "statement": Command(self._statement, "/statement 12"),
            "check": Command(self._check, "/check we shall attend", needs="QUOTATION"),
            "latest": Command(self._latest, "/latest"),
            "about": Command(self._about, "/about"),
            "add": Command(self._add, "/add https://example.org/speech", needs="SOURCE"),
            "withdraw": Command(self._withdraw, "/withdraw 12", needs="ID"),
            "restore": Command(self._restore, "/restore 12", needs="ID"),
            "alias": Command(self._alias, "/alias Anna Weld = the Iron Lady"),
            "log": Command(self._log, "/log"),
            "help": Command(self._help, "/help"),
            "quit": Command(self._quit, "/quit"),
        }
        self._aliases = {"›": "more", ">": "more", "‹": "less", "<": "less", "start": "help"}

    def welcome(self) -> None:
        """Say in one line what can be done."""
        self._screen.line(self._screen.words.line("terminal-welcome", help=code("/help")))

    async def reply(self, line: str) -> None:
        """Answer one line.

        Raises:
            CorpusError: the record, the index or a source can't do it; the chat can go on.
        """
        if line in self._aliases:
            line = f"/{self._aliases[line]}"
        if not line.startswith("/"):
            await self._ask(line)
            return
        name, _, rest = line[1:].partition(" ")
        command = self.commands.get(self._aliases.get(name, name))
        rest = rest.strip()
        words = self._screen.words
        if command is None:
            said = words.line(
                "terminal-unknown-command", command=code(f"/{name}"), help=code("/help")
            )
            self._screen.line(said)
        elif command.needs and not rest:
            self._screen.say(
                "terminal-needs", command=f"/{name}", what=command.needs, example=command.example
            )
        else:
            await command.run(rest)

    # --- asking -------------------------------------------------------------------------------

    async def _ask(self, question: str) -> None:
        answer = await asking.ask(self._corpus, question, limit=1)
        self._answer = answer
        self._passage = answer.passages[0] if answer.passages else None
        more = self._screen.words.line("terminal-more", command=code("/more"))
        views.show_answer(self._screen, answer, then=more)

    async def _more(self, _: str) -> None:
        await self._turn(1, "terminal-no-more")

    async def _less(self, _: str) -> None:
        await self._turn(-1, "terminal-no-less")

    async def _turn(self, step: int, at_the_end: str) -> None:
        if self._answer is None or not self._answer.passages:
            self._screen.say("terminal-nothing-shown")
            return
        offset = self._answer.offset + step
        if not 0 <= offset < self._answer.total:
            self._screen.say(at_the_end)
            return
        answer = await asking.ask(self._corpus, self._answer.question, limit=1, offset=offset)
        if not answer.passages:
            self._screen.say(at_the_end)
            return
        self._answer, self._passage = answer, answer.passages[0]
        views.show_answer(self._screen, answer)

    async def _context(self, rest: str) -> None:
        if self._passage is None:
            self._screen.say("terminal-nothing-shown")
            return
        around = min(int(rest), MOST_AROUND) if rest.isdecimal() else AROUND
        found = await asking.context(self._corpus, self._passage.passage_id, around=around)
        if found:
            views.show_context(self._screen, found)

    async def _statement(self, rest: str) -> None:
        number = self._number(rest, "/statement 12") if rest else None
        if not rest and self._passage:
            number = self._passage.document_id
        if number is not None:
            views.show_statement(self._screen, await asking.statement(self._corpus, number))
        elif not rest:
            self._screen.say("terminal-nothing-shown")

    async def _check(self, quotation: str) -> None:
        found = await checking.check(self._corpus, quotation)
        self._passage = found.passage
        views.show_check(self._screen, found)

    async def _latest(self, _: str) -> None:
        views.show_documents(self._screen, await self._corpus.latest(limit=LATEST))

    async def _about(self, _: str) -> None:
        views.show_coverage(self._screen, await self._corpus.coverage())

    # --- moderating ---------------------------------------------------------------------------

    async def _add(self, source: str) -> None:
        taken = await take_in(
            self._corpus,
            source,
            by=self._by,
            allow_private_addresses=self._allow_private_addresses,
        )
        views.show_taken(self._screen, taken)
        publication = taken.publication
        if publication and publication.outcome is not Outcome.UNCHANGED:
            self._hint(f"/withdraw {publication.document.id}")

    async def _withdraw(self, rest: str) -> None:
        number, _, reason = rest.partition(" ")
        document_id = self._number(number, "/withdraw 12")
        if document_id is None:
            return
        await moderation.withdraw(
            self._corpus, document_id, by=self._by, reason=reason.strip() or None
        )
        self._screen.say("outcome-withdrawn", id=document_id)
        self._hint(f"/restore {document_id}")

    async def _restore(self, rest: str) -> None:
        document_id = self._number(rest, "/restore 12")
        if document_id is None:
            return
        await moderation.restore(self._corpus, document_id, by=self._by)
        self._screen.say("outcome-restored", id=document_id)
        self._hint(f"/withdraw {document_id}")

    async def _alias(self, rest: str) -> None:
        asked = aliases.read(rest)
        words = self._screen.words
        if asked is None:
            example = self.commands["alias"].example
            self._screen.say(
                "terminal-needs", command="/alias", what="NAME = ALIAS", example=example
            )
        elif asked.action == aliases.LIST:
            self._screen.lines(aliases.group_lines(words, await self._corpus.aliases()))
        elif asked.action == aliases.REMOVE:
            (alias,) = asked.names
            change = await aliases.remove(self._corpus, alias, by=self._by)
            self._screen.line(aliases.removed_line(words, change))
            self._hint(f"/alias {change.name} = {change.alias}")
        else:
            name, *added = asked.names
            for alias in added:
                group = await aliases.add(self._corpus, name, alias, by=self._by)
                self._screen.line(aliases.added_line(words, group, alias))
                self._hint(f"/alias remove {alias}")

    async def _log(self, _: str) -> None:
        views.show_changes(self._screen, await self._corpus.history(limit=CHANGES))

    # --- the chat itself ----------------------------------------------------------------------

    async def _help(self, _: str) -> None:
        words = self._screen.words
        self._screen.say("terminal-help-ask")
        shown = {
            "more": "/more, ›",
            "context": "/context N",
            "statement": "/statement ID",
            "alias": "/alias NAME = ALIAS",
        }
        for name, command in self.commands.items():
            if not words.has(f"terminal-help-{name}"):
                continue
            usage = shown.get(name, f"/{name} {command.needs or ''}".strip())
            help_line: Line = (code(f"{usage:<20}"), Span(words(f"terminal-help-{name}")))
            self._screen.line(help_line)

    async def _quit(self, _: str) -> None:
        self.ended = True

    def _hint(self, command: str) -> None:
        self._screen.line(self._screen.words.line("undo", command=code(command)))

    def _number(self, text: str, example: str) -> int | None:
        value = text.removeprefix("#")
        if value.isdecimal() and len(value) < 19:
            return int(value)
        self._screen.say("terminal-number", value=text, example=example)
        return None
