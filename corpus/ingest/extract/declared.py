"""What a page declares about itself: JSON-LD, microdata, meta elements, microformats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.ingest.dates import parse_moment
from corpus.ingest.extract.tree import Element
from corpus.types import Moment

_ARTICLE_TYPES = re.compile(
    r"(?:Article|NewsArticle|PressRelease|ReportageNewsArticle|BlogPosting|Report|Speech|"
    r"SpeechEvent|WebPage|Statement|CreativeWork|Quotation)$"
)
_META_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued"),
    *("dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "date", "pubdate"),
    *("publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date"),
)
_META_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher")
_DOMAIN = re.compile(r"^\s*(?:https?://)?[\w-]+(?:\.[\w-]+)+/?\s*$")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the machine-readable parts of a page say. None where they say nothing."""

    headline: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    created: Moment | None = None
    language: str | None = None
    url: str | None = None
    place: str | None = None
    page_title: str | None = None
    """The ``<title>``, site name and all."""


def is_domain(text: str) -> bool:
    """Whether a name is only the address of a site."""
    return bool(_DOMAIN.match(text))


def declared_in(root: Element) -> Declared:
    """Collect what a page declares about itself."""
    data = _json_ld(root)
    meta = _meta(root)
    titles = root.xpath("//head/title//text()") or root.xpath("(//title)[1]//text()")
    publisher = _name(data.get("publisher")) or next(
        (meta[key] for key in _META_PUBLISHERS if meta.get(key) and not is_domain(meta[key])),
        None,
    )
    published = (
        parse_moment(_string(data.get("datePublished")))
        or _microdata_moment(root, "datePublished")
        or next((moment for key in _META_DATES if (moment := parse_moment(meta.get(key)))), None)
    )
    return Declared(
        headline=_string(data.get("headline")) or meta.get("og:title") or meta.get("dc.title"),
        publisher=publisher,
        published=published,
        created=parse_moment(_string(data.get("startDate"))),
        language=_string(data.get("inLanguage"))
        or _first(root, "//*[@itemprop='inLanguage']/@content")
        or _first(root, "/html/@lang")
        or meta.get("og:locale")
        or meta.get("content-language"),
        url=_first(root, "//link[@rel='canonical']/@href") or meta.get("og:url"),
        place=_place(root) or _name(data.get("locationCreated") or data.get("location")),
        page_title=" ".join("".join(titles).split()) or None,
    )


def _json_ld(root: Element) -> dict[str, Any]:
    """The first article of the page's JSON-LD; an empty one if there is none."""
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads("".join(script.itertext()), strict=False)
        except ValueError:
            continue
        for item in _items(loaded):
            kinds = item.get("@type")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                if isinstance(kind, str) and _ARTICLE_TYPES.search(kind):
                    return item
    return {}


def _items(loaded: Any) -> Iterator[dict[str, Any]]:
    if isinstance(loaded, list):
        for item in loaded:
            yield from _items(item)
    elif isinstance(loaded, dict):
        yield loaded
        yield from _items(loaded.get("@graph"))
        yield from _items(loaded.get("mainEntity"))


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        key = node.get("property") or node.get("name") or node.get("http-equiv") or ""
        value = " ".join((node.get("content") or "").split())
        if key and value:
            found.setdefault(key.lower(), value)
    return found


def _microdata_moment(root: Element, name: str) -> Moment | None:
    for node in root.xpath(f"//*[@itemprop='{name}']"):
        value = node.get("datetime") or node.get("content") or "".join(node.itertext())
        if moment := parse_moment(value):
            return moment
    return None


def _place(root: Element) -> str | None:
    """The place of a statement: h-event's ``p-location`` or schema.org's, in the main item."""
    nodes = root.xpath(
        "//*[contains(concat(' ', @class, ' '), ' p-location ')] | "
        "//*[@itemprop='locationCreated' or @itemprop='contentLocation']"
    )
    texts = {" ".join("".join(node.itertext()).split()) for node in nodes} - {""}
    return texts.pop() if len(texts) == 1 else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return _string(value.get("name") if isinstance(value, dict) else value)


def _string(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _first(root: Element, path: str) -> str | None:
    found = root.xpath(path)
    return str(found[0]).strip() or None if found else None
