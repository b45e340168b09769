from __future__ import annotations

import io
import sys

import pytest

from bot.terminal import streams


def test_what_a_stream_can_t_show_becomes_a_question_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, "ascii"))
    streams.prepare_streams()
    print("Иран, 2021")
    sys.stdout.flush()
    assert shown.getvalue() == b"????, 2021\n"


def test_json_is_utf_8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, "ascii"))
    streams.print_json({"question": "Иран"})
    assert shown.getvalue().decode() == '{"question": "Иран"}\n'


def test_a_stream_of_another_kind_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    streams.prepare_streams()


def test_a_mark_at_the_beginning_is_no_part_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO("\ufeffIran\n\n Niger ".encode()))
    monkeypatch.setattr(sys, "stdin", given)
    assert list(streams.input_lines()) == ["Iran", "Niger"]


def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    streams.complain("first\n  second")
    assert capsys.readouterr().err == "ontherecord: first second\n"
