"""Whom a label certainly names, and whom it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.people import attribute, fold_name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Sergey Lavrov", "Sergey Lavrov"),
        ("Sergey Lavrov:", "Sergey Lavrov"),
        ("SERGEY LAVROV", "Sergey Lavrov"),
        ("Foreign Minister Sergey Lavrov", "Sergey Lavrov"),
        ("Sergey Lavrov, Foreign Minister", "Sergey Lavrov"),
        ("Minister of Foreign Affairs of Russia, Sergey Lavrov", "Sergey Lavrov"),
        ("Minister of Foreign Affairs of Russia Sergey Lavrov", "Sergey Lavrov"),
        ("President of Russia Vladimir Putin", "Vladimir Putin"),
        ("President of the United States Joe Biden", "Joe Biden"),
        ("President of Serbia and Montenegro Svetozar Marovic", "Svetozar Marovic"),
        ("President and Prime Minister Anna Weld", "Anna Weld"),
        ("President of the Republic of Korea Moon Jae-in", "Moon Jae-in"),
        ("US Secretary of State Antony Blinken", "Antony Blinken"),
        ("Anna Weld (through an interpreter)", "Anna Weld"),
        ("Secretary-General António Guterres", "António Guterres"),
        ("John O. Brennan", "John O. Brennan"),
        ("Mohammed bin Salman", "Mohammed bin Salman"),
        ("Jean-Pierre Raffarin", "Jean-Pierre Raffarin"),
        ("Сергей Лавров", "Сергей Лавров"),
        ("Владимир Владимирович Путин", "Владимир Владимирович Путин"),
        ("Президент России Владимир Путин", "Владимир Путин"),
        ("Министр иностранных дел России Сергей Лавров", "Сергей Лавров"),
        ("Премьер-министр Михаил Мишустин", "Михаил Мишустин"),
    ],
)
def test_a_full_name_is_that_person(label: str, name: str) -> None:
    assert attribute([label]) == {label: name}


@pytest.mark.parametrize(
    "label",
    [
        "",
        ":",
        "Q",
        "QUESTION",
        "Question",
        "Вопрос",
        "Реплика",
        "THE PRESIDENT",
        "SENIOR ADMINISTRATION OFFICIAL",
        "Press Secretary",
        "Fox News",
        "Note",
        "MR. CARNEY",
        "SECRETARY BLINKEN",
        "SECRETARY JOHN KERRY",
        "VAN HOLLEN",
        "Mr. Ban Ki-moon",
        "В.Путин",
        "V. Makei",
        "Anna Weld and Olaf Brandt",
        "Президент Российской Федерации Джо Байден Второй",
        "Лавров Сергей Викторович",
        "Speaker 12",
        "Anna Weld, Olaf Brandt",
        "One Two Three Four Five",
        "Anna the weld",
        "x" * 200,
    ],
)
def test_alone_these_name_nobody(label: str) -> None:
    assert attribute([label]) == {}


@pytest.mark.parametrize(
    ("label", "speaker", "title", "name"),
    [
        ("MR. CARNEY", "Jay Carney", None, "Jay Carney"),
        ("MR. CARNEY", "Press Secretary Jay Carney", None, "Jay Carney"),
        ("MR. McDONOUGH", "Denis McDonough", None, "Denis McDonough"),
        (
            "Mr. Carney",
            None,
            "Press Briefing by Press Secretary Jay Carney, 1/3/2012",
            "Jay Carney",
        ),
        ("MR. CARNEY", None, "PRESS BRIEFING BY JAY CARNEY", "Jay Carney"),
        ("MR. GIBBS", None, "Briefing by Robert Gibbs,Deputy Advisor Ben Rhodes", "Robert Gibbs"),
        ("SECRETARY BLINKEN", None, "Secretary Antony Blinken's remarks", "Antony Blinken"),
        ("MR. BRENNAN", None, "Briefing by John O. Brennan", "John O. Brennan"),
        ("MR. RHODES", None, "Briefing by Advisor for New Media James Rhodes", "James Rhodes"),
        ("MR. RHODES", None, "Ben Rhodes on Cuba", "Ben Rhodes"),
        ("SECRETARY JOHN KERRY", "John Kerry", None, "John Kerry"),
        (
            "REPRESENTATIVE WASSERMAN SCHULTZ",
            "Debbie Wasserman Schultz",
            None,
            "Debbie Wasserman Schultz",
        ),
        ("LAVROV", "Sergey Lavrov", None, "Sergey Lavrov"),
        ("V.Makei", "Vladimir Makei", None, "Vladimir Makei"),
        ("С.В.Лавров", "Сергей Лавров", None, "Сергей Лавров"),
        ("С.В.Лавров", "Сергей Викторович Лавров", None, "Сергей Викторович Лавров"),
        ("Г-н Лавров", "Сергей Лавров", None, "Сергей Лавров"),
        ("С.Лавров", None, "Интервью Сергея Лаврова телеканалу", "Сергей Лавров"),
        ("П.Попов", None, "Встреча с Павлом Поповым", "Павел Попов"),
        ("И.Волков", None, "Слова Игоря Волкова", "Игорь Волков"),
        ("Д.Песков", None, "Брифинг Дмитрия Пескова", "Дмитрий Песков"),
        ("И.Вольский", None, "О речи Ильи Вольского", "Илья Вольский"),
        ("М.Захарова", None, "Брифинг Марии Захаровой", "Мария Захарова"),
        ("О.Строганова", None, "Ответы Ольги Строгановой", "Ольга Строганова"),
        ("Е.Вольская", None, "Интервью Елены Вольской", "Елена Вольская"),
        ("Т.Бондаренко", None, "Интервью Татьяны Бондаренко", "Татьяна Бондаренко"),
        ("Ж.Ширак", None, "Пресс-конференция с Жаком Шираком", "Жак Ширак"),
        ("Дж.Буш", None, "Разговор с Джорджем Бушем", None),
        ("Дж.Буш", "Джордж Буш", None, "Джордж Буш"),
    ],
)
def test_a_surname_is_the_one_full_name_of_the_document(
    label: str, speaker: str | None, title: str | None, name: str | None
) -> None:
    expected = {} if name is None else {label: name}
    assert attribute([label], speaker=speaker, title=title) == expected


@pytest.mark.parametrize(
    ("labels", "speaker", "title"),
    [
        (["MR. RHODES"], "Ben Rhodes", "Ben Rhodes and Cody Rhodes"),
        (["MR. SMITH", "MS. SMITH"], "Anna Smith", None),
        (["MR. SCHULTZ", "REPRESENTATIVE WASSERMAN SCHULTZ"], None, "With Wasserman Schultz"),
        (["MR. SCHULTZ"], None, "With Representative Schultz"),
        (["MR. LAVROV"], None, "Exclusive Interview With Lavrov"),
        (["MR. LAVROV"], None, "Meeting Lavrov"),
        (["MR. LAVROV"], None, "Kremlin Says Lavrov Agrees"),
        (["MR. LAVROV"], None, "President Thanks Lavrov"),
        (["MR. LAVROV"], None, "Kremlin Phone Lavrov"),
        (["SECRETARY JOHN KERRY"], None, "Remarks by John Kerry"),
        (["MR. OBAMA"], None, "Remarks of the President, Obama"),
        (["MR. SALMAN"], None, "Meeting Mohammed bin Salman"),
        (["С.Лавров"], "Виктор Лавров", None),
        (["С.Лавров"], None, "Интервью Виктора Лаврова"),
        (["С.Лавров"], None, "Интервью Сергея Лаврову"),
        (["Л.Шульц"], None, "Встреча с Львом Шульцом"),
        (["CHANCELLER MERKEL", "PRESIDENT OBAMA"], None, "Remarks by Chancellor Merkel"),
        (["MR. CARNEY"], "Jay Carnegie", "Press Secretary J. Carney"),
    ],
)
def test_what_is_not_certain_is_left_out(
    labels: list[str], speaker: str | None, title: str | None
) -> None:
    assert attribute(labels, speaker=speaker, title=title) == {}


def test_labels_name_each_other() -> None:
    labels = ["Foreign Minister Anna Weld", "MS. WELD", "A. Weld", "ANNA WELD", "Q"]
    assert attribute(labels) == dict.fromkeys(labels[:4], "Anna Weld")


def test_the_spelling_of_the_document_speaker_is_kept() -> None:
    assert attribute(["DENIS MCDONOUGH"], speaker="Denis McDonough") == {
        "DENIS MCDONOUGH": "Denis McDonough"
    }


def test_names_are_folded() -> None:
    assert fold_name(" Алёна  ИВАНОВА\n") == fold_name("Алена Иванова")


SOME = "Sergey LAVROV of President the MR. Q В. Путин bin , : ( ) - ' . Жаком д'Арк Ми ё 1"
WORDS = st.sampled_from(SOME.split()) | st.text(max_size=3)
LABELS = st.lists(WORDS, max_size=6).map(" ".join)


@given(st.lists(LABELS, max_size=6), st.none() | LABELS, st.none() | LABELS)
def test_any_labels_at_all(labels: list[str], speaker: str | None, title: str | None) -> None:
    found = attribute(labels, speaker=speaker, title=title)
    assert set(found) <= set(labels)
    words = fold_name(" ".join([*labels, speaker or "", title or ""]))
    for name in found.values():
        assert len(name.split()) >= 2
        # The surname is the document's own word, never another one.
        assert fold_name(name.split()[-1]).strip(".-'") in words
