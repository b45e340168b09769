from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.asking import view_answer, view_passage
from bot.checking import view_check
from bot.message import Span, Style
from bot.terminal.render import BAR, Screen, console, safe
from bot.terminal.views import show_answer, show_check, show_passage
from bot.words import words
from corpus.types import AlsoSaid, QuoteCheck, Verdict
from tests.cli.views import answer, passage


def plain_screen() -> tuple[Screen, io.StringIO]:
    shown = io.StringIO()
    return Screen(console(shown), words("en")), shown


def terminal_screen(width: int = 60) -> tuple[Screen, io.StringIO]:
    shown = io.StringIO()
    at = Console(file=shown, force_terminal=True, width=width, color_system="standard", _environ={})
    return Screen(at, words("en")), shown


def test_without_a_terminal_nothing_is_wrapped_or_coloured() -> None:
    screen, shown = plain_screen()
    text = "word " * 100 + "\nand a second line"
    show_passage(screen, view_passage(passage(text=text)))
    lines = shown.getvalue().splitlines()
    assert f"{BAR} {'word ' * 100}" in lines
    assert f"{BAR} and a second line" in lines
    assert "\x1b" not in shown.getvalue()


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_a_quotation_is_verbatim_but_for_what_steers_a_terminal(text: str) -> None:
    screen, shown = plain_screen()
    screen.quotation((Span(text),))
    lines = shown.getvalue().removesuffix("\n").split("\n")
    assert "\n".join(line.removeprefix(f"{BAR} ") for line in lines) == safe(text)


def test_at_a_terminal_each_line_of_a_quotation_has_its_bar() -> None:
    screen, shown = terminal_screen(width=40)
    screen.quotation((Span("word " * 30),))
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.getvalue()).splitlines()
    assert len(lines) > 3
    assert all(line.startswith(BAR) and len(line) <= 40 for line in lines)


def test_links_lead_to_the_paragraph() -> None:
    screen, shown = terminal_screen(width=200)
    show_passage(screen, view_passage(passage()))
    assert "https://mfa.example/oslo#:~:text=" in shown.getvalue()
    assert "\x1b]8;" in shown.getvalue()


def test_differences_are_coloured_or_marked() -> None:
    line = (Span("and", Style.STRUCK), Span(" "), Span("but", Style.ADDED))
    screen, shown = plain_screen()
    screen.line(line)
    assert shown.getvalue() == "[-and-] {+but+}\n"
    screen, shown = terminal_screen()
    screen.line(line)
    assert "[-" not in re.sub(r"\x1b\[[0-9;]*m", "", shown.getvalue())
    assert "\x1b[9;31mand" in shown.getvalue()


def test_a_source_can_t_steer_the_terminal() -> None:
    screen, shown = terminal_screen()
    show_passage(screen, view_passage(passage(text="a\x1b[2Jb\x9b1mc\u202ed", title="\x07bell")))
    assert "\x1b[2J" not in shown.getvalue()
    assert not {"\x9b", "\x07", "\u202e"} & set(shown.getvalue())


def test_an_answer_without_an_address_shows_none() -> None:
    screen, shown = plain_screen()
    show_passage(screen, view_passage(passage(source_url=None, replies_to=None, current=False)))
    assert "http" not in shown.getvalue()
    assert "no longer on record" in shown.getvalue()


def test_all_answers_are_shown_with_what_comes_next() -> None:
    screen, shown = plain_screen()
    show_answer(screen, view_answer(answer(passage(), passage(id=8), total=4)), then=(Span("go"),))
    assert "1 of 4 · go" in shown.getvalue()
    assert "2 of 4 · go" in shown.getvalue()
    screen, shown = plain_screen()
    show_answer(screen, view_answer(answer(passage())))
    assert "1 of 1" not in shown.getvalue()


def test_where_else_it_was_said_is_shown() -> None:
    screen, shown = plain_screen()
    other = AlsoSaid(8, 13, passage().document.said_on)
    show_passage(screen, view_passage(passage(said_on=None), also_said=(other,)))
    assert "Also said on 12 March 2024" in shown.getvalue()


def test_a_stitched_quotation_shows_every_place() -> None:
    screen, shown = plain_screen()
    second = passage(id=8, text="Another place.")
    found = QuoteCheck("q", Verdict.ALTERED, passage(), stitched=(passage(), second))
    show_check(screen, view_check(found))
    assert f"{BAR} Another place." in shown.getvalue()
    assert f"{BAR} {passage().text}" in shown.getvalue()
