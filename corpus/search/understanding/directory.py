"""The known speakers of the record: labels of the sources, read as titles, given name, surname."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from corpus.search import analysis
from corpus.search.understanding.transliteration import skeleton, sound
from corpus.search.understanding.vocabulary import KnownSpeaker
from corpus.search.understanding.word_lists import word_list

ROLES: Final = (
    "prime minister", "vice president", "foreign minister", "foreign secretary",
    "press secretary", "under secretary", "deputy secretary", "secretary general",
    "secretary of state", "president", "minister", "secretary", "chancellor", "ambassador",
    "senator", "general", "admiral", "governor", "mayor", "chairman", "chair", "speaker",
    "representative", "administrator", "director", "commissioner", "captain", "premier", "pope",
    "король", "президент", "министр иностранных дел", "премьер министр", "министр", "канцлер",
    "посол", "пресс секретарь", "секретарь", "генеральный секретарь", "генсек", "председатель",
)  # fmt: skip
"""Offices that stand before a name, the longer first."""

_HONORIFICS: Final = word_list("honorifics")
_NO_SPEAKERS: Final = word_list("no speakers")
SUFFIXES: Final = word_list("suffixes")
_PATRONYMIC: Final = re.compile(
    r"(?:ович|евич|ич|овна|евна|ична|ovich|evich|ovna|evna)(?:[ауе]|ем|ой)?$"
)
_PIECE: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INNER_CAPITAL: Final = re.compile(r"(?:^|(?<=[\s.'’-])|(?<=\bmc))[^\W\d_]")
_PARENTHESIS: Final = re.compile(r"\(([^()]*)\)")
_NICKNAMES: Final = (
    {"bob", "rob", "robert", "bobby"}, {"bill", "will", "william", "billy"},
    {"joe", "joseph"}, {"jim", "james", "jimmy"}, {"tom", "thomas"}, {"tony", "anthony"},
    {"ben", "benjamin"}, {"dan", "daniel", "danny"}, {"dave", "david"}, {"mike", "michael"},
    {"nick", "nicholas"}, {"steve", "steven", "stephen"}, {"sue", "susan", "suzy", "susie"},
    {"liz", "elizabeth", "beth"}, {"kate", "katherine", "kathleen", "cathy", "kathy"},
    {"chris", "christopher"}, {"josh", "joshua"}, {"matt", "matthew"}, {"jen", "jennifer"},
    {"john", "jon", "jonathan", "jack"}, {"jay", "jason"}, {"tim", "timothy"},
    {"tony", "antony"}, {"ed", "edward", "ted"}, {"rick", "richard", "dick"}, {"sam", "samuel"},
    {"sasha", "alexander", "aleksandr"}, {"volodya", "vladimir"}, {"dima", "dmitry"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a person, taken apart; words folded."""

    family: str
    given: tuple[str, ...] = ()
    """Given names, initials and whatever stands before the family name."""
    role: str = ""
    """Office before the name: "president", "prime minister"."""


@dataclass(slots=True)
class Speaker:
    """One person, as far as the labels tell, with all the labels that mean them."""

    name: Name
    labels: set[str] = field(default_factory=set)
    shown: str = ""
    passages: int = 0
    known_person: str | None = None


@lru_cache(maxsize=20_000)
def read_name(label: str) -> Name | None:
    """The name in a label such as "MR. CARNEY", "С.В.Лавров", "President of Russia Vladimir Putin".

    None if the label names nobody ("Q", "SENIOR ADMINISTRATION OFFICIAL"); a family name of ""
    if it is an office alone ("THE PRESIDENT").
    """
    if inner := _PARENTHESIS.search(label):
        outer = read_name(_PARENTHESIS.sub(" ", label))
        return outer if outer and outer.family else read_name(inner[1]) or outer
    pieces = [analysis.fold(piece) for piece in _PIECE.findall(label)]
    pieces = [piece for piece in pieces if piece not in SUFFIXES or piece == pieces[0]]
    if all(piece in _NO_SPEAKERS for piece in pieces):
        return None
    role, pieces = _office(pieces)
    bare = [piece for piece in pieces if piece not in _HONORIFICS]
    if role and ("of" in pieces or "for" in pieces) and len(bare) > 2:
        bare = bare[-2:]
    bare = [piece for piece in bare if not (len(bare) > 2 and _PATRONYMIC.search(piece))]
    if not bare or (len(bare) == 1 and len(bare[0]) == 1):
        return Name("", (), role) if role else None
    return Name(bare[-1], tuple(bare[:-1]), role)


def _office(pieces: list[str]) -> tuple[str, list[str]]:
    if pieces and len(pieces[0]) > 7 and len(pieces) > 1:
        # The sources misspell offices too: "CHANCELLER", "AMBASSSADOR".
        near = [role for role in ROLES if OSA.distance(pieces[0], role, score_cutoff=1) <= 1]
        pieces = [*near[:1], *pieces[1:]] if near else pieces
    text = " ".join(pieces)
    for role in ROLES:
        place = f" {text} ".find(f" {role} ")
        if place >= 0:
            return role, (text[:place] + text[place + len(role) :]).split()
    return "", pieces


