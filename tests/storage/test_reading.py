"""Reading the record back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from corpus.errors import InputError, UnknownDocument
from corpus.storage import open_record
from corpus.types import (
    ChangeKind,
    Coverage,
    Moment,
    Paragraph,
    PassageKind,
    PublisherCount,
)
from tests.storage.build import INTERVIEW, URL, draft, interview, numbered


async def test_passages_have_their_document_person_and_question(database_url: str) -> None:
    async with open_record(database_url) as record:
        (publication,) = await record.publish([interview()])
        statement = await record.statement(publication.document.id)
        ids = [p.id for p in statement]
        found = await record.passages([*reversed(ids), ids[0], 10**9])
        assert found == {p.id: p for p in statement}
        assert await record.passages([]) == {}
    assert [p.text for p in statement] == [p.text for p in INTERVIEW]
    assert [p.speaker for p in statement] == [p.speaker for p in INTERVIEW]
    assert [p.person for p in statement] == [None, None, None, "Anna Weld", "Anna Weld"]
    question = "Will you attend?\nAnd who else?"
    assert [p.replies_to for p in statement] == [None, None, None, question, question]
    assert all(p.document == publication.document and p.current for p in statement)


async def test_a_question_of_one_paragraph(database_url: str) -> None:
    paragraphs = (
        Paragraph("Why?", "Q", PassageKind.QUESTION),
        Paragraph("Because.", "MR. BRANDT", replies_to=0),
        Paragraph("When?", "Q", PassageKind.QUESTION),
        Paragraph("Soon.", "MR. BRANDT", replies_to=2),
    )
    async with open_record(database_url) as record:
        (one,) = await record.publish([replace(draft("x"), paragraphs=paragraphs)])
        statement = await record.statement(one.document.id)
        assert await record.passages([p.id for p in statement]) == {p.id: p for p in statement}
    assert [p.replies_to for p in statement] == [None, "Why?", None, "When?"]


async def test_neighbours(database_url: str) -> None:
    async with open_record(database_url) as record:
        (publication,) = await record.publish([draft(*"abcdef")])
        await record.publish([draft(*"abxdef")])
        ids = [p.id for p in await record.statement(publication.document.id)]
        around = await record.neighbours(ids[2], 1, 2)
        assert [p.text for p in around] == ["b", "x", "d", "e"]
        assert [p.text for p in await record.neighbours(ids[0], 3, 0)] == ["a"]


async def test_latest_goes_by_said_on_else_by_published(database_url: str) -> None:
    days: list[tuple[str, date | None, Moment | None]] = [
        ("old", date(2020, 5, 1), date(2024, 1, 1)),
        ("new", date(2023, 5, 1), None),
        ("undated", None, None),
        ("published", None, datetime(2022, 7, 1, 23, 30, tzinfo=timezone(timedelta(hours=3)))),
    ]
    async with open_record(database_url) as record:
        for name, said, published in days:
            await record.publish(
                [draft(name, url=URL + name, title=name, said_on=said, published_at=published)]
            )
        titles = [d.title for d in await record.latest(10)]
        assert titles == ["new", "published", "old", "undated"]
        assert [d.title for d in await record.latest(2, 1)] == ["published", "old"]


@pytest.mark.parametrize(
    "moment",
    [
        date(2021, 5, 20),
        datetime(2021, 5, 20, 3, 25),
        datetime(2021, 5, 20, 3, 25, 1, 5),
        datetime(2021, 5, 20, 3, 25, tzinfo=UTC),
        datetime(2021, 5, 20, 3, 25, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        None,
    ],
)
async def test_published_at_keeps_its_precision_and_offset(
    database_url: str, moment: Moment | None
) -> None:
    async with open_record(database_url) as record:
        (publication,) = await record.publish([draft("x", published_at=moment)])
        stored = (await record.document(publication.document.id)).published_at
    assert type(stored) is type(moment)
    assert stored == moment
    if isinstance(stored, datetime) and isinstance(moment, datetime):
        assert stored.utcoffset() == moment.utcoffset()


async def test_states_are_what_an_index_needs(database_url: str) -> None:
    async with open_record(database_url) as record:
        one, two = await record.publish([interview(), draft("x", "y", url=URL + "/2")])
        await record.withdraw(two.document.id)
        states = await record.states([two.document.id, one.document.id, 77])
        assert await record.states([]) == []
        statement = await record.statement(one.document.id)
    assert [s.document.id for s in states] == [two.document.id, one.document.id]
    assert states[0].passages == ()
    assert states[0].document.withdrawn
    assert list(states[1].passages) == statement


async def test_export_gives_every_current_document_by_id(database_url: str) -> None:
    async with open_record(database_url) as record:
        publications = await record.publish(numbered(60, paragraphs=2))
        for publication in publications[10:45]:
            await record.withdraw(publication.document.id)
        exported = [item async for item in record.export()]
        statement = await record.statement(publications[0].document.id)
    kept = [p.document for p in publications[:10] + publications[45:]]
    assert [document for document, _ in exported] == kept
    assert exported[0][1] == statement
    assert all(len(passages) == 2 for _, passages in exported)


async def test_an_empty_record(database_url: str) -> None:
    async with open_record(database_url) as record:
        assert await record.coverage() == Coverage(0, 0, None, None)
        assert [item async for item in record.export()] == []
        assert await record.people() == []
        assert await record.latest() == []
        assert await record.changes() == []
        assert await record.documents_by_url(URL) == []


async def test_coverage_follows_the_record(database_url: str) -> None:
    async with open_record(database_url) as record:
        await record.publish([interview(), *numbered(3)])
        first = await record.coverage()
        assert await record.coverage() is first
        (gone,) = await record.documents_by_url(URL)
        await record.withdraw(gone.id)
        second = await record.coverage()
    assert first == Coverage(
        documents=4,
        passages=14,
        first=date(2020, 1, 1),
        last=date(2024, 3, 12),
        publishers=(PublisherCount(None, 3), PublisherCount("Ministry of Foreign Affairs", 1)),
        languages=((None, 3), ("en", 1)),
        speakers=1,
        withdrawn=0,
        position=4,
    )
    assert (second.documents, second.withdrawn, second.speakers) == (3, 1, 0)
    assert (second.last, second.position) == (date(2020, 1, 3), 5)


async def test_people_are_known_by_their_labels(database_url: str) -> None:
    speech = replace(
        draft("x", url=URL + "/speech"),
        paragraphs=(
            Paragraph("Good day.", "Foreign Minister Anna Weld"),
            Paragraph("Now then.", "Olaf Brandt"),
            Paragraph("Hm.", "MR. NOBODY"),
        ),
    )
    async with open_record(database_url) as record:
        await record.publish([interview()])
        await record.publish([speech])
        await record.publish([interview(place="Bergen")])
        people = await record.people()
    assert [(p.name, p.passages) for p in people] == [("Anna Weld", 3), ("Olaf Brandt", 1)]
    assert people[0].aliases == ("Foreign Minister Anna Weld", "MS. WELD")
    assert people[1].aliases == ("Olaf Brandt",)


async def test_documents_by_url(database_url: str) -> None:
    long = "https://ministry.example/" + "a" * 5_000
    async with open_record(database_url) as record:
        one, two = await record.publish([interview(), draft("x", url=long)])
        await record.withdraw(one.document.id)
        assert [d.id for d in await record.documents_by_url(URL)] == [one.document.id]
        assert await record.documents_by_url(long) == [two.document]
        assert await record.documents_by_url(URL + "/none") == []


async def test_the_change_log(database_url: str) -> None:
    async with open_record(database_url) as record:
        (one,) = await record.publish([interview()], by="anna")
        await record.publish([interview(title="Corrected")])
        await record.publish([draft("x", url=URL + "/2", title="Second")])
        await record.withdraw(one.document.id, by="olaf", reason="test")
        changes = await record.changes()
        assert await record.changes(after=2) == changes[2:]
        assert await record.changes(after=1, limit=2) == changes[1:3]
        assert await record.last_changes(2) == [changes[3], changes[2]]
    assert [c.position for c in changes] == [1, 2, 3, 4]
    assert [c.title for c in changes] == [
        "Press point by Foreign Minister Anna Weld",
        "Corrected",
        "Second",
        "Corrected",
    ]
    assert changes[3].kind is ChangeKind.WITHDRAWAL
    assert (changes[3].source_url, changes[3].by, changes[3].reason) == (URL, "olaf", "test")
    assert changes[0].at.utcoffset() == timedelta(0)


async def test_what_is_published_is_there_when_opened_again(database_url: str) -> None:
    async with open_record(database_url) as record:
        (publication,) = await record.publish([interview()])
        statement = await record.statement(publication.document.id)
    async with open_record(database_url) as record:
        assert await record.statement(publication.document.id) == statement
        assert await record.check() == ()


async def test_numbers_beyond_any_id(database_url: str) -> None:
    """A forged link or a mistyped number is an unknown document, not a fault."""
    huge = 10**30
    async with open_record(database_url) as record:
        (one,) = await record.publish([interview()])
        key = one.document.id
        assert await record.passages([huge, -1, 0]) == {}
        assert await record.states([huge, key, -huge]) == await record.states([key])
        assert await record.source_copy(huge, huge) is None
        assert await record.latest(huge, 0) == [one.document]
        assert await record.latest(5, huge) == await record.latest(-1) == []
        assert await record.changes(huge, huge) == []
        assert len(await record.changes(-huge, huge)) == 1
        assert len(await record.last_changes(huge)) == 1
        assert len(await record.neighbours(1, huge, huge)) == 5
        for number in (huge, -huge):
            with pytest.raises(UnknownDocument):
                await record.document(number)
            with pytest.raises(UnknownDocument):
                await record.withdraw(number)
            with pytest.raises(UnknownDocument):
                await record.statement(key, revision=number)
            with pytest.raises(UnknownDocument):
                await record.neighbours(number, 1, 1)
        with pytest.raises(InputError):
            await record.documents_by_url("https://\udc00")
