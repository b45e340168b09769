"""Documents made for the tests: PDF by hand, DOCX by python-docx, transcripts as text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docx

from corpus.types import Document, Draft, Passage

SHARED = Path(__file__).resolve().parents[3] / "shared"


@dataclass(frozen=True)
class Line:
    """A line of a PDF page: its text, place in points from the left and bottom, and size."""

    text: str
    x: float
    y: float
    size: float = 11


def pdf(pages: Sequence[Sequence[Line]], *, title: str = "", locked: bool = False) -> bytes:
    """A PDF of text lines in Helvetica, with WinAnsi letters."""
    objects: list[bytes] = [
        b"",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (line.size, line.x, line.y, _escaped(line.text))
            for line in lines
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    objects.append(b"<</Title(%s)>>" % _escaped(title))
    info = len(objects)
    trailer = b"/Root 1 0 R/Info %d 0 R" % info
    if locked:
        objects.append(b"<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32))
        trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % len(objects)
    written = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(written)


def _escaped(text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return escaped.encode("cp1252")


def column(
    paragraphs: Iterable[Sequence[str]],
    *,
    top: float = 780,
    left: float = 70,
    step: float = 14,
    gap: float = 26,
) -> list[Line]:
    """Lines of paragraphs set one below the other, a gap between paragraphs."""
    lines: list[Line] = []
    y = top
    for paragraph in paragraphs:
        for text in paragraph:
            lines.append(Line(text, left, y))
            y -= step
        y -= gap - step
    return lines


def word(build: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    packed = io.BytesIO()
    build.save(packed)
    return packed.getvalue()


def on_record(draft: Draft, identifier: int = 1) -> tuple[Document, list[Passage]]:
    """A draft as a record would give it back."""
    document = Document(
        id=identifier,
        source_url=draft.source_url,
        title=draft.title,
        publisher=draft.publisher,
        occasion=draft.occasion,
        place=draft.place,
        language=draft.language,
        speaker=draft.speaker,
        said_on=draft.said_on,
        published_at=draft.published_at,
        indexed_at=datetime(2026, 1, 1, tzinfo=UTC),
        revision=1,
        paragraphs=len(draft.paragraphs),
        extra=draft.extra,
    )
    passages = [
        Passage(
            id=index + 1,
            document=document,
            paragraph=index,
            text=paragraph.text,
            speaker=paragraph.speaker,
            person=None,
            kind=paragraph.kind,
            replies_to=None
            if paragraph.replies_to is None
            else draft.paragraphs[paragraph.replies_to].text,
        )
        for index, paragraph in enumerate(draft.paragraphs)
    ]
    return document, passages
