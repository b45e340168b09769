"""The sample statements: well formed, varied, and plainly invented."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
REQUIRED = ["url", "title", "date", "speaker", "publisher", "language", "paragraphs"]
OPTIONAL = ["published_at", "occasion", "place"]
LABEL = re.compile(
    r"(?P<reporter>Q) |(?P<name>Question|QUESTION|Вопрос"
    r"|(?:MR|MS)\. [A-Z]+|MINISTER [A-Z]+|[A-Z][a-z]+ [A-Z][a-z]+|[А-Я]\.[А-Я][а-я]+): "
)
UNNAMED = {"Q", "Question", "QUESTION", "Вопрос"}

Row = dict[str, Any]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    content = (SAMPLES / "statements.jsonl").read_bytes()
    assert content.endswith(b"\n")
    return content.decode("utf-8").split("\n")[:-1]


@pytest.fixture(scope="module")
def rows(lines: list[str]) -> list[Row]:
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def texts(rows: list[Row]) -> list[str]:
    return [paragraph["text"] for row in rows for paragraph in row["paragraphs"]]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def naming(texts: list[str], name: str) -> set[int]:
    """Which paragraphs have ``name`` as whole words: "Guinea-Bissau" is not "Guinea"."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    return {number for number, text in enumerate(texts) if pattern.search(text)}


def test_each_line_is_exactly_what_json_writes(lines: list[str]) -> None:
    for line in lines:
        assert json.dumps(json.loads(line), ensure_ascii=False) == line


def test_each_row_has_the_keys_of_a_bulk_file_in_their_order(rows: list[Row]) -> None:
    for row in rows:
        assert list(row) == REQUIRED + [key for key in OPTIONAL if key in row]
        assert row["paragraphs"]
        for paragraph in row["paragraphs"]:
            assert list(paragraph) == ["speaker", "text"]
            assert paragraph["text"] == " ".join(paragraph["text"].split())
            assert paragraph["text"]
            assert paragraph["speaker"] is None or paragraph["speaker"].strip()


def test_there_is_enough_to_answer_from(rows: list[Row], texts: list[str]) -> None:
    assert len(rows) >= 16
    assert len(texts) >= 190


def test_the_readme_counts_as_the_file_does(rows: list[Row], texts: list[str]) -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    said = [row["date"] for row in rows]
    languages = Counter(row["language"] for row in rows)
    assert (
        f"{len(rows)} documents, {len(texts)} paragraphs, said between {min(said)} and "
        f"{max(said)}: {languages['en']} documents in English and {languages['ru']} in Russian."
    ) in readme


def test_every_document_says_that_it_is_invented(rows: list[Row]) -> None:
    for row in rows:
        assert re.search(r"\(invented for this demonstration\)|\(вымышлено ", row["publisher"])
    assert "Everything here is invented." in (SAMPLES / "README.md").read_text("utf-8")


def test_addresses_are_reserved_and_each_its_own(rows: list[Row]) -> None:
    urls = [urlsplit(row["url"]) for row in rows]
    assert len({row["url"] for row in rows}) == len(rows)
    assert {(url.scheme, url.hostname) for url in urls} == {("https", "mfa.valdoria.example")}
    assert all(
        url.path.startswith(f"/{row['language']}/") for url, row in zip(urls, rows, strict=True)
    )


def test_dates_are_real_and_spread_over_the_years(rows: list[Row]) -> None:
    said = [date.fromisoformat(row["date"]) for row in rows]
    assert {day.year for day in said} == set(range(2021, 2027))
    assert said == sorted(said)
    put_up = [row["published_at"] for row in rows if "published_at" in row]
    assert {len(moment) for moment in put_up} >= {10, 16, 25}, "days, times, times with an offset"
    assert len(put_up) < len(rows), "some sources don't say"
    for row, day in zip(rows, said, strict=True):
        if "published_at" in row:
            assert datetime.fromisoformat(row["published_at"]).date() >= day
    assert any(
        datetime.fromisoformat(row["published_at"]).date() > day
        for row, day in zip(rows, said, strict=True)
        if "published_at" in row
    )


def test_languages_are_what_they_claim(rows: list[Row]) -> None:
    assert set(Counter(row["language"] for row in rows)) == {"en", "ru"}
    assert sum(row["language"] == "ru" for row in rows) >= 2
    for row in rows:
        text = row["title"] + "".join(paragraph["text"] for paragraph in row["paragraphs"])
        cyrillic = len(re.findall(r"[а-яё]", text, re.IGNORECASE))
        latin = len(re.findall(r"[a-z]", text, re.IGNORECASE))
        assert (cyrillic == 0) if row["language"] == "en" else (latin == 0), row["url"]


