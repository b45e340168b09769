"""Understanding a question: from what was typed to a typed :class:`~corpus.types.Query`."""

from corpus.search.understanding.alias_rules import accepted, tidy
from corpus.search.understanding.notes import not_word_for_word
from corpus.search.understanding.parsing import parse
from corpus.search.understanding.vocabulary import KnownSpeaker, Vocabulary

__all__ = ["KnownSpeaker", "Vocabulary", "accepted", "not_word_for_word", "parse", "tidy"]
