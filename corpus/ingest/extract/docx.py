"""DOCX by python-docx: paragraphs, bold lead-ins, and the title from the properties.

The dates in a file's properties tell when it was typed, not when anything was said: they are left.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus.errors import TooLarge, UnreadableSource
from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.lines import join_breaks

MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes of all parts together: what is more is no statement, or an archive made to fill memory."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(
    (
        *(f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}instrText"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
"""Deleted text, text boxes, field codes, and the second copies of drawings."""


def extract(content: bytes) -> Extracted:
    """Read a Word document.

    Raises:
        UnreadableSource: damaged, or not a Word document.
        TooLarge: unpacked it is larger than :data:`MAX_UNPACKED`.
    """
    _check(content)
    # Imported here as in intake: only a DOCX needs it.
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError):
        raise UnreadableSource(
            "this DOCX is damaged or no Word document. Open it in Word, save it anew, and add it "
            "again."
        ) from None
    blocks = [
        block
        for paragraph in document.element.body.iter(f"{_W}p")
        if not any(ancestor.tag in _LEFT_OUT for ancestor in paragraph.iterancestors())
        for block in _blocks(paragraph, document.styles)
    ]
    properties = document.core_properties
    return Extracted(
        blocks=tuple(blocks),
        title=_title(blocks, properties.title),
        language=properties.language or None,
        framed=True,
    )


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableSource(
            "this DOCX is damaged: it can't be unpacked. Get a whole copy and add it again."
        ) from None
    if unpacked > MAX_UNPACKED:
        raise TooLarge(
            f"this DOCX unpacks to more than {MAX_UNPACKED // 2**20} MB. Give the statement alone, "
            "as text."
        )


def _blocks(paragraph: Any, styles: Any) -> list[Block]:
    runs = list(_runs(paragraph))
    text = "".join(part for part, _ in runs)
    strong = ""
    for part, bold in runs:
        if not bold and part.strip():
            break
        strong += part
    heading = _is_heading(paragraph, styles)
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return [
        Block(
            chunk,
            heading=heading,
            strong=_shared(strong.strip(), chunk) if index == 0 else "",
            listed=listed,
        )
        for index, chunk in enumerate(join_breaks(text.split("\n")))
    ]


def _shared(strong: str, chunk: str) -> str:
    return chunk if strong.startswith(chunk) else strong if chunk.startswith(strong) else ""


def _runs(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """The pieces of text of a paragraph in order, insertions and links included, and their type."""
    for node in paragraph.iter(
        f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen", f"{_W}softHyphen"
    ):
        run = node.getparent()
        if run is None or run.tag != f"{_W}r":
            continue
        if any(ancestor.tag in _LEFT_OUT for ancestor in _between(node, paragraph)):
            continue
        if node.tag == f"{_W}t":
            text = node.text or ""
        else:
            text = {"tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}.get(
                node.tag.removeprefix(_W), "\n"
            )
        yield text, _is_bold(run)


def _between(node: Any, paragraph: Any) -> Iterator[Any]:
    for ancestor in node.iterancestors():
        if ancestor is paragraph:
            return
        yield ancestor


def _is_bold(run: Any) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and bold.get(f"{_W}val", "true") not in ("0", "false", "off")


def _is_heading(paragraph: Any, styles: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is None:
        return False
    identifier = style.get(f"{_W}val", "")
    name = next((one.name for one in styles if one.style_id == identifier), "") or ""
    return name.lower().startswith(("heading", "title")) or identifier.lower().startswith("heading")


def _title(blocks: list[Block], declared: str | None) -> str | None:
    """The first heading, else the title of the properties where it is more than a file's name."""
    first = next((block.text for block in blocks[:5] if block.heading), None)
    if first is not None:
        return first
    declared = " ".join((declared or "").split())
    return declared if len(declared.split()) >= 3 else None
