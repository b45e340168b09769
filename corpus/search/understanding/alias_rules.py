"""Whether moderators may give a name: one that would change what other words mean is refused."""

from __future__ import annotations

import re
from typing import Final

from corpus.errors import UnusableAlias
from corpus.search.understanding.aliases import GroupNaming, bare, is_group, with_aliases
from corpus.search.understanding.dictionary import is_common
from corpus.search.understanding.directory import read_name
from corpus.search.understanding.function_words import FRAME_WORDS, FUNCTION_WORDS
from corpus.search.understanding.gazetteer import built_in, gazetteer, using
from corpus.search.understanding.russian import nominatives
from corpus.search.understanding.sources import folded
from corpus.search.understanding.speakers import COLLECTIVE, Speakers
from corpus.search.understanding.terms import NO_NAMES
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Words

MOST_WORDS: Final = 6
"""Of a name: in a question, no more than eight words are looked at together."""
MOST_LETTERS: Final = 100
LEAST_LETTERS: Final = 3
"""Of a name that is not in capitals."""

_SAY_NOTHING: Final = (
    FUNCTION_WORDS
    | COLLECTIVE
    | NO_NAMES
    | frozenset(FRAME_WORDS)
    | word_list("honorifics")
    | word_list("no speakers")
    | word_list("question verbs")
)
_QUOTES: Final = "\"'«»“”„‘’ "
_ARTICLE: Final = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)


def accepted(name: str, alias: str, lexicon: Vocabulary) -> tuple[str, str]:
    """A name and another one for it as they go on record, if the other one may be given.

    The name becomes the one that its group, or what is built in, is shown by. Both lose quotation
    marks and an article in front.

    Raises:
        UnusableAlias: it may not; the message says why, and what to do.
    """
    with using(with_aliases(lexicon.aliases)):
        name, alias = tidy(name), tidy(alias)
        for text in (name, alias):
            _see_that_it_is_a_name(text)
        name = _shown(name)
        if bare(folded(name)) == bare(folded(alias)):
            raise UnusableAlias(f"“{alias}” is the name itself; give another one for it")
        _see_that_it_is_free(name, alias)
        _see_that_it_is_rare(alias)
        _see_that_nobody_is_called_so(name, alias, lexicon)
        return name, _as_added(alias)


def tidy(text: str) -> str:
    """A name without surrounding quotation marks, an article and superfluous white space."""
    text = " ".join(text.split()).strip(_QUOTES)
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def _shown(name: str) -> str:
    """The name that stands for all names of what is named: of a group, or built in."""
    surface = gazetteer().get(*bare(folded(name)))
    if surface is None:
        return name
    return gazetteer().entities[surface.key].naming.shown


def _see_that_it_is_a_name(text: str) -> None:
    words = bare(folded(text))
    if not any(letter.isalpha() for word in words for letter in word):
        raise UnusableAlias(f"“{text}” has no letters; a name is needed")
    if len(words) > MOST_WORDS or len(text) > MOST_LETTERS:
        raise UnusableAlias(f"“{text}” is too long; a name has up to {MOST_WORDS} words")
    if len("".join(words)) < (2 if text.isupper() else LEAST_LETTERS):
        raise UnusableAlias(
            f"“{text}” is too short to be told from other words; a name has {LEAST_LETTERS} "
            "letters, or 2 in capitals"
        )
    if all(word in _SAY_NOTHING or word.isdigit() for word in words):
        raise UnusableAlias(
            f"“{text}” is of words that every question may have; add one that tells it apart"
        )


def _see_that_it_is_rare(alias: str) -> None:
    words = bare(folded(alias))
    if len(words) == 1 and alias.islower() and is_common(words[0]):
        raise UnusableAlias(
            f"“{alias}” is an everyday word, which would mean something else in other questions; "
            "write it with a capital, add a word, or make it the name and the other its alias"
        )


def _see_that_it_is_free(name: str, alias: str) -> None:
    surface = gazetteer().get(*bare(folded(alias)))
    if surface is None:
        return
    key = surface.key
    its_name = gazetteer().entities[key].naming.shown
    target = gazetteer().get(*bare(folded(name)))
    if target is not None and target.key == key:
        if is_group(key) or built_in().get(*surface.words) is None:
            return
        raise UnusableAlias(f"“{alias}” means “{its_name}” already; nothing is left to do")
    if built_in().get(*surface.words) is not None:
        raise UnusableAlias(
            f"“{alias}” names {its_name} already, and must not mean anything else; "
            "add a word that tells the two apart"
        )
    if bare(folded(its_name)) == surface.words:
        raise UnusableAlias(
            f"“{alias}” has aliases of its own; remove those first (alias list shows them)"
        )
    raise UnusableAlias(
        f"“{alias}” stands for “{its_name}” already; remove it there first "
        f'(alias remove "{_as_added(alias)}")'
    )


def _as_added(alias: str) -> str:
    """The alias as it was added, where it is one already: «Железная леди» of «Железной леди»."""
    words = bare(folded(alias))
    surface = gazetteer().get(*words)
    naming = gazetteer().entities[surface.key].naming if surface else None
    return naming.added_forms.get(words, alias) if isinstance(naming, GroupNaming) else alias


def _see_that_nobody_is_called_so(name: str, alias: str, lexicon: Vocabulary) -> None:
    """A speaker's own name is never made to mean somebody else."""
    speakers = Speakers(lexicon)
    called = read_name(alias)
    if called is None or not any(map(speakers.has_family, nominatives(called.family))):
        return
    found = speakers.known(Words(alias).items, fuzzy=False)
    if found is None or found.found is None or not found.found.labels:
        return
    meant = speakers.known(Words(name).items, fuzzy=False)
    if meant and meant.found and found.found.labels <= meant.found.labels:
        return
    raise UnusableAlias(
        f"“{alias}” is how the record names {found.found.name}, and must not mean anybody else; "
        "add a word that tells them apart"
    )
