"""Names under all their forms, and apart from those that look like them."""

from __future__ import annotations

import pytest

from corpus.search.analysis import stem, words
from corpus.search.lexicon import lexicon_of
from corpus.search.understanding.gazetteer import gazetteer
from corpus.search.understanding.russian import nominatives
from corpus.search.understanding.sources import namings
from corpus.types import Form, FormKind, Term
from tests.understanding.vocabulary import ask


def the_term(question: str) -> Term:
    (term,) = [term for term in ask(question).terms if term.is_name]
    return term


def stands_for(term: Term, text: str) -> Form | None:
    """The best form of a term in a text, as the search matches it."""
    folded = words(text)
    best = None
    for form in term.forms:
        exact = form.as_written or form.kind is FormKind.EXACT
        wanted = form.words if exact else tuple(map(stem, form.words))
        there = folded if exact else list(map(stem, folded))
        for place in range(len(there) - len(wanted) + 1):
            if tuple(there[place : place + len(wanted)]) != wanted:
                continue
            if any(_within(guard, there, place, len(wanted), exact) for guard in form.unless):
                continue
            if best is None or form.weight > best.weight:
                best = form
    return best


def _within(guard: tuple[str, ...], there: list[str], place: int, length: int, exact: bool) -> bool:
    sought = guard if exact else tuple(map(stem, guard))
    return any(
        tuple(there[start : start + len(sought)]) == sought
        and start <= place
        and place + length <= start + len(sought)
        for start in range(len(there))
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Iran", "the Iranian nuclear programme"),
        ("Iran", "Iran's neighbours"),
        ("Iran", "two Iranians"),
        ("Iran", "the Islamic Republic"),
        ("Iran", "talks in Tehran"),
        ("Iran", "переговоры в Иране"),
        ("Iran", "иранской стороны"),
        ("Iran", "Исламской Республики Иран"),
        ("Иран", "the Iranian side"),
        ("иранский", "Iran"),
        ("Islamic Republic", "Iran"),
        ("Tehran", "Iran"),
        ("Daesh", "ISIL"),
        ("ИГИЛ", "ISIS"),
        ("DPRK", "North Korea"),
        ("КНДР", "North Koreans"),
        ("North Korea", "в Северной Корее"),
        ("Britain", "the UK"),
        ("UK", "British troops"),
        ("USA", "the United States"),
        ("US", "American troops"),
        ("США", "U.S. troops"),
        ("Burma", "Myanmar"),
        ("Hellenic Republic", "Greek debt"),
        ("NATO", "North Atlantic Alliance"),
        ("НАТО", "NATO"),
        ("EU", "the European Union"),
        ("EU", "Brussels decided"),
        ("JCPOA", "the Iran nuclear deal"),
        ("JCPOA", "СВПД"),
        ("nuclear deal with Tehran", "the JCPOA"),
        ("Qaddafi", "Colonel Gadhafi"),
        ("Khadafi", "Каддафи"),
        ("Nigerien", "Niger"),
        ("Niger", "Нигере"),
        ("Korea", "South Korea"),
        ("Mali", "Malian rebels"),
        ("Georgia", "Georgian"),
        ("state of Georgia", "a storm in Georgia"),
        ("Ukraine", "Kyiv"),
        ("Moscow", "Russia"),
        ("Chechnya", "чеченских"),
        ("Масхадова", "Масхадов"),
        ("Lavrov", "Лаврову"),
        ("Jason Rezaian", "Rezaian is held"),
    ],
)
def test_one_name_finds_the_other(question: str, text: str) -> None:
    assert stands_for(the_term(question), text) is not None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Iran", "Tirana"),
        ("Iran", "Iraq"),
        ("Niger", "Nigeria"),
        ("Niger", "Nigerian"),
        ("Niger", "в Нигерии"),
        ("Nigeria", "Nigeriens"),
        ("Nigeria", "Нигер"),
        ("Guinea", "Guinea-Bissau"),
        ("Guinea", "Equatorial Guinea"),
        ("Guinea", "Papua New Guinea"),
        ("Guinea", "guinea pigs"),
        ("Sudan", "South Sudan"),
        ("Mexico", "New Mexico"),
        ("Jordan", "Michael Jordan"),
        ("India", "the Indian Ocean"),
        ("USA", "Latin America"),
        ("USA", "tell us"),
        ("Ireland", "Northern Ireland"),
        ("Mali", "Malawi"),
        ("Мали", "малый"),
        ("Zambia", "Gambia"),
        ("Oman", "Romania"),
        ("Austria", "Australia"),
        ("Австрия", "Австралия"),
        ("Куба", "куб"),
        ("Того", "того же"),
        ("WHO", "who said"),
        ("South Korea", "North Korea"),
        ("Congo-Brazzaville", "Democratic Republic of the Congo"),
        ("Samoa", "American Samoa"),
        ("Islamic Republic", "Islamic Republic of Pakistan"),
        ("Alan Gross", "gross income"),
    ],
)
def test_what_looks_alike_stays_apart(question: str, text: str) -> None:
    assert stands_for(the_term(question), text) is None


