"""Views put into words: the lines that Telegram and the terminal both show."""

from __future__ import annotations

from datetime import date, datetime

from bot.asking import AnswerView, Interpretation, PassageView, SilenceView
from bot.message import Line, Span, emphasis, faint, joined, plain, strong
from bot.words import Words
from corpus.types import AliasChange, Change, Coverage, Document, Moment, RepairKind, SilenceReason

SEPARATOR = " · "


def speaker_line(words: Words, view: PassageView) -> Line:
    """Who said it and when: "Anna Weld, Foreign Minister · 12 March 2024"."""
    return joined([who(words, view), (Span(day_or_unknown(words, view.said_on)),)], SEPARATOR)


def who(words: Words, view: PassageView) -> Line:
    """Who said it; unknown is said to be unknown."""
    if view.who is None:
        if view.statement_by:
            return words.line("speaker-of-statement", name=strong(view.statement_by))
        return (strong(words("speaker-unknown")),)
    named: Line = (strong(view.who),)
    if view.label:
        named = words.line("speaker-labelled", name=strong(view.who), label=view.label)
    if view.role:
        named = (*named, Span(f", {view.role}"))
    return named


def asked_line(words: Words, view: PassageView) -> Line | None:
    """The question that was replied to, on one line; None where there is none."""
    if not view.asked:
        return None
    return (emphasis(words("asked", question=" ".join(view.asked.split()))),)


def source_line(words: Words, view: PassageView) -> Line:
    """Title and publisher, linked to the source at the paragraph."""
    parts = [view.title or words("untitled")]
    published = None
    if view.published_at is not None:
        same_year = view.said_on is not None and view.said_on.year == view.published_at.year
        published = day_of(words, view.published_at, year=not same_year)
    if view.publisher and published:
        parts.append(words("published-in", publisher=view.publisher, day=published))
    elif view.publisher:
        parts.append(view.publisher)
    elif published:
        parts.append(words("published", day=published))
    return (Span(SEPARATOR.join(parts), url=view.link),)


def also_said_line(words: Words, view: PassageView) -> Line | None:
    """Other days on which nearly the same was said; None where there are none."""
    days = sorted({other.said_on for other in view.also_said if other.said_on} - {view.said_on})
    if not days:
        return None
    return (faint(words("also-said", days=", ".join(map(words.day, days)))),)


def page_line(words: Words, answer: AnswerView, number: int = 0) -> Line:
    """Which of the answers the ``number``-th shown passage is: "1 of 4"."""
    return (Span(words("page-of", number=answer.offset + number + 1, total=answer.total)),)


def interpretation_lines(words: Words, answer: AnswerView) -> list[Line]:
    """What was understood, where saying it adds something; what part is not on record."""
    lines: list[Line] = []
    understood = answer.interpretation
    if understood.adds:
        repairs = [_repair(words, understood, number) for number in range(len(understood.repairs))]
        what = _what(words, understood)
        said = [(Span(words("searching", what=what)),)] if what and understood.limited else []
        line = joined([*said, *repairs], "; ")
        if line:
            lines.append((emphasis(plain(line)),))
        lines.extend((faint(note),) for note in understood.notes)
    if answer.uncovered:
        lines.append(
            words.line("interpretation-partly", words=strong(SEPARATOR.join(answer.uncovered)))
        )
    return lines


def _repair(words: Words, understood: Interpretation, number: int) -> Line:
    repair = understood.repairs[number]
    key = "repaired-keyboard" if repair.kind is RepairKind.KEYBOARD else "repaired"
    return (Span(words(key, original=repair.original, replacement=repair.replacement)),)


def subject(words: Words, understood: Interpretation) -> str:
    """What a question is about, in a few words: "Iran · Weld"."""
    return _what(words, understood)


def _what(words: Words, understood: Interpretation) -> str:
    asked = [*understood.terms]
    asked += [words("interpretation-exact", phrase=phrase) for phrase in understood.phrases]
    return SEPARATOR.join([*asked, *limits(words, understood)])


def limits(words: Words, understood: Interpretation) -> list[str]:
    """What narrows the search, apart from the words themselves."""
    found = [understood.speaker] if understood.speaker else []
    if understood.date_from or understood.date_to:
        found.append(words.period(understood.date_from, understood.date_to))
    if understood.language:
        name = language_name(words, understood.language)
        found.append(words("interpretation-language", language=name))
    if understood.publisher:
        found.append(understood.publisher)
    found += [words("interpretation-without", word=word) for word in understood.excluded]
    return found


def silence_lines(words: Words, answer: AnswerView) -> list[Line]:
    """Why there is no answer, what was looked through, and what would find one."""
    silence = answer.silence
    if silence is None:
        return []
    lines = [_reason(words, answer.interpretation, silence)]
    looked = coverage_line(words, silence.coverage) if silence.coverage else None
    if looked and silence.reason not in (SilenceReason.EMPTY_RECORD, SilenceReason.NOTHING_ASKED):
        lines.append(looked)
    if silence.near:
        terms = [
            words.line("silence-near-term", term=strong(near.label), count=near.count)
            for near in silence.near
        ]
        near_terms = joined(terms, SEPARATOR)
        lines.append(_placed(words, "silence-near", "terms", near_terms))
    lines += [
        words.line("silence-loosened", label=loosened_label(words, loose.label), count=loose.count)
        for loose in silence.loosened
    ]
    return lines


