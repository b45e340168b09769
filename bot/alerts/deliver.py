"""Takes alerts out of the outbox and sends them: one message a statement, and never too many.

Chat networks have no key by which they would know a message that comes again, so a process that
dies between sending and noting it repeats that message, and no other.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, zip_longest

from bot import asking
from bot.alerts.messages import Digest, Later, Message, Outlet, StatementAlert, Subject, Unreachable
from bot.subscriptions import Subscriptions
from corpus import Corpus
from corpus.alert_types import Alert
from corpus.types import Passage

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
"""After so long another process sends what this one took and did not send."""
AT_ONCE = 20
"""Subscribers whose alerts are taken at a time: about what can be sent in a second."""
SHOWN = 3
"""Passages of a statement in an alert."""
WINDOW = timedelta(hours=1)
MOST = 10
"""Messages to one person within ``WINDOW``; what is more comes together at its end."""
FIRST_RETRY, LAST_RETRY = timedelta(seconds=5), timedelta(hours=1)
ATTEMPTS = 20
"""Failed deliveries after which an alert is given up: about half a day."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """Alerts of one person on one document."""

    rows: tuple[Alert, ...]
    passages: tuple[Passage, ...]
    """All that they are alerted of and that is still on record, the best first."""


class Deliverer:
    """Sends alerts through an outlet. Several processes may: each alert is leased to one."""

    def __init__(self, corpus: Corpus, outlet: Outlet) -> None:
        self._alerts = corpus.alerts
        self._subscriptions = Subscriptions(corpus)
        self._outlet = outlet
        self._name = secrets.token_hex(8)

    async def step(self) -> bool:
        """Send what is due to some people; gives whether there was anything.

        Raises:
            CorpusError: the record can't be read or written; what was taken is sent later.
        """
        until = datetime.now(UTC) + LEASE
        leased = await self._alerts.lease(self._name, until=until, subscribers=AT_ONCE)
        people = [
            self._deliver(subscriber, list(rows))
            for subscriber, rows in groupby(leased, key=lambda alert: alert.subscriber)
        ]
        for failure in await asyncio.gather(*people, return_exceptions=True):
            if isinstance(failure, BaseException):
                raise failure
        return bool(leased)

    async def _deliver(self, subscriber: str, rows: Sequence[Alert]) -> None:
        statements = await self._statements(rows)
        held = [one for one in statements if one.rows[0].held]
        single = [one for one in statements if not one.rows[0].held]
        if len(held) == 1:
            single = held + single
        elif held and not await self._send(subscriber, held):
            return await self._give_back(single)
        now = datetime.now(UTC)
        sent = await self._alerts.sent_since(subscriber, now - WINDOW)
        room = max(0, MOST - len(sent))
        for place, statement in enumerate(single[:room]):
            if not await self._send(subscriber, [statement]):
                return await self._give_back(single[place + 1 :])
        due = min([*sent, now]) + WINDOW
        await self._alerts.hold(self._name, _rows(single[room:]), due=due)

    async def _statements(self, rows: Sequence[Alert]) -> list[_Statement]:
        """Alerts by document, without those that have nothing to say any more."""
        found: list[_Statement] = []
        gone: list[Alert] = []
        by_document: defaultdict[tuple[bool, int], list[Alert]] = defaultdict(list)
        held = {row.document_id for row in rows if row.held}
        for row in rows:
            by_document[row.document_id not in held, row.document_id].append(row)
        for same in by_document.values():
            ordered = zip_longest(*(row.passages for row in same))
            ids = dict.fromkeys(one for best in ordered for one in best if one is not None)
            passages = await self._alerts.passages(list(ids))
            current = {passage.id for passage in passages}
            left = [row for row in same if not current.isdisjoint(row.passages)]
            gone += [row for row in same if row not in left]
            if left:
                found.append(_Statement(tuple(left), tuple(passages)))
        await self._alerts.drop(gone)
        return found

    async def _send(self, subscriber: str, statements: Sequence[_Statement]) -> bool:
        """Send one message; False where nothing more is to be sent to this person now."""
        rows = _rows(statements)
        outcome = await self._outlet.send(subscriber, await self._message(statements))
        if isinstance(outcome, Unreachable):
            await self._alerts.suspend(subscriber)
            return False
        if isinstance(outcome, Later):
            await self._try_later(rows, outcome)
            return False
        await self._alerts.sent(self._name, rows)
        return True

    async def _try_later(self, rows: Sequence[Alert], outcome: Later) -> None:
        attempts = max(row.attempts for row in rows)
        if attempts >= ATTEMPTS:
            _log.warning("an alert could not be sent and is given up after %d tries", attempts)
            await self._alerts.drop(rows)
            return
        wait = min(FIRST_RETRY * 2**attempts, LAST_RETRY)
        wait = max(wait, timedelta(seconds=outcome.seconds or 0))
        await self._alerts.postpone(self._name, rows, due=datetime.now(UTC) + wait)

    async def _give_back(self, statements: Sequence[_Statement]) -> None:
        due = datetime.now(UTC) + FIRST_RETRY
        await self._alerts.postpone(self._name, _rows(statements), due=due, failed=False)

    async def _message(self, statements: Sequence[_Statement]) -> Message:
        if len(statements) > 1:
            entries = [
                (one.passages[0].document, await self._subjects(one.rows)) for one in statements
            ]
            return Digest(tuple(entries))
        (statement,) = statements
        return StatementAlert(
            await self._subjects(statement.rows),
            tuple(map(asking.view_passage, statement.passages[:SHOWN])),
            more=len(statement.passages[SHOWN:]),
        )

    async def _subjects(self, rows: Sequence[Alert]) -> tuple[Subject, ...]:
        questions = dict.fromkeys(row.question for row in rows)
        return tuple(
            [
                Subject(question, await self._subscriptions.subject(question))
                for question in questions
            ]
        )


def _rows(statements: Sequence[_Statement]) -> list[Alert]:
    return [row for statement in statements for row in statement.rows]
