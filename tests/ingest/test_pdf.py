"""PDF: paragraphs rebuilt from lines, running heads left out, hyphens kept unless certain."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from corpus.errors import UnreadableSource
from corpus.ingest import draft_from_bytes
from tests.ingest.making import Line, column, pdf

FIRST = [
    "The harbours stay open, and ships may come and go as they did in the",
    "days before the storm. Nobody is asked to pay for what the sea has",
    "done.",
]
SECOND = [
    "The ministry has set money aside for all who have lost their nets, or",
    "their boats, or both, and it will be paid out before the end of this",
    "month.",
]
WHOLE = [" ".join(FIRST), " ".join(SECOND)]


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in draft_from_bytes(content).paragraphs]


def test_paragraphs_are_told_by_the_gaps_between_them() -> None:
    assert texts(pdf([column([FIRST, SECOND])])) == WHOLE


def test_paragraphs_are_told_by_short_last_lines() -> None:
    assert texts(pdf([column([FIRST, SECOND], gap=14)])) == WHOLE


def test_paragraphs_are_told_by_indents() -> None:
    full = [*FIRST[:2], "done, and what it has done is more than they who live by it can pay."]
    lines = column([full, SECOND], gap=14)
    indented = [
        Line(line.text, line.x + 18 if line.text in (FIRST[0], SECOND[0]) else line.x, line.y)
        for line in lines
    ]
    assert texts(pdf([indented])) == [" ".join(full), WHOLE[1]]


def test_a_title_in_large_type_a_date_and_turns() -> None:
    head = [
        Line("Press point by Foreign Minister Anna Weld", 70, 790, 18),
        Line("Havn, 12 March 2024", 70, 760),
    ]
    turns = [["Question: Will you attend?"], ["Anna Weld: We shall, if both sides come."]]
    draft = draft_from_bytes(pdf([[*head, *column([FIRST, *turns], top=730, gap=14)]]))
    assert draft.title == "Press point by Foreign Minister Anna Weld"
    assert (draft.place, draft.said_on) == ("Havn", date(2024, 3, 12))
    assert [(p.text, p.speaker, p.replies_to) for p in draft.paragraphs] == [
        (WHOLE[0], "Anna Weld", None),
        ("Question: Will you attend?", "Question", None),
        ("Anna Weld: We shall, if both sides come.", "Anna Weld", 1),
    ]


def test_the_title_of_the_properties_serves_where_none_is_set() -> None:
    content = pdf([column([FIRST])], title="On the harbours of Norland")
    assert draft_from_bytes(content).title == "On the harbours of Norland"
    assert draft_from_bytes(pdf([column([FIRST])], title="scan001")).title is None


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_go_over_pages() -> None:
    pages = [
        [
            Line("Ministry of Norland", 70, 820),
            *column(part),
            Line(f"Page {number} of 3", 280, 30),
        ]
        for number, part in enumerate(
            ([FIRST, SECOND[:2]], [SECOND[2:], FIRST], [[*FIRST[:2], "done again."]]), 1
        )
    ]
    assert texts(pdf(pages)) == [
        WHOLE[0],
        WHOLE[1],
        WHOLE[0],
        " ".join([*FIRST[:2], "done again."]),
    ]


def test_a_hyphen_at_the_end_of_a_line_goes_only_where_the_document_is_certain() -> None:
    lines = [
        ["The fishery is open, and so it is for all who live by the sea, and fish-"],
        ["ery is dear to them; a well-known matter in Norland, where every well-"],
        ["known captain has his say, and where the sea is the only neigh-"],
        ["bour that nobody ever saw."],
    ]
    (text,) = texts(pdf([column([[line[0] for line in lines]])]))
    assert text == (
        "The fishery is open, and so it is for all who live by the sea, and fishery is dear to "
        "them; a well-known matter in Norland, where every well-known captain has his say, and "
        "where the sea is the only neigh-bour that nobody ever saw."
    )


def test_what_a_browser_prints_at_the_edges_is_left_out() -> None:
    lines = [
        Line("11/24/2026, 5:15 PM", 40, 822, 8),
        Line("On the harbours of Norland, which", 70, 790, 18),
        Line("stay open", 70, 768, 18),
        *column([FIRST], top=730),
        Line("https://mfa.example/harbours 1/1", 40, 20, 8),
    ]
    draft = draft_from_bytes(pdf([lines]))
    assert draft.title == "On the harbours of Norland, which stay open"
    assert [paragraph.text for paragraph in draft.paragraphs] == WHOLE[:1]
    assert (draft.said_on, draft.published_at) == (None, None)


def test_a_speaker_begins_a_paragraph_even_after_a_broken_off_sentence() -> None:
    lines = column([["Q Will you come to the harbour tomorrow, Minister, or is it that you"]])
    lines += column([["MR. LIND: I shall, as I have said before in this very house, and"]], top=766)
    lines += column([["so will they who have said they would not come."]], top=752)
    assert texts(pdf([[Line(FIRST[0] + " end.", 70, 820), *lines]]))[1:] == [
        "Q Will you come to the harbour tomorrow, Minister, or is it that you",
        "MR. LIND: I shall, as I have said before in this very house, and so will they who have "
        "said they would not come.",
    ]


def test_words_far_apart_on_one_line_stay_on_it() -> None:
    lines = column([FIRST])
    lines[2:] = [Line("done,", 70, lines[2].y), Line("as you know.", 300, lines[2].y)]
    assert texts(pdf([lines])) == [" ".join([*FIRST[:2], "done, as you know."])]


def test_a_scan_is_to_be_recognised_first() -> None:
    with pytest.raises(UnreadableSource, match="OCR"):
        draft_from_bytes(pdf([[], []]))


def test_a_locked_file() -> None:
    with pytest.raises(UnreadableSource, match="locked with a password"):
        draft_from_bytes(pdf([column([FIRST])], locked=True))


def test_a_damaged_file() -> None:
    with pytest.raises(UnreadableSource, match="damaged"):
        draft_from_bytes(b"%PDF-1.7\nand then nothing of the kind")


def test_many_threads_may_read_at_once() -> None:
    content = pdf([column([FIRST, SECOND])] * 5)
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(texts(content))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert all(result == results[0] for result in results)
