"""Links that open a source at the very paragraph.

By the WICG specification of text fragments (https://wicg.github.io/scroll-to-text-fragment/),
``#:~:text=start,end`` makes a browser scroll to and mark the text from *start* to *end*;
``#:~:text=start`` alone marks just that text. A browser that does not know it opens the page.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

WHOLE = 12
"""Up to this many words of a one-line paragraph are quoted whole in the link."""
EDGE = 6
"""Of a longer paragraph, this many of its first and last words are."""
EDGE_CHARACTERS = 60
"""And at most this many characters of each, where a text has no spaces between its words."""
DIRECTIVE = ":~:"


def passage_link(source_url: str | None, text: str) -> str | None:
    """The source's address with a text fragment for this paragraph; None where there is none.

    An address that is not of the web is given as it stands, without a fragment.
    """
    if not source_url:
        return None
    try:
        parts = urlsplit(source_url)
    except ValueError:
        return source_url
    fragment = text_fragment(text)
    if parts.scheme not in ("http", "https") or not fragment:
        return source_url
    anchor = parts.fragment.split(DIRECTIVE)[0]
    return urlunsplit(parts._replace(fragment=f"{anchor}{DIRECTIVE}text={fragment}"))


def text_fragment(text: str) -> str:
    """The value of a ``text=`` directive that finds this paragraph; empty for an empty one.

    Words at both edges are enough, and a text of several lines needs them: a single term can't
    match across a line break that the page draws as a new block.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    first, last = lines[0].split(), lines[-1].split()
    if len(lines) == 1 and len(first) <= WHOLE and len(lines[0]) <= 2 * EDGE_CHARACTERS:
        return _encode(" ".join(first))
    start = " ".join(_edge(first))[:EDGE_CHARACTERS]
    end = " ".join(reversed(_edge(last[::-1])))[-EDGE_CHARACTERS:]
    return f"{_encode(start)},{_encode(end)}"


def _edge(words: list[str]) -> list[str]:
    kept = words[:1]
    for word in words[1:EDGE]:
        if len(" ".join(kept)) + 1 + len(word) > EDGE_CHARACTERS:
            break
        kept.append(word)
    return kept


def _encode(text: str) -> str:
    # "-", "," and "&" have a meaning in the directive; quote() leaves "-" alone.
    return quote(text, safe="").replace("-", "%2D")
