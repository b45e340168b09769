"""Titles: who speaks, where, when and at what, and when they don't say."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.ingest import read_lines
from corpus.ingest.headline import read_headline
from corpus.ingest.names import is_territory, looks_like_name, nominative, person_in
from tests.ingest.making import SHARED


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Foreign Minister Anna Weld's press point after the talks", "Anna Weld"),
        ("Foreign Minister Thomas’ remarks", None),
        ("Foreign Minister Eva Thomas’ remarks", "Eva Thomas"),
        ("Remarks by President Tor Lind at the Assembly", "Tor Lind"),
        ("Remarks as delivered by Secretary Tor J. Lind", "Tor J. Lind"),
        ("Transcript of remarks by Tor Lind", "Tor Lind"),
        ("Press Gaggle by Press Secretary Ida Brand en route Havn, Sund", "Ida Brand"),
        ("Statement by Minister of Foreign Affairs of the Republic of Sund, I.Brand", "I.Brand"),
        (
            "Address by Ursula von der Lind, President of the Council, to Parliament",
            "Ursula von der Lind",
        ),
        ("Speech by President of Russia Tor Lind", "Tor Lind"),
        ("Interview with Foreign Minister Anna Weld", "Anna Weld"),
        ("Secretary Tor J. Lind At a Press Availability", "Tor J. Lind"),
        ("Spokesperson Ma Ning’s Regular Press Conference", "Ma Ning"),
        ("Выступление Министра иностранных дел А.Б.Веллова на заседании", "А.Б.Веллов"),
        ("Интервью Министра Сергея Веллова газете", "Сергей Веллов"),
        ("Брифинг официального представителя М.В.Лаховой", "М.В.Лахова"),
        ("Комментарий Президента Дмитрия Лахского", "Дмитрий Лахский"),
        ("Rede von Bundespräsident Jan Weld beim Hafentag", "Jan Weld"),
        ("Interview mit Bundesministerin Anna Weld", "Anna Weld"),
        ("Statement by the Foreign Ministry on fish", None),
        ("Joint press conference by President Lind and Chancellor Brand", None),
        ("Briefing by Press Secretary Ida Brand, Minister Tor Lind and Envoy Jan Weld", None),
        ("Remarks by Tor Lind and Ida Brand", None),
        ("Remarks by Minister Tor Lind; Minister Ida Brand", None),
        ("Statement of the Minister", None),
        ("Tor Lind's statement on fish has been published", None),
        ("Minister Tor Lind Remarks were well received", None),
        ("Выступление Министра", None),
        ("Выступление Э.Блинкена", None),
        ("Заявление А.Веллова и Б.Лахова", None),
        ("Pressestatement von Kanzlerin Weld", None),
        ("Tor Lind signed a decree", None),
        ("Congratulations to artist Ida Brand", None),
        ("", None),
    ],
)
def test_the_one_speaker_of_a_title(title: str, speaker: str | None) -> None:
    assert read_headline(title).speaker == speaker


@pytest.mark.parametrize(
    ("title", "place", "occasion"),
    [
        (
            "Remarks by Tor Lind following talks with Ida Brand, Havn, March 12, 2024",
            "Havn",
            "talks with Ida Brand",
        ),
        (
            "Remarks by Tor Lind at the Fish Days, Bergen, Norway, 12 March 2024",
            "Bergen, Norway",
            "Fish Days",
        ),
        ("Remarks by Tor Lind (Havn, 12 March 2024)", "Havn", None),
        ("Remarks by Tor Lind (12 March 2024)", None, None),
        ("Remarks by Tor Lind, with Minister Ida Brand, 12 March 2024", None, None),
        ("Remarks by Tor Lind on 12 March 2024", None, None),
        ("12 March 2024, Havn", "Havn", None),
        ("12 March 2024: Remarks by Tor Lind at the Fish Days", None, "Fish Days"),
        (
            "Выступление А.Б.Веллова на заседании Совета, Хавн, 12 марта 2024 года",
            "Хавн",
            "заседании Совета",
        ),
        ("Remarks by Tor Lind at a press conference, 12 March 2024", None, None),
        ("Remarks by Tor Lind at it, 12 March 2024", None, None),
    ],
)
def test_place_and_occasion(title: str, place: str | None, occasion: str | None) -> None:
    headline = read_headline(title)
    assert headline.said_on == date(2024, 3, 12)
    assert headline.place == place
    if headline.is_statement:
        assert headline.occasion == occasion


def test_two_days_are_none() -> None:
    assert read_headline("Remarks by Tor Lind, 12 March 2024 and 13 March 2024").said_on is None


@pytest.mark.parametrize(
    "name", ["Anna Weld", "V.Makei", "С.В.Веллов", "Ursula von der Lind", "Mary O'Neil-Lind"]
)
def test_names(name: str) -> None:
    assert looks_like_name(name)
    assert person_in(f"Foreign Minister {name}") == name


@pytest.mark.parametrize(
    "text",
    [
        "Weld",
        "Saudi Arabia",
        "Foreign Ministry",
        "anna weld",
        "Anna Weld 2",
        "Key Note",
        "von Lind",
        "Anna And Lind",
        "Lind's Weld’s",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Minister",
        "Minister of Fish",
        "Minister of Sund Tor Lind",
        "Anna Weld, Minister, Tor Lind, Envoy Ida Brand",
    ],
)
def test_no_certain_person(text: str) -> None:
    assert person_in(text) in (None, "Anna Weld")


@pytest.mark.parametrize(
    ("genitive", "expected"),
    [
        ("Игоря Лахова", "Игорь Лахов"),
        ("Натальи Лаховой", "Наталья Лахова"),
        ("Ольги Лаховой", "Ольга Лахова"),
        ("Анны Лахской", "Анна Лахская"),
        ("Владимира Владимировича Лахина", "Владимир Владимирович Лахин"),
        ("Ильи Лахова", None),
        ("Анник Лаховой", None),
        ("А.В.Грушко", None),
    ],
)
def test_russian_names_out_of_the_genitive(genitive: str, expected: str | None) -> None:
    assert nominative(genitive) == expected


def test_territories() -> None:
    assert is_territory("Norway")
    assert is_territory("Германия")
    assert not is_territory("Sund")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not on this machine")
def test_titles_of_the_corpora_name_their_speaker_and_nobody_else() -> None:
    right = wrong = known = 0
    for draft in read_lines(SHARED / "corpora" / "whitehouse.jsonl.gz"):
        speaker = read_headline(draft.title or "").speaker
        if draft.speaker is not None:
            known += 1
            right += speaker == draft.speaker
            wrong += speaker not in (None, draft.speaker)
    assert right / known > 0.97
    assert wrong <= 1
