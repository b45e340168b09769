from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def talk(run: Run, *lines: str) -> list[str]:
    """Each line's answer."""
    ran = run("chat", stdin="\n".join(lines))
    assert ran.code == 0
    return ran.out.split("\n\n")


def test_piped_lines_are_answered_one_by_one(run: Run, on_record: Path) -> None:
    first, second = talk(run, "Iran", "Wakanda")
    assert "Iran" in first
    assert second.startswith("Nothing on record")


def test_answers_are_turned_like_pages(run: Run, on_record: Path) -> None:
    first, second, back, before = talk(run, "Iran", "/more", "‹", "/less")
    assert "1 of " in first
    assert "/more shows the next one" in first
    assert "2 of " in second
    assert back.splitlines()[:3] == first.splitlines()[:3]
    assert before.strip() == "That was the first answer."


def test_the_last_page_says_so(run: Run, on_record: Path) -> None:
    said = talk(run, "Iran", *["›"] * 40)
    assert said[-1].strip() == "That was the last answer."


@pytest.mark.parametrize("command", ["/more", "/less", "/context", "/statement"])
def test_there_must_be_an_answer_to_turn(run: Run, on_record: Path, command: str) -> None:
    (said,) = talk(run, command)
    assert said.strip() == "Ask something first."


def test_silence_leaves_nothing_to_turn(run: Run, on_record: Path) -> None:
    assert talk(run, "Wakanda", "/more")[1].strip() == "Ask something first."


def test_an_answer_stands_in_its_context(run: Run, on_record: Path) -> None:
    answer, near, nearer, far = talk(run, "Iran", "/context", "/context 1", "/context 99999")
    assert near.count("▎") > nearer.count("▎") > answer.count("▎")
    assert far.count("▎") >= near.count("▎")


def test_a_whole_statement_is_shown(run: Run, on_record: Path) -> None:
    by_number, _, by_answer = talk(run, "/statement #9", "Iran", "/statement")
    assert by_number.count("▎") == 19
    assert by_answer.count("▎") > 5


def test_a_quotation_is_checked(run: Run, on_record: Path) -> None:
    (said,) = talk(run, "/check nothing of the kind was ever said by anybody")
    assert said.startswith("Unknown.")


def test_what_is_on_record_is_told(run: Run, on_record: Path) -> None:
    latest, about, log = talk(run, "/latest", "/about", "/log")
    assert len(latest.splitlines()) == 10
    assert "12 March 2026" in latest.splitlines()[0]
    assert "22 statements" in about
    assert "published" in log


def test_an_empty_record_has_nothing_to_tell(run: Run) -> None:
    latest, log = talk(run, "/latest", "/log")
    assert latest.strip() == "Nothing is on record yet."
    assert log.strip() == "Nothing has happened yet."


def test_a_statement_is_added_withdrawn_and_restored(run: Run, tmp_path: Path) -> None:
    statement = tmp_path / "statement.txt"
    statement.write_text(
        "Remarks by Foreign Minister Anna Weld, 12 March 2024\n\n"
        "Anna Weld: We shall attend the talks in Oslo if both sides are invited.\n\n"
        "We shall not attend otherwise, and we have said so to both sides.\n"
    )
    added, again, gone, silence, back, answer = talk(
        run,
        f"/add {statement}",
        f"/add {statement}",
        "/withdraw 1 by mistake",
        "Oslo",
        "/restore 1",
        "Oslo",
    )
    assert "Understood as:" in added
    assert "On record as statement 1." in added
    assert "/withdraw 1" in added
    assert "Already on record" in again
    assert "/withdraw" not in again
    assert "/restore 1" in gone
    assert "Oslo" not in silence.replace("about Oslo", "")
    assert "back on record" in back
    assert "Oslo" in answer


def test_what_can_t_be_done_is_told_and_the_chat_goes_on(
    run: Run, on_record: Path, tmp_path: Path
) -> None:
    ran = run(
        "chat",
        stdin=f"/add {tmp_path}/none.txt\n/withdraw 999\n/withdraw x\n/restore y\n/statement z\n"
        "/check\n/nonsense\nIran\n",
    )
    assert ran.code == 0
    assert ran.err.count("ontherecord: ") == 2
    assert ran.out.count("is not a number of a statement") == 3
    assert "/check needs QUOTATION" in ran.out
    assert "There is no command /nonsense" in ran.out
    assert "Iran" in ran.out


def test_help_names_every_command(run: Run) -> None:
    (said,) = talk(run, "/help")
    for name in ("more", "context", "statement", "check", "latest", "add", "withdraw", "quit"):
        assert f"/{name}" in said
    assert talk(run, "/start") == [said]


def test_quit_ends_it(run: Run, on_record: Path) -> None:
    assert talk(run, "/quit", "Iran") == [""]


def test_the_demo_loads_its_samples_once_and_apart(run: Run, tmp_path: Path) -> None:
    first = run("chat", "--demo")
    assert first.code == 0
    assert "invented" in first.out.splitlines()[0]
    assert "22 invented statements loaded" in first.out
    assert "For example: what was said about Iran?" in first.out
    assert "▎ " in first.out
    second = run("chat", "--demo", stdin="Niger\n")
    assert "loaded" not in second.out
    assert "Niger" in second.out
    assert (tmp_path / "data" / "demo" / "ontherecord.db").exists()
    assert run("stats", "--json").json[0]["documents"] == 0


def test_the_demo_speaks_the_reader_s_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    ran = run("chat", "--demo")
    assert ran.code == 0
    assert "Вальдория" in ran.out
    assert "Иран" in ran.out
