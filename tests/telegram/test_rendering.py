from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking import AnswerView, Interpretation, SilenceView
from bot.message import Span, strong
from bot.telegram import rendering
from bot.telegram.markup import MESSAGE_LIMIT, units
from bot.telegram.splitting import carried
from bot.words import words
from corpus.types import AlsoSaid, Coverage, Repair, SilenceReason, Suggestion
from tests.telegram.build import passage_view, quoted, visible

EN, RU = words("en"), words("ru")

long_text = st.builds(
    lambda unit, times, tail: unit * times + tail,
    st.text(min_size=1, max_size=40),
    st.integers(1, 900),
    st.text(max_size=20),
)


@given(text=st.one_of(st.text(min_size=1), long_text), russian=st.booleans())
def test_any_paragraph_arrives_verbatim_in_messages_that_telegram_takes(
    text: str, russian: bool
) -> None:
    rendered = rendering.passage(RU if russian else EN, passage_view(text))

    messages = [rendered.head, *rendered.tails]
    assert quoted(messages) == text
    for message in messages:
        assert units(visible(message)) <= MESSAGE_LIMIT
        # Telegram trims a message's edges: the quotation must not be there.
        assert not message.startswith("<blockquote")
        assert not message.endswith("</blockquote>")
        assert visible(message).strip() == visible(message)
    assert (rendered.exact is not None) == (carried(text) != text)
    if rendered.exact:
        assert rendered.exact.text == text


@given(
    title=st.text(max_size=9000),
    name=st.text(min_size=1, max_size=9000),
    asked=st.text(max_size=9000),
    text=st.text(min_size=1, max_size=50),
)
def test_no_title_name_or_question_pushes_the_words_out(
    title: str, name: str, asked: str, text: str
) -> None:
    view = passage_view(text, title=title, who=name, asked=asked, label=name, publisher=name)

    rendered = rendering.passage(EN, view, above=[(strong(name),), (Span(title),)])

    assert quoted([rendered.head, *rendered.tails]) == text
    assert all(units(visible(one)) <= MESSAGE_LIMIT for one in (rendered.head, *rendered.tails))


def test_an_answer_says_who_when_in_reply_to_what_and_where() -> None:
    rendered = rendering.passage(EN, passage_view("We shall attend."))

    assert rendered.head == (
        "🗣 <b>Anna Weld</b> · 12 March 2024\n"
        '<i>Asked: "Will you attend?"</i>\n'
        "<blockquote>We shall attend.</blockquote>\n"
        '<a href="https://mfa.example/press/1#:~:text=We%20shall">'
        "Press point after the Oslo talks · Ministry of Foreign Affairs</a>"
    )
    assert rendered.tails == ()


def test_a_long_paragraph_is_folded_and_numbered() -> None:
    text = "All of this was said at once. " * 400
    rendered = rendering.passage(EN, passage_view(text))

    assert "<blockquote expandable>" in rendered.head
    assert "Part 1 of 4" in rendered.head
    assert [visible(tail).splitlines()[-1] for tail in rendered.tails] == [
        "Part 2 of 4",
        "Part 3 of 4",
        "Part 4 of 4",
    ]
    assert all(visible(tail).startswith("🗣 Anna Weld · 12 March 2024") for tail in rendered.tails)


def test_unknown_speaker_and_date_are_said_to_be_unknown() -> None:
    rendered = rendering.passage(EN, passage_view("Words.", who=None, said_on=None, asked=None))

    assert visible(rendered.head).startswith("🗣 Speaker unknown · date unknown\nWords.")


def test_withdrawn_words_are_said_to_be_off_the_record() -> None:
    rendered = rendering.passage(EN, passage_view("Words.", current=False))

    assert "no longer on record" in rendered.head


def test_other_occasions_are_named() -> None:
    also = (AlsoSaid(passage_id=9, document_id=8, said_on=date(2023, 1, 2)),)

    rendered = rendering.passage(EN, passage_view("Words.", also_said=also))

    assert visible(rendered.head).endswith("Also said on 2 January 2023")


