"""HTML: the statement on a page, by what the page declares, else by trafilatura's judgement.

trafilatura finds the main content well, but it normalises what it gives (Unicode, dashes of lists,
white space), and passes over text outside of paragraphs. So its answer only tells where in the
page the content is; the paragraphs are read from the page itself.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree, html

from corpus.errors import NoStatement, UnreadableSource
from corpus.ingest.blocks import Extracted
from corpus.ingest.chrome import is_frame
from corpus.ingest.dates import find_dates, parse_moment
from corpus.ingest.extract.declared import Declared, declared_in, is_domain
from corpus.ingest.extract.pruning import prune
from corpus.ingest.extract.tree import Element, Piece, pieces_of
from corpus.ingest.lines import ends_sentence
from corpus.types import Moment

SHARE = 0.9
"""Share of the characters found that the container of the content holds."""
LINKED = 0.5
"""Share of link above which a block that was not found is a list of links."""
LONG = 30
"""Characters from which a block is found by being part of a longer line."""
NEAR = 15
"""Blocks before the content among which a ``<time>`` is looked for."""
BESIDE = 3
"""Blocks above the title and below the first words among which date lines are looked for."""
_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")
_SEPARATORS = re.compile(r"\s+[|•·»–—-]\s+|\s*\|\s*")
_GENERIC = re.compile(
    r"(?:news|home|press|press releases?|events?|start|startseite|main page|новости|главная)\W*",
    re.IGNORECASE,
)


def extract(text: str, *, url: str | None = None) -> Extracted:
    """Read a page.

    Raises:
        UnreadableSource: it is no HTML at all.
        NoStatement: it has no text of its own.
    """
    root = _parsed(text)
    declared = declared_in(root)
    body = root if root.tag == "body" else root.find(".//body")
    body = root if body is None else body
    times = _times(body)
    prune(body)
    everything = pieces_of(body)
    chosen = _declared_body(everything, body) or _found(everything, root, url)
    if not chosen:
        raise NoStatement(
            "there is no statement on this page, only menus or links. Give the page of one "
            "statement, or its text as a file."
        )
    first = everything.index(next((piece for piece in chosen if _is_prose(piece)), chosen[0]))
    title_piece = _title_piece(everything, first, declared)
    title = _title(title_piece, declared)
    if title_piece in everything[:first]:
        below = {id(piece) for piece in everything[everything.index(title_piece) + 1 :]}
        chosen = [piece for piece in chosen if id(piece) in below]
    content = _content(chosen, title)
    top = everything.index(title_piece) if title_piece in everything[:first] else first
    before = everything[max(0, top - BESIDE) : first + BESIDE]
    said = {id(piece) for piece in (*content, title_piece)}
    header = tuple(piece.block.text for piece in before if id(piece) not in said)
    published = declared.published or _nearest_time(times, everything, first, title_piece)
    return Extracted(
        blocks=tuple(piece.block for piece in content),
        title=title,
        publisher=declared.publisher or _site(declared.page_title, title),
        language=declared.language,
        url=declared.url,
        said_on=declared.created or (published if declared.place else None),
        published=published,
        place=declared.place,
        header=header,
    )


def _parsed(text: str) -> Element:
    try:
        # Without huge_tree, libxml2 gives up on pages nested deeper than 256 elements.
        parser = html.HTMLParser(huge_tree=True)
        root = html.document_fromstring(_ENCODING.sub("", text, count=1), parser=parser)
    except (etree.ParserError, ValueError):
        raise UnreadableSource("this page is empty or no HTML. Check the address.") from None
    return root.getroottree().getroot()


# --- content ------------------------------------------------------------------------------------


def _declared_body(everything: Sequence[Piece], body: Element) -> list[Piece]:
    """The blocks of the element that schema.org's ``articleBody`` marks."""
    marked = body.xpath(".//*[@itemprop='articleBody']")
    if not marked:
        return []
    node = max(marked, key=lambda one: len("".join(one.itertext())))
    inside = set(node.iter())
    pieces = [piece for piece in everything if piece.node in inside]
    return pieces if sum(len(piece.block.text) for piece in pieces) >= 40 else []


def _found(everything: Sequence[Piece], root: Element, url: str | None) -> list[Piece]:
    """The blocks of the element in which trafilatura finds the content."""
    # Imported here: it takes a third of a second to load, and pages that declare their body do
    # without it.
    import trafilatura

    document = trafilatura.bare_extraction(
        copy.deepcopy(root), url=url, include_comments=False, with_metadata=False
    )
    lines = str(getattr(document, "text", None) or "").split("\n")
    keys = {_key(line) for line in lines}
    words = " ".join(_key(line) for line in lines)
    matched = [
        piece
        for piece in everything
        if not _is_link(piece)
        and ((key := _key(piece.block.text)) in keys or (len(key) >= LONG and key in words))
    ]
    if not matched:
        return []
    inside = set(_container(matched).iter())
    kept = {id(piece) for piece in matched}
    kin = {_kin(piece) for piece in matched}
    spots = [
        index
        for index, piece in enumerate(everything)
        if id(piece) in kept and piece.node in inside
    ]
    chosen = [
        piece
        for index, piece in enumerate(everything)
        if (id(piece) in kept and (piece.node in inside or _stands_alone(piece)))
        or (
            piece.node in inside
            and piece.linked < LINKED
            and not is_frame(piece.block.text)
            and (_kin(piece) in kin or _belongs(index, spots, piece))
        )
    ]
    prose = [piece for piece in chosen if _is_prose(piece)]
    return chosen if prose else []