def loosened_label(words: Words, label: str) -> str:
    """What was loosened, in the asker's language where we have the words, else as it came."""
    last = label.rsplit(" ", 1)[-1].strip().casefold()
    key = f"loosened-{last}"
    return words(key) if words.has(key) else label[:1].upper() + label[1:]


def _reason(words: Words, understood: Interpretation, silence: SilenceView) -> Line:
    what = strong(SEPARATOR.join(silence.missing))
    match silence.reason:
        case SilenceReason.UNKNOWN_SPEAKER:
            name = understood.speaker or SEPARATOR.join(silence.missing)
            return words.line("silence-unknown-speaker", speaker=strong(name))
        case SilenceReason.NOT_THIS_TOPIC if silence.known:
            known = strong(SEPARATOR.join(silence.known))
            return words.line("silence-not-this-topic", known=known, missing=what)
        case SilenceReason.FILTERED:
            within = SEPARATOR.join(limits(words, understood))
            if silence.missing:
                return words.line("silence-filtered", what=what, limits=within)
            return words.line("silence-filtered-all", limits=within)
        case SilenceReason.EMPTY_RECORD | SilenceReason.NOTHING_ASKED as reason:
            return words.line(f"silence-{reason}")
        case _:
            return words.line("silence-unknown-terms", what=what)


def _placed(words: Words, key: str, argument: str, inside: Line) -> Line:
    """A message with a whole line in place of one argument."""
    mark = Span("\ue002")
    line: list[Span] = []
    for span in words.line(key, **{argument: mark}):
        line.extend(inside if span is mark else (span,))
    return tuple(line)


def coverage_line(words: Words, coverage: Coverage) -> Line:
    """How much was looked through: "I looked in 412 statements, 2 January 2020 to …"."""
    if coverage.first is None or coverage.last is None:
        return words.line("silence-looked-undated", documents=coverage.documents)
    first, last = words.day(coverage.first), words.day(coverage.last)
    period = first if first == last else words("period-between", first=first, last=last)
    return words.line("silence-looked", documents=coverage.documents, period=period)


def covered_lines(words: Words, coverage: Coverage) -> list[Line]:
    """What the record holds: statements, dates, speakers, publishers, languages."""
    lines = [words.line("covered", documents=coverage.documents, passages=coverage.passages)]
    if coverage.first and coverage.last:
        first, last = words.day(coverage.first), words.day(coverage.last)
        if first == last:
            lines.append(words.line("covered-day", day=first))
        else:
            lines.append(words.line("covered-period", first=first, last=last))
    lines.append(words.line("covered-speakers", count=coverage.speakers))
    for publisher in coverage.publishers:
        name = publisher.name or words("publisher-unknown")
        lines.append(words.line("covered-publisher", name=strong(name), count=publisher.documents))
    for code, count in coverage.languages:
        name = language_name(words, code)
        lines.append(words.line("covered-language", language=strong(name), count=count))
    if coverage.withdrawn:
        lines.append(words.line("covered-withdrawn", count=coverage.withdrawn))
    return lines


def document_line(words: Words, document: Document) -> Line:
    """A statement in one line: its number, date, title, speaker and publisher."""
    parts: list[Line] = [
        (faint(f"#{document.id}"),),
        (Span(day_or_unknown(words, document.said_on)),),
        (Span(document.title or words("untitled"), url=document.source_url),),
    ]
    parts += [(Span(part),) for part in (document.speaker, document.publisher) if part]
    return joined(parts, SEPARATOR)


def change_line(words: Words, change: Change | AliasChange) -> Line:
    """A row of the log in one line: when, what, which statement or alias, by whom and why."""
    what = strong(words(f"change-{change.kind}"))
    parts: list[Line] = [(faint(f"{change.at:%Y-%m-%d %H:%M}"),)]
    if isinstance(change, AliasChange):
        parts += [(what,), (Span(f"{change.name} = {change.alias}"),)]
    else:
        parts.append((what, Span(f" #{change.document_id}")))
        parts.append((Span(change.title or words("untitled"), url=change.source_url),))
    if change.by:
        parts.append((Span(words("change-by", name=change.by)),))
    if isinstance(change, Change) and change.reason:
        parts.append((Span(change.reason),))
    return joined(parts, SEPARATOR)


def day_or_unknown(words: Words, day: date | None) -> str:
    """A day, or that it is unknown."""
    return words.day(day) if day else words("date-unknown")


def day_of(words: Words, moment: Moment, *, year: bool = True) -> str:
    """The day of a moment."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return words.day(day, year=year)


def moment_text(words: Words, moment: Moment) -> str:
    """A moment as precisely as it is known: "20 May 2021, 03:25"."""
    if isinstance(moment, datetime):
        return f"{words.day(moment.date())}, {words.time(moment)}"
    return words.day(moment)


def language_name(words: Words, code: str | None) -> str:
    """A language's name in the reader's language; its code where that is not known."""
    if not code:
        return words("language-unknown")
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code).get_language_name(words.language)
    except (UnknownLocaleError, ValueError):
        return code
    return str(name) if name else code
