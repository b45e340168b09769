"""Follows the change log: what is new is matched with what people want to be told of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from corpus import Corpus
from corpus.alert_types import FreshPassage, NewAlert
from corpus.types import Change, ChangeKind, Document

BATCH = 50
"""Changes that are gone through before their alerts are written down."""
RECENT = timedelta(days=30)
"""Statements said longer ago than this, when they are published here, alert nobody: a load of an
archive is no news."""


class Matcher:
    """Makes alerts of what is published. Several processes may try: one of them does a step."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._alerts = corpus.alerts

    async def step(self) -> bool:
        """Go through some changes; gives whether there were any.

        Their alerts and the position that was reached are written in one transaction: ended at
        any moment, nothing is missed and nothing made twice.

        Raises:
            CorpusError: the record or its index can't be read or written.
        """
        was = await self._alerts.matched()
        changes = await self._corpus.changes(after=was, limit=BATCH)
        if not changes:
            return False
        now = changes[-1].position
        # After the changes: whoever subscribed after they were read has no part in them.
        questions = await self._alerts.standing(before=now)
        alerts: list[NewAlert] = []
        if questions:
            await self._corpus.follow()
            alerts = await self._matched(changes, was, questions)
        withdrawn = [one.document_id for one in changes if one.kind is ChangeKind.WITHDRAWAL]
        await self._alerts.put(alerts, withdrawn=withdrawn, was=was, now=now)
        return True

    async def _matched(
        self, changes: Sequence[Change], was: int, questions: Mapping[str, str]
    ) -> list[NewAlert]:
        last = {change.document_id: change for change in changes}
        restored = {one.document_id for one in changes if one.kind is ChangeKind.RESTORATION}
        found: list[NewAlert] = []
        fresh = await self._alerts.fresh_passages(list(last))
        for document_id, change in last.items():
            after = 0 if document_id in restored else was
            passages = {
                passage.passage_id: passage
                for passage in fresh.get(document_id, [])
                if after < passage.position <= changes[-1].position
            }
            if passages and _is_recent(await self._corpus.document(document_id), change.at):
                found += await self._alerts_of(document_id, passages, questions)
        return found

    async def _alerts_of(
        self, document_id: int, fresh: Mapping[int, FreshPassage], questions: Mapping[str, str]
    ) -> list[NewAlert]:
        met = await self._alerts.percolate(document_id, questions.values())
        ids = {key: met[question] for key, question in questions.items() if question in met}
        found: list[NewAlert] = []
        for subscription in await self._alerts.with_keys(list(ids)):
            revisions: defaultdict[int, list[int]] = defaultdict(list)
            for passage in (fresh[one] for one in ids[subscription.key] if one in fresh):
                if passage.position > subscription.position:
                    revisions[passage.revision].append(passage.passage_id)
            found += (
                NewAlert(
                    subscription.subscriber, subscription.key, document_id, number, tuple(passages)
                )
                for number, passages in revisions.items()
            )
        return found


def _is_recent(document: Document, at: datetime) -> bool:
    """Whether a statement is news when it is published here; one without a day is."""
    said = document.said_on or document.published_at
    day = said.date() if isinstance(said, datetime) else said
    return day is None or at.date() - day <= RECENT
