"""What must not be in the tree, and what each module owes its reader."""

from __future__ import annotations

import ast
import re

import pytest

from tests.frame.tree import PACKAGES, ROOT, modules, source, tracked

MOST_LINES = 400
"""Of a module, blank ones not counted."""
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".ftl",
    ".yaml",
    ".yml",
    ".json",
    ".jsonl",
    ".ini",
    ".mako",
    ".cfg",
    "",
    ".example",
    ".dockerignore",
    ".gitignore",
}
# Written in pieces, so that this file does not hold them itself.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "deb.debian" + ".org")
MACHINE = re.compile(r"(?<![\w.>}$/])/(?:wo" + r"rk|ro" + r"ot|home|Users|tm" + r"p|op" + r"t)/\w")
UNFINISHED = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|type:\s*ig" + r"nore|#\s*no" + r"qa|pragma:\s*no"
)

FILES = [path for path in tracked() if path.suffix in TEXT or path.name.startswith(".env")]


def lines_with(pattern: re.Pattern[str], suffixes: set[str] | None = None) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in FILES
        if suffixes is None or path.suffix in suffixes
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        )
        if pattern.search(line)
    ]


def test_no_file_names_a_registry() -> None:
    assert lines_with(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_with(MACHINE) == []


def test_nothing_is_left_unfinished_or_waved_through() -> None:
    assert lines_with(UNFINISHED, {".py"}) == []


def test_dependencies_are_locked_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"(?m)^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==", text)
        blocks = [block for block in re.split(r"(?m)^(?=[a-z0-9])", text) if block.strip()]
        assert len(pinned) == len(blocks) > 20
        assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize("name", sorted(modules(*PACKAGES)))
def test_a_module_has_one_concern_and_says_which(name: str) -> None:
    module = modules(*PACKAGES)[name]
    if module.body:
        assert ast.get_docstring(module), "a module's docstring says what it is for"
        lines = len(list(filter(str.strip, source(name).splitlines())))
        assert lines <= MOST_LINES, f"{lines} lines are too many for one concern"
