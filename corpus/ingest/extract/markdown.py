"""Markdown by markdown-it-py (CommonMark), with front matter (``title: …`` between ``---``)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.ingest.blocks import Block, Extracted
from corpus.ingest.dates import parse_moment
from corpus.ingest.lines import join_breaks

_FRONT = re.compile(r"\A---[^\S\n]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[\w -]+?)\s*:\s*(?P<value>.*?)\s*$")
_BREAK = "\x00"


def extract(text: str) -> Extracted:
    """Read a Markdown text."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _front_matter(unified)
    blocks = _blocks(MarkdownIt("commonmark").enable("table").parse(body))
    title = fields.get("title")
    if title is None and blocks and blocks[0].heading:
        title = blocks[0].text
    return Extracted(
        blocks=tuple(blocks),
        title=title,
        publisher=fields.get("publisher") or fields.get("source"),
        language=fields.get("language") or fields.get("lang"),
        url=fields.get("url") or fields.get("link"),
        speaker=fields.get("speaker"),
        said_on=parse_moment(fields.get("said_on") or fields.get("date")),
        published=parse_moment(fields.get("published_at") or fields.get("published")),
        occasion=fields.get("occasion"),
        place=fields.get("place"),
        framed=not fields,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The ``key: value`` lines before the text, and the text after them."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    fields = {}
    for line in match["lines"].split("\n"):
        if field := _FIELD.match(line):
            value = field["value"]
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            if value:
                fields[field["key"].lower().replace("-", "_").replace(" ", "_")] = value
    return fields, text[match.end() :]


def _blocks(tokens: Sequence[Token]) -> list[Block]:
    blocks: list[Block] = []
    depth = 0
    heading = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type in ("fence", "code_block"):
            blocks += [Block(line.strip()) for line in token.content.split("\n") if line.strip()]
        elif token.type == "inline":
            blocks += _paragraphs(token.children or [], heading=heading, listed=depth > 0)
    return blocks


def _paragraphs(children: Sequence[Token], *, heading: bool, listed: bool) -> list[Block]:
    parts: list[tuple[str, bool]] = []
    strong = 0
    for token in children:
        if token.type == "strong_open":
            strong += 1
        elif token.type == "strong_close":
            strong -= 1
        elif token.type in ("text", "code_inline", "text_special"):
            parts.append((token.content, strong > 0))
        elif token.type == "softbreak":
            parts.append((" ", strong > 0))
        elif token.type == "hardbreak" or token.content.lower().startswith("<br"):
            parts.append((_BREAK, strong > 0))
    lead = ""
    for text, bold in parts:
        if not bold and text.strip():
            break
        lead += text
    chunks = join_breaks("".join(text for text, _ in parts).split(_BREAK))
    return [
        Block(
            chunk,
            heading=heading,
            strong=_shared(lead.strip(), chunk) if index == 0 else "",
            listed=listed,
        )
        for index, chunk in enumerate(chunks)
    ]


def _shared(strong: str, chunk: str) -> str:
    return chunk if strong.startswith(chunk) else strong if chunk.startswith(strong) else ""
