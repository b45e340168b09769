"""Words that carry a question and not its subject."""

from __future__ import annotations

from typing import Final

from corpus.search.understanding.word_lists import word_list

ENGLISH: Final = word_list("english function words")
FUNCTION_WORDS: Final = ENGLISH | word_list("russian function words")

FRAME_WORDS: Final = tuple(
    sorted(
        word
        for word in FUNCTION_WORDS | word_list("saying words") | word_list("calendar words")
        if len(word) > 3
    )
)
"""Words whose misspelling would hide a frame or a date."""
