"""The frame of a question, which is not its subject: "what did … say about", "есть ли что о"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.search.understanding.frames_russian import russian_frames
from corpus.search.understanding.position import Judge, Position
from corpus.search.understanding.word_lists import word_list
from corpus.search.understanding.words import Words

_TOPIC: Final = (
    r"(?:about|on|regarding|concerning|re|as to|with (?:regards?|respect|reference|relation) to"
    r"|in (?:regard|relation|connection|reference) (?:to|with)|relating to|related to"
    r"|on the (?:subject|topic|issue|question|matter) of|to do with|around|over|of|towards?|to|for)"
)
_ADVERB: Final = (
    r"(?:(?:ever|also|just|recently|really|actually|publicly|already|exactly|specifically|once"
    r"|previously|first|then|still|always|often|personally) )*"
)
_PLAIN: Final = (
    r"(?:say|says|said|saying|tell|told|state|stated|speak|spoke|spoken|talk|talked|talking|comment"
    r"|commented|mention|mentioned|discuss|discussed|think|thought|feel|believe|respond|responded"
    r"|react|reacted|reply|replied|remark|remarked|thinks|believes|feels)"
)
_TELLING: Final = (
    r"(?:announce|announced|claim|claimed|suggest|suggested|note|noted|explain|explained|describe"
    r"|described|express|expressed|emphasi[sz]e|emphasi[sz]ed|address|addressed|argue|argued"
    r"|declare|declared|answer|answered|weigh in|make of|put it)"
)
_SAY: Final = rf"(?:(?P<plain>{_PLAIN})|{_TELLING})"
_ACT: Final = (
    r"(?:(?:recommend|agree|disagree|ask|propose|consider|support|oppose|promise|deny|confirm|warn"
    r"|urge|accept|admit|insist|criticise|criticize|praise|condemn|justify|defend|demand"
    r"|call(?:ed)? for|assure|pledge|reject|welcome|ruled? out|acknowledge"
    r"|acknowledged|concede"
    r"|elaborate|argue|predict|hint|stress|vow|blame|apologise|apologize)"
    r"(?:ed|d)?|denied)"
)
"""Verbs that say something, and that belong to the subject too."""
_SEEN: Final = r"(?:(?:hope|want|mean|find|expect|see|view)(?:ed|d)?|meant|found|seen)"
"""Verbs of an opinion in "how does X see", and of something done in "did X see"."""
_SAID: Final = r"(?:said|mentioned|stated|told|spoken|talked|discussed|remarked|commented)"
_SAID_ABOUT: Final = (
    r"(?:about|on|regarding|concerning|re|of|to|as to|with (?:regards?|respect|reference) to"
    r"|in (?:relation|connection|reference) (?:to|with))"
)
_NOUN: Final = (
    r"(?:statements?|remarks?|comments?|words?|mentions?|quotes?|quotations?|speech(?:es)?"
    r"|answers?|views?|opinions?|positions?|stances?|attitudes?|reactions?|responses?|thoughts?"
    r"|line|take|information|info|news|references?|records?|discussions?|talk|materials?"
    r"|transcripts?|press conferences?|briefings?|interviews?|announcements?|passages?"
    r"|paragraphs?|explanations?|debates?|questions?|questioning|conversations?|inquiries|answers?)"
)
_MADE: Final = r"(?: (?:made|given|issued|published|available|on record|there|found))?"
_AUX: Final = r"(?:did|do|does|has|have|had|was|were|is|are|will|would|can|could|might)"
_DO: Final = r"(?:did|do|does|has|have|had|will|would|can|could|might)"
_WORD: Final = r"[^\s|,;:—]+"
_WHO: Final = rf"(?P<who>{_WORD}(?: {_WORD}){{0,6}}?)"
_NAME_WORDS: Final = rf"{_WORD}(?: {_WORD}){{0,6}}?"
_ANYTHING: Final = r"(?:anything|something|nothing|much|a lot|more|everything|what)"
_TO_WHOM: Final = r"(?: (?:to |with )?(?:reporters|the press|journalists|us|me|them|the media))?"

_START: Final = r"(?:^|(?<=\s))"
_END: Final = r"(?=\s|$)"
_GAP: Final = r"(?: [|,])*"

_SAID_BY_SUBJECT: Final = (
    rf"^(?P<who>{_WORD}(?: {_WORD}){{0,4}}?) {_ADVERB}(?:(?:has|had|have) )?"
    rf"(?:said|says|told|stated|commented|spoke|talked|mentioned|remarked|announced|claimed|claims"
    rf"|responded|reacted|replied|argued|saying|talking|speaking|commenting)"
    rf"(?: {_ANYTHING})?{_TO_WHOM}{_GAP}(?: {_TOPIC}| that)?"
)
_PATTERNS: Final = tuple(
    (kind, re.compile(_START + pattern + _END))
    for kind, pattern in (
        # please tell me, I want to know, search for
        (
            "polite",
            r"^(?:(?:please|can|could|would|will) (?:you )?|i (?:would like|want|need|d like) to |"
            r"i'd like to |help me |let me |we want to )*"
            r"(?:tell|show|find|give|search|look up|list|get|bring|fetch|know|see|read|hear|display"
            r"|looking|i'm looking|searching|i am looking)"
            r"(?: (?:me|us|out|up|for|all|everything|anything|please))*"
            r"(?= (?:what|who|how|when|where|why|whether|if|about|on|the|any|every|all|statements?"
            r"|remarks?|comments?|quotes?|that|anything|something))",
        ),
        ("polite", r"^(?:please )?(?:summari[sz]e|outline|recap)(?: (?:what|how|the))?(?= )"),
        (
            "mentioned",
            rf"{_AUX} (?P<keep>{_WORD}(?: {_WORD}){{0,5}}?) "
            r"(?:been |ever |also )*(?:mentioned|discussed|talked about|come up|brought up)$",
        ),
        # what did X say about
        (
            "active",
            rf"(?:(?:what|how|when|where|why|who|whom|which) )?"
            rf"(?:(?:else|all|exactly|specifically|much|often|{_NOUN}) )*"
            rf"(?:{_DO} {_ADVERB}{_WHO} {_ADVERB}{_SAY}"
            rf"|(?:was|were|is|are) (?P<who_is>{_NAME_WORDS}) "
            r"(?:saying|talking|speaking|commenting))"
            rf"(?: {_ANYTHING})?{_TO_WHOM}{_GAP}(?: {_TOPIC})?",
        ),
        (
            "act",
            rf"(?:(?:what|how|when|why) {_DO} {_ADVERB}{_WHO} {_ADVERB}(?P<hint>{_ACT}|{_SEEN})"
            rf"|{_DO} {_ADVERB}(?P<who_does>{_NAME_WORDS}) {_ADVERB}(?P<hint_does>{_ACT}))"
            r"(?: (?:that|to|for))?",
        ),
        # tell me what X said about
        (
            "embedded",
            rf"(?:what|how|when|where|why|whether|if|that|anything|everything|something) "
            rf"{_ADVERB}{_WHO} {_ADVERB}(?:(?:has|had|have) )?{_ADVERB}{_SAY}"
            rf"(?: {_ANYTHING})?{_TO_WHOM}{_GAP}(?: {_TOPIC})?",
        ),
        # where does X stand on, what is X's position on
        ("active", rf"(?:where|how) {_AUX} {_WHO} (?:stand|feel|come down){_GAP}(?: {_TOPIC})?"),
        # was anything said by X about
        (
            "passive",
            rf"(?:(?:what|anything|something|everything|all|things?|how much|nothing|whatever"
            rf"|{_NOUN}|who|there|it|that|which) )*(?:{_AUX} (?:been |being |there |it |anything "
            r"|something |ever |also |already |not )*)?"
            r"(?:(?:been|ever|also|anything|something|already) )*"
            rf"{_SAID}(?: by {_WHO})?{_TO_WHOM}{_GAP}(?: {_SAID_ABOUT}| that)",
        ),
        (
            "passive",
            rf"^(?:what|anything|something|everything|all) {_AUX} (?:been |being |ever |also )*"
            rf"{_SAID}(?: by {_WHO})?$",
        ),
        (
            "bare",
            r"^(?:(?:all|any|the|latest|recent|new|last|first|what|were|was|are|is|there) )*"
            rf"{_NOUN}(?: (?:were|was|are|is|there|made|given))*$",
        ),
        ("who", rf"(?:who|whoever) (?:(?:else|all|has|have|had|was|first|ever|also|actually) )*"
                rf"{_PLAIN}(?: {_ANYTHING})?{_TO_WHOM}{_GAP}(?: {_TOPIC}| that)?"),
        ("subject", _SAID_BY_SUBJECT),
        (
            "owner",
            rf"(?:(?:what|how|which) (?:is|was|are|were|about) |what's )?(?:the )?"
            rf"{_WHO}(?: s|(?<=s)) (?:(?:own|official|latest|recent|first|last|public|exact|general"
            rf"|overall) )*{_NOUN}{_MADE}{_GAP} {_TOPIC}",
        ),
        (
            "noun of",
            rf"(?:(?:what|how) (?:is|was|are|were) |what's |are there |is there )?"
            rf"(?:(?:any|all|some|the|latest|recent|official|public|last|first|more) )*{_NOUN}"
            rf"{_MADE} (?:by|from|of) {_WHO}{_GAP} (?:about|on|regarding|concerning|towards?)",
        ),
        (
            "owner",
            rf"^(?:the )?{_WHO} (?:(?:own|official|latest|recent|first|last|public) )*"
            rf"(?:statements?|remarks?|comments?|quotes?|speech(?:es)?|views?|opinions?|positions?)"
            rf"{_GAP} {_SAID_ABOUT}",
        ),
        # is there anything on, any statement about, the quote about
        (
            "there",
            rf"(?:(?:is|was|are|were|do|does|has|have) (?:there|you|we|they|it)"
            rf"(?: been| have| got)? )?"
            rf"(?:(?:any|some|all|every|the|a|an|more|latest|recent|official|public|what|which|"
            rf"various|and|or|quick|exact|full) )*"
            rf"(?:{_NOUN}(?:(?: and| or| ,)? {_NOUN})*|anything|something|everything|nothing)"
            rf"(?: (?:else|new|at all|official))?{_MADE}(?: in the record| on file)?{_GAP} "
            rf"(?:about|on|regarding|concerning|re|of|in relation to|related to|relating to|"
            rf"with regard to|mentioning|towards?)",
        ),
        (
            "there",
            r"(?:(?:what (?:was|is|were)|any|the|a|some|how|was|there|is) )*"
            r"(?:reactions?|responses?|answers?) (?:there )?to(?: the)?",
        ),
        ("sayer of", rf"^(?:(?:all|any|the|some) )*{_NOUN}{_MADE} (?:by|from|of) {_WHO}$"),
        ("last", rf"{_WHO} (?:said|says)$"),
        ("there", r"(?:what|how) about|^(?:about|on|regarding|re|concerning)(?! the record)"),
        (
            "there",
            r"^(?:the )?(?:quotes?|quotations?|passages?|statements?) (?:where|that|in which)",
        ),
        (
            "aside",
            r"(?:when|while|in|after|as) (?:(?:he|she|they|was|were|being) )*"
            r"(?:talking|speaking|discussing|asked|answering|responding|commenting|answers?)"
            r"(?: (?:about|on|to|questions?|a|the|of))*",
        ),
        ("there", r"(?:with (?:regards?|respect)|in (?:regard|relation|connection)) (?:to|with)"),
    )
)  # fmt: skip
_ACCORDING: Final = re.compile(
    rf"{_START}(?:according to|as per|in the words of|in the (?:view|opinion) of) "
    rf"(?P<who>{_WORD}(?: {_WORD}){{0,5}})"
)
_ON: Final = re.compile(
    rf"^(?P<who>{_WORD}(?:(?: ,)? {_WORD}){{0,7}}?)"
    r"(?: (?:on|about|re|regarding|concerning|:))(?= \S)"
)
_BY: Final = re.compile(rf"{_START}(?:by|from) (?P<who>{_WORD}(?: {_WORD}){{0,4}})$")


@dataclass(slots=True)
class Frames:
    """What the frame of a question tells."""

    saying: bool = False
    """The question asks what was said, so that a date in it is when."""
    found: bool = False
    hints: list[int] = field(default_factory=list)
    """Places of verbs that say something and belong to the subject too."""


def take_frames(words: Words, judge: Judge) -> Frames:
    """Take up the words of all frames, and have those in a sayer's place judged."""
    frames = Frames()
    _according(words, judge, frames)
    for kind, pattern in _PATTERNS:
        # Once it is clear that what was said is asked for, the rest is about what was said.
        if kind in _FIRST_ONLY and frames.saying:
            continue
        _apply(kind, pattern, words, judge, frames)
    if not frames.saying:
        _apply("on", _ON, words, judge, frames)
    if frames.saying:
        _apply("by", _BY, words, judge, frames)
    russian_frames(words, judge, frames)
    return frames


