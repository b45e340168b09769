"""Markdown: front matter, paragraphs as they are shown, bold lead-ins."""

from __future__ import annotations

from datetime import date, datetime

from corpus.ingest import draft_from_bytes

TEXT = "The harbours stay open, and ships may come and go as they did in the days before the storm."


def test_front_matter() -> None:
    draft = draft_from_bytes(
        f"""---
title: "On the harbours"
date: 2024-03-12
speaker: Anna Weld
publisher: 'Ministry of Norland'
language: en
published-at: 2024-03-13T09:30
occasion: Fish Days
place: Havn
url: https://mfa.example/1
- no field
empty:
---
{TEXT}
""".encode()
    )
    assert draft.title == "On the harbours"
    assert (draft.said_on, draft.published_at) == (date(2024, 3, 12), datetime(2024, 3, 13, 9, 30))
    assert (draft.speaker, draft.publisher) == ("Anna Weld", "Ministry of Norland")
    assert (draft.occasion, draft.place) == ("Fish Days", "Havn")
    assert draft.source_url == "https://mfa.example/1"
    assert [(p.text, p.speaker) for p in draft.paragraphs] == [(TEXT, "Anna Weld")]
    assert draft.warnings == ()


def test_a_text_as_it_is_shown() -> None:
    draft = draft_from_bytes(
        f"""# Talks at Havn

{TEXT}
It goes on
here, *softly*, with `code` and [a link](https://mfa.example) &amp; \\* more.

**Question:** Will you?

**Minister Tor Lind**: Yes.\\
And so on.\x20\x20
To the end.<br>Of it.

## On fish

- one, \"as is\"
- two -- as is

> Quoted.

| a | b |
|---|---|
| c | d |

    code stays

```
fenced, too
```

![picture](a.png)
""".encode(),
        filename="talks.md",
    )
    assert draft.title == "Talks at Havn"
    assert [(p.text, p.speaker, p.kind.value) for p in draft.paragraphs][:6] == [
        (f"{TEXT} It goes on here, softly, with code and a link & * more.", None, "statement"),
        ("Question: Will you?", "Question", "question"),
        ("Minister Tor Lind: Yes.", "Minister Tor Lind", "statement"),
        ("And so on.", "Minister Tor Lind", "statement"),
        ("To the end.", "Minister Tor Lind", "statement"),
        ("Of it.", "Minister Tor Lind", "statement"),
    ]
    assert [p.text for p in draft.paragraphs][6:] == [
        "On fish",
        'one, "as is"',
        "two -- as is",
        "Quoted.",
        "a",
        "b",
        "c",
        "d",
        "code stays",
        "fenced, too",
    ]


def test_markdown_is_told_by_its_media_type() -> None:
    content = f"{TEXT}\n\n**All** of it."
    shown = draft_from_bytes(content.encode(), media_type="text/markdown; charset=utf-8")
    assert shown.paragraphs[1].text == "All of it."
    assert shown.source is not None
    assert shown.source.media_type == "text/markdown"
    assert draft_from_bytes(content.encode()).paragraphs[1].text == "**All** of it."
