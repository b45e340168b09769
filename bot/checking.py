"""Use case: is this quotation verbatim, altered or unknown?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.asking import PassageView, view_passage
from bot.message import Line, Span, Style, emphasis, strong
from bot.phrasing import day_or_unknown, who
from bot.words import Words
from corpus import Corpus
from corpus.types import Edit, EditKind, QuoteCheck, Verdict

FOLLOWING = 3
"""Words after a difference that "the record says" goes on to show."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """A quotation checked, with the passage that comes closest."""

    quotation: str
    verdict: Verdict
    passage: PassageView | None
    difference: tuple[Edit, ...]
    elided: bool
    stitched: tuple[PassageView, ...]

    @property
    def differs(self) -> bool:
        """Whether there is a word to strike out or to add."""
        return any(edit.kind is not EditKind.EQUAL for edit in self.difference)


async def check(corpus: Corpus, quotation: str) -> CheckView:
    """Check a quotation against the record.

    Raises:
        CorpusError: the record or its index can't be read.
    """
    return view_check(await corpus.check(quotation))


def view_check(found: QuoteCheck) -> CheckView:
    """A checked quotation as it is shown."""
    return CheckView(
        quotation=found.quotation,
        verdict=found.verdict,
        passage=view_passage(found.passage) if found.passage else None,
        difference=found.difference,
        elided=found.elided,
        stitched=tuple(map(view_passage, found.stitched)),
    )


def verdict_line(words: Words, view: CheckView) -> Line:
    """The verdict, and whose words the record has: "Altered. Closest on record, Anna Weld, …"."""
    verdict = strong(words(f"check-{view.verdict}"))
    if view.passage is None:
        return (verdict, Span(f" {words('check-unknown-next')}"))
    name = "".join(span.text for span in who(words, view.passage))
    day = day_or_unknown(words, view.passage.said_on)
    return (verdict, Span(f" {words(f'check-{view.verdict}-by', who=name, day=day)}"))


def words_line(view: CheckView) -> Line:
    """The record's words; where they differ, with the quotation's words struck in and out."""
    if view.passage is None:
        return ()
    if not view.differs or view.stitched:
        return (Span(view.passage.text),)
    return difference_line(view.difference)


def difference_line(difference: Sequence[Edit]) -> Line:
    """An alignment in one line: what only the record has is struck, what it lacks is underlined."""
    spans: list[Span] = []
    for edit in difference:
        if edit.kind is EditKind.EQUAL:
            spans.append(Span(edit.record))
            continue
        spans += _marked(edit.record, Style.STRUCK)
        spans += _marked(edit.quotation, Style.ADDED)
    return tuple(spans)


def _marked(text: str, style: Style) -> list[Span]:
    """Words in a style, but not the space after them: a struck space reads badly."""
    words = text.rstrip()
    return [span for span in (Span(words, style), Span(text[len(words) :])) if span.text]


def remark_lines(words: Words, view: CheckView) -> list[Line]:
    """What else should be known: words left out, passages joined, what the record says instead."""
    lines: list[Line] = []
    if view.elided:
        lines.append(words.line("check-elided"))
    if view.stitched:
        lines.append(words.line("check-stitched", count=len(view.stitched)))
    elif view.verdict is Verdict.ALTERED:
        lines += _says(words, view.difference)
    return lines


def _says(words: Words, difference: Sequence[Edit]) -> list[Line]:
    """Where there is but one difference, it can be said in a sentence."""
    changed = [n for n, edit in enumerate(difference) if edit.kind is not EditKind.EQUAL]
    if len(changed) != 1:
        return []
    edit = difference[changed[0]]
    if not edit.record.strip():
        return [words.line("check-record-lacks", words=emphasis(edit.quotation.strip()))]
    after = "".join(each.record for each in difference[changed[0] + 1 :]).split()[:FOLLOWING]
    record = " ".join([*edit.record.split(), *after]).rstrip(".,;:")
    return [words.line("check-record-says", record=emphasis(record))]
