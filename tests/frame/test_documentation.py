"""The README says all, and what it says is so."""

from __future__ import annotations

import json
import re

from typer.core import TyperGroup
from typer.main import get_command

from bot.cli import app
from bot.settings import PREFIX, Settings
from corpus import samples_path
from tests.frame.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = get_command(app)
assert isinstance(COMMAND, TyperGroup)
COMMANDS = COMMAND.commands


def settings_table() -> str:
    """The README's table of settings, made of the settings themselves."""
    rows = ["| setting | means |", "| --- | --- |"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `{PREFIX}{name.upper()}` | {field.description} |")
    return "\n".join(rows)


def test_every_setting_is_documented_as_it_is_defined() -> None:
    assert settings_table() in README


def test_every_setting_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(rf"(?m)^#?({PREFIX}\w+)=", example))
    assert named == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_every_command_has_a_row_and_an_example() -> None:
    rows = set(re.findall(r"(?m)^\| `ontherecord ([a-z]+)", README))
    assert rows == set(COMMANDS)
    for name, command in COMMANDS.items():
        assert f"ontherecord {name}" in (command.help or ""), name


def test_every_option_is_documented() -> None:
    for name, command in COMMANDS.items():
        row = next(
            line for line in README.splitlines() if line.startswith(f"| `ontherecord {name}")
        )
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help" and name not in ("log", "stats"):
                    assert option in row or option == "--json", f"{name} {option}"


def test_the_readme_names_only_commands_that_exist() -> None:
    shown = set(re.findall(r"(?m)^\s*ontherecord ([a-z]+)", README))
    shown |= set(re.findall(r"`ontherecord ([a-z]+)", README))
    assert shown <= set(COMMANDS)


def test_the_two_commands_are_targets_of_make() -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    for command in re.findall(r"(?m)^make ([a-z]+)", README):
        assert command in targets


def test_links_within_the_project_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_what_the_transcript_quotes_is_in_the_samples() -> None:
    transcript = README.split("```console\n$ make demo\n")[1].split("```")[0]
    samples = " ".join(
        paragraph["text"]
        for line in samples_path().read_text(encoding="utf-8").splitlines()
        for paragraph in json.loads(line)["paragraphs"]
    )
    quotations = re.findall(r"(?m)(?:^▎ .*\n)+", transcript)
    assert len(quotations) == 3
    for quotation in quotations[:-1]:
        words = " ".join(line.removeprefix("▎ ") for line in quotation.splitlines())
        assert words in samples
