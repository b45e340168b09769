"""Taking away what is not text of a page: scripts, hidden notes, menus, share bars."""

from __future__ import annotations

import re

from corpus.ingest.chrome import is_frame
from corpus.ingest.extract.tree import Element

_NEVER = frozenset(
    (
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
        *(
            "button",
            "select",
            "option",
            "input",
            "textarea",
            "audio",
            "video",
            "figcaption",
            "head",
        ),
    )
)
_ASIDE = frozenset({"nav", "aside", "dialog", "menu", "footer"})
_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "search", "complementary", "tooltip", "dialog"),
        *("alertdialog", "menu", "menubar", "toolbar", "listbox"),
    )
)
_FRAME_TYPES = re.compile(
    r"schema\.org/(?:WPHeader|WPFooter|WPSideBar|SiteNavigationElement|ImageObject|VideoObject|"
    r"BreadcrumbList)\b"
)
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:tooltips?|popups?|popovers?|modal|lightbox|cookies?|consent|breadcrumbs?|"
    r"share|sharing|social|socials|newsletter|subscribe|subscription|related|sidebar|toolbar|"
    r"pagination|pager|skip|navskip|sr-only|visually-hidden|slider|carousel|caption|masthead|"
    r"printonly|noprint)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FRAME_ELEMENTS = re.compile(
    r"-(?:teasers?|nav|navigation|menu|header|footer|share|buttons?)(?:$|-)"
)
"""Names of custom elements (``<x-inline-teaser>``) that lead elsewhere."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CAPTION = 300
"""Characters beside a picture above which they are no caption."""
LARGEST = 0.4
"""Share of the page's text that an element may hold to be taken away for its name."""


def prune(body: Element) -> None:
    """Remove from a page, in place, what is never part of a statement.

    What holds the page's main heading or a declared article body stays, whatever it is called;
    what goes by the name of its class only ("share", "tooltip") must be small.
    """
    whole = max(1, _length(body))
    _drop_captions(body)
    for node in list(body.iter()):
        if node is body or not isinstance(node.tag, str):
            continue
        if node.getparent() is None:
            continue
        if node.tag in _NEVER or (
            (_is_aside(node) or (_is_named(node) and _length(node) <= LARGEST * whole))
            and not _holds_the_article(node)
        ):
            _drop(node)
    for heading in list(body.iter("h2", "h3", "h4", "h5", "h6")):
        parent = heading.getparent()
        if parent is None or parent is body or not is_frame(" ".join(heading.itertext())):
            continue
        if _length(parent) <= max(LARGEST / 4 * whole, 400) and _linked(parent) > 0.3:
            _drop(parent)


def _drop_captions(body: Element) -> None:
    """Remove pictures and players with the few words beside them that belong to them."""
    for media in list(body.iter("figure", "picture", "img")):
        node = media
        while True:
            parent = node.getparent()
            if parent is None or parent is body or not _is_caption(parent):
                break
            node = parent
        whole = node is not media or node.tag == "figure"
        if whole and _length(node) <= CAPTION and not _holds_the_article(node):
            _drop(node)


def _is_caption(node: Element) -> bool:
    """Whether an element has nothing but a picture and words in no paragraph of their own."""
    return (
        node.tag in ("figure", "div", "span", "a", "picture")
        and 0 < _length(node) <= CAPTION
        and next(node.iter("p", "h1", "h2", "h3", "h4", "li", "br", "blockquote"), None) is None
    )


def _is_aside(node: Element) -> bool:
    return (
        node.tag in _ASIDE
        or node.get("role") in _ROLES
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(_FRAME_TYPES.search(node.get("itemtype", "")))
        or bool(_HIDDEN.search(node.get("style", "")))
    )


def _is_named(node: Element) -> bool:
    custom = node.tag if "-" in str(node.tag) else ""
    return bool(_FRAME_NAMES.search(f"{node.get('class', '')} {node.get('id', '')}")) or bool(
        custom and _FRAME_ELEMENTS.search(custom)
    )


def _holds_the_article(node: Element) -> bool:
    return any(
        child.tag == "h1" or "articleBody" in child.get("itemprop", "")
        for child in node.iter()
        if isinstance(child.tag, str)
    )


def _length(node: Element) -> int:
    return sum(len(text.strip()) for text in node.itertext(with_tail=False))


def _linked(node: Element) -> float:
    links = sum(_length(link) for link in node.iter("a"))
    return links / max(1, _length(node))


def _drop(node: Element) -> None:
    """Remove a node and keep the text after it in its place."""
    parent = node.getparent()
    if parent is None:
        return
    tail = node.tail or ""
    previous = node.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)
