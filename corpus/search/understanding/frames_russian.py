"""Russian question frames: "что говорил Лавров об Иране", "есть ли что-нибудь о", "по словам"."""

from __future__ import annotations

import re
from typing import Final, Protocol

from corpus.search.understanding.function_words import FUNCTION_WORDS
from corpus.search.understanding.position import Judge, Position
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Word, Words

_END: Final = r"(?=\s|$)"
_VERB: Final = re.compile(
    r"(?:с?казал|говорил|заявил|заявлял|упоминал(?!ся|ась|ись|ось)|упомянул|высказал|высказывал|комментировал"
    r"|прокомментировал|рассказал|рассказывал|отметил|отмечал|думал|считал|ответил|отвечал"
    r"|отреагировал|реагировал|обсуждал|обсудил|объяснил|объяснял|подчеркнул|подчеркивал|сообщил"
    r"|сообщал|выразил|отозвал|отзывал|пояснил|признал|утверждал)(?:а|о|и)?(?:ся|сь)?"
    r"|говор(?:ит|ят)|скажет|заявля(?:ет|ют)|упомина(?:ет|ют)|комментиру(?:ет|ют)|дума(?:ет|ют)"
    r"|счита(?:ет|ют)|полага(?:ет|ют)|отмеча(?:ет|ют)|отвеча(?:ет|ют)|реагиру(?:ет|ют)"
    r"|рассказыва(?:ет|ют)|сообща(?:ет|ют)"
)
_ATTITUDE: Final = re.compile(r"относ(?:ится|ятся)|отнес(?:ся|лась|лись)")
_PLURAL: Final = re.compile(r"(?:ли|лись|ют|ят|ут)$")
_PASSIVE: Final = re.compile(
    r"(?:сказано|говорилось|говорится|упоминалось|упоминается|упоминались|упоминался|упоминалась"
    r"|заявлено|заявлялось|сообщалось|написано|известно|упомянут[аоы]?|обсуждалось|обсуждался"
    r"|обсуждалась|обсуждались|отмечалось|прозвучало|звучало)"
)
_NOUN: Final = re.compile(
    r"(?:заявлени[еяйю]\w?|высказывани[еяй]|комментари[ийяе]\w?|слова|слов|цитат[аыу]?|мнени[еяй]"
    r"|позици[яию]|отношени[еяи]|реакци[яию]|ответы?|информаци[яию]|данные|новости|упоминани[еяй]"
    r"|выступлени[еяй]|взгляды?|речь|речи|оценк[аиу]|точк[аиу] зрения|материалы)"
)
_TOPICS: Final = word_list("russian topic words")
_TOPIC_PHRASES: Final = re.compile(
    r"(?:^|(?<=\s))(?:по поводу|по теме|по вопрос(?:у|ам)|в отношении|в связи с|на тему|на счет"
    r"|по части)(?= )"
)
_OPENERS: Final = word_list("russian openers")
_EMPTY: Final = FUNCTION_WORDS | _OPENERS
_INSTRUMENTAL: Final = ("ым", "им", "ом", "ем", "ой", "ей")
_IMPERATIVE: Final = re.compile(
    r"^(?:пожалуйста |мне |можешь |можете |хочу |я )*(?:расскажи|найди|покажи|дай|скажи|поищи"
    r"|напомни|назови|ищу|узнать|знать|найти|процитируй)(?:те)?"
    rf"(?: мне| нам| пожалуйста| все)*{_END}"
)
_BY_WORDS: Final = re.compile(
    r"(?:^|(?<=\s))(?:по словам|по мнению|согласно|со слов|в словах|по версии|словами)(?= )"
)
_ON: Final = re.compile(r"^(?P<who>\S+(?: [^\s|,;:]+){0,3}?) (?:о|об|обо|про|насчет)(?= \S)")


class _Frames(Protocol):
    saying: bool
    found: bool


def russian_frames(words: Words, judge: Judge, frames: _Frames) -> None:
    """Take up the words of Russian frames."""
    if not any("а" <= item.folded[:1] <= "я" for item in words.items):
        return
    taken = _imperative(words) | _by_words(words, judge) | _topic_phrases(words)
    verb = _first(words, _VERB)
    if verb is None and words.items[0].folded == "как":
        verb = _first(words, _ATTITUDE)
    passive = _first(words, _PASSIVE)
    noun = _first(words, _NOUN)
    if verb is not None and not _content_clause(words, verb):
        _around_verb(words, verb, judge)
        taken = True
    if passive is not None:
        words.use([passive])
        after = _run(words, passive + 1, 4)
        if after and words.items[after[0]].folded.endswith(_INSTRUMENTAL):
            _sayer_after(words, passive, judge, certain=False)
        taken = True
    if noun is not None and (_openers_only(words, noun) or _topic_follows(words, noun)):
        words.use([noun])
        _sayer_after(words, noun, judge, certain=True)
        taken = True
    if taken or _openers_then_topic(words):
        _drop_openers(words)
        frames.found = frames.saying = True
    elif not frames.saying:
        flat = words.flat()
        match = _ON.search(flat.text)
        if match and judge(flat.places(match.span("who")), Position.POSSIBLE):
            words.use(flat.places(match.span()))
            frames.found = frames.saying = True


