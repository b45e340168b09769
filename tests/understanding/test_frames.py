"""Frames fall away, whatever the phrasing; the subject stays."""

from __future__ import annotations

import pytest

from tests.understanding.vocabulary import ask, terms


@pytest.mark.parametrize(
    "question",
    [
        "What was said about Iran?",
        "what was said about iran",
        "whats been said about Iran",
        "What has been said on Iran?",
        "was anything said about Iran",
        "has anything been said regarding Iran?",
        "did anyone mention Iran?",
        "Did they say anything about Iran?",
        "who mentioned Iran",
        "who said anything about Iran?",
        "was Iran mentioned?",
        "has Iran been discussed?",
        "anything on Iran",
        "Anything about Iran?",
        "is there anything on Iran",
        "Are there any statements on Iran?",
        "any comment on Iran",
        "statements and remarks on Iran",
        "the quote about Iran",
        "statement regarding Iran",
        "Please tell me what was said about Iran.",
        "can you show me all statements about Iran",
        "I want to know what was said about Iran",
        "Summarize the discussion about Iran.",
        "what about Iran?",
        "What did the White House say about Iran?",
        "what is the administration's position on Iran",
        "Where does the government stand on Iran?",
        "any reaction to Iran",
        "What was the response to Iran?",
        "about Iran",
        "Iran",
        "IRAN",
        "iran?",
        "waht was siad abuot Iran",
        "what did officials tell reporters about Iran",
    ],
)
def test_english_frames_leave_the_subject(question: str) -> None:
    query = ask(question)
    assert [term.text for term in query.terms if term.is_name] == ["Iran"]
    assert len(query.terms) == 1
    assert query.speaker is None
    assert query.asked_in == "en"


@pytest.mark.parametrize(
    "question",
    [
        "что говорили об Иране",
        "Что было сказано об Иране?",
        "что сказано про Иран",
        "что говорилось об Иране",
        "есть ли что-нибудь об Иране?",
        "что-нибудь про Иран",
        "кто говорил об Иране",
        "упоминался ли Иран?",
        "заявления по Ирану",
        "все высказывания об Иране",
        "расскажи, что говорили об Иране",
        "найдите заявления об Иране",
        "что известно об Иране",
        "что сказали по поводу Ирана",
        "что заявил МИД об Иране",
        "иран",
        "Иран?",
    ],
)
def test_russian_frames_leave_the_subject(question: str) -> None:
    query = ask(question)
    assert [term.text for term in query.terms] == ["Иран"]
    assert query.speaker is None
    assert query.asked_in == "ru"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Iran nuclear programme", ["Iran", "nuclear", "programme"]),
        ("what did the report say about Iran", ["report", "Iran"]),
        ("Do they think the Syrian ruler ought to step down?", ["Syria", "ruler", "ought", "step"]),
        ("Iraq: what was said about the visit?", ["Iraq", "visit"]),
        ("has the summit been cleared?", ["summit", "cleared"]),
        ("чеченские боевики", ["Чечня", "боевики"]),
        ("выборы в Чечне", ["выборы", "Чечня"]),
        ("troops before the summit", ["troops", "summit"]),
    ],
)
def test_what_is_no_frame_stays(question: str, left: list[str]) -> None:
    assert terms(question) == left


@pytest.mark.parametrize(
    "question", ["What was said?", "what did they say", "any statements", "", " "]
)
def test_nothing_is_left_of_an_empty_question(question: str) -> None:
    query = ask(question)
    assert query.terms == ()
    assert query.phrases == ()


def test_function_words_stay_when_nothing_else_is_left() -> None:
    assert terms("to be or not to be") == ["to", "be", "or", "not"]


def test_the_verb_that_belongs_to_the_subject_is_a_hint() -> None:
    query = ask("Did Carney deny the attack?")
    assert [term.text for term in query.terms] == ["attack", "deny"]
    attack, deny = query.terms
    assert deny.forms[0].weight < attack.forms[0].weight
    assert query.speaker is not None


def test_a_known_speaker_who_acts_is_a_hint_and_no_filter() -> None:
    query = ask("Why did Jay Carney cancel the summit?")
    assert query.speaker is None
    assert not any(term.is_name for term in query.terms)
    assert "Carney" in [term.text for term in query.terms]


def test_a_word_within_a_name_is_no_word_of_a_frame() -> None:
    query = ask("What did the Islamic State attack in 2014?")
    assert query.speaker is None
    assert [term.text for term in query.terms][:2] == ["Islamic State", "attack"]
    assert terms("What did the State Department say about oil?") == ["oil"]
    assert terms("according to the State Department, is Iran safe?") == ["Iran", "safe"]
