"""Bytes into text: the declared encoding, then UTF-8, then the likeliest; else refused."""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "utf-8"}
"""What the WHATWG Encoding Standard reads these labels as."""
_META = re.compile(
    rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOSTLY = 0.995
"""Share of bytes that must be good UTF-8 for a text to be taken for damaged UTF-8."""
BINARY = "this is not text but binary data. Give an HTML, PDF, DOCX, Markdown or text file."
BROKEN = "the text is damaged: it fits no encoding. Save it as UTF-8 and add it again."


def decode(content: bytes, declared: str | None = None) -> tuple[str, bool]:
    """Decode a text source; the flag says that bytes which fit no encoding were replaced.

    ``declared`` is what the transport says (HTTP's charset); an HTML ``<meta>`` is looked for.

    Raises:
        UnreadableSource: binary junk, or bytes that fit no encoding.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            text = _strictly(content, encoding)
            if text is None:
                raise UnreadableSource(BROKEN)
            return _text(text), False
    if b"\x00" in content:
        raise UnreadableSource(BINARY)
    meta = _META.search(content[:4096])
    labels = [declared, meta[1].decode("ascii") if meta else None, "utf-8"]
    for label in labels:
        if label and (text := _strictly(content, _LABELS.get(label.lower(), label))) is not None:
            return _text(text), False
    replaced = content.decode("utf-8", errors="replace")
    if 1 - replaced.count("\ufffd") / max(1, len(replaced)) >= MOSTLY and not content.isascii():
        good = sum(1 for character in replaced if ord(character) > 127 and character != "\ufffd")
        if good > replaced.count("\ufffd"):
            return _text(replaced), True
    return _text(_likeliest(content)), False


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeliest(content: bytes) -> str:
    # Imported here: only a source with neither a declared encoding nor UTF-8 needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise UnreadableSource(BROKEN)
    return str(best)


def _text(text: str) -> str:
    """Refuse what has control characters that no text has in any number."""
    controls = len(_CONTROL.findall(text[:200_000]))
    if controls > max(3, len(text[:200_000]) // 500):
        raise UnreadableSource(BINARY)
    return text
