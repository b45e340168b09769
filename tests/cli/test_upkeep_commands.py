from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus import samples_path
from tests.cli.conftest import Run


def test_what_is_exported_loads_unchanged(
    run: Run, on_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first.jsonl"
    assert run("export", "--output", str(first)).code == 0
    monkeypatch.setenv("ONTHERECORD_DATA_DIR", str(tmp_path / "second"))
    assert run("load", str(first)).code == 0
    assert run("export").out.encode() == first.read_bytes()
    assert [path.name for path in tmp_path.glob(".*partial")] == []


def test_an_export_that_can_t_be_written_leaves_nothing(
    run: Run, on_record: Path, tmp_path: Path
) -> None:
    ran = run("export", "--output", str(tmp_path / "nowhere" / "file.jsonl"))
    assert ran.code == 2
    assert "can't be written" in ran.err
    assert ran.err.count("\n") == 1


def test_quotations_are_exported_as_schema_org(run: Run, on_record: Path) -> None:
    ran = run("export", "--format", "quotation")
    assert ran.code == 0
    assert all(json.loads(line) for line in ran.out.splitlines())
    assert "schema.org" in ran.out


def test_a_load_says_what_it_did_and_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    first = run("load", str(samples_path()))
    assert first.code == 0
    assert first.out.startswith("22 statements new, 0 corrected, 0 unchanged")
    packed = tmp_path / "samples.jsonl.gz"
    packed.write_bytes(gzip.compress(samples_path().read_bytes()))
    second = run("load", str(packed), "--json")
    (report,) = second.json
    assert report["unchanged"] == 22
    assert report["created"] == report["paragraphs"] == 0


def test_a_load_reads_standard_input_and_warns_of_unknown_keys(run: Run) -> None:
    line = {"url": "https://a.example/1", "colour": "red", "paragraphs": [{"text": "We agree."}]}
    ran = run("load", "-", stdin=json.dumps(line))
    assert ran.code == 0
    assert "colour" in ran.err
    assert run("stats", "--json").json[0]["documents"] == 1


def test_many_warnings_are_cut_short(run: Run) -> None:
    lines = [
        json.dumps(
            {"url": f"https://a.example/{n}", f"key{n}": 1, "paragraphs": [{"text": "Yes."}]}
        )
        for n in range(20)
    ]
    ran = run("load", "-", stdin="\n".join(lines))
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 11
    assert "and 10 more" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"paragraphs": [{"text": "a"}]}\n{"broken', "line 2"),
        (b'{"paragraphs": [{"text": "a"}]}\n[1, 2]\n', "line 2"),
        (b"\x1f\x8b\x08broken", "gzip"),
    ],
)
def test_a_malformed_file_is_told_in_one_line(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_bytes(content)
    ran = run("load", str(file))
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("load", str(tmp_path / "none.jsonl"))
    assert (ran.code, ran.out) == (2, "")
    assert "there is no file" in ran.err
    assert "can't be read" in run("load", str(tmp_path)).err


def test_a_statement_is_withdrawn_and_restored(run: Run, on_record: Path) -> None:
    gone = run("withdraw", "9", "--reason", "a test")
    assert gone.code == 0
    assert "ontherecord restore 9" in gone.out
    assert run("stats", "--json").json[0]["documents"] == 21
    back = run("restore", "9")
    assert back.code == 0
    assert run("stats", "--json").json[0]["documents"] == 22
    rows = run("log", "--limit", "2", "--json").json
    assert [row["kind"] for row in rows] == ["restoration", "withdrawal"]
    assert rows[1]["reason"] == "a test"
    assert "a test" in run("log", "--limit", "2").out


@pytest.mark.parametrize("command", ["withdraw", "restore"])
def test_a_statement_that_is_not_there_is_told(run: Run, on_record: Path, command: str) -> None:
    ran = run(command, "999")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1


def test_stats_say_what_is_covered(run: Run, on_record: Path) -> None:
    ran = run("stats")
    assert "22 statements, 292 paragraphs" in ran.out
    assert "English: 19 statements" in ran.out
    assert "10 June 2021" in ran.out
    assert run("withdraw", "1").code == 0
    assert "1 statement withdrawn" in run("stats").out


def test_an_empty_record_has_stats_and_a_log(run: Run) -> None:
    assert "0 statements" in run("stats").out
    assert run("log").out == "Nothing has happened yet.\n"
    assert run("log", "--json").out == ""


def test_the_doctor_finds_nothing_wrong(run: Run, on_record: Path) -> None:
    ran = run("doctor")
    assert (ran.code, ran.out) == (0, "All is well.\n")


def test_the_index_is_built_anew(run: Run, on_record: Path) -> None:
    before = run("ask", "Iran", "--json").json
    ran = run("reindex")
    assert ran.code == 0
    assert "built anew" in ran.out
    assert run("ask", "Iran", "--json").json == before


def test_a_damaged_index_can_be_built_anew(run: Run, on_record: Path) -> None:
    for path in (on_record / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0" * 100)
    assert run("reindex").code == 0
    assert run("ask", "Iran").code == 0
