"""Whose words: by grammatical place, over labels, scripts, cases and slips."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.search.lexicon import KnownSpeaker, lexicon_of
from corpus.search.understanding import parse
from corpus.search.understanding.directory import read_name
from tests.understanding.vocabulary import ask, lexicon

LAVROV = {"Sergey Lavrov", "С.В.Лавров"}
CARNEY = {"MR. CARNEY", "Jay Carney"}
RHODES = {"MR. RHODES", "Ben Rhodes"}
PUTIN = {"President of Russia Vladimir Putin", "В.Путин"}


def labels(question: str) -> set[str] | None:
    speaker = ask(question).speaker
    return None if speaker is None else set(speaker.labels)


@pytest.mark.parametrize(
    "question",
    [
        "What did Lavrov say about Iran?",
        "what did lavrov say about iran",
        "what did Sergey Lavrov say about Iran",
        "What did Sergei Lavrov say about Iran?",
        "What did S. Lavrov say about Iran?",
        "What did Foreign Minister Sergey Lavrov say about Iran?",
        "what did the Russian foreign minister Lavrov say about Iran",
        "Lavrov on Iran",
        "lavrov on iran",
        "Lavrov about Iran",
        "Lawrow on Iran",
        "Lavroff on Iran",
        "Lavrov: Iran",
        "Lavrov said Iran is wrong",
        "what Lavrov said about Iran",
        "did Lavrov mention Iran?",
        "has Lavrov commented on Iran",
        "Did Lavrov condemn Iran?",
        "Lavrov's remarks on Iran",
        "what is Lavrov's position on Iran?",
        "remarks by Lavrov on Iran",
        "comments from Lavrov about Iran",
        "according to Lavrov, what of Iran",
        "what about Iran according to Sergey Lavrov",
        "what was said by Lavrov about Iran",
        "what was said about Iran by Lavrov",
        "tell me what Lavrov thinks about Iran",
        "where does Lavrov stand on Iran",
        "how did Lavrov respond to Iran",
        "Iran Lavrov said",
        "speaker:Lavrov Iran",
        'speaker:"Sergey Lavrov" Iran',
        "speaker:Лавров Iran",
        "что сказал Лавров об Иране",
        "Что говорил Лавров об Иране?",
        "что сказал лавров об иране",
        "Что Лавров сказал об Иране?",
        "что об Иране сказал Лавров",
        "Что сказал об Иране Лавров?",
        "говорил ли Лавров об Иране",
        "упоминал ли Лавров Иран",
        "Лавров об Иране",
        "лавров про иран",
        "С. Лавров об Иране",
        "Сергей Лавров об Иране",
        "С.В.Лавров об Иране",
        "заявления Лаврова по Ирану",
        "мнение Лаврова об Иране",
        "по словам Лаврова, Иран",
        "согласно Лаврову, Иран",
        "что сказано Лавровым об Иране",
        "какова позиция Лаврова по Ирану",
        "Как Лавров отреагировал на Иран?",
        "xnj crfpfk kfdhjd j, bhfyt",
    ],
)
def test_lavrov_is_asked_for(question: str) -> None:
    query = ask(question)
    assert query.speaker is not None
    assert query.speaker.labels == LAVROV
    assert [term.text for term in query.terms if term.is_name] in (["Iran"], ["Иран"])


@pytest.mark.parametrize(
    "question",
    [
        "what was said about Lavrov",
        "Lavrov",
        "Lavrov Iran",
        "Iran, Lavrov, talks",
        "what was said about Lavrov's remarks on Iran",
        "who mentioned Lavrov?",
        "что говорилось о Лаврове",
        "о Лаврове",
        "упоминался ли Лавров?",
        "визит Лаврова в Иран",
        "что говорили о визите Лаврова",
    ],
)
def test_a_person_who_is_talked_about_is_a_subject(question: str) -> None:
    query = ask(question)
    assert query.speaker is None
    assert any(term.text in ("Lavrov", "Лавров") for term in query.terms)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did John Brennan say about Yemen?", {"MR. BRENNAN"}),
        ("What did Mr. John say about Yemen?", {"MR. JOHN"}),
        ("Ben Rhodes on Burma", RHODES),
        ("Benjamin Rhodes on Burma", RHODES),
        ("What did Secretary Clinton say about Libya?", {"SECRETARY CLINTON"}),
        ("What did Bruce Stanton say about oil?", {"The Acting Chair (Mr. Bruce Stanton)"}),
        ("Suzy Davies on oil", {"Suzy Davies AM"}),
        ("What did Putin say about Chechnya?", PUTIN),
        ("Владимир Путин о Чечне", PUTIN),
        ("что говорил Владимир Владимирович Путин о Чечне", PUTIN),
        ("What did Merkel say?", {"CHANCELLER MERKEL", "CHANCELLOR MERKEL"}),
        ("Davies on oil", {"Steve Davies", "Suzy Davies AM"}),
        ("What did Carney and Rhodes say about Syria?", CARNEY | RHODES),
        ("Carney, Rhodes and Lavrov on Syria", CARNEY | RHODES | LAVROV),
        (
            "What did senior administration officials say about Iran?",
            {"SENIOR ADMINISTRATION OFFICIAL"},
        ),
        ("What did Anna say about the storm?", {"Anna Weld"}),
    ],
)
def test_who_is_meant(question: str, expected: set[str]) -> None:
    assert labels(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What did America say about Iran?",
        "America on Iran",
        "What did they say about Iran?",
        "What did people say about Iran?",
        "What did the White House say about Iran?",
        "according to the minister",
        "what did the minister say about Iran",
        "sanctions on Iran",
        "attack on Benghazi",
        "views on Britain",
        "что сказало правительство об Иране",
        "война в Иране",
        "что сказано неизвестным об Иране",
        "по словам боевиков, в Иране война",
        "что сказал боевик, который говорил об Иране",
        "о заявлении, которое назвал важным Лавров",
        "что-то было в Иране",
    ],
)
def test_nobody_in_particular_is_no_filter(question: str) -> None:
    assert labels(question) is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Tom Brown say about Iran?", "Tom Brown"),
        ("what did blinken say about iran", "Blinken"),
        ("Blinken on Iran", "Blinken"),
        ("Macron on Iran", "Macron"),
        ("Steve Brennan-Smith on Iran", "Steve Brennan-Smith"),
        ("What did the French president say about Iran?", "French president"),
        ("Зеленский о Крыме", "Зеленский"),
        ("что сказал Буш про Ирак", "Буш"),
        ("что сказал буш", "Буш"),
        ("мнение Блинкена об Иране", "Блинкена"),
        ("как Блинкен относится к нефти", "Блинкен"),
        ("что газу и нефти сказал Блинкен", "Блинкен"),
        ("что Блинкен сказал", "Блинкен"),
        ("Tom Rhodas on Iran", "Tom Rhodas"),
        ("speaker:Nobody Iran", "Nobody"),
    ],
)
def test_an_unknown_speaker_is_a_filter_without_labels(question: str, name: str) -> None:
    speaker = ask(question).speaker
    assert speaker is not None
    assert speaker.labels == frozenset()
    assert speaker.name == name


def test_given_names_that_contradict_are_another_person() -> None:
    speaker = ask("What did Peter Lavrov say about Iran?").speaker
    assert speaker is not None
    assert speaker.labels == frozenset()


def test_one_of_two_speakers_may_be_unknown_and_it_is_said() -> None:
    query = ask("What did Lavrov and Blinken say about Iran?")
    assert query.speaker is not None
    assert query.speaker.labels == LAVROV
    assert query.notes == ("Blinken is no speaker on record.",)


def test_namesakes_are_said() -> None:
    query = ask("What did Davies say about oil?")
    assert query.notes == ("Davies may be any of: Suzy Davies, Steve Davies.",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what did Carny say about oil", "Carney"),
        ("what did Brenan say about oil", None),
        ("what did Jay Varney say about oil", "Carney"),
        ("что говорил Путен о Чечне", "Путин"),
    ],
)
def test_a_slip_in_a_name_is_mended_and_said(typed: str, meant: str | None) -> None:
    query = ask(typed)
    assert query.speaker is not None
    assert query.speaker.labels
    assert [repair.replacement for repair in query.repairs] == ([meant] if meant else [])


def test_a_known_name_is_never_mended_into_a_speaker() -> None:
    speaker = ask("What did Snowden say about oil?").speaker
    assert speaker is not None
    assert not speaker.labels


def test_the_holder_of_an_office() -> None:
    assert labels("What did the chancellor say about oil?") == {
        "THE CHANCELLOR",
        "CHANCELLER MERKEL",
        "CHANCELLOR MERKEL",
    }
    assert labels("what did the Russian president say about oil") == PUTIN


def test_an_office_with_several_holders_is_said_and_no_filter() -> None:
    record = lexicon_of(
        {"oil": 3},
        speakers=[
            KnownSpeaker("SECRETARY CLINTON", None, 9, False),
            KnownSpeaker("SECRETARY KERRY", None, 9, False),
        ],
    )
    query = ask("What did the secretary say about oil?", record=record)
    assert query.speaker is None
    assert query.notes == ("“secretary” may be several people; name the one you mean.",)


def test_a_spouse_of_a_president_is_not_the_president() -> None:
    record = lexicon_of({"lunch": 3}, speakers=[KnownSpeaker("PRESIDENT OBAMA", None, 9, False)])
    found = ask("What did Barack Obama say about lunch?", record=record).speaker
    other = ask("What did Michelle Obama say about lunch?", record=record).speaker
    assert found is not None
    assert found.labels == {"PRESIDENT OBAMA"}
    assert other is not None
    assert not other.labels


def test_a_slip_between_two_speakers_is_nobody() -> None:
    labels_on_record = ("MR. BROWN", "MR. BRAWN")
    speakers = [KnownSpeaker(label, None, 9, False) for label in labels_on_record]
    found = ask("What did Bruwn say?", record=lexicon_of({"oil": 3}, speakers=speakers)).speaker
    assert found is not None
    assert not found.labels


def test_an_office_of_one_label_belongs_to_the_full_name_of_another() -> None:
    speakers = [
        KnownSpeaker("Susan Rice", None, 9, False),
        KnownSpeaker("AMBASSADOR RICE", None, 9, False),
        KnownSpeaker("PRESIDENT SMITH", None, 9, False),
    ]
    record = lexicon_of({"oil": 3}, speakers=speakers)
    rice = ask("What did the ambassador say about oil?", record=record).speaker
    smith = ask("What did John Smith say about oil?", record=record).speaker
    assert rice is not None
    assert rice.labels == {"Susan Rice", "AMBASSADOR RICE"}
    assert smith is not None
    assert smith.labels == {"PRESIDENT SMITH"}


def test_the_country_of_the_publisher_makes_an_office_certain() -> None:
    speakers = [KnownSpeaker("THE PRESIDENT", None, 9, False)]
    record = lexicon_of({"oil": 3}, speakers=speakers, publishers=["The White House"])
    american = ask("What did the American president say about oil?", record=record).speaker
    french = ask("What did the French president say about oil?", record=record).speaker
    assert american is not None
    assert american.labels == {"THE PRESIDENT"}
    assert french is not None
    assert not french.labels


def test_labels_in_russian_answer_for_a_name_in_english_and_the_reverse() -> None:
    russian = lexicon_of({"газ": 3}, speakers=[KnownSpeaker("Г.Шрёдер", None, 9, False)])
    english = lexicon_of({"gas": 3}, speakers=[KnownSpeaker("MS. PSAKI", None, 9, False)])
    schroeder = ask("Schroeder on gas", record=russian).speaker
    psaki = ask("Псаки о газе", record=english).speaker
    assert schroeder is not None
    assert schroeder.labels == {"Г.Шрёдер"}
    assert psaki is not None
    assert psaki.labels == {"MS. PSAKI"}


@pytest.mark.parametrize(
    ("label", "family", "given"),
    [
        ("MR. CARNEY", "carney", ()),
        ("Sergey Lavrov", "lavrov", ("sergey",)),
        ("С.В.Лавров", "лавров", ("с", "в")),
        ("President of Russia Vladimir Putin", "putin", ("vladimir",)),
        ("Suzy Davies AM", "davies", ("suzy",)),
        ("The Acting Chair (Mr. Bruce Stanton)", "stanton", ("bruce",)),
        ("Hon. Bill Blair (Minister of Public Safety)", "blair", ("bill",)),
        ("Владимир Владимирович Путин", "путин", ("владимир",)),
        ("AMBASSSADOR RICE", "rice", ()),
        ("THE PRESIDENT", "", ()),
    ],
)
def test_labels_are_read_as_names(label: str, family: str, given: tuple[str, ...]) -> None:
    name = read_name(label)
    assert name is not None
    assert (name.family, name.given) == (family, given)


@pytest.mark.parametrize("label", ["Q", "Вопрос", "", "—", "SENIOR ADMINISTRATION OFFICIALS", "X"])
def test_labels_that_name_nobody(label: str) -> None:
    assert read_name(label) is None


@pytest.mark.parametrize(
    "question",
    [
        "When did Toyota announce the plant?",
        "How did Luther describe the visit?",
        "According to the AAA, how many stations ran out?",
        "according to enviromentalists, oil is bad",
        "According to a 2012 report, what is oil?",
        "согласно плану слияния Голденсона, как назвали газ",
        "По словам МГЭИК, где газ?",
        "К какому типу относится газ?",
        "как относится план к нефти?",
        "по словам the, газ",
        "заявления газ",
    ],
)
def test_what_is_hardly_a_speaker_is_no_filter(question: str) -> None:
    record = lexicon("environmentalists stations план")
    assert ask(question, record=record).speaker is None


def test_a_record_without_speakers_is_asked_for_what_it_tells_itself() -> None:
    record = lexicon_of({"putin": 9, "funeral": 3}, names=["putin"])
    query = ask("what did Putin say at the funeral", record=record)
    assert query.speaker is None
    assert [term.text for term in query.terms] == ["Putin", "funeral"]


def test_persons_in_small_letters() -> None:
    assert labels("spicer on the storm") == set()
    assert labels("macron about greece") == set()
    assert labels("storm on the harbour") is None


def test_among_keywords_a_speaker_is_looked_for_as_sayer_and_as_subject() -> None:
    weld, oil = ask("weld oil").terms
    assert weld.labels == {"Anna Weld"}
    assert weld.is_name
    assert weld.known
    assert oil.labels == frozenset()
    (alone,) = ask("Anna Weld").terms
    assert alone.is_name
    assert alone.labels == {"Anna Weld"}
    assert not any(term.labels for term in ask("what was said about Weld and oil").terms)


def test_a_label_is_a_known_word() -> None:
    speakers = [KnownSpeaker("Edmund Karrow", None, 9, False)]
    record = lexicon_of({"narrow": 40, "oil": 3}, speakers=speakers)
    assert ask("karrow oil", record=record).repairs == ()
    assert [r.replacement for r in ask("karow oil", record=record).repairs] in ([], ["Karrow"])
    assert [r.replacement for r in ask("karrew oil", record=record).repairs] == ["Karrow"]


def test_names_are_shown_without_shouting() -> None:
    record = lexicon("", publishers=("x",))
    shown = [
        ask(question, record=record).speaker
        for question in ("What did Secretary Clinton say?", "What did Merkel say?")
    ]
    assert [speaker.name for speaker in shown if speaker] == [
        "Secretary Clinton",
        "Chancellor Merkel",
    ]


def test_one_person_in_two_alphabets_is_no_namesake() -> None:
    record = lexicon_of(
        {"grain": 3},
        speakers=[
            KnownSpeaker("Anna Weld", "Anna Weld", 5, True),
            KnownSpeaker("A. Weld", None, 1, False),
            KnownSpeaker("Анна Вельд", "Анна Вельд", 3, True),
            KnownSpeaker("А.Вельд", "Анна Вельд", 2, False),
        ],
    )
    query = parse("what did Weld say about grain?", lexicon=record, today=date(2024, 5, 1))
    assert query.notes == ()
    assert query.speaker is not None
    assert query.speaker.labels == {"Anna Weld", "A. Weld", "Анна Вельд", "А.Вельд"}
