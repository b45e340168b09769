"""Telegram's HTML parse mode, after the rules and the words of TDLib's ``parse_html``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.double.constraints import utf16_length
from tests.double.entities import Entity
from tests.double.errors import Json, bad_request
from tests.double.links import checked_link, user_of_link

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset({*_STYLES, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = " \t\r\n\v\0"
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]*)|([0-9]*))|([a-zA-Z]*));?", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile("[&<]")
_TOKEN = re.compile(r"[a-zA-Z0-9.-]*", re.ASCII)
_ATTRIBUTE = re.compile(r"[^\s=>/\"'\0]*")
_DATE_FORMAT = re.compile(r"[rR]|[tTdDwW]*")


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    start: int
    """UTF-16 offset of the text within it."""
    position: int
    """The same, in pieces of the output."""


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.output: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.losses: list[str] = []

    def read(self) -> None:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "&":
                self._add(self._reference() or self._next())
            elif character != "<":
                self._add(self._plain())
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        if _SURROGATE.search("".join(self.output)):
            raise _fault(
                "Text contains invalid Unicode characters after decoding HTML entities, check for "
                "unmatched surrogate code units"
            )

    def _add(self, text: str) -> None:
        self.output.append(text)
        self.units += utf16_length(text)

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _next(self) -> str:
        self.at += 1
        return self.source[self.at - 1]

    def _plain(self) -> str:
        """Everything up to the next tag or reference."""
        begin = self.at
        found = _SPECIAL.search(self.source, begin)
        self.at = found.start() if found else len(self.source)
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str | None:
        """The character that a reference at the current place stands for; None if it is none."""
        found = _REFERENCE.match(self.source, self.at)
        if found is None:
            return None
        if found.group(3) is not None:
            character = _NAMED.get(found.group(3))
        else:
            digits = found.group(1) if found.group(1) is not None else found.group(2)
            code = int(digits or "0", 16 if found.group(1) is not None else 10)
            too_long = len(found.group(0).removesuffix(";")) >= 10
            character = None if too_long or not 0 < code < 0x10FFFF else chr(code)
        if character is not None:
            self.at = found.end()
        return character

    # --- tags ----------------------------------------------------------------------------

    def _tag_name(self, begin: int) -> str:
        while self._peek() and self._peek() not in _SPACE and self._peek() != ">":
            self.at += 1
        return self.source[begin : self.at].lower()

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._tag_name(begin + 1)
        where = f"at byte offset {self._bytes(begin)}"
        if not self._peek():
            raise _fault(f"Unclosed start tag {where}")
        if tag not in _TAGS:
            raise _fault(f'Unsupported start tag "{tag}" {where}')
        attributes = self._attributes(tag, where)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _fault(f'Tag "span" must have class "tg-spoiler" {where}')
        self.open.append(_Open(tag, attributes, self.units, len(self.output)))

    def _attributes(self, tag: str, where: str) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            found = _ATTRIBUTE.match(self.source, self.at)
            name = found.group(0) if found else ""
            if not name:
                raise _fault(f'Empty attribute name in the tag "{tag}" {where}')
            self.at += len(name)
            self._skip_space()
            if self._peek() != "=":
                if not self._peek():
                    raise _fault(f'Unclosed start tag "{tag}" {where}')
                attributes[name] = ""
                continue
            self.at += 1
            self._skip_space()
            if not self._peek():
                raise _fault(f'Unclosed start tag "{tag}" {where}')
            attributes[name] = self._value()
            if not self._peek():
                raise _fault(f"Unclosed start tag {where}")
        self.at += 1
        return attributes

    def _value(self) -> str:
        if self._peek() not in "\"'":
            begin = self.at
            found = _TOKEN.match(self.source, self.at)
            token = found.group(0) if found else ""
            self.at += len(token)
            if self._peek() != ">" and (not self._peek() or self._peek() not in _SPACE):
                raise _fault(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
            return token.lower()
        quote = self._next()
        value: list[str] = []
        while self._peek() and self._peek() != quote:
            reference = self._reference() if self._peek() == "&" else None
            value.append(reference or self._next())
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        where = f"at byte offset {self._bytes(begin)}"
        if not self.open:
            raise _fault(f"Unexpected end tag {where}")
        self.at += 2
        name = self._tag_name(begin + 2)
        self._skip_space()
        if self._peek() != ">":
            raise _fault(f"Unclosed end tag {where}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _fault(
                f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.units > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        tag, attributes, start = opened.tag, opened.attributes, opened.start
        length = self.units - start
        if tag in _STYLES:
            self.entities.append(Entity(_STYLES[tag], start, length))
        elif tag == "blockquote":
            kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
            self.entities.append(Entity(kind, start, length))
        elif tag == "a":
            self._link(opened, length)
        elif tag == "tg-emoji":
            emoji = attributes.get("emoji-id", "")
            if not re.fullmatch(r"-?\d+", emoji) or int(emoji) == 0:
                raise _fault("Invalid custom emoji identifier specified")
            self.entities.append(Entity("custom_emoji", start, length, custom_emoji_id=emoji))
        elif tag == "tg-time":
            self._time(opened, length)
        else:
            self._code(opened, length)

    def _time(self, opened: _Open, length: int) -> None:
        shape = opened.attributes.get("format", "")
        if not _DATE_FORMAT.fullmatch(shape):
            raise _fault("Invalid date format used")
        digits = re.match(r"\d+", opened.attributes.get("unix", ""))
        moment = int(digits.group(0)) if digits else 0
        if not 0 < moment < 2**31:
            self.losses.append("a date-time entity without a valid unix time was dropped")
            return
        self.entities.append(
            Entity(
                "date_time",
                opened.start,
                length,
                unix_time=moment,
                date_time_format=shape or None,
            )
        )

    def _link(self, opened: _Open, length: int) -> None:
        target = opened.attributes.get("href") or "".join(self.output[opened.position :])
        user_id = user_of_link(target)
        if user_id is not None:
            user: Json = {"id": user_id, "is_bot": False, "first_name": str(user_id)}
            self.entities.append(Entity("text_mention", opened.start, length, user=user))
            return
        url = checked_link(target)
        if url is None:
            self.losses.append(f"the link to {target!r} was dropped: Telegram can't read the URL")
            return
        self.entities.append(Entity("text_link", opened.start, length, url=url))

    def _code(self, opened: _Open, length: int) -> None:
        """``pre`` and ``code``, which together with a language class are one entity."""
        last = self.entities[-1] if self.entities else None
        language = opened.attributes.get("class", "").removeprefix("language-")
        if opened.attributes.get("class", "") == language:
            language = ""
        same = last is not None and (last.offset, last.length) == (opened.start, length)
        if last is not None and same and opened.tag == "pre" and last.type == "code":
            if last.language:
                self.entities[-1] = Entity("pre", opened.start, length, language=last.language)
                return
        elif last is not None and same and opened.tag == "code" and last.type == "pre" and language:
            self.entities[-1] = Entity("pre", opened.start, length, language=language)
            return
        self.entities.append(Entity(opened.tag, opened.start, length, language=language or None))


def _fault(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[Entity], list[str]]:
    """Plain text, entities and losses of a text in HTML parse mode.

    Raises:
        Refusal: ``can't parse entities: …`` with Telegram's reason and byte offset.
    """
    reader = _Reader(source)
    reader.read()
    entities = [
        Entity("code", entity.offset, entity.length) if entity.type == "code" else entity
        for entity in reader.entities
    ]
    return "".join(reader.output), entities, reader.losses
