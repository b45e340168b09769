"""Any text comes back exactly as it was given, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.storage import Record, open_record
from corpus.types import Draft, Outcome, Paragraph, PassageKind, SourceCopy
from tests.storage.build import URL

T = TypeVar("T")
Check = Callable[[Record, T], Coroutine[Any, Any, None]]

TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=60)
OPTIONAL = st.none() | TEXT
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda n: timezone(timedelta(minutes=n)))
MOMENTS = (
    st.none()
    | st.dates()
    | st.datetimes()
    | st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=OFFSETS)
)
SOURCES = st.none() | st.builds(
    SourceCopy,
    content=st.binary(max_size=200),
    media_type=TEXT,
    fetched_at=st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)),
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    count = draw(st.integers(1, 8))
    paragraphs = tuple(
        Paragraph(
            text=draw(TEXT),
            speaker=draw(OPTIONAL),
            kind=draw(st.sampled_from(PassageKind)),
            replies_to=draw(st.none() | st.integers(0, index - 1)) if index else None,
        )
        for index in range(count)
    )
    return Draft(
        paragraphs=paragraphs,
        source_url=draw(st.none() | st.just(URL) | TEXT),
        title=draw(OPTIONAL),
        publisher=draw(OPTIONAL),
        occasion=draw(OPTIONAL),
        place=draw(OPTIONAL),
        language=draw(OPTIONAL),
        speaker=draw(OPTIONAL),
        said_on=draw(st.none() | st.dates()),
        published_at=draw(MOMENTS),
        source=draw(SOURCES),
        extra=tuple(draw(st.lists(st.tuples(TEXT, TEXT), max_size=3))),
    )


def _question(draft: Draft, start: int) -> str:
    words = [draft.paragraphs[start].text]
    for paragraph in draft.paragraphs[start + 1 :]:
        if paragraph.kind is not PassageKind.QUESTION:
            break
        words.append(paragraph.text)
    return "\n".join(words)


def _examples(database_url: str, strategy: st.SearchStrategy[T], check: Check[T]) -> None:
    """Check examples, all against one open record: opening takes longer than what they do."""
    with asyncio.Runner() as runner:
        opened = open_record(database_url)
        record = runner.run(opened.__aenter__())
        try:

            @settings(max_examples=40, deadline=None)
            @given(example=strategy)
            def all_of_them(example: T) -> None:
                runner.run(check(record, example))

            all_of_them()
            assert runner.run(record.check()) == ()
        finally:
            runner.run(opened.__aexit__(None, None, None))


def test_any_draft_comes_back_exactly(database_url: str) -> None:
    _examples(database_url, drafts(), _comes_back)


async def _comes_back(record: Record, draft: Draft) -> None:
    (publication,) = await record.publish([draft])
    key = publication.document.id
    document = await record.document(key)
    for name in ("title", "publisher", "occasion", "place", "language", "speaker"):
        assert getattr(document, name) == getattr(draft, name)
    assert document.source_url == draft.source_url
    assert document.said_on == draft.said_on
    assert type(document.published_at) is type(draft.published_at)
    assert document.published_at == draft.published_at
    assert document.extra == draft.extra
    passages = await record.statement(key)
    assert [(p.text, p.speaker, p.kind) for p in passages] == [
        (p.text, p.speaker, p.kind) for p in draft.paragraphs
    ]
    assert [p.replies_to for p in passages] == [
        None if p.replies_to is None else _question(draft, p.replies_to) for p in draft.paragraphs
    ]
    assert await record.statement(key, revision=document.revision) == passages
    assert (await record.states([key]))[0].passages == tuple(passages)
    assert await record.passages([p.id for p in passages]) == {p.id: p for p in passages}
    if publication.outcome is not Outcome.UNCHANGED:
        copy = await record.source_copy(key)
        assert (copy and copy.content) == (draft.source and draft.source.content)


VERSIONS = st.lists(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=6), min_size=1, max_size=5
)


def test_ids_are_stable_through_any_corrections(database_url: str) -> None:
    _examples(database_url, VERSIONS, _stays)


async def _stays(record: Record, versions: list[list[str]]) -> None:
    url = f"https://ministry.example/{datetime.now(UTC).isoformat()}"
    texts: dict[int, str] = {}
    history: list[list[int]] = []
    for number, version in enumerate(versions):
        # The date makes every version another revision.
        day = date(2020, 1, 1 + number)
        paragraphs = tuple(Paragraph(text) for text in version)
        (done,) = await record.publish([Draft(paragraphs, source_url=url, said_on=day)])
        passages = await record.statement(done.document.id)
        assert [p.text for p in passages] == version
        history.append([p.id for p in passages])
        for passage in passages:
            assert texts.setdefault(passage.id, passage.text) == passage.text
        if number:
            before = [texts[key] for key in history[-2]]
            kept = len(set(history[-1]) & set(history[-2]))
            assert kept == sum(min(before.count(text), version.count(text)) for text in "abcde")
    for number, ids in enumerate(history, 1):
        then = await record.statement(done.document.id, revision=number)
        assert [(p.id, p.text) for p in then] == [(key, texts[key]) for key in ids]