_FIRST_ONLY: Final = frozenset(
    {"act", "subject", "owner", "noun of", "who", "sayer of", "last", "bare"}
)
_ASKS_WHAT: Final = re.compile(r"(?:what|did|has|have|had|does|do|how did)(?=\s)")
_POSITIONS: Final = dict.fromkeys(
    ("active", "noun of", "passive", "mentioned"), Position.CERTAIN
) | (dict.fromkeys(("act", "subject", "owner", "embedded"), Position.LIKELY))


def _apply(kind: str, pattern: re.Pattern[str], words: Words, judge: Judge, frames: Frames) -> None:
    flat = words.flat()
    match = pattern.search(flat.text)
    if match is None or not match[0].strip():
        return
    groups = match.groupdict()
    places = flat.places(match.span())
    if groups.get("keep"):
        kept = set(flat.places(match.span("keep")))
        words.use(place for place in places if place not in kept)
        frames.saying = frames.found = True
        return
    name = next((name for name in ("who", "who_is", "who_does") if groups.get(name)), None)
    if name:
        who = flat.places(match.span(name))
        if kind == "last":
            _last(who, places, words, judge, frames)
            return
        position = _POSITIONS.get(kind, Position.POSSIBLE)
        if kind == "active" and not (groups.get("plain") and _ASKS_WHAT.match(match[0])):
            # "When did Toyota say", "what did Tesla claim": only of those who speak here.
            position = Position.LIKELY
        if not judge(who, position):
            # Of "what did the report say about", the report is part of the subject.
            if kind != "active" or not groups.get("plain"):
                return
            places = [place for place in places if place not in who]
    for hint in ("hint", "hint_does"):
        if groups.get(hint):
            frames.hints += flat.places(match.span(hint))
    words.use(places)
    frames.found = True
    frames.saying = frames.saying or kind not in ("polite", "aside")


def _last(
    who: Sequence[int], places: Sequence[int], words: Words, judge: Judge, frames: Frames
) -> None:
    """ "the jobs report Carney said": the shortest run of words before the verb that is known."""
    for length in range(1, min(len(who), 4) + 1):
        if judge(who[-length:], Position.POSSIBLE):
            words.use([*who[-length:], *places[len(who) :]])
            frames.found = frames.saying = True
            return


def _according(words: Words, judge: Judge, frames: Frames) -> None:
    """ "according to Sergey Lavrov what …": the longest run of words that is a sayer."""
    flat = words.flat()
    match = _ACCORDING.search(flat.text)
    if match is None:
        return
    who = flat.places(match.span("who"))
    head = flat.places((match.start(), match.start("who")))
    stop = next((n for n, place in enumerate(who) if words.items[place].folded in _STOPS), len(who))
    for length in range(stop, 0, -1):
        if judge(who[:length], Position.CERTAIN if length == stop else Position.POSSIBLE):
            words.use([*head, *who[:length]])
            frames.found = frames.saying = True
            return
    words.use(head)


_STOPS: Final = word_list("clause starts")
