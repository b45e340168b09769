"""Unknown words are mended soundly, and always said; known ones never."""

from __future__ import annotations

import pytest

from corpus.search.lexicon import lexicon_of
from corpus.search.understanding.keyboard import are_neighbours, other_layout
from corpus.search.understanding.repair import mend
from corpus.search.understanding.spelling import slip_cost
from corpus.search.understanding.transliteration import cyrillic, latin, skeleton, sound
from corpus.types import RepairKind
from tests.understanding.vocabulary import ask, lexicon


def mended(question: str) -> list[tuple[str, str, RepairKind]]:
    return [(r.original, r.replacement, r.kind) for r in ask(question).repairs]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("irna", "Iran"),
        ("Irna", "Iran"),
        ("Eygpt", "Egypt"),
        ("militery", "military"),
        ("wherabouts", "whereabouts"),
        ("lethel", "lethal"),
        ("Ukrane", "Ukraine"),
        ("Bengazi", "Benghazi"),
        ("setlements", "settlements"),
        ("enrichmnet", "enrichment"),
        ("suspenssion", "suspension"),
        ("Maldvies", "Maldives"),
        ("Zmabia", "Zambia"),
        ("Tajikstan", "Tajikistan"),
        ("gouvernement", None),
        ("oli", "oil"),
        ("oel", None),
        ("перговоры", "переговоры"),
        ("опирация", "операция"),
        ("Чичня", "Чечня"),
    ],
)
def test_spelling(typed: str, read_as: str | None) -> None:
    expected = [(typed, read_as, RepairKind.SPELLING)] if read_as else []
    assert mended(typed) == expected


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("bhfy", "Иран"),
        ("шкфт", "Iran"),
        ("Bhfy", "Иран"),
        ("rhsv", "Крым"),
        ("bhfyt", "Иране"),
        ("jgthfwbz", "операция"),
    ],
)
def test_the_other_keyboard_layout(typed: str, read_as: str) -> None:
    assert mended(typed) == [(typed, read_as, RepairKind.KEYBOARD)]


def test_a_whole_question_in_the_other_layout() -> None:
    query = ask("xnj crfpfk kfdhjd j, bhfyt")
    assert [repair.replacement for repair in query.repairs] == ["что сказал лавров об иране"]
    assert query.asked_in == "ru"
    assert query.speaker is not None
    english = ask("цщкы цфы ыфшв фищге штвуув ышкшф ифл")
    assert english.repairs == () or english.repairs[0].kind is RepairKind.KEYBOARD


@pytest.mark.parametrize(
    ("question", "read_as", "left"),
    [
        ("Lavrov o Krime", "лавров о крыме", ["Крым"]),
        ("chto skazal lavrov ob irane", "что сказал лавров об иране", ["Иран"]),
        ("peregovory i sanktsii", None, None),
        ("go to the bar", None, None),
        ("zxcvb qwrtp sdfgh", None, None),
    ],
)
def test_a_whole_russian_question_in_latin_letters(
    question: str, read_as: str | None, left: list[str] | None
) -> None:
    query = ask(question)
    scripts = [r.replacement for r in query.repairs if r.kind is RepairKind.SCRIPT]
    if read_as and left:
        assert scripts == [read_as] or scripts == [read_as.replace("крыме", "криме")]
        assert query.asked_in == "ru"
        assert query.speaker is not None
    else:
        assert not any(" о " in text for text in scripts)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("Ирaн", "Иран"), ("maskhadov", None), ("saakashvili", None), ("терроризm", "терроризм")],
)
def test_letters_of_the_other_alphabet(typed: str, read_as: str | None) -> None:
    expected = [(typed, read_as, RepairKind.SCRIPT)] if read_as else []
    assert mended(typed) == expected


