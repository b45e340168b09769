"""Moderators' names as part of a question, and those that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corpus.errors import UnusableAlias
from corpus.search.analysis import stem
from corpus.search.lexicon import Lexicon
from corpus.search.understanding import accepted
from corpus.search.understanding.aliases import cases_of
from corpus.search.understanding.gazetteer import built_in, gazetteer
from corpus.types import Alias, Aliases, AliasGroup, FormKind, Query
from tests.understanding.test_names import stands_for
from tests.understanding.test_properties import questions
from tests.understanding.vocabulary import ask, described, lexicon, small_record

WHEN = datetime(2026, 11, 24, tzinfo=UTC)
NAMES = {
    "Anna Weld": ("Iron Lady", "Железная леди"),
    "Sergey Lavrov": ("Velvet Hammer", "Бархатный молот"),
    "Jay Carney": ("Voice of Oslo", "Человек с трибуны"),
    "Iran": ("Persepolis Land", "Страна роз"),
    "Yuri Orlov": ("Юрий Грек",),
    "drones": ("UAV", "БПЛА"),
    "treaty on arms": ("SALT",),
    "Ruritania": ("Zenda",),
}


def with_names(names: Mapping[str, tuple[str, ...]], extra: str = "") -> Lexicon:
    groups = tuple(
        AliasGroup(name, tuple(Alias(alias, None, WHEN) for alias in aliases))
        for name, aliases in names.items()
    )
    return lexicon(extra, aliases=Aliases(1, groups))


NAMED = with_names(NAMES, "iron lady velvet hammer drones arms treaty salt ruritania")


def named(question: str) -> Query:
    return ask(question, record=NAMED)


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("what was said about the Iron Lady?", "Anna Weld"),
        ("what did the Iron Lady say about Niger?", "Niger · by Anna Weld"),
        ("what did iron lady say about niger", "Niger · by Anna Weld"),
        ("the Iron Lady's remarks on Iran", "Iran · by Anna Weld"),
        ("Iron Lady on Iran", "Iran · by Anna Weld"),
        ("what did the Voice of Oslo say about Syria", "Syria · by Jay Carney"),
        ("according to the Iron Lady, sanctions", "sanctions · by Anna Weld"),
        (
            "what did the Iron Lady and the Velvet Hammer say about Syria",
            "Syria · by Anna Weld, Sergey Lavrov",
        ),
        ('speaker:"the Iron Lady" sanctions', "sanctions · by Anna Weld"),
        ("что сказала Железная леди о санкциях?", "санкциях · by Anna Weld"),
        ("по словам Железной леди, санкции", "санкции · by Anna Weld"),
        ("что сказал Бархатный молот об Иране?", "Иран · by Sergey Lavrov"),
        ("по словам Бархатного молота, санкции", "санкции · by Sergey Lavrov"),
        ("что говорилось о Бархатном молоте", "Sergey Lavrov"),
        ("что сказал Человек с трибуны о Сирии?", "Сирия · by Jay Carney"),
        ("что о Сирии сказал Человек с трибуны?", "Сирия · by Jay Carney"),
        ("по словам Человека с трибуны, Сирия", "Сирия · by Jay Carney"),
        ("заявления Человека с трибуны о Сирии", "Сирия · by Jay Carney"),
        ("что говорили о Юрии Греке", "Yuri Orlov"),
        ("sanctions against Persepolis Land", "sanctions · Iran"),
        ("о Стране роз", "Иран"),
        ("UAV attack", "drones · attack"),
        ("uav attack", "drones · attack"),
        ("о БПЛА", "drones"),
        ("what was said about SALT?", "treaty on arms"),
        ("what was said about salt?", "salt"),
        ("Zendа", "Ruritania · Zendа read as Zenda"),
        ("what was said about Zneda", "Ruritania · Zneda read as Zenda"),
    ],
)
def test_an_alias_is_read_as_its_name(question: str, read_as: str) -> None:
    assert described(named(question)) == read_as


def test_a_name_without_its_own_speaker_is_nobody_on_record() -> None:
    query = named("what did Zenda say about Niger?")
    other = ask("what did Ruritania say about Niger?", record=with_names({}, "ruritania"))
    assert described(query) == described(other)


def test_why_an_aliased_speaker_did_something_is_asked_of_them() -> None:
    assert described(named("why did the Iron Lady cancel the talks")) == "cancel · talks · Weld"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Iron Lady", "Minister Weld left the hall"),
        ("Iron Lady", "they call her the Iron Lady"),
        ("Anna Weld", "they call her the Iron Lady"),
        ("Anna Weld", "никто не спорил с Железной леди"),
        ("Persepolis Land", "the Iranian programme"),
        ("Iran", "the ambassador of Persepolis Land"),
        ("Иран", "к Стране роз"),
        ("drones", "UAVs and a UAV"),
        ("UAV", "the drones came back"),
        ("UAV", "a drone"),
    ],
)
def test_all_names_of_a_group_are_looked_for(question: str, text: str) -> None:
    (term,) = named(question).terms
    assert stands_for(term, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("SALT", "a pinch of salt"),
        ("Iron Lady", "iron and steel"),
        ("Iron Lady", "a lady of iron"),
        ("Persepolis Land", "Iraq"),
    ],
)
def test_other_things_are_not(question: str, text: str) -> None:
    assert not any(stands_for(term, text) for term in named(question).terms)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Железная леди", ["железной леди", "железную леди"]),
        ("Сергей Орлов", ["сергея орлова", "сергею орлову", "сергеем орловым"]),
        ("Юрий Грек", ["юрия грека", "юрию греку"]),
        ("Ледяной дом", ["ледяного дома", "ледяным домом"]),
        ("Нижний Порт", ["нижнего порта", "нижнему порту"]),
        ("Лев Толстой", ["лева толстого", "лев толстым"]),
        ("Зеленский", ["зеленского", "зеленскому", "зеленским"]),
        ("НПЗ", ["нпз"]),
        ("the Iron Lady", ["iron lady"]),
    ],
)
def test_cases_of_a_name(name: str, forms: list[str]) -> None:
    assert {tuple(form.split()) for form in forms} <= cases_of(name)


def test_acronyms_do_not_decline() -> None:
    assert cases_of("БПЛА") == {("бпла",)}
    assert len(cases_of("один два три четыре пять шесть семь")) < 1_000


@pytest.mark.parametrize(
    ("name", "alias", "why"),
    [
        ("Iraq", "Iran", "names Iran already"),
        ("Iraq", "Iranian", "names Iran already"),
        ("Iraq", "иранского", "names Iran already"),
        ("Niger", "Nigeria", "names Nigeria already"),
        ("Iran", "Tehran", "names Tehran already"),
        ("Iran", "Иран", "means “Iran” already"),
        ("Iran", "the Islamic Republic", "means “Iran” already"),
        ("Anna Weld", "Carney", "how the record names Jay Carney"),
        ("Anna Weld", "Sergei Lavrov", "how the record names"),
        ("Olaf Brandt", "the Iron Lady", "stands for “Anna Weld” already"),
        ("Olaf Brandt", "Железной леди", 'remove "Железная леди"'),
        ("Olaf Brandt", "Anna Weld", "has aliases of its own"),
        ("Olaf Brandt", "Ruritania", "has aliases of its own"),
        ("Anna Weld", "Anna Weld", "is the name itself"),
        ("Anna Weld", "the", "every question may have"),
        ("Anna Weld", "what they said", "every question may have"),
        ("Anna Weld", "the President", "every question may have"),
        ("Anna Weld", "сказал", "every question may have"),
        ("Anna Weld", "May", "every question may have"),
        ("Anna Weld", "A Team", "every question may have"),
        ("Anna Weld", "officials", "every question may have"),
        ("Anna Weld", "talks", "everyday word"),
        ("Anna Weld", "война", "everyday word"),
        ("Anna Weld", "aw", "too short"),
        ("Anna Weld", "X", "too short"),
        ("Anna Weld", "2014", "no letters"),
        ("Anna Weld", "…", "no letters"),
        ("Anna Weld", "", "no letters"),
        ("Anna Weld", "she who must be obeyed by everybody", "too long"),
        ("Anna Weld", "Z" * 101, "too long"),
        ("about", "Zorba", "every question may have"),
        ("", "Zorba", "no letters"),
    ],
)
def test_names_that_would_change_other_questions_are_refused(
    name: str, alias: str, why: str
) -> None:
    with pytest.raises(UnusableAlias, match=why):
        accepted(name, alias, NAMED)


@pytest.mark.parametrize(
    ("name", "alias", "on_record"),
    [
        ("Anna Weld", " «Зимняя  королева» ", ("Anna Weld", "Зимняя королева")),
        ("Anna Weld", "the Ice Queen", ("Anna Weld", "Ice Queen")),
        ("the Iron Lady", "Ice Queen", ("Anna Weld", "Ice Queen")),
        ("Железной леди", "Ice Queen", ("Anna Weld", "Ice Queen")),
        ("Иранский", "Cyrus Land", ("Iran", "Cyrus Land")),
        ("Anna Weld", "Iron Lady", ("Anna Weld", "Iron Lady")),
        ("Anna Weld", "Madam Weld", ("Anna Weld", "Madam Weld")),
        ("Anna Weld", "AW", ("Anna Weld", "AW")),
        ("arms treaty", "START", ("arms treaty", "START")),
        ("UAV", "RPV", ("drones", "RPV")),
        ("Iran", "Iran deal country", ("Iran", "Iran deal country")),
        ("Anna Weld", "Железной леди", ("Anna Weld", "Железная леди")),
    ],
)
def test_what_may_be_given_goes_on_record_tidily(
    name: str, alias: str, on_record: tuple[str, str]
) -> None:
    assert accepted(name, alias, NAMED) == on_record


# --- what holds of any name -----------------------------------------------------------------------

pieces = st.text("abcdefgmnorstuzабвгдежзийклмнопрстуя", min_size=2, max_size=9)
coined = st.lists(pieces.map(str.capitalize), min_size=1, max_size=3).map(" ".join)


def looked_for(query: Query) -> set[tuple[bool, tuple[str, ...]]]:
    """Each form as the search matches it: as written, or by stem."""
    found = set()
    for form in (form for term in query.terms for form in term.forms):
        exact = form.as_written or form.kind is FormKind.EXACT
        found.add((exact, form.words if exact else tuple(map(stem, form.words))))
    return found


@given(st.sampled_from(["Iran", "Anna Weld", "Niger", "sanctions", "Ben Rhodes", "Utopia"]), coined)
@settings(deadline=None, max_examples=150)
def test_an_alias_finds_whatever_its_name_finds(name: str, alias: str) -> None:
    try:
        name, alias = accepted(name, alias, small_record())
    except UnusableAlias:
        assume(False)
    record = with_names({name: (alias,)})
    before = ask(f"what was said about {name}")
    by_name = ask(f"what was said about {name}", record=record)
    by_alias = ask(f"what was said about {alias}", record=record)
    assert looked_for(before) <= looked_for(by_name) <= looked_for(by_alias)
    said = [ask(f"what did {one} say about oil", record=record).speaker for one in (name, alias)]
    assert said[0] == said[1]


@given(questions)
@example("Iran irna Lavrov")
@settings(deadline=None, max_examples=200)
def test_other_questions_are_read_as_before(question: str) -> None:
    record = with_names({"Utopia": ("Zorbagrad", "Бархатный молот"), "Jay Carney": ("Old Quill",)})
    assert ask(question, record=record) == ask(question)


@given(questions, questions)
@settings(deadline=None, max_examples=150)
def test_any_text_is_accepted_or_refused(name: str, alias: str) -> None:
    try:
        name, alias = accepted(name, alias, NAMED)
    except UnusableAlias:
        return
    assert name
    assert ask(alias, record=with_names({name: (alias,)})).question == alias


def test_names_hold_for_one_question_alone() -> None:
    assert described(named("the Iron Lady")) == "Anna Weld"
    assert gazetteer() is built_in()
    assert described(ask("Zenda")) == "Zenda"