def _first(words: Words, pattern: re.Pattern[str]) -> int | None:
    return next(
        (place for place in words.rest() if pattern.fullmatch(words.items[place].folded)), None
    )


def _imperative(words: Words) -> bool:
    flat = words.flat()
    match = _IMPERATIVE.search(flat.text)
    if match is None:
        return False
    words.use(flat.places(match.span()))
    return True


def _topic_phrases(words: Words) -> bool:
    flat = words.flat()
    match = _TOPIC_PHRASES.search(flat.text)
    if match is None:
        return False
    words.use(flat.places(match.span()))
    return True


def _by_words(words: Words, judge: Judge) -> bool:
    """ "по словам Лаврова": the longest run of words behind it that is a sayer."""
    flat = words.flat()
    match = _BY_WORDS.search(flat.text)
    if match is None:
        return False
    head = flat.places(match.span())
    after = _run(words, head[-1] + 1, 4)
    for length in range(len(after), 0, -1):
        if judge(after[:length], Position.CERTAIN if length == len(after) else Position.POSSIBLE):
            words.use([*head, *after[:length]])
            return True
    words.use(head)
    return False


def _content_clause(words: Words, verb: int) -> bool:
    """Whether the verb stands in a clause about the subject, as after "который"."""
    before = [words.items[place].folded for place in range(verb)]
    return any(word.startswith("котор") for word in before)


def _run(words: Words, start: int, longest: int) -> list[int]:
    """Words from a place on, up to a preposition of the topic, a mark or what is taken up."""
    found: list[int] = []
    for place in range(start, min(start + longest, len(words))):
        item = words.items[place]
        if item.used or _is_empty(item):
            break
        found.append(place)
        if item.mark:
            break
    return found


def _is_empty(item: Word) -> bool:
    """Whether a word is no part of a name: neither an initial nor within one of several words."""
    initial = item.capital and len(item.typed) == 1
    return item.folded in _EMPTY and not (initial or item.bound)


def _around_verb(words: Words, verb: int, judge: Judge) -> None:
    """Take the verb, and its subject from behind it, before it, or the end of the question."""
    place = verb + 1
    while place < len(words) and words.items[place].folded in ("ли", "же", "бы"):
        words.use([place])
        place += 1
    words.use([verb])
    asks_who = any(words.items[p].folded == "кто" for p in range(verb))
    if asks_who or _PLURAL.search(words.items[verb].folded):
        # "Что говорили о поездке Анны Вельд": they said it, not she.
        return
    after = _run(words, place, 4)
    for length in range(len(after), 0, -1):
        if judge(after[:length], Position.POSSIBLE):
            words.use(after[:length])
            return
    before: list[int] = []
    for place in range(verb - 1, max(verb - 5, -1), -1):
        item = words.items[place]
        if item.used or item.mark or _is_empty(item):
            break
        before.insert(0, place)
    for start in range(len(before)):
        if judge(before[start:], Position.POSSIBLE):
            words.use(before[start:])
            return
    rest = words.rest()
    for length in (3, 2, 1):
        tail = rest[-length:]
        nominative = not words.items[tail[0]].folded.endswith(("у", "ом", "ым")) if tail else False
        topic_before = len(rest) > length and words.items[rest[-length - 1]].folded not in _TOPICS
        if len(tail) == length and nominative and topic_before and judge(tail, Position.POSSIBLE):
            words.use(tail)
            return
    if after and judge(after, Position.CERTAIN):
        words.use(after)
    elif before and judge(before, Position.CERTAIN):
        words.use(before)


def _sayer_after(words: Words, place: int, judge: Judge, *, certain: bool) -> None:
    after = _run(words, place + 1, 4)
    for length in range(len(after), 0, -1):
        if judge(after[:length], Position.POSSIBLE):
            words.use(after[:length])
            return
    follows = place + 1 + len(after)
    topic = follows < len(words) and words.items[follows].folded in _TOPICS
    if certain and after and topic and judge(after, Position.CERTAIN):
        words.use(after)


def _openers_only(words: Words, place: int) -> bool:
    return all(words.items[p].used or words.items[p].folded in _OPENERS for p in range(place))


def _topic_follows(words: Words, place: int) -> bool:
    return place + 1 < len(words) and words.items[place + 1].folded in _TOPICS


def _openers_then_topic(words: Words) -> bool:
    """ "что-нибудь об Иране", "есть ли что про Иран"."""
    rest = words.rest()
    opened = False
    for place in rest:
        folded = words.items[place].folded
        if folded in _TOPICS:
            return opened
        if folded not in _OPENERS:
            return False
        opened = True
    return False


def _drop_openers(words: Words) -> None:
    for place in words.rest():
        if words.items[place].folded not in _OPENERS and words.items[place].folded not in _TOPICS:
            break
        words.use([place])