def test_a_name_that_the_record_writes_in_the_other_alphabet() -> None:
    record = lexicon_of(
        {"warnock": 9, "zelaya": 3, "тулеев": 4, "irn4": 2},
        names=["warnock", "zelaya", "тулеев"],
    )
    for typed, read_as in (("Tuleev", "Тулеев"), ("Варнок", "Warnock"), ("Зелая", "Zelaya")):
        (repair,) = ask(typed, record=record).repairs
        assert (repair.replacement, repair.kind) == (read_as, RepairKind.SCRIPT)
    assert ask("irnx", record=record).repairs == ()


def test_a_name_that_the_record_has_in_both_alphabets_is_looked_for_in_both() -> None:
    record = lexicon_of({"tuleev": 9, "тулеев": 4}, names=["tuleev", "тулеев"])
    for typed, other in (("Tuleev", "тулеев"), ("Тулееву", "tuleev")):
        (term,) = ask(typed, record=record).terms
        assert (other,) in {form.words for form in term.forms}


def test_spellings_that_sound_alike_are_found_further_off() -> None:
    record = lexicon_of({"tchaikovski": 9}, names=["tchaikovski"])
    assert [r.replacement for r in ask("chajkovskij", record=record).repairs] == ["Tchaikovski"]


@pytest.mark.parametrize(
    "typed",
    [
        "Iran",
        "macro",
        "must",
        "Maldives",
        "Macron",
        "macron",
        "Musk",
        "Zambia",
        "2021",
        "MH17",
        "бонды",
        "bonds",
        "bands",
        "elephants",
        "refugee",
        "detained",
        "of",
        "xq",
        "Iraq",
        "Niger",
        "qwzrtplk",
    ],
)
def test_what_is_never_mended(typed: str) -> None:
    assert ask(typed).repairs == ()


def test_a_capital_protects_a_name_from_a_common_word() -> None:
    record = lexicon("harbours")
    assert ask("the visit of Mr Shipp", record=record).repairs == ()
    assert [r.replacement for r in ask("the shipp of war", record=record).repairs] == ["ship"]


def test_a_missing_space() -> None:
    (repair,) = ask("harbourmeeting").repairs
    assert repair.replacement == "harbour meeting"
    assert [term.text for term in ask("harbourmeeting").terms] == ["harbour", "meeting"]
    assert ask("qwzharbour").repairs == ()


def test_a_name_that_sounds_alike_may_be_further_off() -> None:
    record = lexicon()
    found = mend("akhmadinizhad", record, typed="akhmadinizhad", name=True)
    assert found is not None
    assert found.words == ("ahmadinejad",)


def test_the_next_likely_word_is_looked_for_and_said_too() -> None:
    record = lexicon_of({"sacks": 20, "socks": 20, "harbour": 9})
    query = ask("harbour sxcks", record=record)
    assert {repair.replacement for repair in query.repairs} == {"sacks", "socks"}
    (term,) = [term for term in query.terms if term.text != "harbour"]
    assert {("sacks",), ("socks",)} <= {form.words for form in term.forms}


def test_of_two_names_only_the_likelier_is_meant() -> None:
    record = lexicon_of({"marder": 20, "morder": 19}, names=["marder", "morder"])
    assert len(ask("mxrder", record=record).repairs) == 1


def test_a_name_beside_a_name_is_likelier() -> None:
    record = lexicon_of({"gilad": 5, "ipad": 40, "shalit": 9}, names=["gilad", "shalit"])
    assert [r.replacement for r in ask("ilad shalit", record=record).repairs] == ["Gilad"]
    assert [r.replacement for r in ask("ilad", record=record).repairs] == ["ipad"]


