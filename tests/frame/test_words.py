"""Every message exists in every language, and every message that the code says exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.words import LOCALES, languages
from tests.frame.tree import ROOT

SAYING = {"line", "say", "words"}
"""Names by which code calls for a message; the first argument is its key."""
KEY = re.compile(r"^[a-z]+(-[a-z]+)+$|^[a-z]+$")


def messages(language: str) -> dict[str, fluent.Message]:
    found: dict[str, fluent.Message] = {}
    for path in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{path}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} is said twice"
                found[entry.id.name] = entry
    return found


def variables(node: object) -> set[str]:
    if isinstance(node, fluent.VariableReference):
        return {node.id.name}
    found: set[str] = set()
    for value in vars(node).values() if hasattr(node, "__dict__") else ():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, fluent.BaseNode):
                found |= variables(child)
    return found


ENGLISH = messages("en")


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_message_with_the_same_arguments(language: str) -> None:
    theirs = messages(language)
    assert set(theirs) == set(ENGLISH)
    for key, message in ENGLISH.items():
        assert variables(theirs[key]) == variables(message), key


@pytest.mark.parametrize("language", languages())
def test_the_tone_is_calm(language: str) -> None:
    for path in (LOCALES / language).glob("*.ftl"):
        assert "!" not in path.read_text(encoding="utf-8"), path


def calls() -> list[tuple[Path, int, str, set[str] | None]]:
    """Calls for a message with a literal key: where, which key, which arguments."""
    found = []
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            first = node.args[0]
            if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name not in SAYING or not KEY.match(first.value):
                continue
            given = {keyword.arg for keyword in node.keywords if keyword.arg}
            spread = any(keyword.arg is None for keyword in node.keywords)
            found.append((path, node.lineno, first.value, None if spread else given))
    return found


def test_the_code_says_only_messages_that_exist_with_the_arguments_that_they_need() -> None:
    said = calls()
    assert len(said) > 50
    for path, line, key, given in said:
        where = f"{path.relative_to(ROOT)}:{line}"
        assert key in ENGLISH, f"{where}: there is no message {key}"
        if given is not None:
            assert given == variables(ENGLISH[key]), f"{where}: {key}"


def test_no_message_is_left_over() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot").rglob("*.py"))
    )
    # A key may be put together at run time, f"silence-{reason}": its beginning is in the code.
    made = tuple(set(re.findall(r"f[\"']([a-z-]+-)\{", source)))
    said = set(re.findall(r"[\"']([a-z]+(?:-[a-z]+)*)[\"']", source))
    left = [key for key in ENGLISH if key not in said and not key.startswith(made)]
    assert left == []