def same_given(one: str, other: str) -> bool:
    """Whether two given names or initials may belong to one person."""
    first, second = sound(one), sound(other)
    if first == second or skeleton(one) == skeleton(other) != "":
        return True
    if 1 in (len(one), len(other)):
        return first[:1] == second[:1]
    return any(one in names and other in names for names in _NICKNAMES)


def compatible(asked: Sequence[str], known: Sequence[str]) -> bool:
    """Whether no given name that was asked for contradicts those of a label."""
    if not asked or not known:
        return True
    return all(any(same_given(one, other) for other in known) for one in asked)


class Directory:
    """All speakers of the record, by family name and by office."""

    def __init__(self, speakers: Iterable[KnownSpeaker]) -> None:
        self.by_family: dict[str, list[Speaker]] = defaultdict(list)
        """By :func:`~.transliteration.sound` of the family name."""
        self.by_given: dict[str, list[Speaker]] = defaultdict(list)
        self.offices: dict[str, set[str]] = defaultdict(set)
        """Labels that are an office alone."""
        self.families: dict[str, int] = {}
        """Folded family names, as the record writes them, with their passages."""
        self.by_skeleton: dict[str, set[str]] = defaultdict(set)
        """Folded family names by :func:`~.transliteration.skeleton`."""
        self.labels: dict[str, Speaker] = {}
        self.anonymous: dict[str, set[str]] = {}
        """Labels of nobody by name, "SENIOR ADMINISTRATION OFFICIAL", without a plural s."""
        parsed = []
        for speaker in speakers:
            name = read_name(speaker.person or speaker.label)
            if name is None:
                folded = " ".join(_PIECE.findall(analysis.fold(speaker.label)))
                self.anonymous.setdefault(folded.removesuffix("s"), set()).add(speaker.label)
                continue
            if not name.family:
                self.offices[name.role].add(speaker.label)
                continue
            parsed.append((name, speaker))
        # Full names first, so that bare labels find the person whom they may mean.
        parsed.sort(key=lambda pair: -sum(map(len, pair[0].given)))
        for name, speaker in parsed:
            self._add(name, speaker)
        for speakers_of in list(self.by_family.values()):
            speakers_of.sort(key=lambda speaker: -speaker.passages)

    def _add(self, name: Name, known: KnownSpeaker) -> None:
        key = sound(name.family)
        same = [
            speaker
            for speaker in self.by_family[key]
            if compatible(name.given, speaker.name.given)
            and (not known.person or speaker.known_person in (None, known.person))
        ]
        if len(same) == 1 and (same[0].name.given or not name.given):
            speaker = same[0]
        else:
            speaker = Speaker(name, shown=_shown(known.person or known.label, name))
            self.by_family[key].append(speaker)
            for given in name.given:
                if len(given) > 1:
                    self.by_given[sound(given)].append(speaker)
        speaker.known_person = speaker.known_person or known.person
        if name.role and not speaker.name.role:
            speaker.name = Name(speaker.name.family, speaker.name.given, name.role)
        speaker.labels.update({known.label, *([known.person] if known.person else [])})
        speaker.passages += known.passages
        self.families[name.family] = self.families.get(name.family, 0) + known.passages + 1
        self.by_skeleton[skeleton(name.family)].add(name.family)
        self.labels[analysis.fold(known.label)] = speaker

    def holders(self, role: str) -> tuple[list[Speaker], set[str]]:
        """The people with an office in their labels, and the labels that are the office alone."""
        speakers = {id(s): s for same in self.by_family.values() for s in same}
        people = [speaker for speaker in speakers.values() if speaker.name.role == role]
        return people, self.offices.get(role, set())


_directories: list[tuple[Sequence[KnownSpeaker], Directory]] = []


def directory(speakers: Sequence[KnownSpeaker]) -> Directory:
    """The directory of these speakers; made once for as long as the sequence is the same object."""
    for known, made in list(_directories):
        if known is speakers:
            return made
    made = Directory(speakers)
    _directories[:] = [(speakers, made), *_directories[:3]]
    return made


def _shown(label: str, name: Name) -> str:
    """A label as it is shown: without shouting, and without what is no part of the name."""
    inner = _PARENTHESIS.search(label)
    text = label
    if inner:
        outside = _PARENTHESIS.sub(" ", label)
        outer = read_name(outside)
        text = outside if outer and outer.family else inner[1]
    pieces = [piece for piece in text.split() if analysis.fold(piece.strip(".,")) not in SUFFIXES]
    text = " ".join(pieces)
    if not any(character.islower() for character in text.replace("Mc", "")):
        text = _INNER_CAPITAL.sub(lambda match: match[0].upper(), text.lower())
    wanted = {*name.given, name.family}
    if name.given and all(len(given) > 1 for given in name.given):
        kept = [
            piece
            for piece in text.split()
            if wanted & {analysis.fold(part) for part in _PIECE.findall(piece)}
        ]
        return " ".join(kept) or text
    return text
