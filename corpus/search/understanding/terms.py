"""From the words that are left of a question to its terms, with all the forms that mean them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from corpus.search import analysis
from corpus.search.understanding.aliases import is_group
from corpus.search.understanding.dictionary import is_common, is_word
from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.gazetteer import (
    ALIAS_WEIGHT,
    Surface,
    built_in,
    gazetteer,
    using,
)
from corpus.search.understanding.known import is_known, is_real, is_stem_known
from corpus.search.understanding.russian import name_forms, nominatives
from corpus.search.understanding.speakers import Speakers
from corpus.search.understanding.spellings import spelling_variants
from corpus.search.understanding.transliteration import cyrillic, latin, sound
from corpus.search.understanding.vocabulary import Vocabulary
from corpus.search.understanding.word_lists import data_lines, word_list
from corpus.search.understanding.words import Word, Words, as_typed
from corpus.types import Form, FormKind, Term

STEM_WEIGHT: Final = 0.9
OTHER_WEIGHT: Final = 0.8
"""Of the next likely word that a misspelt one may be."""
SURNAME_WEIGHT: Final = 0.85
"""Of a surname alone where the full name was typed."""
SLIGHT_WEIGHT: Final = 0.3
"""Of what may help but need not stand in an answer: a year, a country as the sayer."""

_POSSESSIVE: Final = re.compile(r"['’](?:s|S)?$")
_HONORIFICS: Final = ("mr", "ms", "mrs", "dr", "president", "minister", "secretary", "senator")
_OFFICES: Final = word_list("offices")
NO_NAMES: Final = _OFFICES | word_list("calendar words")
"""Words that are written with a capital and are no names by themselves."""


def build_terms(
    words: Words, lexicon: Vocabulary, *, implied: frozenset[str] = frozenset()
) -> list[Term]:
    """The terms of the words that are not taken up, in order, each once.

    Args:
        words: the question.
        lexicon: what the record knows.
        implied: keys of the countries whose record this is. Beside other terms they only hint:
            a White House briefing seldom names the United States.
    """
    places = words.rest()
    found: dict[str, tuple[Term, str]] = {}
    at = 0
    while at < len(places):
        step, term, key = _term_at(words, places, at, lexicon)
        if term is not None:
            found.setdefault(term.text, (term, key))
        at += step
    names = sum(term.is_name for term, _ in found.values())
    return [
        slight(term)
        if (key in implied and len(found) > 1) or (names > 1 and _is_american(term))
        else term
        for term, key in found.values()
    ]


def _is_american(term: Term) -> bool:
    """Whether it is the adjective, which is everywhere: no name that an answer must have."""
    return term.forms[:1] != () and term.forms[0].words in (("american",), ("americans",))


def named_places(words: Words) -> set[int]:
    """Places of the words that the gazetteer knows as they stand."""
    return {place for run in _named_runs(words) for place in run}


def bind_names(words: Words) -> None:
    """Mark the words within names of several that a frame must not take: "Islamic *State*"."""
    for run in _named_runs(words):
        words.bind(run[1:])


def _named_runs(words: Words) -> Iterator[list[int]]:
    places = words.rest()
    for at in range(len(places)):
        run = _run(words, places, at)
        items = [words.items[place] for place in run]
        surface = _name_at(items, [item.folded for item in items], 0)
        if surface is not None:
            yield run[: len(surface.words)]


def known_in(forms: Sequence[Form], lexicon: Vocabulary) -> bool:
    """Whether any form may stand in the record."""
    for form in forms:
        exact = form.as_written or form.kind is FormKind.EXACT
        if all(
            lexicon.known(word) or (not exact and lexicon.stem_frequency(analysis.stem(word)))
            for word in form.words
        ):
            return True
    return False


def _term_at(
    words: Words, places: Sequence[int], at: int, lexicon: Vocabulary
) -> tuple[int, Term | None, str]:
    """How many words from here make a term, the term, and the key of its entity or nothing."""
    run = _run(words, places, at)
    items = [words.items[place] for place in run]
    folded = [item.folded for item in items]
    surface = _name_at(items, folded, 0)
    if surface is not None:
        return len(surface.words), _entity_term(surface, lexicon), surface.key
    item = items[0]
    if item.folded in FUNCTION_WORDS:
        phrase = _hyphenated(words, run, lexicon)
        return (len(phrase.forms[0].words), phrase, "") if phrase else (1, None, "")
    if len(items) > 2 and item.folded in ("country", "nation", "republic") and folded[1] == "of":
        skip = 3 if folded[2] == "the" else 2
        behind = _name_at(items, folded, skip)
        if behind is not None and gazetteer().entities[behind.key].kind == "country":
            return skip, None, ""
    person = _person(words, items, folded, lexicon)
    if person is not None:
        return (*person, "")
    phrase = _hyphenated(words, run, lexicon)
    if phrase is not None:
        return len(phrase.forms[0].words), phrase, ""
    term = plain_term(item, lexicon, name=_is_name(words, item, run[0], lexicon))
    if len(item.folded) < 2 or (item.folded in _OFFICES and _before_name(items, folded)):
        term = slight(term)
    return 1, term, ""


def _before_name(items: Sequence[Word], folded: Sequence[str]) -> bool:
    """Whether an office ("President", "Prime Minister") has its holder's name behind it."""
    at = next((n for n, word in enumerate(folded) if word not in _OFFICES), None)
    if at is None:
        return False
    if (surface := _name_at(items, folded, at)) is not None:
        return gazetteer().entities[surface.key].kind == "people"
    return items[at].capital and items[at].folded not in FUNCTION_WORDS