def test_other_inflections_on_record_are_enough() -> None:
    record = lexicon_of({"операции": 9, "месхетинцев": 4, "газ": 3})
    assert [r.replacement for r in ask("газ опреация", record=record).repairs] == ["операция"]
    assert [r.replacement for r in ask("газ месхитинцы", record=record).repairs] == ["месхетинцы"]


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("the AFC Championshop Game", ["championship"]),
        ("about President Gaame", []),
        ("the Super Gaame", ["game"]),
        ("about the Constitutioal court", ["constitutional"]),
        ("about Macron and Shpi", []),
        ("ask about aShip of Iran", []),
    ],
)
def test_common_words_with_a_capital(question: str, read_as: list[str]) -> None:
    record = lexicon_of({"championship": 20, "constitutional": 20, "ship": 20, "game": 3})
    found = [repair.replacement.lower() for repair in ask(question, record=record).repairs]
    assert found == read_as


def test_names_of_a_dictionary_are_found_in_the_other_alphabet() -> None:
    record = lexicon_of({"солженицына": 4, "нефть": 3}, names=["солженицына"])
    (term, _) = ask("solzhenitsyn, нефть", record=record).terms
    assert term.is_name
    assert term.known


def test_words_in_small_letters_are_no_names_in_a_sentence() -> None:
    assert not any(term.is_name for term in ask("How many xqzplk are in the harbour now?").terms)
    assert any(term.is_name for term in ask("xqzplk harbour").terms)


def test_acronyms_are_shown_in_capitals() -> None:
    record = lexicon_of({"ipcc": 9}, names=["ipcc"])
    assert [r.replacement for r in ask("the report of the IPPC", record=record).repairs] == ["IPCC"]


def test_an_unsound_word_stays_and_is_unknown() -> None:
    query = ask("zxcvbnmasd")
    assert query.repairs == ()
    assert [term.known for term in query.terms] == [False]


def test_likelier_slips_cost_less() -> None:
    assert slip_cost("irna", "iran") < slip_cost("izan", "iran")
    assert slip_cost("iram", "iran") < slip_cost("iraz", "iran")
    assert slip_cost("cofee", "coffee") < slip_cost("coffe", "coffke")
    assert slip_cost("leathal", "lethal") < slip_cost("zlethal", "lethal")
    assert slip_cost("millitery", "military") > 2


def test_keyboards() -> None:
    assert other_layout("bhfy") == "иран"
    assert other_layout("Шкфт") == "Iran"
    assert are_neighbours("q", "w")
    assert are_neighbours("a", "q")
    assert are_neighbours("ф", "ы")
    assert not are_neighbours("q", "p")


@pytest.mark.parametrize(
    "spellings",
    [
        ("lavrov", "lawrow", "lavroff", "лавров"),
        ("zakharova", "zaharova", "захарова"),
        ("zelensky", "zelenskyy", "zelenskiy", "зеленский"),
        ("kaddafi", "qaddafi", "каддафи"),
        ("sergey", "sergei", "сергей"),
        ("psaki", "псаки"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound(spelling) for spelling in spellings}) == 1


def test_transliteration() -> None:
    assert latin("щукин") == "shchukin"
    assert "захарова" in cyrillic("zakharova")
    assert "зеленский" in cyrillic("zelensky")
    assert "эрдоган" in cyrillic("erdogan")
    assert "дмитрий" in cyrillic("dmitriy")
    assert "сергей" in cyrillic("sergei")
    assert "навальный" in cyrillic("navalny") or "навальний" not in cyrillic("navalny")
    assert skeleton("rhodes") == skeleton("родс")
    assert skeleton("earnest") == skeleton("эрнест")


def test_only_so_many_words_are_mended() -> None:
    question = " ".join(f"milita{letter}ry" for letter in "abcdefghjklmnopqstuvwxyzбгдж")
    assert len(ask(question).repairs) <= 24


@pytest.mark.parametrize("question", ["lavrovski oil", "tashukhadzhiev family"])
def test_english_is_not_taken_for_russian_in_latin_letters(question: str) -> None:
    assert not any(" " in repair.original for repair in ask(question).repairs)


def test_russian_in_latin_letters_needs_a_russian_record() -> None:
    english = lexicon_of({"oil": 40, "talks": 30})
    assert ask("o smertnoi kazni", record=english).repairs == ()
