"""What is said of a question that was misread, ignored or read one way of several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from babel.dates import format_date

from corpus.types import Query


class Note(Enum):
    """A note, in English and in Russian, with what is filled in in braces."""

    ALONE = (
        "A quotation mark has no partner: its words are read as plain words.",
        "У кавычки нет пары: слова после неё прочитаны как обычные.",
    )
    NOT_WORD_FOR_WORD = (
        "Nothing on record has “{phrase}” word for word; its words were looked for.",
        "Дословно «{phrase}» нигде не сказано; искал по отдельным словам.",
    )
    SWAPPED = (
        "from:{first} is after to:{last}; the two were swapped.",
        "from:{first} позже, чем to:{last}; они переставлены.",
    )
    NO_DATE = (
        "{name}:{value} is not a date; it is read as plain words.",
        "{name}:{value} — не дата; прочитано как обычные слова.",
    )
    NO_LANGUAGE = (
        "{name}:{value} is not a language code such as en or ru; it is read as plain words.",
        "{name}:{value} — не код языка вроде en или ru; прочитано как обычные слова.",
    )
    NO_VALUE = (
        "{name}: names nothing; it is read as plain words.",
        "{name}: ничего не называет; прочитано как обычные слова.",
    )
    TOO_LONG = (
        "Only the first {count} characters were read.",
        "Прочитаны только первые {count} знаков.",
    )
    UNKNOWN_SPEAKER = (
        "{name} is no speaker on record.",
        "{name}: высказываний этого человека нет.",
    )
    SEVERAL_HOLDERS = (
        "“{role}” may be several people; name the one you mean.",
        "«{role}» — это может быть несколько человек; назовите имя.",
    )
    NAMESAKES = (
        "{family} may be any of: {names}.",
        "{family} — это может быть: {names}.",
    )
    DAY_ORDER = (
        "{text} is read as {day}; write {iso} to be sure.",
        "{text} прочитано как {day}; чтобы не ошибиться, пишите {iso}.",
    )
    THIS_DAY = ("{day} is taken for the date.", "Принята дата: {day}.")
    THIS_MONTH = ("{month} is taken for the month.", "Принят месяц: {month}.")


@dataclass(frozen=True, slots=True)
class Noted:
    """A note with its values, not yet in a language."""

    note: Note
    values: tuple[tuple[str, str | int | date], ...] = ()

    def text(self, language: str) -> str:
        """The sentence, in English or ("ru") Russian."""
        template = self.note.value[language == "ru"]
        return template.format(**{key: _shown(key, value, language) for key, value in self.values})


def noted(note: Note, **values: str | int | date) -> Noted:
    """A note with these values."""
    return Noted(note, tuple(values.items()))


def _shown(key: str, value: str | int | date, language: str) -> str:
    if not isinstance(value, date) or key in ("iso", "first", "last"):
        return str(value)
    pattern = "LLLL y" if key == "month" else "d MMMM y"
    return format_date(value, pattern, locale="ru" if language == "ru" else "en")


def not_word_for_word(query: Query) -> tuple[str, ...]:
    """That nothing on record has the phrases of a query as they stand, in the asker's language."""
    language = query.asked_in or "en"
    return tuple(
        noted(Note.NOT_WORD_FOR_WORD, phrase=phrase).text(language) for phrase in query.phrases
    )