def test_a_label_in_the_text_is_the_speaker_until_the_next_one(rows: list[Row]) -> None:
    for row in rows:
        last: str | None = None
        for paragraph in row["paragraphs"]:
            if label := LABEL.match(paragraph["text"]):
                last = label["reporter"] or label["name"]
                assert paragraph["speaker"] == last
            elif last is not None:
                assert paragraph["speaker"] in (last, None)


def test_every_question_has_a_reply_from_somebody_named(rows: list[Row]) -> None:
    questions = 0
    for row in rows:
        speakers = [paragraph["speaker"] for paragraph in row["paragraphs"]]
        for asked, replied in zip(speakers, [*speakers[1:], None], strict=True):
            if asked in UNNAMED:
                questions += 1
                assert replied is not None
                assert replied not in UNNAMED
    assert questions >= 60


def test_speakers_are_many_and_some_documents_have_none(rows: list[Row]) -> None:
    people = {row["speaker"] for row in rows if row["speaker"]}
    assert len(people) >= 5
    for row in rows:
        if row["speaker"] and row["language"] == "en":
            assert row["speaker"] in row["title"]
    silent = [row for row in rows if row["speaker"] is None]
    assert silent
    for row in silent:
        assert all(paragraph["speaker"] is None for paragraph in row["paragraphs"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Niger", "Nigeria"),
        ("Oman", "Romania"),
        ("Iran", "Iraq"),
        ("Iran", "Tirana"),
        ("Austria", "Australia"),
        ("Mali", "Malawi"),
        ("Guinea", "Guinea-Bissau"),
        ("Slovakia", "Slovenia"),
        ("Dominica", "Dominican Republic"),
        ("Mauritius", "Mauritania"),
        ("South Korea", "North Korea"),
        ("Tbilisi", "Savannah"),
        ("Нигером", "Нигерии"),
        ("Иран", "Ирак"),
    ],
)
def test_lookalikes_stand_apart(texts: list[str], one: str, other: str) -> None:
    first, second = naming(texts, one), naming(texts, other)
    assert first - second, f"no paragraph names {one} alone"
    assert second - first, f"no paragraph names {other} alone"


@pytest.mark.parametrize(
    "subject",
    [
        "JCPOA", "Iranian", "Iraq", "Ukraine", "sanctions", "NATO", "European Union",
        "Security Council", "climate", "migration", "grain", "food security", "energy",
        "cyber", "Artificial intelligence", "Afghanistan", "ceasefire", "visas", "passport",
        "tariffs", "pandemic", "space", "Human rights", "Arctic", "санкции", "Афганистана",
    ],
)  # fmt: skip
def test_subjects_that_people_ask_about_are_there(texts: list[str], subject: str) -> None:
    assert any(subject in text for text in texts)


@pytest.mark.parametrize(
    "absent", ["Atlantis", "Maldiv", "Honduras", "Bhutan", "Атлантид", "Мальдив", "Бутан", "Гондур"]
)
def test_questions_without_an_answer_have_none(rows: list[Row], absent: str) -> None:
    assert absent.casefold() not in json.dumps(rows, ensure_ascii=False).casefold()


def test_one_position_was_stated_twice_in_nearly_the_same_words(rows: list[Row]) -> None:
    stated = [
        (row["date"], set(words(paragraph["text"])))
        for row in rows
        for paragraph in row["paragraphs"]
        if "its purposes are peaceful" in paragraph["text"]
    ]
    (first, before), (second, after) = stated
    assert first != second
    assert before != after
    assert len(before & after) / len(before | after) > 0.7


def test_a_reply_need_not_name_its_subject(rows: list[Row]) -> None:
    for row in rows:
        for asked, replied in zip(row["paragraphs"], row["paragraphs"][1:], strict=False):
            if asked["text"] == "Question: Is the embassy in Kabul closed?":
                assert not {"embassy", "kabul"} & set(words(replied["text"]))
                return
    pytest.fail("the question about the embassy in Kabul is gone")


def test_a_figure_is_corrected_by_a_later_document(rows: list[Row]) -> None:
    figures = [
        (row["date"], re.findall(r"(\d+) million crowns", paragraph["text"]))
        for row in rows
        for paragraph in row["paragraphs"]
        if "cable to Norrask" in paragraph["text"]
    ]
    assert figures == [("2023-01-19", ["12"]), ("2023-01-23", ["12", "21"])]


def test_paragraphs_are_long_and_short(texts: list[str]) -> None:
    lengths = sorted(len(text.split()) for text in texts)
    assert lengths[-1] >= 400
    assert sum(length <= 8 for length in lengths) >= 10
