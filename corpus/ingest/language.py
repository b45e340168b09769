"""The language of a text: by its words where there are enough, else as the source declares it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

ENOUGH = 200
"""Characters from which the words outweigh what the source declares."""
SURE = 0.9
"""Probability from which the detector is believed on its own."""
_SAMPLE = 5_000


def detect_language(text: str, *, declared: str | None = None) -> str | None:
    """The language of a text as ISO 639-1, or None when neither words nor source tell it."""
    hint = _code(declared)
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    if letters < 20:
        return hint
    found, probability = _identifier().classify(sample)
    if hint is None or found == hint:
        return str(found) if probability >= SURE else hint
    return str(found) if probability >= SURE and letters >= ENOUGH else hint


def _code(declared: str | None) -> str | None:
    match = re.match(r"\s*([A-Za-z]{2})(?![A-Za-z])", declared or "")
    return match[1].lower() if match else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Imported here: the model takes a tenth of a second to load.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
