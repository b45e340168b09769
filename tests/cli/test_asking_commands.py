from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ANSWER = {
    "passage_id",
    "text",
    "replies_to",
    "speaker",
    "said_on",
    "published_at",
    "title",
    "publisher",
    "source_url",
    "link",
    "paragraph",
    "document_id",
    "language",
    "score",
}

pytestmark = pytest.mark.usefixtures("on_record")

QUESTION = "what was said about Iran?"


def test_an_answer_shows_who_when_the_words_and_the_source(run: Run) -> None:
    ran = run("ask", QUESTION, "--limit", "1")
    assert ran.code == 0
    assert ran.err == ""
    first, *rest = ran.out.splitlines()
    assert " · " in first
    assert any(line.startswith("▎ ") and "Iran" in line for line in rest)
    assert any(line.startswith("https://mfa.valdoria.example/") for line in rest)
    assert "\x1b" not in ran.out


def test_json_has_the_agreed_keys(run: Run) -> None:
    ran = run("ask", QUESTION, "--json", "--limit", "3")
    assert ran.code == 0
    (answer,) = ran.json
    assert answer["question"] == QUESTION
    assert {"terms", "phrases", "excluded", "speaker", "from", "to", "repairs"} <= set(
        answer["interpretation"]
    )
    assert 1 <= len(answer["answers"]) <= 3
    for each in answer["answers"]:
        assert set(each) >= ANSWER
        assert each["link"].startswith(f"{each['source_url']}#:~:text=")
        assert each["score"] > 0
    assert answer["silence"] is None


def test_silence_is_exit_code_one_and_says_what_was_looked_through(run: Run) -> None:
    ran = run("ask", "Wakanda")
    assert ran.code == 1
    assert ran.err == ""
    assert "Nothing on record about" in ran.out
    assert "I looked in 22 statements, 10 June 2021 to 12 March 2026." in ran.out


def test_silence_names_what_is_near(run: Run) -> None:
    ran = run("ask", "did anyone mention Atlantis?")
    assert ran.code == 1
    assert ran.out.startswith("Nothing on record about Atlantis.")
    assert "Near it: Atlantic" in ran.out


def test_silence_in_json(run: Run) -> None:
    ran = run("ask", "Wakanda", "--json")
    assert ran.code == 1
    (answer,) = ran.json
    assert answer["answers"] == []
    assert answer["silence"]["reason"] == "unknown-terms"
    assert all(isinstance(one, str) for one in answer["silence"]["suggestions"])


def test_questions_are_read_one_a_line(run: Run) -> None:
    ran = run("ask", "-", "--json", stdin="Iran\n\n  Wakanda \r\nNiger")
    assert ran.code == 0
    assert [answer["question"] for answer in ran.json] == ["Iran", "Wakanda", "Niger"]
    assert [bool(answer["answers"]) for answer in ran.json] == [True, False, True]


def test_answers_to_several_questions_are_set_apart(run: Run) -> None:
    ran = run("ask", "-", "--limit", "1", stdin="Iran\nWakanda\n")
    assert ran.code == 0
    assert "\n\nNothing on record" in ran.out


def test_a_question_is_answered_in_the_reader_s_language(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    ran = run("ask", "Wakanda")
    assert "Просмотрено: 22 заявления" in ran.out


def test_a_quotation_is_verbatim_altered_or_unknown(run: Run) -> None:
    text = run("ask", QUESTION, "--json", "--limit", "1").json[0]["answers"][0]["text"]
    verbatim = run("check", text)
    assert verbatim.code == 0
    assert verbatim.out.startswith("Verbatim.")
    words = text.split()
    altered = " ".join(["nowhere" if number == 9 else word for number, word in enumerate(words)])
    changed = run("check", altered)
    assert changed.code == 1
    assert changed.out.startswith("Altered.")
    assert f"[-{words[9]}-] {{+nowhere+}}" in changed.out
    unknown = run("check", "the moon is made of green cheese and so is everything else")
    assert unknown.code == 1
    assert unknown.out.startswith("Unknown.")


def test_checks_in_json(run: Run) -> None:
    text = run("ask", QUESTION, "--json", "--limit", "1").json[0]["answers"][0]["text"]
    altered = text.replace("Iran", "Oman")
    ran = run("check", "-", "--json", stdin=f"{text}\n{altered}\nnothing of the kind was said\n")
    assert ran.code == 0
    first, second, third = ran.json
    assert first["verdict"] == "verbatim"
    assert set(first["passage"]) >= ANSWER
    assert first["passage"]["text"] == text
    assert second["verdict"] == "altered"
    assert {edit["op"] for edit in second["difference"]} <= {
        "equal",
        "delete",
        "insert",
        "replace",
    }
    assert "".join(edit["quotation"] for edit in second["difference"]) == altered
    assert third == third | {"verdict": "unknown", "passage": None, "difference": []}


def test_several_checks_are_set_apart(run: Run) -> None:
    ran = run("check", "-", stdin="one of a kind\ntwo of a kind\n")
    assert ran.out.count("Unknown.") == 2
    assert "\n\nUnknown." in ran.out


@pytest.mark.parametrize("command", ["ask", "check"])
def test_input_that_is_no_text_is_told_by_its_line(run: Run, command: str) -> None:
    ran = run(command, "-", stdin=b"Iran\n\xff\xfe\n")
    assert ran.code == 2
    assert ran.err == "ontherecord: line 2 of the input is not UTF-8 text\n"


@pytest.mark.parametrize("command", ["ask", "check"])
def test_an_argument_that_is_no_text_is_told(run: Run, command: str) -> None:
    ran = run(command, "Ir\udcffan")
    assert ran.code == 2
    assert "is not UTF-8 text" in ran.err


def test_an_empty_record_says_how_to_begin(run: Run, on_record: Path, tmp_path: Path) -> None:
    on_record.rename(tmp_path / "elsewhere")
    ran = run("ask", "Iran")
    assert ran.code == 1
    assert "Nothing is on record yet." in ran.out
    assert "ontherecord add" in ran.out