def _run(words: Words, places: Sequence[int], at: int) -> list[int]:
    """Places from here on with nothing taken up, and no clause mark, between them."""
    run = [places[at]]
    for place in places[at + 1 : at + 8]:
        if place != run[-1] + 1 or words.items[run[-1]].mark:
            break
        run.append(place)
    return run


def _name_at(items: Sequence[Word], folded: Sequence[str], at: int) -> Surface | None:
    if at >= len(folded):
        return None
    # "Who" at the beginning is a question word, "WHO" an organisation.
    capitals = [
        item.shouted
        or (
            item.capital
            and item.folded != "who"
            and not (item.first and item.folded in FUNCTION_WORDS)
        )
        for item in items
    ]
    return gazetteer().at(folded, at, capitals)


def _entity_term(surface: Surface, lexicon: Vocabulary) -> Term:
    entity = gazetteer().entities[surface.key]
    term = entity.term(surface.words, surface.label)
    if is_group(surface.key):
        term = _as_by_itself(term, entity.naming.shown, lexicon)
    if known_in(term.forms, lexicon):
        return term
    return replace(term, known=False)


def _as_by_itself(term: Term, name: str, lexicon: Vocabulary) -> Term:
    """The term of a name and its aliases, with what the name finds where it has none."""
    words = Words(name)
    with using(built_in()):
        alone = build_terms(words, lexicon)
        if len(alone) == 1:
            forms = alone[0].forms
        elif all(one.is_name for one in alone) and Speakers(lexicon).known(words.items):
            # A speaker whose given name we don't know as one: the family name alone will do.
            forms = tuple(
                replace(form, weight=form.weight * SURNAME_WEIGHT) for form in alone[-1].forms
            )
        else:
            return term
    return replace(term, forms=(*term.forms, *forms), is_name=len(alone) > 1 or alone[0].is_name)


def slight(term: Term) -> Term:
    """The same term as a hint: it need not be covered, and weighs little."""
    forms = tuple(
        Form(form.words, form.kind, form.weight * SLIGHT_WEIGHT, form.unless, form.as_written)
        for form in term.forms
    )
    return Term(term.text, forms, is_name=False, known=term.known)


def _is_name(words: Words, item: Word, place: int, lexicon: Vocabulary) -> bool:
    if item.folded in NO_NAMES or not item.folded[:1].isalpha() or len(item.folded) < 2:
        return False
    cases = (item.folded,) if item.folded.isascii() else nominatives(item.folded)
    named = any(map(lexicon.is_name, cases))
    if words.cased:
        first = place == 0 or bool(words.items[place - 1].mark)
        if not item.capital or named:
            return item.capital
        if lexicon.known(item.folded):
            return False
        return not first or not (is_stem_known(item.folded, lexicon) or is_common(item.folded))
    if words.sentence and not item.capital and not named:
        # Somebody who begins with a capital and asks at length writes names with one.
        return False
    if named:
        # Where nothing has a capital, "bank" is no name, though the record says "World Bank".
        return not is_common(item.folded)
    if item.folded.isascii():
        return not is_real(item.folded, lexicon)
    return not (is_known(item.folded, lexicon) or is_common(item.folded))


def plain_term(item: Word, lexicon: Vocabulary, *, name: bool) -> Term:
    """The term of one word: as it is, its inflections, and for a name its other spellings."""
    word = item.folded
    forms = [Form((word,), FormKind.EXACT)]
    russian = not word.isascii()
    if any(character.isdigit() for character in word):
        forms = [Form(tuple(analysis.words(item.typed)), FormKind.EXACT)]
    elif name and not russian:
        forms += (
            Form((other,), FormKind.ALIAS, ALIAS_WEIGHT, as_written=True)
            for other in _inflected_name(word)
            if lexicon.is_name(other)
        )
        if not lexicon.known(word):
            forms.append(Form((word,), FormKind.STEM, STEM_WEIGHT))
    else:
        forms.append(Form((word,), FormKind.STEM, STEM_WEIGHT))
        forms += (
            Form((other,), FormKind.ALIAS, STEM_WEIGHT)
            for other in spelling_variants(word)
            if lexicon.known(other)
        )
    if item.other:
        forms.append(Form((item.other,), FormKind.ALIAS, OTHER_WEIGHT))
    if name or not known_in(forms, lexicon):
        others = _cross_script(word, lexicon)
        name = name or bool(others)
        forms += (Form((o,), FormKind.ALIAS, ALIAS_WEIGHT, as_written=True) for o in others)
    text = _POSSESSIVE.sub("", item.typed)
    if name and russian and (whole := _nominative(word, lexicon)):
        text = whole
    if name and text.islower():
        text = text.capitalize()
    return Term(text, tuple(forms), is_name=name, known=known_in(forms, lexicon))


