"""A small record to ask about: its words, names and speakers, in a real lexicon."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from corpus.search.analysis import word
from corpus.search.lexicon import NO_ALIASES, KnownSpeaker, Lexicon, lexicon_of
from corpus.search.understanding import parse
from corpus.types import Aliases, Query

TODAY = date(2026, 11, 24)

COMMON = """
    about agreement aid attack ban bases budget ceasefire chemical coal comments coup deal
    debt defence election embassy enrichment fly gas growth harbour hospital judges lethal
    line macro made meeting military missile must nations nuclear oil plant points president
    programme rebels red refugees report said sanctions settlements ship statement storm
    summit suspension talking talks the threat trade troops ukrainian visit weapons what
    whereabouts zone center color боевики война выборы газ говорил договор заявление критерии
    мир нефть о операция переговоры санкции сказал теракт терроризм учения
"""
NAMES = """
    ahmadinejad america american benghazi britain brussels burma crimea cuba egypt european
    fordow georgia guinea iran iranian iraq israel jordan kunduz libya mali moscow netanyahu
    niger nigeria nigerian north korea oman pakistan qaddafi romania russia russian snowden
    syria tehran tirana turkey ukraine usa venezuela weld yemen zelaya boko haram putin jcpoa
    nato eu mubarak иран иране иранский крым крыма россия россии украина чечня чечне масхадов
    масхадове лавров путин дагестан саакашвили
"""
SPEAKERS = (
    ("MR. CARNEY", None, 900),
    ("Jay Carney", None, 0),
    ("MR. RHODES", None, 300),
    ("Ben Rhodes", None, 3),
    ("SECRETARY CLINTON", None, 60),
    ("MR. JOHN", None, 9),
    ("MR. BRENNAN", None, 150),
    ("Sergey Lavrov", "Sergey Lavrov", 80),
    ("С.В.Лавров", "Sergey Lavrov", 40),
    ("President of Russia Vladimir Putin", None, 30),
    ("В.Путин", None, 70),
    ("Anna Weld", None, 25),
    ("Steve Davies", None, 12),
    ("Suzy Davies AM", None, 20),
    ("The Acting Chair (Mr. Bruce Stanton)", None, 11),
    ("SENIOR ADMINISTRATION OFFICIAL", None, 33),
    ("Q", None, 1500),
    ("Вопрос", None, 40),
    ("THE CHANCELLOR", None, 5),
    ("CHANCELLER MERKEL", None, 4),
    ("CHANCELLOR MERKEL", None, 6),
)


def lexicon(
    extra: str = "", *, publishers: tuple[str, ...] = (), aliases: Aliases = NO_ALIASES
) -> Lexicon:
    """The lexicon of the small record, with further common words and moderators' names."""
    frequencies = {word(item): 40 for item in (COMMON + extra).split()}
    names = [word(item) for item in NAMES.split()]
    frequencies |= dict.fromkeys(names, 25)
    return lexicon_of(
        frequencies,
        names=names,
        speakers=[
            KnownSpeaker(label, person, passages, document_speaker=False)
            for label, person, passages in sorted(SPEAKERS, key=lambda speaker: -speaker[2])
        ],
        publishers=publishers or ("Ministry of Foreign Affairs", "The Harbour Office"),
        languages=("en", "ru"),
        aliases=aliases,
    )


@lru_cache(maxsize=1)
def small_record() -> Lexicon:
    """The lexicon that most tests ask."""
    return lexicon()


def ask(question: str, *, record: Lexicon | None = None) -> Query:
    """The query that a question is read as."""
    return parse(question, lexicon=record or small_record(), today=TODAY)


def terms(question: str) -> list[str]:
    """What is asked about, as it is shown."""
    return [term.text for term in ask(question).terms]


def described(query: Query) -> str:
    """A query in one line, as ``docs/questions.md`` writes it."""
    parts = [term.text for term in query.terms]
    parts += [f"“{phrase}”" for phrase in query.phrases]
    parts += [f"not {word}" for word in query.excluded]
    if query.speaker:
        known = "" if query.speaker.labels else " (not on record)"
        parts.append(f"by {query.speaker.name}{known}")
    if query.date_from and query.date_from == query.date_to:
        parts.append(f"on {query.date_from}")
    else:
        parts += [f"from {query.date_from}"] if query.date_from else []
        parts += [f"to {query.date_to}"] if query.date_to else []
    parts += [f"in {query.language}"] if query.language else []
    parts += [f"published by {query.publisher}"] if query.publisher else []
    parts += [f"{repair.original} read as {repair.replacement}" for repair in query.repairs]
    return " · ".join(parts) or "nothing"
