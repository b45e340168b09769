"""Publishing: what is new, what changed, what is the same; ids that stay for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corpus.errors import InputError, NoStatement, UnknownDocument
from corpus.storage import open_record
from corpus.types import ChangeKind, Outcome, Paragraph, PassageKind, SourceCopy
from tests.storage.build import INTERVIEW, URL, changed, draft, interview, numbered


async def test_a_new_document_is_created_with_all_its_fields(database_url: str) -> None:
    given = interview(extra=(("list", '["a", "é"]'), ("note", '"ё"')))
    before = datetime.now(UTC)
    async with open_record(database_url) as record:
        (publication,) = await record.publish([given], by="moderator 7")
        stored = await record.document(publication.document.id)
    assert publication.outcome is Outcome.CREATED
    assert publication.same_text_as is None
    assert stored == publication.document
    for field in ("source_url", "title", "publisher", "occasion", "place", "language", "speaker"):
        assert getattr(stored, field) == getattr(given, field)
    assert (stored.said_on, stored.published_at) == (given.said_on, given.published_at)
    assert stored.extra == given.extra
    assert (stored.revision, stored.paragraphs, stored.withdrawn) == (1, 5, False)
    assert before <= stored.indexed_at <= datetime.now(UTC)


async def test_the_same_again_writes_nothing(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        (second,) = await record.publish([interview()])
        assert second.outcome is Outcome.UNCHANGED
        assert second.document == first.document
        assert len(await record.changes()) == 1


async def test_a_changed_document_is_a_new_revision_and_keeps_unchanged_passages(
    database_url: str,
) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([draft("One.", "Two.", "Three.")])
        old = await record.statement(first.document.id)
        (second,) = await record.publish([draft("Zero.", "One.", "Three.", "Four.")], by="feed")
        new = await record.statement(first.document.id)
        assert second.outcome is Outcome.CORRECTED
        assert second.document.id == first.document.id
        assert second.document.revision == 2
        assert [p.text for p in new] == ["Zero.", "One.", "Three.", "Four."]
        assert [p.paragraph for p in new] == [0, 1, 2, 3]
        assert (new[1].id, new[2].id) == (old[0].id, old[2].id)
        assert not {new[0].id, new[3].id} & {p.id for p in old}
        gone = (await record.passages([old[1].id]))[old[1].id]
        assert (gone.text, gone.current, gone.paragraph) == ("Two.", False, 1)
        before = await record.statement(first.document.id, revision=1)
        assert [(p.id, p.text, p.paragraph) for p in before] == [
            (p.id, p.text, p.paragraph) for p in old
        ]
        assert before[0].document.revision == 1
        assert before[0].document == first.document
        changes = await record.changes()
    assert [c.kind for c in changes] == [ChangeKind.PUBLICATION, ChangeKind.CORRECTION]
    assert [(c.revision, c.by) for c in changes] == [(1, None), (2, "feed")]


async def test_a_paragraph_that_comes_back_has_its_old_id(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([draft("One.", "Two.")])
        old = await record.statement(first.document.id)
        await record.publish([draft("One.")])
        await record.publish([draft("One.", "Two.")])
        assert [p.id for p in await record.statement(first.document.id)] == [p.id for p in old]


async def test_of_equal_paragraphs_each_stays_itself(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([draft("Thanks.", "A.", "Thanks.", "B.", "Thanks.")])
        old = [p.id for p in await record.statement(first.document.id)]
        await record.publish([draft("A.", "Thanks.", "B.", "Thanks.")])
        assert [p.id for p in await record.statement(first.document.id)] == old[1:]


async def test_a_moved_paragraph_keeps_its_id(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([draft("A.", "B.", "C.", "D.")])
        old = [p.id for p in await record.statement(first.document.id)]
        await record.publish([draft("B.", "C.", "D.", "A.")])
        new = [p.id for p in await record.statement(first.document.id)]
    assert new == [*old[1:], old[0]]


async def test_words_given_to_another_speaker_are_another_passage(database_url: str) -> None:
    one = replace(draft("x"), paragraphs=(Paragraph("We agree.", "Anna Weld"),))
    other = replace(one, paragraphs=(Paragraph("We agree.", "Olaf Brandt"),))
    async with open_record(database_url) as record:
        (first,) = await record.publish([one])
        (said,) = await record.statement(first.document.id)
        await record.publish([other])
        (now,) = await record.statement(first.document.id)
        then = (await record.passages([said.id]))[said.id]
    assert now.id != said.id
    assert (now.speaker, now.person) == ("Olaf Brandt", "Olaf Brandt")
    assert (then.speaker, then.person, then.current) == ("Anna Weld", "Anna Weld", False)


async def test_metadata_alone_makes_a_revision_with_the_same_passages(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        old = [p.id for p in await record.statement(first.document.id)]
        (second,) = await record.publish([interview(said_on=date(2024, 3, 11))])
        assert second.outcome is Outcome.CORRECTED
        assert [p.id for p in await record.statement(first.document.id)] == old
        assert (await record.document(first.document.id)).said_on == date(2024, 3, 11)


async def test_an_edited_question_leaves_the_reply_its_id(database_url: str) -> None:
    edited = list(INTERVIEW)
    edited[1] = replace(edited[1], text="Will you attend the talks?")
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        old = await record.statement(first.document.id)
        await record.publish([replace(interview(), paragraphs=tuple(edited))])
        new = await record.statement(first.document.id)
        then = await record.statement(first.document.id, revision=1)
        alone = (await record.passages([old[3].id]))[old[3].id]
    assert new[3].id == old[3].id
    assert new[3].replies_to == "Will you attend the talks?\nAnd who else?"
    assert alone.replies_to == new[3].replies_to
    assert then[3].replies_to == "Will you attend?\nAnd who else?"


async def test_the_same_text_at_another_url_is_stored_and_said(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        (second,) = await record.publish([interview(url=URL + "/copy")])
        (third,) = await record.publish([interview(url=URL + "/copy", place=None)])
        assert (second.outcome, second.same_text_as) == (Outcome.DUPLICATE, first.document)
        assert (third.outcome, third.same_text_as) == (Outcome.CORRECTED, first.document)
        assert second.document.id != first.document.id


async def test_a_withdrawn_document_is_no_twin(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        await record.withdraw(first.document.id)
        (second,) = await record.publish([interview(url=URL + "/copy")])
        assert (second.outcome, second.same_text_as) == (Outcome.CREATED, None)


async def test_twins_within_one_batch(database_url: str) -> None:
    batch = [draft("Same.", url=f"https://x.example/{n}") for n in range(3)]
    async with open_record(database_url) as record:
        one, two, three = await record.publish(batch)
    assert [p.outcome for p in (one, two, three)] == [
        Outcome.CREATED,
        Outcome.DUPLICATE,
        Outcome.DUPLICATE,
    ]
    assert two.same_text_as == three.same_text_as == one.document


async def test_a_corrected_twin_is_no_twin_any_more(database_url: str) -> None:
    first, second = (draft("Same.", url=f"https://x.example/{n}") for n in range(2))
    async with open_record(database_url) as record:
        await record.publish([first])
        corrected, created = await record.publish([changed(first, ["Other."]), second])
    assert (corrected.outcome, created.outcome) == (Outcome.CORRECTED, Outcome.CREATED)


async def test_one_url_twice_in_a_batch_is_as_if_one_after_the_other(database_url: str) -> None:
    batch = [draft("One."), draft("Two."), draft("Two."), draft("Three.", url=URL + "/b")]
    async with open_record(database_url) as record:
        publications = await record.publish(batch)
        assert [p.outcome for p in publications] == [
            Outcome.CREATED,
            Outcome.CORRECTED,
            Outcome.UNCHANGED,
            Outcome.CREATED,
        ]
        assert [p.document.revision for p in publications] == [1, 2, 2, 1]
        assert len(await record.changes()) == 3
        assert [p.text for p in await record.statement(publications[0].document.id)] == ["Two."]


async def test_without_a_url_the_text_is_the_identity(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([draft("Words.", url=None)])
        (same,) = await record.publish([draft("Words.", url=None)])
        (titled,) = await record.publish([draft("Words.", url=None, title="A title")])
        (other,) = await record.publish([draft("Other words.", url=None)])
    assert same.outcome is Outcome.UNCHANGED
    assert (titled.outcome, titled.document.id) == (Outcome.CORRECTED, first.document.id)
    assert other.outcome is Outcome.CREATED


async def test_withdrawing_and_restoring(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        withdrawn = await record.withdraw(first.document.id, by="anna", reason="a hoax")
        assert withdrawn == replace(first.document, withdrawn=True)
        assert await record.withdraw(first.document.id) == withdrawn
        assert await record.latest() == []
        passages = await record.statement(first.document.id)
        assert len(passages) == 5
        assert not any(p.current for p in passages)
        assert await record.neighbours(passages[2].id, 1, 1) == []
        assert await record.restore(first.document.id, by="olaf") == first.document
        assert await record.restore(first.document.id) == first.document
        assert all(p.current for p in await record.statement(first.document.id))
        changes = await record.changes(after=1)
    assert [(c.kind, c.by, c.reason) for c in changes] == [
        (ChangeKind.WITHDRAWAL, "anna", "a hoax"),
        (ChangeKind.RESTORATION, "olaf", None),
    ]


@pytest.mark.parametrize("again", [interview(), interview(title="Another title")])
async def test_publishing_a_withdrawn_document_restores_it(
    database_url: str, again: object
) -> None:
    assert isinstance(again, type(interview()))
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        await record.withdraw(first.document.id)
        (second,) = await record.publish([again], by="olaf")
        assert second.outcome is Outcome.CORRECTED
        assert not second.document.withdrawn
        assert second.document == await record.document(first.document.id)
        (last,) = await record.last_changes(1)
        assert (last.kind, last.by) == (ChangeKind.RESTORATION, "olaf")
        assert last.revision == second.document.revision
        assert [d.id for d in await record.latest()] == [first.document.id]


async def test_a_restored_document_is_a_twin_again(database_url: str) -> None:
    async with open_record(database_url) as record:
        (first,) = await record.publish([interview()])
        await record.withdraw(first.document.id)
        back, copy = await record.publish([interview(), interview(url=URL + "/copy")])
    assert copy.outcome is Outcome.DUPLICATE
    assert copy.same_text_as == back.document


def a_page(content: bytes = bytes(range(256)) * 40) -> SourceCopy:
    """A source copy."""
    fetched = datetime(2024, 3, 13, 9, 30, 1, 250, tzinfo=UTC)
    return SourceCopy(content, "text/html; charset=utf-8", fetched)


async def test_source_copies_are_kept_byte_for_byte_and_once(database_url: str) -> None:
    page, later = a_page(), a_page(b"")
    async with open_record(database_url) as record:
        first, other = await record.publish(
            [interview(source=page), draft("x", url=URL + "/b", source=page)]
        )
        await record.publish([interview(source=later, place=None)])
        await record.publish([interview(place="Bergen")])
        key = first.document.id
        assert await record.source_copy(key, 1) == page
        assert await record.source_copy(key, 2) == later
        assert await record.source_copy(key) is None
        assert await record.source_copy(key, 9) is None
        assert await record.source_copy(other.document.id) == page
        assert await record.check() == ()


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (draft(), NoStatement),
        (draft("a\0b"), InputError),
        (draft("half \ud83d of a pair"), InputError),
        (draft("x", title="\0"), InputError),
        (draft("x", extra=(("key", "\udc00"),)), InputError),
        (replace(draft("x"), paragraphs=(Paragraph("x", replies_to=0),)), InputError),
        (replace(draft("x"), paragraphs=(Paragraph("x", replies_to=-1),)), InputError),
        (draft("x", url=None, title=None, place="\0"), InputError),
    ],
)
async def test_what_can_not_be_kept_is_refused_and_nothing_is_written(
    database_url: str, given: object, error: type[InputError]
) -> None:
    assert isinstance(given, type(draft()))
    async with open_record(database_url) as record:
        with pytest.raises(error) as raised:
            await record.publish([draft("Fine.", url=URL + "/fine"), given])
        assert "\n" not in str(raised.value)
        assert await record.changes() == []
        assert await record.publish([]) == []


async def test_names_and_reasons_with_nul_are_refused(database_url: str) -> None:
    async with open_record(database_url) as record:
        (publication,) = await record.publish([draft("x")])
        with pytest.raises(InputError):
            await record.publish([draft("y")], by="\0")
        with pytest.raises(InputError):
            await record.withdraw(publication.document.id, reason="a\0b")


async def test_unknown_documents(database_url: str) -> None:
    async with open_record(database_url) as record:
        for call in (record.withdraw(1), record.restore(1), record.document(1)):
            with pytest.raises(UnknownDocument):
                await call
        with pytest.raises(UnknownDocument):
            await record.statement(1)
        with pytest.raises(UnknownDocument):
            await record.statement(1, revision=1)
        with pytest.raises(UnknownDocument):
            await record.neighbours(1, 1, 1)
        (publication,) = await record.publish([draft("x")])
        with pytest.raises(UnknownDocument, match="no revision 2"):
            await record.statement(publication.document.id, revision=2)


async def test_a_large_batch(database_url: str) -> None:
    """More documents and paragraphs than one statement takes values."""
    batch = numbered(1_200, paragraphs=2)
    long = draft(*(f"Line {n}." for n in range(1_500)), url=URL + "/long")
    async with open_record(database_url) as record:
        publications = await record.publish([*batch, long])
        assert {p.outcome for p in publications} == {Outcome.CREATED}
        again = await record.publish([*batch, long])
        assert {p.outcome for p in again} == {Outcome.UNCHANGED}
        key = publications[-1].document.id
        assert [p.text for p in await record.statement(key, revision=1)] == [
            p.text for p in long.paragraphs
        ]
        ids = [p.document.id for p in publications]
        states = await record.states([*ids, ids[0], 999_999])
        assert [s.document.id for s in states] == ids
        assert sum(len(s.passages) for s in states) == 2 * 1_200 + 1_500


async def test_kinds_are_kept(database_url: str) -> None:
    async with open_record(database_url) as record:
        (publication,) = await record.publish([interview()])
        kinds = [p.kind for p in await record.statement(publication.document.id)]
    assert kinds == [p.kind for p in INTERVIEW]
    assert PassageKind.APPARATUS in kinds
