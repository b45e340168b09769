"""DOCX: paragraphs, insertions, bold lead-ins; properties for the title, never for the date."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import NoStatement, TooLarge, UnreadableSource
from corpus.ingest import draft_from_bytes
from corpus.ingest.extract import docx as extractor
from tests.ingest.making import word

TEXT = "The harbours stay open, and ships may come and go as they did in the days before the storm."


def test_a_statement_with_heading_turns_and_properties() -> None:
    build = docx.Document()
    build.core_properties.title = "Some title of a file"
    build.core_properties.author = "A typist"
    build.core_properties.created = datetime(2001, 1, 1)
    build.core_properties.language = "en-GB"
    build.add_heading("Press point by Foreign Minister Anna Weld, Havn, 12 March 2024", 1)
    build.add_paragraph(TEXT)
    question = build.add_paragraph()
    question.add_run("Question: ").bold = True
    question.add_run("Will you attend?")
    reply = build.add_paragraph()
    reply.add_run("Head of the Fish Office Ida Brand:").bold = True
    reply.add_run(" Gladly so.\tAnd soon.")
    build.add_paragraph("one point", style="List Bullet")
    draft = draft_from_bytes(word(build))
    assert draft.title == "Press point by Foreign Minister Anna Weld, Havn, 12 March 2024"
    assert draft.said_on is not None
    assert draft.said_on.year == 2024
    assert draft.published_at is None
    assert [(p.text, p.speaker) for p in draft.paragraphs] == [
        (TEXT, "Anna Weld"),
        ("Question: Will you attend?", "Question"),
        (
            "Head of the Fish Office Ida Brand: Gladly so.\tAnd soon.",
            "Head of the Fish Office Ida Brand",
        ),
        ("one point", "Head of the Fish Office Ida Brand"),
    ]
    assert draft.source is not None
    assert draft.source.media_type.endswith("wordprocessingml.document")


def test_dates_of_the_file_are_no_dates_of_the_statement() -> None:
    build = docx.Document()
    build.core_properties.title = "On the harbours of Norland"
    build.core_properties.created = datetime(2001, 1, 1)
    build.add_paragraph(TEXT)
    draft = draft_from_bytes(word(build))
    assert draft.title == "On the harbours of Norland"
    assert (draft.said_on, draft.published_at) == (None, None)


def test_insertions_links_breaks_and_tables_come_in_and_deletions_stay_out() -> None:
    build = docx.Document()
    paragraph = build.add_paragraph("It stays ")
    for xml in (
        '<w:ins {ns} w:id="1" w:author="x"><w:r><w:t>open</w:t></w:r></w:ins>',
        '<w:del {ns} w:id="2" w:author="x"><w:r><w:delText>shut</w:delText></w:r></w:del>',
        '<w:moveFrom {ns} w:id="3"><w:r><w:t>moved</w:t></w:r></w:moveFrom>',
        '<w:hyperlink {ns}><w:r><w:t xml:space="preserve"> for all</w:t></w:r></w:hyperlink>',
        "<w:r {ns}><w:noBreakHyphen/><w:t>well, soft</w:t><w:softHyphen/><w:t>ly.</w:t></w:r>",
        "<w:r {ns}><w:br/><w:t>A new line, broken</w:t><w:br/><w:t>in two.</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
    build.add_table(1, 1).cell(0, 0).text = TEXT
    draft = draft_from_bytes(word(build))
    assert [p.text for p in draft.paragraphs] == [
        "It stays open for all\u2011well, soft\xadly.",
        "A new line, broken in two.",
        TEXT,
    ]


def test_bold_switched_off_is_not_bold() -> None:
    build = docx.Document()
    build.add_paragraph(TEXT)
    for bold, text in ((True, "Tor Lind"), (False, "Ida Brand")):
        run = build.add_paragraph().add_run(text)
        run.bold = bold
        build.paragraphs[-1].add_run(" We met, and it was good.")
    draft = draft_from_bytes(word(build))
    assert [p.speaker for p in draft.paragraphs] == [None, "Tor Lind", "Tor Lind"]


def test_an_empty_document_has_no_statement() -> None:
    with pytest.raises(NoStatement):
        draft_from_bytes(word(docx.Document()))


def archive(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in parts.items():
            writer.writestr(name.replace("_", "/", 1), content)
    return packed.getvalue()


def test_an_archive_made_to_fill_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(TooLarge, match="unpacks to more"):
        draft_from_bytes(archive(word_document=b" " * 2_000_000))


@pytest.mark.parametrize(
    "content", [archive(word_document=b"<no/>"), b"PK\x03\x04 and word/ without an archive"]
)
def test_a_damaged_document(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match="DOCX is damaged"):
        draft_from_bytes(content)


def test_a_document_cut_short() -> None:
    build = docx.Document()
    build.add_paragraph(TEXT)
    with pytest.raises(UnreadableSource, match="DOCX is damaged"):
        draft_from_bytes(word(build)[:-2000])