def test_the_name_typed_weighs_most_then_aliases_then_capitals() -> None:
    term = the_term("Iran")
    weights = [stands_for(term, text) for text in ("Iran", "the Iranian side", "Tehran")]
    assert [form.weight for form in weights if form] == [1.0, 0.9, 0.4]
    assert [form.kind for form in weights if form] == [
        FormKind.EXACT,
        FormKind.ALIAS,
        FormKind.METONYM,
    ]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("malian rebels", "Mali"),
        ("iran", "Iran"),
        ("иранский", "Иран"),
        ("hellenic debt", "Greece"),
        ("daesh", "Daesh"),
        ("burma", "Burma"),
        ("dprk", "DPRK"),
        ("south china sea", "South China Sea"),
        ("в Дагестане", "Дагестан"),
    ],
)
def test_how_a_name_is_shown(question: str, shown: str) -> None:
    assert ask(question).terms[0].text == shown


def test_a_capital_tells_the_country_from_the_pronoun_and_the_adjective_from_the_verb() -> None:
    assert [term.text for term in ask("US troops").terms] == ["USA", "troops"]
    assert [term.text for term in ask("us troops").terms] == ["USA", "troops"]
    assert [term.text for term in ask("tell us about the troops").terms] == ["troops"]
    assert [term.text for term in ask("it threatens us").terms] == ["threatens"]
    assert not ask("polish the line").terms[0].is_name
    assert ask("the Polish line").terms[0].text == "Poland"
    assert [term.is_name for term in ask("Who leads the WHO").terms] == [False, True]


def test_the_longest_name_is_taken() -> None:
    assert [term.text for term in ask("Papua New Guinea and Guinea").terms] == [
        "Papua New Guinea",
        "Guinea",
    ]


def test_names_that_the_record_lacks_are_unknown() -> None:
    assert [term.known for term in ask("Maldives and Iran").terms] == [False, True]


def test_american_beside_another_name_only_hints() -> None:
    query = ask("the missing American Robert Levinson")
    assert {term.text: term.is_name for term in query.terms} == {
        "missing": False,
        "United States": False,
        "Robert Levinson": True,
    }


def test_an_office_before_a_name_only_hints() -> None:
    president, zelaya = ask("what was said about President Zelaya").terms
    assert (president.is_name, zelaya.is_name) == (False, True)
    assert president.forms[0].weight < zelaya.forms[0].weight


def test_compounds_whose_parts_say_nothing_are_one_term() -> None:
    no_fly, zone = ask("a no-fly zone").terms
    assert no_fly.forms[0].words == ("no", "fly")
    assert zone.text == "zone"


def test_a_compound_is_also_looked_for_without_its_hyphen() -> None:
    record = lexicon_of({"coop": 3, "co": 1, "op": 1})
    (term,) = ask("the co-op", record=record).terms
    assert ("coop",) in {form.words for form in term.forms}


def test_a_given_name_makes_one_term_with_the_family_name() -> None:
    assert [term.text for term in ask("about Jason Rezaian-Smith").terms] == ["Jason Rezaian-Smith"]
    assert [term.text for term in ask("about jason rezaian").terms] == ["Jason Rezaian"]
    assert [term.text for term in ask("Boris Iran").terms] == ["Boris", "Iran"]
    assert [term.text for term in ask("Boris the oil").terms] == ["Boris", "oil"]
    assert [term.text for term in ask("about jason oil").terms] == ["jason", "oil"]


def test_words_that_only_look_like_a_frame_of_a_country_stay() -> None:
    assert [term.text for term in ask("the country of origin").terms] == ["country", "origin"]
    assert [term.text for term in ask("Secretary NATO").terms] == ["Secretary", "NATO"]


def test_both_spellings_of_an_english_word_are_looked_for() -> None:
    (term,) = ask("colour").terms
    assert ("color",) in {form.words for form in term.forms}
    assert term.known


def test_each_surface_names_one_thing() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for naming in namings():
        for surface, *_ in naming.surfaces():
            owners.setdefault(surface, set()).add(naming.key)
    shared = {surface: keys for surface, keys in owners.items() if len(keys) > 1}
    # Where two things have one name, which is taken depends on the order of the tables.
    assert set(map(frozenset, shared.values())) <= {
        frozenset({"Congo", "CG"}),
        frozenset({"VG", "VI"}),
    }


def test_every_name_in_our_tables_is_found_as_itself() -> None:
    book = gazetteer()
    for naming in namings():
        for surface, *_ in naming.surfaces():
            assert book.get(*surface) is not None


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("лаврову", "лавров"),
        ("лавровым", "лавров"),
        ("захаровой", "захарова"),
        ("путина", "путин"),
        ("зеленского", "зеленский"),
        ("бушем", "буш"),
        ("обамы", "обама"),
        ("сергею", "сергей"),
        ("меркелем", "меркель"),
        ("марией", "мария"),
        ("трампа", "трамп"),
    ],
)
def test_cases_of_russian_names(form: str, nominative: str) -> None:
    assert nominative in nominatives(form)


def test_what_is_commonly_said_of_one_country_means_it_only_where_it_is_asked_for() -> None:
    (congo,) = ask("DRC").terms
    assert ("congo",) in {form.words for form in congo.forms}
    assert ("конго",) in {form.words for form in congo.forms}
    guarded = next(form for form in congo.forms if form.words == ("congo",))
    assert ("republic", "of", "the", "congo") in guarded.unless
    (bare,) = ask("Congo").terms
    assert bare.text == "Congo"


@pytest.mark.parametrize("typed", ["Путин", "Путина", "Путину", "Путиным", "Путине"])
def test_whatever_case_is_typed_all_are_found(typed: str) -> None:
    term = the_term(typed)
    for text in ("Путин приехал", "слова Путина", "верить Путину", "с Путиным", "о Путине"):
        assert stands_for(term, text), text