def _kin(piece: Piece) -> tuple[Element, str]:
    """The element that a block shares with its neighbours, and what kind of element it is."""
    parent = piece.node.getparent()
    return piece.node if parent is None else parent, str(piece.node.tag)


def _belongs(index: int, spots: Sequence[int], piece: Piece) -> bool:
    """Whether a block that trafilatura left out stands among those that it found, or is prose."""
    return spots[0] < index < spots[-1] or _is_prose(piece)


def _stands_alone(piece: Piece) -> bool:
    """Whether a block found outside of the container is more than a line of the page's frame."""
    text = piece.block.text
    return len(text.split()) >= 8 and piece.linked < LINKED and not is_frame(text)


def _is_prose(piece: Piece) -> bool:
    text = piece.block.text
    return (
        piece.linked < LINKED
        and len(text.split()) >= 6
        and ends_sentence(text)
        and not is_frame(text)
        and not piece.block.heading
    )


def _is_link(piece: Piece) -> bool:
    return piece.linked > 0.9 and not ends_sentence(piece.block.text)


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _container(matched: Sequence[Piece]) -> Element:
    """The deepest element that holds nearly all of the characters found."""
    weights: dict[Element, int] = {}
    total = 0
    for piece in matched:
        size = len(piece.block.text)
        total += size
        for node in (piece.node, *piece.node.iterancestors()):
            weights[node] = weights.get(node, 0) + size
    enough = [node for node, weight in weights.items() if weight >= SHARE * total]
    return max(enough, key=lambda node: len(list(node.iterancestors())))


def _content(chosen: Sequence[Piece], title: str | None) -> list[Piece]:
    """The blocks that are said: without the title, a list of key points above, and frame."""
    pieces = [piece for piece in chosen if not (title and _key(piece.block.text) == _key(title))]
    while pieces and (_is_edge(pieces[-1]) or pieces[-1].block.heading):
        pieces.pop()
    while pieces and _is_edge(pieces[0]):
        pieces.pop(0)
    start = next((i for i, piece in enumerate(pieces) if not piece.block.listed), 0)
    if start and any(_is_prose(piece) for piece in pieces[start:]):
        pieces = pieces[start:]
    return pieces


def _is_edge(piece: Piece) -> bool:
    return is_frame(piece.block.text) or piece.linked > 0.8


# --- title, site, dates -------------------------------------------------------------------------


def _title_piece(everything: Sequence[Piece], first: int, declared: Declared) -> Piece | None:
    """The heading that is the title: the one that the page's ``<title>`` has, else the nearest."""
    names = [_key(name) for name in (declared.headline, declared.page_title) if name]
    headings = [piece for piece in everything[: first + 3] if piece.block.heading]
    named = [
        piece
        for piece in headings
        if len(key := _key(_shown(piece))) >= 10 and any(key in name for name in names)
    ]
    if named:
        return max(named, key=lambda piece: len(piece.block.text))
    main = [piece for piece in headings if str(piece.node.tag) == "h1"]
    return main[-1] if main else None


def _title(piece: Piece | None, declared: Declared) -> str | None:
    if piece is not None:
        return _shown(piece)
    name = declared.headline or declared.page_title
    if name is None:
        return None
    parts = _SEPARATORS.split(name)
    return max(parts, key=len).replace("\xad", "").strip() or None


def _shown(piece: Piece) -> str:
    """A heading as it is shown: without soft hyphens, each space a plain one."""
    return " ".join(piece.block.text.replace("\xad", "").split())


def _site(page_title: str | None, title: str | None) -> str | None:
    """The name of the site: what a page's ``<title>`` has beside its headline."""
    if not page_title:
        return None
    page_title = page_title.replace("\xad", "")
    if title is None or _key(title) not in _key(page_title):
        return None if title is None or len(page_title) > 100 else page_title
    parts = [
        part.strip()
        for part in _SEPARATORS.split(page_title)
        if _key(part)
        and _key(part) not in _key(title)
        and not _GENERIC.fullmatch(part.strip())
        and not is_domain(part)
    ]
    return parts[-1] if parts else None


def _times(body: Element) -> list[tuple[Element, Moment]]:
    """The ``<time>`` elements of a page with what they say, before anything is pruned."""
    found: list[tuple[Element, Moment]] = []
    for node in body.iter("time"):
        text = "".join(node.itertext())
        moment = parse_moment(node.get("datetime"))
        if moment is None:
            dates = find_dates(text)
            moment = dates[0].moment if len(dates) == 1 else None
        if moment is not None:
            found.append((node, moment))
    return found


def _nearest_time(
    times: Sequence[tuple[Element, Moment]],
    everything: Sequence[Piece],
    first: int,
    title_piece: Piece | None,
) -> Moment | None:
    """The ``<time>`` that stands nearest to the title, or to the first words of the content."""
    title_at = everything.index(title_piece) if title_piece in everything else first
    low, high = max(0, min(title_at, first) - NEAR), max(title_at, first) + 3
    near = {
        id(node): abs(index - title_at)
        for index, piece in enumerate(everything[low:high], low)
        for node in (piece.node, *piece.node.iter("time"))
    }
    found = [(near[id(node)], moment) for node, moment in times if id(node) in near]
    return min(found, key=lambda one: one[0])[1] if found else None
