"""Moderators' names at the command line and in the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import aliases
from bot.aliases import Asked
from tests.cli.conftest import Run
from tests.cli.test_chat import talk


def test_names_are_added_listed_and_removed(run: Run, on_record: Path) -> None:
    added = run("alias", "add", "Anna Weld", "the Iron Lady", "Железная леди")
    assert added.code == 0
    assert "the Iron Lady now means Anna Weld" in added.out
    assert "ontherecord alias remove 'the Iron Lady'" in added.out
    listed = run("alias", "list")
    assert listed.out.startswith("Anna Weld = Iron Lady (")
    assert "Железная леди" in listed.out
    (group,) = run("alias", "list", "--json").json
    assert group["name"] == "Anna Weld"
    assert [alias["alias"] for alias in group["aliases"]] == ["Iron Lady", "Железная леди"]
    assert set(group["aliases"][0]) == {"alias", "by", "at"}
    removed = run("alias", "remove", "iron lady")
    assert removed.code == 0
    assert "Iron Lady no longer means Anna Weld" in removed.out
    assert "ontherecord alias add 'Anna Weld' 'Iron Lady'" in removed.out
    assert "Iron Lady" not in run("alias", "list").out


def test_a_question_by_an_alias_is_answered(run: Run, on_record: Path) -> None:
    question = "what did the Iron Lady say about Iran?"
    assert run("ask", question).code == 1
    run("alias", "add", "Anna Weld", "Iron Lady")
    (by_alias,) = run("ask", question, "--json").json
    (by_name,) = run("ask", "what did Anna Weld say about Iran?", "--json").json
    assert by_alias["answers"] == by_name["answers"] != []
    assert by_alias["interpretation"]["speaker"] == "Anna Weld"


def test_the_log_tells_what_was_done(run: Run, on_record: Path) -> None:
    run("alias", "add", "Anna Weld", "Iron Lady")
    run("alias", "remove", "Iron Lady")
    removed, added = run("log", "--limit", "2").out.splitlines()
    assert "alias removed · Anna Weld = Iron Lady · by " in removed
    assert "alias added · Anna Weld = Iron Lady · by " in added
    newest, _, statement = run("log", "--limit", "3", "--json").json
    assert newest["kind"] == "alias-removed"
    assert (newest["name"], newest["alias"]) == ("Anna Weld", "Iron Lady")
    assert newest["document_id"] is None
    assert statement["kind"] == "publication"
    assert set(statement) == set(newest)


def test_one_that_is_refused_does_not_keep_the_others_out(run: Run, on_record: Path) -> None:
    ran = run("alias", "add", "Anna Weld", "talks", "Iron Lady", "Iran")
    assert ran.code == 2
    assert ran.err.count("ontherecord: ") == ran.err.count("\n") == 2
    assert "“talks” is an everyday word" in ran.err
    assert "“Iran” names Iran already" in ran.err
    (group,) = run("alias", "list", "--json").json
    assert [alias["alias"] for alias in group["aliases"]] == ["Iron Lady"]


def test_what_is_not_there_is_not_removed(run: Run) -> None:
    ran = run("alias", "remove", "Iron Lady")
    assert ran.code == 2
    assert "alias list" in ran.err
    assert run("alias", "list").out == "Nobody has added an alias yet.\n"
    assert run("alias", "list", "--json").out == ""


@pytest.mark.parametrize("arguments", [(), ("add",), ("add", "Iran"), ("remove",), ("drop", "x")])
def test_what_is_missing_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("alias", *arguments)
    assert ran.code == 2
    assert "--help" in ran.err


def test_the_chat_adds_lists_and_removes(run: Run, on_record: Path) -> None:
    none, added, two, asked, listed, removed, log = talk(
        run,
        "/alias",
        "/alias Anna Weld = the Iron Lady",
        '/alias add "Iran" "Land of Roses" "Страна роз"',
        "what did the Iron Lady say about the Land of Roses?",
        "/alias list",
        "/alias remove the Iron Lady",
        "/log",
    )
    assert none.strip() == "Nobody has added an alias yet."
    assert added.splitlines() == [
        "the Iron Lady now means Anna Weld in every question.",
        "Undo: /alias remove the Iron Lady",
    ]
    assert "Land of Roses now means Iran" in two
    assert "Страна роз now means Iran" in two
    assert asked.splitlines()[0] == "searching: Iran · Anna Weld"
    assert [line.split(" = ")[0] for line in listed.splitlines()] == ["Anna Weld", "Iran"]
    assert removed.splitlines() == [
        "Iron Lady no longer means Anna Weld.",
        "Undo: /alias Anna Weld = Iron Lady",
    ]
    assert "alias removed · Anna Weld = Iron Lady" in log.splitlines()[0]


def test_what_the_chat_can_t_make_out_it_answers_with_an_example(run: Run) -> None:
    for line in ("/alias Anna Weld", "/alias Anna Weld =", "/alias add 'Iran", "/alias remove"):
        (said,) = talk(run, line)
        assert "/alias needs NAME = ALIAS: /alias Anna Weld = the Iron Lady" in said


def test_the_chat_goes_on_after_a_refusal(run: Run, on_record: Path) -> None:
    ran = run("chat", stdin="/alias Iraq = Iran\n/alias list")
    assert ran.code == 0
    assert "“Iran” names Iran already" in ran.err
    assert "Nobody has added an alias yet." in ran.out


def test_it_speaks_russian(run: Run, on_record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    added, listed, log = talk(run, "/alias Анна Вельд = Железная леди", "/alias", "/log")
    assert "Железная леди теперь значит в вопросах то же, что Анна Вельд." in added
    assert listed.startswith("Анна Вельд = Железная леди (")
    assert "имя добавлено · Анна Вельд = Железная леди" in log


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("", Asked("list")),
        ("list", Asked("list")),
        ("Iran = Persepolis; Персеполь", Asked("add", ("Iran", "Persepolis", "Персеполь"))),
        ("add Iran = Persepolis", Asked("add", ("Iran", "Persepolis"))),
        ("List of Fools = Fools' Roll", Asked("add", ("List of Fools", "Fools' Roll"))),
        ("add «Iran» “Land of Roses”", Asked("add", ("Iran", "Land of Roses"))),
        ("remove Land of Roses", Asked("remove", ("Land of Roses",))),
        ("Iran", None),
        ("add Iran", None),
        ("= Persepolis", None),
        ("Iran = ; x", None),
        ('add "Iran', None),
    ],
)
def test_what_stands_behind_the_command(line: str, asked: Asked | None) -> None:
    assert aliases.read(line) == asked
