"""Statements of an invented foreign ministry, written for this project, so that a demo answers."""

from __future__ import annotations

from pathlib import Path


def samples_path() -> Path:
    """The bulk file of the samples, as ``load`` takes it."""
    return Path(__file__).parent / "statements.jsonl"
