"""Which words need no mending."""

from __future__ import annotations

from corpus.search import analysis
from corpus.search.understanding.dictionary import is_word
from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.gazetteer import gazetteer
from corpus.search.understanding.spellings import spelling_variants
from corpus.search.understanding.vocabulary import Vocabulary


def is_known(word: str, lexicon: Vocabulary) -> bool:
    """Whether a folded word needs no mending: on record in any inflection, a number, a name."""
    return (
        word in FUNCTION_WORDS
        or any(character.isdigit() for character in word)
        or is_stem_known(word, lexicon)
        or gazetteer().get(word) is not None
    )


def is_stem_known(word: str, lexicon: Vocabulary) -> bool:
    """Whether the record has a folded word in any inflection."""
    return lexicon.known(word) or lexicon.stem_frequency(analysis.stem(word)) > 0


def is_real(word: str, lexicon: Vocabulary) -> bool:
    """Whether a folded word is one, on record or not: a dictionary has it."""
    return (
        is_known(word, lexicon) or is_word(word) or any(map(lexicon.known, spelling_variants(word)))
    )
