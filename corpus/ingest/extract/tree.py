"""HTML into blocks: white space folded as HTML folds it, nothing else changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from corpus.ingest.blocks import Block
from corpus.ingest.lines import join_breaks

Element: TypeAlias = etree._Element

_BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "summary", "details", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    )
)
_STRONG_TAGS = frozenset({"b", "strong"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")
_FOLDED = re.compile(r"[ \t\n\r\f]+")
_BREAK = "\x00"
"""Stands for ``<br>`` while a block is put together; no parsed HTML has it."""


@dataclass(slots=True, eq=False)
class Piece:
    """A block, where it stands in the page, and how much of it is link."""

    block: Block
    node: Element
    linked: float
    """Share of its characters inside links."""


@dataclass(slots=True)
class _Buffer:
    node: Element
    parts: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Text, whether it is bold, whether it is in a link."""


def pieces_of(root: Element) -> list[Piece]:
    """The blocks below an element, in the order of the page."""
    pieces: list[Piece] = []
    stack: list[_Buffer] = [_Buffer(root)]
    strong = linked = 0

    def flush() -> None:
        buffer = stack[-1]
        pieces.extend(_pieces(buffer))
        buffer.parts = []

    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if node.tail:
                stack[-1].parts.append((node.tail, strong > 0, linked > 0))
            continue
        tag = str(node.tag).lower()
        bold = tag in _STRONG_TAGS or bool(_BOLD.search(node.get("style", "")))
        if event == "start":
            if tag in _BLOCK_TAGS:
                flush()
                stack.append(_Buffer(node))
            elif tag == "br":
                stack[-1].parts.append((_BREAK, strong > 0, linked > 0))
            strong += bold
            linked += tag == "a"
            if node.text:
                stack[-1].parts.append((node.text, strong > 0, linked > 0))
        else:
            strong -= bold
            linked -= tag == "a"
            if tag in _BLOCK_TAGS:
                flush()
                if len(stack) > 1:
                    stack.pop()
            if node.tail and node is not root:
                stack[-1].parts.append((node.tail, strong > 0, linked > 0))
    flush()
    return pieces


def _pieces(buffer: _Buffer) -> list[Piece]:
    text = "".join(part for part, _, _ in buffer.parts)
    if not text.strip(f" \t\n\r\f\xa0{_BREAK}"):
        return []
    strong = _fold("".join(_leading_strong(buffer.parts)))
    links = sum(len(part.strip()) for part, _, link in buffer.parts if link)
    linked = links / max(1, len(_FOLDED.sub("", text)))
    tag = str(buffer.node.tag).lower()
    if tag == "pre":
        chunks = [line for line in text.split("\n") if line.strip()]
    else:
        folded = [_fold(line) for line in text.split(_BREAK)]
        chunks = [line for group in _groups(folded) for line in join_breaks(group)]
    return [
        Piece(
            Block(
                text=chunk,
                heading=bool(_HEADING.fullmatch(tag)),
                strong=_strong_of(chunk, strong) if index == 0 else "",
                listed=tag == "li" or _in_item(buffer.node),
            ),
            buffer.node,
            min(1.0, linked),
        )
        for index, chunk in enumerate(chunks)
    ]


def _strong_of(chunk: str, strong: str) -> str:
    """The bold part at the beginning of one paragraph of a block with line breaks."""
    first = strong.split(_BREAK)[0].strip()
    return chunk if strong.startswith(chunk) else first if chunk.startswith(first) else ""


def _groups(lines: list[str]) -> list[list[str]]:
    """Lines of a block, parted where two line breaks stand together."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        else:
            groups.append([])
    return [group for group in groups if group]


def _in_item(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and str(parent.tag).lower() == "li"


def _leading_strong(parts: list[tuple[str, bool, bool]]) -> list[str]:
    leading: list[str] = []
    for text, strong, _ in parts:
        if not strong and text.strip():
            break
        leading.append(text)
    return leading


def _fold(text: str) -> str:
    return _FOLDED.sub(" ", text).strip()
