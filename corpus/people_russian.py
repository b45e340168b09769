"""Cases of Russian names: "Сергея Лаврова" names Сергей Лавров. Rules of school grammar.

Only given names of a fixed list are recognised, and only surnames known in the nominative: from
an oblique form alone the nominative is not certain (Игоря is Игорь, Сергея is Сергей).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_MEN = """Александр Алексей Анатолий Андрей Антон Аркадий Артём Богдан Борис Вадим Валентин Валерий
Василий Виктор Виталий Владимир Владислав Всеволод Вячеслав Геннадий Георгий Герман Глеб Григорий
Даниил Денис Дмитрий Евгений Егор Иван Игорь Илья Иосиф Кирилл Константин Леонид Максим Марат Михаил
Никита Николай Олег Пётр Павел Рамзан Рашид Роман Руслан Рустам Святослав Семён Сергей Станислав
Степан Тимур Фёдор Эдуард Юрий Яков Ярослав"""
_WOMEN = """Александра Алина Алла Анастасия Анна Валентина Валерия Вера Вероника Виктория Галина
Дарья Евгения Екатерина Елена Елизавета Жанна Зинаида Инна Ирина Ксения Лариса Лидия Людмила
Маргарита Марина Мария Надежда Наталия Наталья Нина Оксана Ольга Полина Раиса Светлана София Татьяна
Эльвира Юлия"""
_IRREGULAR = {"Пётр": "Петр", "Павел": "Павл"}
_SOFT = "гкхжчшщ"
"""After these letters -ы is written -и."""
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_VOWELS = frozenset("АЕЁИОУЫЭЮЯаеёиоуыэюя")
_LOOSE = "влмнрцк"
"""Behind another consonant, these may have had a vowel before them that the ending took away."""


def _cases(name: str) -> tuple[frozenset[str], ...]:
    """Forms of a given name: nominative, genitive, dative, accusative, instrumental, locative."""
    if name[-1] in "ая":
        stem = name[:-1]
        if name.endswith("ия"):
            endings = ("я", "и", "и", "ю", "ей", "и")
        elif name[-1] == "я":
            endings = ("я", "и", "е", "ю", "ей", "е")
        else:
            endings = ("а", "и" if stem[-1] in _SOFT else "ы", "е", "у", "ой", "е")
    elif name[-1] in "йь":
        stem = name[:-1]
        endings = (name[-1], "я", "ю", "я", "ем", "и" if name.endswith("ий") else "е")
    else:
        stem = _IRREGULAR.get(name, name)
        endings = ("", "а", "у", "а", "ом", "е")
    forms = [stem + ending for ending in endings]
    forms[0] = name
    return tuple(frozenset({form, form.replace("ё", "е")}) for form in forms)


def _surname_cases(surname: str) -> tuple[frozenset[str], ...]:
    """Forms of a surname by its nominative; a surname that does not inflect keeps its form."""
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        stem, endings = surname, ("", "а", "у", "а", "ым", "е")
    elif surname.endswith(("ова", "ева", "ёва", "ина", "ына")):
        stem, endings = surname[:-1], ("а", "ой", "ой", "у", "ой", "ой")
    elif surname.endswith(("ский", "цкий")):
        stem, endings = surname[:-2], ("ий", "ого", "ому", "ого", "им", "ом")
    elif surname.endswith(("ская", "цкая")):
        stem, endings = surname[:-2], ("ая", "ой", "ой", "ую", "ой", "ой")
    elif surname[-1] in _CONSONANTS:
        stem, endings = surname, ("", "а", "у", "а", "ом", "е")
    else:
        stem, endings = surname, ("",) * 6
    return tuple(frozenset({stem + ending}) for ending in endings)


@lru_cache(maxsize=1)
def _given() -> dict[str, list[tuple[str, int]]]:
    """Nominative and case number of each form of a known given name."""
    forms: dict[str, list[tuple[str, int]]] = {}
    for name in (_MEN + " " + _WOMEN).split():
        for case, spellings in enumerate(_cases(name)):
            for form in spellings:
                forms.setdefault(form, []).append((name, case))
    return forms


def is_given_name(word: str) -> bool:
    """Whether a word is a common Russian given name in the nominative."""
    return any(case == 0 for _, case in _given().get(word, ()))


def is_patronymic(word: str) -> bool:
    """Whether a word is formed as a patronymic (Викторович, Владимировна)."""
    return word.endswith(("ович", "евич", "ич", "овна", "евна", "ична"))


def nominative_given(given: str, surname_form: str, surname: str) -> str | None:
    """The one given name of which ``given`` is the case that ``surname_form`` is of ``surname``.

    None when the words are no such pair, or when the nominative is not certain.
    """
    forms = _surname_cases(surname)
    names = {name for name, case in _given().get(given, ()) if surname_form in forms[case]}
    if not names and surname[-1] in _CONSONANTS and given[:1].isupper():
        names = set(_stems(given, [surname_form in form for form in forms]))
    return names.pop() if len(names) == 1 else None


def _stems(given: str, cases: list[bool]) -> Iterator[str]:
    """Men's names in a consonant, of which ``given`` is the genitive, dative or instrumental.

    For names that are on no list (Жаком Шираком). A group of consonants that may have lost its
    vowel (Павла of Павел) is left alone.
    """
    for case, ending in ((1, "а"), (2, "у"), (4, "ом")):
        stem = given[: -len(ending)]
        if cases[case] and given.endswith(ending) and len(stem) > 2 and set(stem) & _VOWELS:
            grouped = stem[-1] in _CONSONANTS and stem[-2] in _CONSONANTS
            if stem[-1] in _CONSONANTS and not (grouped and stem[-1] in _LOOSE):
                yield stem
