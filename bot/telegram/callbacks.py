"""What a button says when it is tapped: at most 64 bytes, and all that is needed to act on it.

Nothing is kept in memory, so a button works after a restart, on any replica, and a year later.
A question that is too long for a button is stored in the record under a short key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

DATA_LIMIT = 64
"""Bytes of ``callback_data`` (Bot API, ``InlineKeyboardButton``)."""

MOST_ANSWERS = 9_999
"""Answers that anyone leafs through."""
MOST_ID = 999_999_999_999_999_999
"""An id above it fits no database."""

_DAY_ZERO = date(2020, 1, 1)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class QuestionStore(Protocol):
    """Keeps questions that are too long for a button or a link."""

    async def remember_query(self, question: str) -> str:
        """A key for this question: at most 22 of A-Z, a-z, 0-9, _ and -."""
        ...

    async def recall_query(self, key: str) -> str | None:
        """The question of this key; None if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ShowAnswer:
    """Show the answer of this number, from 0, to a question, in place of the one shown."""

    number: int
    asked_on: date
    """The day of the question, from which "last week" is counted."""
    language: str
    """Of the answer, so that a group's answer stays in its asker's language."""
    question: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Answer this question, as if it had been typed."""

    question: str


@dataclass(frozen=True, slots=True)
class ShowContext:
    """Show the paragraphs around a passage."""

    passage_id: int


@dataclass(frozen=True, slots=True)
class ShowStatement:
    """Send the whole statement that a passage is from, opened where it stands."""

    passage_id: int


@dataclass(frozen=True, slots=True)
class ShowDocument:
    """Send a whole statement from its beginning."""

    document_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Show another page of a statement, in place of the one shown."""

    document_id: int
    revision: int
    page: int


@dataclass(frozen=True, slots=True)
class SendFile:
    """Send a whole statement as a file."""

    document_id: int
    revision: int


@dataclass(frozen=True, slots=True)
class ShowLatest:
    """Show the latest statements from this offset, in place of those shown."""

    offset: int


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak this language from now on; an empty code follows Telegram's setting."""

    language: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Tell of new statements on a question from now on, or no more."""

    question: str
    on: bool
    named: bool = False
    """Whether the button names what it is about, as where there are several."""


@dataclass(frozen=True, slots=True)
class PauseAlerts:
    """Tell nothing for now, or again."""

    paused: bool


@dataclass(frozen=True, slots=True)
class ShowAlerts:
    """Send the list of what one is told of."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """A label that looks like a button."""


Action = (
    ShowAnswer
    | Ask
    | ShowContext
    | ShowStatement
    | ShowDocument
    | TurnPage
    | SendFile
    | ShowLatest
    | ChooseLanguage
    | Watch
    | PauseAlerts
    | ShowAlerts
    | Nothing
)


async def encode(action: Action, questions: QuestionStore) -> str:
    """An action as callback data. Buttons are out there for years: forms are only ever added."""
    match action:
        case ShowAnswer(number, asked_on, language, question):
            day = _base36((asked_on - _DAY_ZERO).days)
            return await _with_question(f"a:{number}:{day}:{language}:", question, questions)
        case Ask(question):
            return await _with_question("q:", question, questions)
        case ShowContext(passage_id):
            return f"c:{passage_id}"
        case ShowStatement(passage_id):
            return f"s:{passage_id}"
        case ShowDocument(document_id, revision):
            return f"d:{document_id}:{revision}"
        case TurnPage(document_id, revision, page):
            return f"p:{document_id}:{revision}:{page}"
        case SendFile(document_id, revision):
            return f"f:{document_id}:{revision}"
        case ShowLatest(offset):
            return f"l:{offset}"
        case ChooseLanguage(language):
            return f"g:{language}"
        case Watch(question, on, named):
            head = f"{'w' if on else 'u'}:{'n' if named else ''}:"
            return await _with_question(head, question, questions)
        case PauseAlerts(paused):
            return f"z:{int(paused)}"
        case ShowAlerts():
            return "y"
        case Nothing():
            return "n"


async def decode(data: str, questions: QuestionStore) -> Action | None:
    """The action of callback data; None if it isn't ours or its question is no longer kept."""
    verb, _, rest = data.partition(":")
    try:
        match verb:
            case "a":
                number, day, language, reference = rest.split(":", 3)
                question = await _question(reference, questions)
                place = _number(number, MOST_ANSWERS)
                asked_on = _DAY_ZERO + timedelta(days=int(day, 36))
                return ShowAnswer(place, asked_on, language, question) if question else None
            case "q":
                question = await _question(rest, questions)
                return Ask(question) if question else None
            case "c":
                return ShowContext(_number(rest))
            case "s":
                return ShowStatement(_number(rest))
            case "d":
                return ShowDocument(*_numbers(rest, 2))
            case "p":
                return TurnPage(*_numbers(rest, 3))
            case "f":
                return SendFile(*_numbers(rest, 2))
            case "l":
                return ShowLatest(_number(rest))
            case "g":
                return ChooseLanguage(rest)
            case "w" | "u":
                named, reference = rest.split(":", 1)
                question = await _question(reference, questions)
                return Watch(question, verb == "w", named == "n") if question else None
            case "z":
                return PauseAlerts(rest == "1") if rest in ("0", "1") else None
            case "y":
                return ShowAlerts()
            case "n":
                return Nothing()
    except (ValueError, OverflowError):
        return None
    return None


async def _with_question(head: str, question: str, questions: QuestionStore) -> str:
    inline = f"{head}={question}"
    if len(inline.encode()) <= DATA_LIMIT and question.isprintable():
        return inline
    return f"{head}~{await questions.remember_query(question)}"


async def _question(reference: str, questions: QuestionStore) -> str | None:
    if reference.startswith("="):
        return reference[1:] or None
    if reference.startswith("~"):
        return await questions.recall_query(reference[1:])
    return None


def _numbers(text: str, count: int) -> list[int]:
    numbers = [_number(part) for part in text.split(":")]
    if len(numbers) != count:
        raise ValueError("a button of another form")
    return numbers


def _number(text: str, most: int = MOST_ID) -> int:
    """A count or an id: no sign, and not so large that it must be forged."""
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        raise ValueError("not a number of ours")
    return int(text)


def _base36(number: int) -> str:
    digits = ""
    while number > 0:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