@pytest.mark.parametrize("link", ["ftp://files.example/a", "https://x.example/" + "a" * 3000, None])
def test_an_address_that_telegram_does_not_take_is_not_linked(link: str | None) -> None:
    rendered = rendering.passage(EN, passage_view("Words.", link=link, source_url=link))

    assert "<a " not in rendered.head


def test_the_beginning_of_a_short_paragraph_is_all_of_it() -> None:
    message = rendering.beginning(EN, passage_view("Short."), "https://t.me/b?start=p7")

    assert quoted([message]) == "Short."
    assert "t.me" not in message


@given(long_text)
def test_the_beginning_of_a_paragraph_fits_one_message_and_leads_to_the_rest(text: str) -> None:
    message = rendering.beginning(EN, passage_view(text), "https://t.me/b?start=p7")

    assert units(message) <= MESSAGE_LIMIT
    shown = quoted([message])
    if shown == text and carried(text) == text:
        assert "t.me" not in message
    else:
        assert text.startswith(shown.removesuffix("…"))
        assert '<a href="https://t.me/b?start=p7">The whole paragraph</a>' in message


@given(part=st.text(st.sampled_from("&<x😀"), max_size=900), text=long_text)
def test_the_beginning_fits_whatever_surrounds_it(part: str, text: str) -> None:
    link = "https://mfa.example/" + "a" * 1900
    view = passage_view(text, title=part, who=part or "A", asked=part, publisher=part, link=link)

    message = rendering.beginning(EN, view, "https://t.me/b?start=p7")

    assert units(message) <= MESSAGE_LIMIT
    assert text.startswith(quoted([message]).removesuffix("…"))


def test_of_what_surrounds_the_beginning_too_widely_only_the_link_stays() -> None:
    view = passage_view("x" * 5000, title="&" * 300, asked="&" * 700, who="&" * 200)

    message = rendering.beginning(EN, view, "https://t.me/b?start=p7")

    assert units(message) <= MESSAGE_LIMIT
    assert "Asked" not in message
    assert message.endswith('<a href="https://t.me/b?start=p7">The whole paragraph</a>')


def test_what_was_understood_stands_above() -> None:
    view = AnswerView(
        question="irna",
        interpretation=Interpretation(terms=("Iran",), repairs=(Repair("irna", "Iran"),)),
        passages=(passage_view("Iran."),),
        total=1,
    )

    assert visible(rendering.answer(EN, view).head).startswith('"irna" read as "Iran"\n🗣')


def test_silence_says_why_and_what_is_near() -> None:
    silence = SilenceView(
        reason=SilenceReason.UNKNOWN_TERMS,
        missing=("Atlantis",),
        known=(),
        coverage=Coverage(412, 9000, date(2020, 1, 2), date(2026, 11, 20)),
        near=(Suggestion("Atlantic", 31, "Atlantic"),),
        loosened=(),
    )
    view = AnswerView("Atlantis", Interpretation(terms=("Atlantis",)), silence=silence)

    assert rendering.answer(EN, view).head == (
        "Nothing on record about <b>Atlantis</b>.\n"
        "I looked in 412 statements, 2 January 2020 to 20 November 2026.\n"
        "Near it: <b>Atlantic</b> (31)."
    )
    long = replace(view, silence=replace(silence, missing=("x" * 9000,)))
    assert units(visible(rendering.answer(RU, long).head)) <= MESSAGE_LIMIT


def test_lines_that_do_not_fit_are_dropped_from_the_end() -> None:
    message = rendering.lines([(Span("x" * 1400),)] * 9)

    assert units(message) <= MESSAGE_LIMIT
    assert message.startswith("x")


def test_the_title_of_an_inline_result_is_who_and_when() -> None:
    assert rendering.speaker_and_day(EN, passage_view("…")) == "Anna Weld · 12 March 2024"
