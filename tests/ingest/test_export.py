"""Export as schema.org quotations."""

from __future__ import annotations

import json
from dataclasses import replace

from corpus.ingest import from_line, to_quotation
from tests.ingest.making import on_record

LINE = {
    "url": "https://mfa.example/1",
    "title": "Press point",
    "date": "2024-03-12",
    "speaker": "Anna Weld",
    "publisher": "Ministry",
    "language": "en",
    "paragraphs": [
        {"speaker": "Q", "text": "Q Will you?"},
        {"speaker": "MS. WELD", "text": "MS. WELD: Да, “gladly”."},
        {"speaker": "MS. WELD", "text": "(Laughter.)"},
    ],
    "published_at": "2024-03-13T09:05",
    "place": "Havn",
}


def test_each_statement_is_a_quotation() -> None:
    (line,) = to_quotation(*on_record(from_line(LINE, 1))).split("\n")
    assert "“gladly”" in line
    person = {"@type": "Person", "name": "MS. WELD"}
    assert json.loads(line) == {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "identifier": "2",
        "text": "MS. WELD: Да, “gladly”.",
        "creator": person,
        "spokenByCharacter": person,
        "inLanguage": "en",
        "dateCreated": "2024-03-12",
        "datePublished": "2024-03-13T09:05",
        "locationCreated": {"@type": "Place", "name": "Havn"},
        "position": 1,
        "isPartOf": {
            "@type": "CreativeWork",
            "name": "Press point",
            "url": "https://mfa.example/1",
            "datePublished": "2024-03-13T09:05",
            "publisher": {"@type": "Organization", "name": "Ministry"},
        },
        "citation": "https://mfa.example/1",
    }


def test_the_known_person_stands_for_the_label() -> None:
    document, passages = on_record(from_line(LINE, 1))
    passages[1] = replace(passages[1], person="Anna Weld")
    assert json.loads(to_quotation(document, passages))["creator"]["name"] == "Anna Weld"


def test_what_is_unknown_is_left_out() -> None:
    bare = dict.fromkeys(("url", "title", "date", "publisher", "language"))
    draft = from_line({**bare, "paragraphs": [{"text": "We shall."}, {"text": "So be it."}]}, 1)
    lines = to_quotation(*on_record(draft)).split("\n")
    assert [json.loads(line)["text"] for line in lines] == ["We shall.", "So be it."]
    assert "creator" not in json.loads(lines[0])
    assert json.loads(lines[0])["isPartOf"] == {"@type": "CreativeWork"}


def test_a_document_that_states_nothing_gives_nothing() -> None:
    draft = from_line({"paragraphs": [{"speaker": "Q", "text": "Q Will you?"}]}, 1)
    assert to_quotation(*on_record(draft)) == ""
