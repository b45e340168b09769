"""``ask`` and ``check``: one question or quotation, or one a line from a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import JsonOption, opened, screen

if TYPE_CHECKING:
    from bot.terminal.session import Session

STREAM = "-"
MOST_ANSWERS = 100


def ask(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="The question, or - for one a line.")
    ],
    limit: Annotated[
        int, typer.Option(min=1, max=MOST_ANSWERS, help="How many answers at most.")
    ] = 5,
    json: JsonOption = False,
) -> int:
    """Answer a question with the exact words on record.

    Exits 0 with answers, 1 when there is nothing on record, 2 on bad input.

    ontherecord ask "what was said about Iran?"
    """
    from bot.terminal.streams import input_lines, valid_text

    if question != STREAM:
        valid_text(question, "the question")
    with opened() as session:
        if question == STREAM:
            for number, line in enumerate(input_lines()):
                if number and not json:
                    typer.echo()
                session.catch_up()
                _ask(session, line, limit, json)
            return 0
        return 0 if _ask(session, question, limit, json) else 1


def check(
    quotation: Annotated[
        str, typer.Argument(metavar="QUOTATION", help="The quotation, or - for one a line.")
    ],
    json: JsonOption = False,
) -> int:
    """Say whether a quotation is verbatim on record, altered, or unknown.

    Exits 0 when it is verbatim, 1 when it is altered or unknown, 2 on bad input.

    ontherecord check "We shall attend if both sides are invited."
    """
    from bot.terminal.streams import input_lines, valid_text

    if quotation != STREAM:
        valid_text(quotation, "the quotation")
    with opened() as session:
        if quotation == STREAM:
            for number, line in enumerate(input_lines()):
                if number and not json:
                    typer.echo()
                session.catch_up()
                _check(session, line, json)
            return 0
        return 0 if _check(session, quotation, json) else 1


def _ask(session: Session, question: str, limit: int, json: bool) -> bool:
    answer = session.run(session.corpus.ask(question, limit=limit))
    if json:
        from bot import shapes
        from bot.terminal.streams import print_json

        print_json(shapes.answer(answer))
    else:
        from bot.asking import view_answer
        from bot.terminal.views import show_answer

        show_answer(screen(), view_answer(answer))
    return answer.silence is None


def _check(session: Session, quotation: str, json: bool) -> bool:
    from corpus.types import Verdict

    found = session.run(session.corpus.check(quotation))
    if json:
        from bot import shapes
        from bot.terminal.streams import print_json

        print_json(shapes.check(found))
    else:
        from bot.checking import view_check
        from bot.terminal.views import show_check

        show_check(screen(), view_check(found))
    return found.verdict is Verdict.VERBATIM
