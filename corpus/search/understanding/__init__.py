"""Understanding a question: from what was typed to a typed :class:`~corpus.types.Query`."""

from corpus.search.understanding.parsing import parse
from corpus.search.understanding.vocabulary import KnownSpeaker, Vocabulary

__all__ = ["KnownSpeaker", "Vocabulary", "parse"]
