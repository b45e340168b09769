"""Which format a source is in: by its content first, then by its media type and its name."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.errors import UnreadableSource


class Format(StrEnum):
    """The formats that we read, by their media type."""

    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"


_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Word file or one with a password. Save it as DOCX without one"),
    (b"{\\rtf", "an RTF file. Save it as DOCX"),
    (b"\x1f\x8b", "a gzip file. Unpack it, or take it in with load if it holds JSON lines"),
    (b"\x89PNG", "a picture. Give the text, or run text recognition (OCR) over it first"),
    (b"\xff\xd8\xff", "a picture. Give the text, or run text recognition (OCR) over it first"),
    (b"GIF8", "a picture. Give the text, or run text recognition (OCR) over it first"),
    (b"PK\x03\x04", "an archive, not a DOCX. Give the files in it one by one"),
    (b"7z\xbc\xaf\x27\x1c", "an archive. Give the files in it one by one"),
    (b"Rar!", "an archive. Give the files in it one by one"),
    (b"ID3", "a sound recording. Give its transcript"),
    (b"\x7fELF", "a program. Give an HTML, PDF, DOCX, Markdown or text file"),
    (b"MZ\x90", "a program. Give an HTML, PDF, DOCX, Markdown or text file"),
)
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRONT_MATTER = re.compile(rb"^---\r?\n[\w -]+:.*\r?\n(?:.*\r?\n){0,60}?---[ \t]*\r?\n")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_MARKDOWN_TYPES = frozenset({"text/markdown", "text/x-markdown"})
_HTML_NAMES, _MARKDOWN_NAMES = (".html", ".htm", ".xhtml"), (".md", ".markdown", ".mdown")


def detect(content: bytes, *, media_type: str | None = None, filename: str | None = None) -> Format:
    """Tell the format of a source.

    Raises:
        UnreadableSource: a kind of file that holds no text we read; says what to do instead.
    """
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in content[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04") and b"word/" in content:
        return Format.DOCX
    for magic, what in _REFUSED:
        if head.startswith(magic):
            raise UnreadableSource(f"this is {what}.")
    if _HTML.match(head):
        return Format.HTML
    if _FRONT_MATTER.match(head):
        return Format.MARKDOWN
    kind = (media_type or "").split(";")[0].strip().lower()
    name = (filename or "").lower()
    if kind in _HTML_TYPES or name.endswith(_HTML_NAMES):
        return Format.HTML
    if kind in _MARKDOWN_TYPES or name.endswith(_MARKDOWN_NAMES):
        return Format.MARKDOWN
    return Format.TEXT
