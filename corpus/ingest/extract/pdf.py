"""PDF by pypdfium2: characters with their places, put together to lines and paragraphs.

A PDF has no paragraphs. They are rebuilt from the distance between lines, indents and short last
lines; running heads and page numbers are left out; a hyphen at the end of a line is taken away
only where the document itself writes the word without it.
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import UnreadableSource
from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.lines import ends_sentence

_LOCK = threading.Lock()
"""PDFium is not safe to use from two threads, even with two documents."""
GAP = 1.35
"""Line distances between two lines from which a paragraph begins."""
LARGER = 1.15
"""Times the body's letter height from which a line is a heading."""
SHORT = 0.88
"""Share of the text's width below which a line that ends a sentence ends its paragraph."""
_HYPHENS = "-\u2010\xad"
_END_HYPHEN = 0x02
"""What PDFium gives for a hyphen at the end of a line, in place of hyphen and line break."""
_EDGE = re.compile(
    r"\W*(?:page|seite|стр\.?|страница)?\s*\d{1,4}(?:\s*(?:of|/|von|из)\s*\d{1,4})?\W*|"
    r"(?:https?|file)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?|"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d{2}(?:\s*[AP]M)?(?:\s.*)?",
    re.IGNORECASE,
)
"""Page numbers, and the address and time that a browser prints at the edges of a page."""
_SURE_LEAD = re.compile(
    r"(?:MR|MS|MRS|DR)\.\s[A-Z]|[A-Z][A-Z.'’ -]{3,40}:\s|(?:Question|Вопрос|Frage|Q):\s|Q\s{2,}"
)
_LEAD = re.compile(r"(?:[QA][.:]?\s|[^\W\d_][\w.'’ -]{1,60}:\s)")
_NO_TEXT = (
    "this PDF has no text, only pictures of it. Run text recognition (OCR) over it, for example "
    "ocrmypdf, and add the result."
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    left: float
    right: float
    bottom: float
    height: float
    """Of its letters, in points."""


def extract(content: bytes) -> Extracted:
    """Read a PDF.

    Raises:
        UnreadableSource: damaged, locked with a password, or without text.
    """
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableSource(_why(error)) from None
        try:
            lines = [line for number in range(len(document)) for line in _lines(document, number)]
            pages = len(document)
            title = document.get_metadata_dict(skip_empty=True).get("Title", "")
        finally:
            document.close()
    text = "".join(line.text for line in lines)
    letters = sum(character.isalpha() for character in text)
    strange = sum(_is_strange(character) for character in text)
    if letters < 25 or strange * 10 > letters:
        raise UnreadableSource(_NO_TEXT)
    blocks = _paragraphs(_without_running_heads(lines, pages))
    heading = next((block.text for block in blocks[:4] if block.heading), None)
    return Extracted(
        blocks=tuple(blocks),
        title=heading or (title.strip() if len(title.split()) >= 3 else None),
        framed=True,
    )


def _why(error: pypdfium2.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "this PDF is locked with a password. Save it without one and add it again."
    return "this PDF is damaged. Get a whole copy and add it again."


def _is_strange(character: str) -> bool:
    """Whether a character is what a font without a table of letters gives."""
    code = ord(character)
    return code < 32 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD


# --- lines --------------------------------------------------------------------------------------


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    page = document[number]
    textpage = page.get_textpage()
    try:
        count = pdfium.FPDFText_CountChars(textpage)
        found: list[_Line] = []
        letters: list[str] = []
        boxes: list[tuple[float, float, float, float]] = []
        rect = pdfium.FS_RECTF()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(textpage, index)
            if code in (0x0A, 0x0D, _END_HYPHEN):
                letters += "-" if code == _END_HYPHEN else ""
                _end_line(found, letters, boxes, number)
                letters, boxes = [], []
                continue
            if not code:
                continue
            letters.append(chr(code) if code <= 0x10FFFF else "\ufffd")
            if not letters[-1].isspace() and pdfium.FPDFText_GetLooseCharBox(
                textpage, index, ctypes.byref(rect)
            ):
                boxes.append((rect.left, rect.bottom, rect.right, rect.top))
        _end_line(found, letters, boxes, number)
        return found
    finally:
        textpage.close()
        page.close()


def _end_line(
    found: list[_Line],
    letters: Sequence[str],
    boxes: Sequence[tuple[float, float, float, float]],
    page: int,
) -> None:
    """Add a line; one that stands right of the last at the same height goes on with it."""
    text = _surrogates("".join(letters)).strip()
    if not text or not boxes:
        return
    line = _Line(
        text=text,
        page=page,
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        bottom=median(box[1] for box in boxes),
        height=median(box[3] - box[1] for box in boxes),
    )
    last = found[-1] if found else None
    if (
        last is not None
        and abs(last.bottom - line.bottom) < 0.3 * line.height
        and line.left >= last.right - line.height
    ):
        found[-1] = replace(last, text=f"{last.text} {line.text}", right=line.right)
    else:
        found.append(line)


def _surrogates(text: str) -> str:
    """Put together characters outside of the basic plane, which PDFium gives in two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _without_running_heads(lines: Sequence[_Line], pages: int) -> list[_Line]:
    """Leave out page numbers, and lines that return at the edges of the pages."""
    left = list(lines)
    for _ in range(2):  # A page may have a running head and a page number one above the other.
        outer = {
            id(line): line
            for number in range(pages)
            for line in _outermost([line for line in left if line.page == number])
        }
        seen = Counter(_running(line.text) for line in outer.values())
        dropped = {
            key
            for key, line in outer.items()
            if (seen[_running(line.text)] >= 3 and seen[_running(line.text)] > pages / 2)
            or _EDGE.fullmatch(line.text)
        }
        left = [line for line in left if id(line) not in dropped]
    return left


def _outermost(lines: Sequence[_Line]) -> list[_Line]:
    """The highest and the lowest line of a page."""
    by_height = sorted(lines, key=lambda line: line.bottom)
    return [by_height[0], by_height[-1]] if by_height else []


def _running(text: str) -> str:
    return re.sub(r"\d+", "#", text)


# --- paragraphs ---------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[_Line]) -> list[Block]:
    if not lines:
        return []
    height = median(line.height for line in lines)
    body = [line for line in lines if abs(line.height - height) < 0.1 * height]
    left = sorted(line.left for line in body)[len(body) // 5]
    right = sorted(line.right for line in body)[-1 - len(body) // 10]
    steps = [
        last.bottom - line.bottom
        for last, line in pairwise(body)
        if line.page == last.page and 0 < last.bottom - line.bottom < 3 * height
    ]
    pitch = min(steps, default=height) if len(steps) < 4 else sorted(steps)[len(steps) // 4]
    words = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text))
    groups: list[list[_Line]] = [[lines[0]]]
    for last, line in pairwise(lines):
        if _begins(last, line, left, right, pitch, height):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        Block(_joined([line.text for line in group], words), heading=_is_heading(group, height))
        for group in groups
    ]


def _is_heading(group: Sequence[_Line], height: float) -> bool:
    return min(line.height for line in group) > LARGER * height


def _begins(
    last: _Line, line: _Line, left: float, right: float, pitch: float, height: float
) -> bool:
    """Whether a line begins a paragraph, in a text of these margins, line distance and height."""
    if abs(line.height - last.height) > 0.12 * max(line.height, last.height):
        return True
    if line.height > LARGER * height:
        return line.page != last.page or last.bottom - line.bottom > GAP * line.height
    if _SURE_LEAD.match(line.text):
        return True
    width = max(1.0, right - left)
    ended = ends_sentence(last.text)
    short = last.right < left + SHORT * width
    if line.page != last.page:
        return ended and (short or line.left > left + line.height or not line.text[0].islower())
    if last.bottom - line.bottom > GAP * pitch or line.bottom > last.bottom + pitch:
        return True
    indented = line.left > left + 0.8 * line.height
    if indented and (ended or last.left < line.left - 0.5 * line.height):
        return True
    if short and (ended or (last.right < left + 0.6 * width and line.text[0].isupper())):
        return True
    return ended and bool(_LEAD.match(line.text))


def _joined(texts: Sequence[str], words: Counter[str]) -> str:
    joined = texts[0]
    for text in texts[1:]:
        broken = len(joined) > 1 and joined[-1] in _HYPHENS and text[0].isalnum()
        if broken and joined[-2].isalpha() and text[0].isalpha():
            joined = _mended(joined, text, words)
        elif broken and joined[-2].isalnum():
            joined = f"{joined}{text}"
        else:
            joined = f"{joined} {text}"
    return joined


def _mended(start: str, rest: str, words: Counter[str]) -> str:
    """A word broken at the end of a line: without its hyphen only if the document has it so."""
    first = re.findall(r"[\w-]+$", start[:-1])[0]
    second = re.findall(r"^[\w-]+", rest)[0]
    whole = first + second in words and f"{first}-{second}" not in words
    return f"{start[:-1] if whole else start}{rest}"
