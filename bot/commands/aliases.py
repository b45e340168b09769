"""``alias``: names that mean the same, added and removed by moderators."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from bot.commands.common import JsonOption, moderator, opened, screen

alias = typer.Typer(
    help="Let other names mean the same: 'the Iron Lady' asks for Anna Weld.\n\n"
    "ontherecord alias add 'Anna Weld' 'the Iron Lady'",
)


@alias.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the others stand for.")],
    aliases: Annotated[
        list[str], typer.Argument(metavar="ALIAS", help="Another name for it, in any language.")
    ],
) -> int:
    """Let each ALIAS mean the same as NAME in every question.

    Of several, one that is refused does not keep the others out.

    ontherecord alias add 'Anna Weld' 'the Iron Lady' 'Железная леди'
    """
    from bot.aliases import add as add_alias
    from bot.aliases import added_line
    from bot.terminal.streams import complain
    from corpus.errors import InputError

    failed = False
    at = screen()
    with opened() as session:
        for each in aliases:
            try:
                group = session.run(add_alias(session.corpus, name, each, by=moderator()))
            except InputError as error:
                complain(str(error))
                failed = True
                continue
            at.line(added_line(at.words, group, each))
            _undo(f"ontherecord alias remove {shlex.quote(each)}")
    return 2 if failed else 0


@alias.command()
def remove(
    alias: Annotated[str, typer.Argument(metavar="ALIAS", help="One that was added.")],
) -> None:
    """Let ALIAS mean nothing in particular again.

    ontherecord alias remove 'the Iron Lady'
    """
    from bot.aliases import remove as remove_alias
    from bot.aliases import removed_line

    with opened() as session:
        change = session.run(remove_alias(session.corpus, alias, by=moderator()))
    at = screen()
    at.line(removed_line(at.words, change))
    _undo(f"ontherecord alias add {shlex.quote(change.name)} {shlex.quote(change.alias)}")


@alias.command("list")
def list_(json: JsonOption = False) -> None:
    """Show what was added, by whom and when.

    ontherecord alias list
    """
    with opened() as session:
        groups = session.run(session.corpus.aliases())
    if json:
        from bot import shapes
        from bot.terminal.streams import print_json

        for group in groups:
            print_json(shapes.alias_group(group))
    else:
        from bot.aliases import group_lines

        at = screen()
        at.lines(group_lines(at.words, groups))


def _undo(command: str) -> None:
    from bot.message import code

    at = screen()
    at.line(at.words.line("undo", command=code(command)))
