"""Questions with one typing mistake in each content word, the same ones in every run."""

from __future__ import annotations

import random
import re

_WORD = re.compile(r"[^\W\d_]{4,}")
_FUNCTION_WORDS = """
    about after against also another anything around been before being between both could does
    during each every from given have having here however into itself just like made many might
    more most much must name named need only other over same said should since some such than that
    their them then there these they thing this those through under until used very want well were
    what when where which while whom whose will with within without would your
    была были было быть весь всего всех года году даже если есть затем именно иначе какая каких
    какие каким каков какова каково какой какое какому какую когда которая которого которое
    которой котором который которые которых кого либо между может могут надо него ними них
    одного одной около перед после потом почему сколько также такие такой того тоже только
    чего через чтобы этих этого этой этом
    """
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def with_typos(question: str) -> str:
    """The question with one edit in each content word: any place, the first letter included.

    Each word has a letter changed, dropped, added or swapped with the next, all equally likely.
    """
    chance = random.Random(question)

    def edited(match: re.Match[str]) -> str:
        word = match.group()
        return word if word.lower() in _FUNCTION else _edit(word, chance)

    return _WORD.sub(edited, question)


def _edit(word: str, chance: random.Random) -> str:
    letters = _CYRILLIC if re.search("[а-яё]", word.lower()) else _LATIN
    place = chance.randrange(len(word))
    kind = chance.choice(("change", "drop", "add", "swap"))
    if kind == "swap":
        place = min(place, len(word) - 2)
        if word[place] != word[place + 1]:
            return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        kind = "change"
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    letter = chance.choice([one for one in letters if one != word[place].lower()])
    return word[:place] + letter + word[place + (kind == "change") :]


def with_one_typo(question: str, number: int) -> str | None:
    """The question with one content word misspelt; another word or another way by ``number``.

    None where it has no content word.
    """
    chance = random.Random(f"{number} {question}")
    words = [found for found in _WORD.finditer(question) if found[0].lower() not in _FUNCTION]
    if not words:
        return None
    word = chance.choice(words)
    return question[: word.start()] + _edit(word[0], chance) + question[word.end() :]
