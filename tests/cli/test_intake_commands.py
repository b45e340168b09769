from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Run

STATEMENT = """Remarks by Foreign Minister Anna Weld at the talks, Oslo, 12 March 2024

Anna Weld: We shall attend the talks in Oslo if both sides are invited, and not otherwise.

Question: Will you meet the delegation of Norrask before the talks begin?

Anna Weld: I have no such plan, and I have heard of no such wish from the other side.
"""
PAGE = f"""<!doctype html>
<html lang="en"><head><title>Remarks at the Oslo talks</title></head><body>
<nav>Home · About · Contact</nav><article><h1>Remarks at the Oslo talks</h1>
{"".join(f"<p>{line}</p>" for line in STATEMENT.split(chr(10) * 2))}
</article><footer>Share this page</footer></body></html>"""


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "statement.txt"
    path.write_text(STATEMENT)
    return path


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a page on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/statement"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode() if found else b"")

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_file_is_put_on_record_and_what_was_understood_is_told(run: Run, statement: Path) -> None:
    ran = run("add", str(statement))
    assert (ran.code, ran.err) == (0, "")
    assert "Said on: 12 March 2024" in ran.out
    assert "Speaker: Anna Weld" in ran.out
    assert "Source: missing" in ran.out
    assert "On record as statement 1." in ran.out
    assert "--url" in ran.out.splitlines()[-1]
    assert "Oslo" in run("ask", "Oslo").out


def test_what_to_do_about_a_missing_link_leaves_one_statement(run: Run, statement: Path) -> None:
    told = run("add", str(statement)).out.splitlines()[-1]
    assert "ontherecord withdraw 1" in told
    run("withdraw", "1")
    linked = run("add", str(statement), "--url", "https://mfa.example/1")
    assert "withdraw" not in linked.out.splitlines()[-1]
    answers = json.loads(run("ask", "Oslo", "--json").out)["answers"]
    assert {answer["source_url"] for answer in answers} == {"https://mfa.example/1"}


def test_what_is_misread_is_corrected_by_options(run: Run, statement: Path) -> None:
    ran = run(
        "add", str(statement), "--json",
        "--url", "https://mfa.example/1", "--title", "A title", "--speaker", "Tomas Ardwell",
        "--said-on", "2020-02-29", "--publisher", "A ministry", "--language", "en",
    )  # fmt: skip
    assert ran.code == 0
    (added,) = ran.json
    assert added["outcome"] == "created"
    assert added["document_id"] == added["revision"] == 1
    understood = added["draft"]
    assert understood["source_url"] == "https://mfa.example/1"
    assert understood["title"] == "A title"
    assert understood["said_on"] == "2020-02-29"
    assert understood["publisher"] == "A ministry"
    assert all(paragraph["text"] in STATEMENT for paragraph in understood["paragraphs"])


def test_a_dry_run_publishes_nothing(run: Run, statement: Path) -> None:
    ran = run("add", str(statement), "--dry-run")
    assert ran.code == 0
    assert "Understood as:" in ran.out
    assert "publish all the same" in ran.out
    assert "On record" not in ran.out
    assert run("add", str(statement), "--dry-run", "--json").json[0]["outcome"] is None
    assert run("stats", "--json").json[0]["documents"] == 0


def test_the_same_again_changes_nothing_and_a_change_is_a_correction(
    run: Run, statement: Path
) -> None:
    url = ("--url", "https://mfa.example/1")
    assert run("add", str(statement), *url).code == 0
    assert "unchanged" in run("add", str(statement), *url).out
    statement.write_text(STATEMENT.replace("not otherwise", "otherwise not"))
    assert "revision 2" in run("add", str(statement), *url).out
    copy = run("add", str(statement), "--url", "https://elsewhere.example/1")
    assert "The same text is also statement 1." in copy.out


def test_standard_input_is_a_source(run: Run) -> None:
    ran = run("add", "-", stdin=STATEMENT)
    assert ran.code == 0
    assert "On record" in ran.out


def test_a_page_is_fetched(run: Run, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_ALLOW_PRIVATE_ADDRESSES", "true")
    ran = run("add", f"{address}/statement", "--json")
    assert ran.code == 0
    understood = ran.json[0]["draft"]
    assert understood["source_url"] == f"{address}/statement"
    assert not any("Share this page" in p["text"] for p in understood["paragraphs"])


def test_a_private_address_is_not_opened_unless_allowed(run: Run, address: str) -> None:
    ran = run("add", f"{address}/statement")
    assert ran.code == 2
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1


def test_of_several_sources_one_that_fails_keeps_none_out(
    run: Run, statement: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(STATEMENT.replace("Oslo", "Bergen"))
    empty = tmp_path / "empty.txt"
    empty.touch()
    ran = run("add", str(statement), str(empty), str(tmp_path / "none"), str(other))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 2
    assert "empty.txt" in ran.err
    assert run("stats", "--json").json[0]["documents"] == 2


def test_an_address_goes_with_one_source(run: Run, statement: Path) -> None:
    ran = run("add", str(statement), str(statement), "--url", "https://mfa.example/1")
    assert ran.code == 2
    assert "--url" in ran.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("junk.bin", bytes(range(256)) * 100),
        ("blank.html", b"<html><body><nav>Home</nav></body></html>"),
        ("broken.pdf", b"%PDF-1.7 and nothing more"),
        ("broken.docx", b"PK\x03\x04broken"),
    ],
)
def test_a_source_without_a_statement_is_told_in_one_line(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    ran = run("add", str(file))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("ontherecord: ")
    assert ran.err.count("\n") == 1
    assert run("stats", "--json").json[0]["documents"] == 0


def test_a_directory_is_no_source(run: Run, tmp_path: Path) -> None:
    ran = run("add", str(tmp_path))
    assert ran.code == 2
    assert "can't be read" in ran.err


def test_a_date_that_is_none_is_told(run: Run, statement: Path) -> None:
    ran = run("add", str(statement), "--said-on", "yesterday")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
