"""The bulk format: one document a line of JSON, read and written without loss.

A line has ``url``, ``title``, ``date`` (said on), ``speaker``, ``publisher``, ``language`` and
``paragraphs`` of ``speaker`` and ``text``. What a reader can't derive from these is added only
where there is something to add: ``published_at``, ``occasion`` and ``place`` on the document,
``kind`` and ``replies_to`` (an index) on a paragraph, and any key that we carry without using it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from corpus.errors import MalformedLine
from corpus.ingest.marking import mark
from corpus.types import Document, Draft, Moment, Paragraph, Passage, PassageKind

_DOCUMENT_KEYS: Final = frozenset(
    (
        *("url", "title", "date", "speaker", "publisher", "language", "paragraphs"),
        *("published_at", "occasion", "place"),
    )
)
_PARAGRAPH_KEYS: Final = frozenset({"speaker", "text", "kind", "replies_to"})
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_KINDS: Final = {kind.value: kind for kind in PassageKind}
_CARRIED: Final = re.compile(r"paragraphs/(\d+)/(.+)", re.DOTALL)
"""How an unknown key of a paragraph is named in ``Draft.extra``."""


def from_line(mapping: Mapping[str, Any], line: int) -> Draft:
    """Turn one decoded line of a bulk file into a draft.

    Speaker labels are kept as given; kinds and the question replied to are derived unless given.
    Unknown keys are carried in ``Draft.extra`` and named in ``Draft.warnings``.

    Raises:
        MalformedLine: a field is missing or is not what it should be; names it and ``line``.
    """
    if not isinstance(mapping, Mapping):
        raise _malformed(line, f"expected an object, found {_shown(mapping)}")
    rows = mapping.get("paragraphs")
    if not isinstance(rows, list) or not rows:
        raise _malformed(line, '"paragraphs" must be a list with at least one paragraph')
    title = _text(mapping, "title", line)
    texts, labels, extra = _rows(rows, line)
    kinds, replies = mark(title, labels, texts)
    for index, row in enumerate(rows):
        if len(row) > 2:
            _given(row, index, kinds, replies, line)
    carried = [
        (key, json.dumps(value, ensure_ascii=False))
        for key, value in mapping.items()
        if key not in _DOCUMENT_KEYS
    ]
    return Draft(
        paragraphs=tuple(map(Paragraph, texts, labels, kinds, replies)),
        source_url=_text(mapping, "url", line),
        title=title,
        publisher=_text(mapping, "publisher", line),
        occasion=_text(mapping, "occasion", line),
        place=_text(mapping, "place", line),
        language=_text(mapping, "language", line),
        speaker=_text(mapping, "speaker", line),
        said_on=_day(mapping, line),
        published_at=_moment(mapping, line),
        extra=(*carried, *extra),
        warnings=_warnings(line, [key for key, _ in carried], [key for key, _ in extra]),
    )


def _rows(rows: list[Any], line: int) -> tuple[list[str], list[str | None], list[tuple[str, str]]]:
    texts: list[str] = []
    labels: list[str | None] = []
    extra: list[tuple[str, str]] = []
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise _malformed(line, f"paragraph {index} must be an object, not {_shown(row)}")
        text = row.get("text")
        if not isinstance(text, str) or not text or text.isspace():
            raise _malformed(line, f'paragraph {index} has no "text"')
        label = row.get("speaker")
        if label is not None and not isinstance(label, str):
            raise _malformed(line, f'"speaker" of paragraph {index} must be text or null')
        texts.append(text)
        labels.append(label or None)
        if len(row) > 2:
            extra += [
                (f"paragraphs/{index}/{key}", json.dumps(value, ensure_ascii=False))
                for key, value in row.items()
                if key not in _PARAGRAPH_KEYS
            ]
    return texts, labels, extra


def _given(
    row: Mapping[str, Any],
    index: int,
    kinds: list[PassageKind],
    replies: list[int | None],
    line: int,
) -> None:
    """Let what a line states outweigh what was derived."""
    if "kind" in row:
        kind = _KINDS.get(row["kind"]) if isinstance(row["kind"], str) else None
        if kind is None:
            known = ", ".join(_KINDS)
            raise _malformed(line, f'"kind" of paragraph {index} must be one of {known}')
        kinds[index] = kind
    if "replies_to" in row:
        reply = row["replies_to"]
        if reply is not None and not (type(reply) is int and 0 <= reply < index):
            raise _malformed(
                line, f'"replies_to" of paragraph {index} must be null or an earlier index'
            )
        replies[index] = reply


def _text(mapping: Mapping[str, Any], key: str, line: int) -> str | None:
    value = mapping.get(key)
    if value is not None and not isinstance(value, str):
        raise _malformed(line, f'"{key}" must be text or null, not {_shown(value)}')
    return value


def _day(mapping: Mapping[str, Any], line: int) -> date | None:
    value = _text(mapping, "date", line)
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _malformed(line, f'"date" must be a day as YYYY-MM-DD or null, not {_shown(value)}')


def _moment(mapping: Mapping[str, Any], line: int) -> Moment | None:
    value = _text(mapping, "published_at", line)
    if value is None:
        return None
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else datetime.fromisoformat(value)
    except ValueError:
        raise _malformed(
            line,
            '"published_at" must be YYYY-MM-DD, or that with THH:MM and maybe an offset, '
            f"not {_shown(value)}",
        ) from None


def _warnings(line: int, unknown: list[str], inner: list[str]) -> tuple[str, ...]:
    names = [*unknown, *dict.fromkeys(f"paragraphs/{key.split('/', 2)[2]}" for key in inner)]
    if not names:
        return ()
    return (f"Line {line}: keys kept but not used: {', '.join(names)}.",)


def _shown(value: Any) -> str:
    """A value as a message shows it: one line, short."""
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _malformed(line: int, message: str) -> MalformedLine:
    return MalformedLine(f"line {line}: {message}", line=line)


# --- writing ------------------------------------------------------------------------------------


def to_line(document: Document, passages: Sequence[Passage]) -> str:
    """Write a document as one line of the bulk format, without a line break.

    :func:`from_line` gives it back with nothing lost, and a line of the seven usual keys in their
    usual order comes back byte for byte.
    """
    labels = [passage.speaker for passage in passages]
    texts = [passage.text for passage in passages]
    kinds, replies = mark(document.title, labels, texts)
    rows: list[dict[str, Any]] = []
    for index, passage in enumerate(passages):
        row: dict[str, Any] = {"speaker": passage.speaker, "text": passage.text}
        if passage.kind is not kinds[index]:
            row["kind"] = passage.kind.value
        reply = _question_index(passages, index, replies[index])
        if reply != replies[index]:
            row["replies_to"] = reply
        rows.append(row)
    line: dict[str, Any] = {
        "url": document.source_url,
        "title": document.title,
        "date": document.said_on and document.said_on.isoformat(),
        "speaker": document.speaker,
        "publisher": document.publisher,
        "language": document.language,
        "paragraphs": rows,
    }
    if document.published_at is not None:
        line["published_at"] = moment_text(document.published_at)
    if document.occasion is not None:
        line["occasion"] = document.occasion
    if document.place is not None:
        line["place"] = document.place
    for key, value in document.extra:
        inner = _CARRIED.fullmatch(key)
        if inner and int(inner[1]) < len(rows):
            rows[int(inner[1])][inner[2]] = json.loads(value)
        else:
            line[key] = json.loads(value)
    return json.dumps(line, ensure_ascii=False)


def _question_index(passages: Sequence[Passage], index: int, derived: int | None) -> int | None:
    """Where the question stands that a passage replies to, which a passage knows by its text."""
    asked = passages[index].replies_to
    if asked is None:
        return None
    if derived is not None and asked.startswith(passages[derived].text):
        return derived
    return next((i for i in range(index - 1, -1, -1) if asked.startswith(passages[i].text)), None)


def moment_text(moment: Moment) -> str:
    """ISO 8601, to the minute where there are no seconds: ``2021-05-20T03:25``."""
    if isinstance(moment, datetime) and not moment.second and not moment.microsecond:
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()
