"""An open corpus for code that is not asynchronous: commands, and a prompt that waits for keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from typing import Any, TypeVar

from bot.settings import Settings
from corpus import Corpus, open_corpus
from corpus.errors import CorpusError

T = TypeVar("T")


class Session:
    """A corpus and the loop that its work runs on, one piece of work at a time.

    Reading a line from a person blocks; done between pieces of work, in the main thread, it can
    be interrupted like any other program's.
    """

    def __init__(self, corpus: Corpus, runner: asyncio.Runner) -> None:
        self.corpus = corpus
        self._runner = runner

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run one piece of work to its end."""
        return self._runner.run(work)

    def catch_up(self) -> None:
        """Take in what other processes published while nothing ran here.

        Trouble with it is no reason not to answer, from what there is.
        """
        with suppress(CorpusError):
            self.run(self.corpus.follow())

    def each(self, items: AsyncIterator[T]) -> Iterator[T]:
        """Items of an asynchronous iterator, one at a time."""

        async def following() -> tuple[T] | None:
            try:
                return (await anext(items),)
            except StopAsyncIteration:
                return None

        while (item := self.run(following())) is not None:
            yield item[0]


@contextmanager
def open_session(settings: Settings, *, rebuild: bool = False) -> Iterator[Session]:
    """Open the record of these settings, made or migrated as needed.

    With ``rebuild``, its index is thrown away first and built anew.

    Raises:
        CorpusError: it can't be opened.
    """
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            corpus = runner.run(
                stack.enter_async_context(
                    open_corpus(
                        settings.record_url,
                        settings.data_dir,
                        rebuild=rebuild,
                        meaning_model=settings.meaning_model,
                    )
                )
            )
            yield Session(corpus, runner)
        finally:
            runner.run(stack.aclose())