def _nominative(word: str, lexicon: Vocabulary) -> str | None:
    """The nominative that a Russian name in another case is shown by, if the record has it."""
    if not word.endswith(("е", "у", "ю", "ом", "ой", "ей", "ии", "ым")):
        return None
    known = [other for other in nominatives(word)[1:] if lexicon.is_name(other)]
    return max(known, key=lexicon.frequency, default=None)


def _inflected_name(word: str) -> list[str]:
    """Plural and singular, and the adjective that may have been meant."""
    found = [word + "s", word + "es", word + "n", word + "an", word + "ian"]
    if word.endswith("s"):
        found.append(word[:-1])
    return found


def _cross_script(word: str, lexicon: Vocabulary) -> list[str]:
    """Spellings of a name in the other alphabet that the record has."""
    if word.isascii():
        found: list[str] = []
        for other in cyrillic(word):
            cases = {form[0] for form in name_forms([other], fixed=[False])}
            found += [form for form in sorted(cases) if lexicon.is_name(form)]
        return list(dict.fromkeys(found))
    spellings = [latin(form) for form in nominatives(word)]
    return [
        other
        for other in dict.fromkeys(spellings)
        if len(other) > 2 and lexicon.is_name(other) and sound(other)
    ]


def _hyphenated(words: Words, run: Sequence[int], lexicon: Vocabulary) -> Term | None:
    """A compound such as "no-fly" whose parts say nothing by themselves."""
    chunk = words.items[run[0]].chunk
    items = [words.items[place] for place in run if words.items[place].chunk == chunk]
    if len(items) < 2 or not any("-" in item.typed or len(items) > 1 for item in items):
        return None
    slight_part = any(len(item.folded) < 3 or item.folded in FUNCTION_WORDS for item in items)
    if not slight_part or all(item.folded in FUNCTION_WORDS for item in items):
        return None
    folded = tuple(item.folded for item in items)
    forms = [Form(folded, FormKind.EXACT), Form(folded, FormKind.STEM, STEM_WEIGHT)]
    joined = "".join(folded)
    if lexicon.known(joined):
        forms.append(Form((joined,), FormKind.ALIAS, ALIAS_WEIGHT))
    text = "-".join(item.typed for item in items)
    return Term(text, tuple(forms), known=known_in(forms, lexicon))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(word for line in data_lines("given_names.txt") for word in line.split())


def is_given_name(word: str) -> bool:
    """Whether a folded word, in any case, is a given name that stands before a family name."""
    return any(name in _given_names() for name in nominatives(word))


def _person(
    words: Words, items: Sequence[Word], folded: Sequence[str], lexicon: Vocabulary
) -> tuple[int, Term] | None:
    """A given name and a family name: the family name alone will do."""
    if len(items) < 2 or (words.cased and not (items[0].capital and items[1].capital)):
        return None
    if not is_given_name(folded[0]):
        return None
    family, item = folded[1], items[1]
    if family in FUNCTION_WORDS or item.folded[:1].isdigit() or len(family) < 2:
        return None
    surface = _name_at(items, folded, 1)
    entity = gazetteer().entities[surface.key] if surface else None
    if entity and entity.kind != "people":
        return None
    if not words.cased and not (entity or lexicon.is_name(family) or not lexicon.known(family)):
        return None
    if surface:
        taken = 1 + len(surface.words)
        term = _entity_term(surface, lexicon)
    else:
        taken = 2
        while taken < len(items) and items[taken].chunk == item.chunk:
            taken += 1
        term = plain_term(items[taken - 1], lexicon, name=True)
    full = tuple(folded[:taken])
    forms = [Form(full, FormKind.EXACT)]
    common = entity is None and not lexicon.is_name(family)
    common = common and (lexicon.known(family) or is_word(family))
    if common:
        forms += (
            Form((title, family), FormKind.ALIAS, SURNAME_WEIGHT, as_written=True)
            for title in _HONORIFICS
        )
    else:
        forms += (
            Form(
                form.words,
                FormKind.METONYM if form.kind is FormKind.METONYM else FormKind.ALIAS,
                form.weight * SURNAME_WEIGHT,
                form.unless,
                form.as_written or form.words[0].isascii(),
            )
            for form in term.forms
        )
    text = as_typed(items[:taken])
    text = text if not text.islower() else text.title()
    return taken, Term(text, tuple(forms), is_name=True, known=known_in(forms, lexicon))
