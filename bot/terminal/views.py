"""Views drawn at a terminal: answers, silence, statements, checked quotations, previews."""

from __future__ import annotations

from bot.asking import AnswerView, ContextView, PassageView, StatementView
from bot.checking import CheckView, remark_lines, verdict_line, words_line
from bot.message import Line, Span, Style, code, faint, joined
from bot.moderation import Field, outcome_line, preview, preview_lines, understood_lines
from bot.phrasing import (
    SEPARATOR,
    also_said_line,
    asked_line,
    change_line,
    covered_lines,
    document_line,
    interpretation_lines,
    page_line,
    silence_lines,
    source_line,
    speaker_line,
)
from bot.sources import Taken
from bot.terminal.render import Screen
from corpus.types import AliasChange, Change, Coverage, Document, SilenceReason

OPTIONS = {
    Field.TITLE: "--title",
    Field.SPEAKER: "--speaker",
    Field.SAID_ON: "--said-on",
    Field.PUBLISHER: "--publisher",
    Field.LANGUAGE: "--language",
    Field.SOURCE_URL: "--url",
}
"""Options of ``add`` that fill in a field."""


def show_answer(screen: Screen, view: AnswerView, *, then: Line = ()) -> None:
    """An answer with what was understood, or why there is none; ``then`` says what comes next."""
    screen.lines(interpretation_lines(screen.words, view))
    if view.silence:
        screen.lines(silence_lines(screen.words, view))
        if view.silence.reason is SilenceReason.EMPTY_RECORD:
            command = code("ontherecord add https://…")
            screen.line(screen.words.line("terminal-add-first", command=command))
        return
    for number, passage in enumerate(view.passages):
        if number:
            screen.blank()
        show_passage(screen, passage)
        if view.total > 1:
            page = tuple(faint(span.text) for span in page_line(screen.words, view, number))
            screen.line(joined([page, then] if then else [page], SEPARATOR))


def show_passage(screen: Screen, view: PassageView) -> None:
    """A passage: who and when, the question, the words, the source and its address."""
    screen.line(speaker_line(screen.words, view))
    asked = asked_line(screen.words, view)
    if asked:
        screen.line(asked)
    if not view.current:
        screen.say("withdrawn-passage")
    screen.quotation((Span(view.text),))
    _show_source(screen, view)
    also = also_said_line(screen.words, view)
    if also:
        screen.line(also)


def show_context(screen: Screen, view: ContextView) -> None:
    """A passage among its neighbours, which stand back."""
    screen.line(speaker_line(screen.words, view.passage))
    for neighbour in view.before:
        screen.quotation((faint(neighbour.text),))
    screen.quotation((Span(view.passage.text),))
    for neighbour in view.after:
        screen.quotation((faint(neighbour.text),))
    screen.line(source_line(screen.words, view.passage))


def show_statement(screen: Screen, view: StatementView) -> None:
    """A whole statement; a speaker is named where the speaker changes."""
    screen.line(document_line(screen.words, view.document))
    speaking: str | None = None
    for passage in view.passages:
        if passage.who and passage.who != speaking:
            screen.line((Span(passage.who, Style.STRONG),))
        speaking = passage.who
        screen.quotation((Span(passage.text),))


def show_documents(screen: Screen, documents: list[Document]) -> None:
    """Statements, one line each."""
    if not documents:
        screen.say("latest-empty")
    screen.lines([document_line(screen.words, document) for document in documents])


def show_coverage(screen: Screen, coverage: Coverage) -> None:
    """What is on record."""
    screen.lines(covered_lines(screen.words, coverage))


def show_changes(screen: Screen, changes: list[Change | AliasChange]) -> None:
    """What happened to the record, one line each."""
    if not changes:
        screen.say("log-empty")
    screen.lines([change_line(screen.words, change) for change in changes])


def show_taken(screen: Screen, taken: Taken) -> None:
    """What was understood of a source, and what publishing it came to."""
    view = preview(screen.words, taken.draft)
    if taken.publication is None:
        screen.lines(preview_lines(screen.words, view))
        return
    screen.lines(understood_lines(screen.words, view))
    screen.line(outcome_line(screen.words, taken.publication))
    options = [OPTIONS[field] for field in view.missing if field in OPTIONS]
    if not options:
        return
    shown = code(" ".join(options))
    document = taken.publication.document
    if document.source_url is None:
        # It is known by its text: with a link it would be another statement beside this one.
        undo = code(f"ontherecord withdraw {document.id}")
        screen.line(screen.words.line("terminal-correct-unlinked", undo=undo, options=shown))
    else:
        screen.line(screen.words.line("terminal-correct", options=shown))


def show_check(screen: Screen, view: CheckView) -> None:
    """A quotation checked, with the record's own words and how they differ."""
    screen.line(verdict_line(screen.words, view))
    if view.passage is None:
        return
    for passage in view.stitched:
        screen.line(speaker_line(screen.words, passage))
        screen.quotation((Span(passage.text),))
    if not view.stitched:
        screen.quotation(words_line(view))
    screen.lines(remark_lines(screen.words, view))
    _show_source(screen, view.passage)


def _show_source(screen: Screen, view: PassageView) -> None:
    screen.line(source_line(screen.words, view))
    if view.source_url:
        screen.line((Span(view.source_url, Style.FAINT, url=view.link),))
