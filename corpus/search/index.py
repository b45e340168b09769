"""The index as its owner sees it: open, take in, search, close."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from corpus.errors import SearchIndexError, StorageFull
from corpus.search import index_files as files
from corpus.search import understanding
from corpus.search.engine import Engine
from corpus.search.findings import Findings
from corpus.search.index_builder import TokenNumbers
from corpus.search.index_writer import extend
from corpus.search.lexicon import NO_ALIASES, Lexicon, Vocabulary
from corpus.search.percolation import Percolator
from corpus.search.quotations import evidence, nearest
from corpus.search.searcher import search
from corpus.search.standing import stand
from corpus.search.view import View
from corpus.types import Aliases, Coverage, DocumentState, Query

if TYPE_CHECKING:
    from corpus.search.meaning.retriever import DenseRetriever

_ATTEMPTS: Final = 20
"""How often to read again when another process moves the index while it is being read."""


REMEMBERED: Final = 2_000
"""Answers kept until the index moves on: turning pages and popular questions ask them again."""


RELEASED: Final = 16
"""Searches after which touched pages of the large files are given back."""


class SearchIndex:
    """A search index in a directory, which several processes may share.

    Searching never waits: it reads the view that was current when it began. Writing is done by
    one thread of one process at a time, under a lock that is held no longer than that.
    """

    def __init__(self, path: Path) -> None:
        """Use :meth:`open`."""
        self._path = path
        self._writing = threading.RLock()
        self._stamp = (0, 0, 0)
        self._closed = False
        # Threads that search at once only wait for each other at the interpreter's lock, for
        # several milliseconds at a time; one after the other, all are answered sooner.
        self._searching = threading.Lock()
        self._searches = 0
        self._answers: dict[tuple[object, ...], Findings] = {}
        self._engine: Engine | None = None
        self._tokens: TokenNumbers | None = None
        self._view: View | None = None
        self._meaning: DenseRetriever | None = None
        self._aliases = NO_ALIASES
        self._percolator = Percolator()

    @classmethod
    def open(cls, path: Path, *, meaning_model: str | None = None) -> SearchIndex:
        """Open the index at ``path``, making an empty one where there is none.

        With ``meaning_model``, a directory or the name of an installed package, passages are
        ranked by meaning too, as far as :meth:`embed` has come (``docs/meaning.md``).

        An index whose files are of another format is begun anew, at position 0.

        Raises:
            SearchIndexError: it is damaged or can't be read; ``ontherecord reindex`` mends it.
            InputError: there is no such model, or what runs it isn't installed.
        """
        index = cls(path)
        if meaning_model is not None:
            from corpus.search.meaning.retriever import DenseRetriever

            index._meaning = DenseRetriever(path, meaning_model)
        try:
            path.mkdir(parents=True, exist_ok=True)
            if files.read_manifest(path) is None:
                with index._locked():
                    if files.read_manifest(path) is None:
                        index._begin()
            index.refresh()
        except OSError as error:
            raise _trouble(path, error) from error
        return index

    @staticmethod
    def discard(path: Path) -> None:
        """Delete the index at ``path``, damaged or not; opening it then begins an empty one."""
        shutil.rmtree(path, ignore_errors=True)

    @property
    def position(self) -> int:
        """The position of the change log that the index has taken in."""
        return self.view.manifest.position

    @property
    def lexicon(self) -> Lexicon:
        """The words, speakers, publishers and languages known at this position."""
        return self.view.lexicon

    @property
    def view(self) -> View:
        """The index at the position that it has now; does not change with it."""
        if self._view is None:
            raise self._was_closed()
        return self._view

    def _was_closed(self) -> SearchIndexError:
        return SearchIndexError(f"the search index at {self._path} is closed")

    def refresh(self) -> bool:
        """Take over what another process has written; says whether there was anything new.

        Costs some microseconds when there was not.

        Raises:
            SearchIndexError: the index is damaged.
        """
        if self._closed:
            raise self._was_closed()
        if files.manifest_stamp(self._path) == self._stamp:
            return False
        with self._writing:
            for _ in range(_ATTEMPTS):
                stamp = files.manifest_stamp(self._path)
                if stamp == self._stamp:
                    return True
                try:
                    self._read()
                except FileNotFoundError:
                    continue  # moved on while we read; the new manifest is there
                self._stamp = stamp
            raise SearchIndexError(
                f"the search index at {self._path} has files missing; {files.REBUILD}"
            )

    def _read(self) -> None:
        manifest = files.read_manifest(self._path)
        if manifest is None:
            raise SearchIndexError(f"the search index at {self._path} is gone; {files.REBUILD}")
        epoch = self._path / manifest.epoch
        view = self._view
        clean = (
            view is not None
            and view.manifest.epoch == manifest.epoch
            and len(view.vocabulary) == view.manifest.terms
        )
        state = files.read_state(epoch, manifest)
        arrays = files.map_arrays(epoch, manifest)
        if view is not None and clean:
            vocabulary = view.vocabulary
            for term in files.read_terms(epoch, view.manifest.terms_bytes, manifest):
                vocabulary.number(term)
        else:
            vocabulary = Vocabulary(files.read_terms(epoch, 0, manifest))
            self._tokens = None
            self._engine = Engine(epoch / "engine")
        if len(vocabulary) != manifest.terms or self._engine is None:
            raise SearchIndexError(f"the search index at {self._path} is damaged; {files.REBUILD}")
        searcher = self._engine.searcher()
        self._view = View(manifest, arrays, state, vocabulary, searcher, self._aliases)

    def apply(self, states: Sequence[DocumentState], position: int) -> None:
        """Take in documents as they stand at a position of the change log, all or none of them.

        Each replaces what the index has of that document; one without passages removes it. A
        position that was reached already, here or by another process, changes nothing.

        Raises:
            SearchIndexError: the index can't be written.
            StorageFull: the disk is full; the index is as it was.
        """
        try:
            with self._locked():
                self.refresh()
                if position > self.position:
                    self._apply(states, position)
        except OSError as error:
            raise _trouble(self._path, error) from error

    def _apply(self, states: Sequence[DocumentState], position: int) -> None:
        view, engine = self.view, self._engine
        if engine is None:
            raise self._was_closed()
        if self._tokens is None:
            self._tokens = TokenNumbers(view.vocabulary)
        epoch = self._path / view.manifest.epoch
        manifest, state = extend(view, engine, epoch, self._tokens, states, position)
        files.write_manifest(self._path, manifest)
        self._stamp = files.manifest_stamp(self._path)
        self._view = View(
            manifest,
            files.map_arrays(epoch, manifest),
            state,
            view.vocabulary,
            engine.searcher(),
            self._aliases,
        )
        # A process that is opening the index may still be reading the last state.
        files.state_file(epoch, manifest.generation - 2).unlink(missing_ok=True)

    @property
    def aliases(self) -> Aliases:
        """The names, added by moderators, that questions are read by."""
        return self._aliases

    def learn(self, aliases: Aliases) -> None:
        """Read questions by these names from now on, in place of those before.

        They are kept in memory alone: the index does not change.

        Raises:
            SearchIndexError: the index is closed.
        """
        with self._writing:
            self._view = replace(self.view, aliases=aliases)
            self._aliases = aliases

    def accepted_alias(self, name: str, alias: str) -> tuple[str, str]:
        """A name and another one for it, as they go on record.

        Raises:
            UnusableAlias: the other one would change what other words mean, or is no name.
        """
        return understanding.accepted(name, alias, self.lexicon)

    @staticmethod
    def tidy_alias(alias: str) -> str:
        """A name as :meth:`accepted_alias` writes it: without an article, or quotation marks."""
        return understanding.tidy(alias)

    def clear(self) -> None:
        """Begin an empty index, at position 0. Searches under way finish on the old one.

        Raises:
            SearchIndexError: the index can't be written.
        """
        try:
            with self._locked():
                self._begin()
                self.refresh()
        except OSError as error:
            raise _trouble(self._path, error) from error

    def _begin(self) -> None:
        epoch = f"epoch-{secrets.token_hex(6)}"
        directory = self._path / epoch
        directory.mkdir()
        for name in ("words.bin", "passages.bin", "documents.bin", "terms.bin", "terms.txt"):
            (directory / name).touch()
        Engine(directory / "engine")
        nothing = files.State(np.zeros((4, 0), np.int32), np.zeros(0, np.uint8), files.Labels())
        size, checksum = files.write_state(directory, 0, nothing)
        files.write_manifest(
            self._path, files.Manifest(epoch=epoch, state_bytes=size, state_crc=checksum)
        )
        for other in self._path.glob("epoch-*"):
            if other.name != epoch:
                shutil.rmtree(other, ignore_errors=True)

    def search(self, question: str, *, limit: int, offset: int = 0, today: date) -> Findings:
        """Answer a question with the best passages from ``offset`` on, or with silence.

        ``today`` is the day that "last week" is counted from.

        Raises:
            SearchIndexError: the index is damaged.
        """
        view = self.view
        written = (view.manifest.epoch, view.manifest.generation, view.aliases.revision)
        key = (*written, question, limit, offset, today)
        known = self._answers.get(key)
        if known is not None:
            return known
        with self._searching:
            found = search(
                view, question, limit=limit, offset=offset, today=today, meaning=self._meaning
            )
            self._searches += 1
            if self._searches % RELEASED == 0:
                view.arrays.release()
        if len(self._answers) >= REMEMBERED:
            self._answers.clear()
        self._answers[key] = found
        return found

    def percolate(
        self, document_id: int, questions: Iterable[str], *, today: date
    ) -> dict[str, list[int]]:
        """The standing questions that a document meets, each with ids of its passages.

        Those are the answers to the question from this document alone, the best first, whatever
        day they were said on.

        Raises:
            SearchIndexError: the index is damaged.
        """
        return self._percolator.percolate(self.view, document_id, questions, today=today)

    def understand(self, question: str, *, today: date) -> Query:
        """What a question asks for as a standing one, with the words known now."""
        return stand(question, self.lexicon, today).queries[0]

    def embed(self) -> int:
        """Give more passages their vectors of meaning, for about a second.

        Returns:
            How many were gone through: 0 when all have been, or where no model is configured.

        Raises:
            InputError: the model can't be loaded.
            SearchIndexError: the vectors can't be read or written.
            StorageFull: the disk is full; the vectors that were there still count.
        """
        if self._meaning is None:
            return 0
        try:
            done = self._meaning.embed(self.view)
        except OSError as error:
            raise _trouble(self._path, error) from error
        if done:
            self._answers.clear()
        return done

    def nearest(self, quotation: str, *, limit: int) -> list[int]:
        """Ids of the passages that a quotation may come from, the likeliest first.

        Raises:
            SearchIndexError: the index is damaged.
        """
        return nearest(self.view, quotation, limit=limit)

    def evidence(self, word: str) -> float:
        """How much a word tells of where it is from: its rarity, in nats."""
        return evidence(self.view, word)

    def coverage(self) -> Coverage:
        """What the index holds."""
        return self.view.coverage

    def close(self) -> None:
        """Let go of the files. Searches under way finish."""
        with self._writing:
            self._closed = True
            self._view = self._engine = self._tokens = None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._writing:
            handle = os.open(self._path / "lock", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                with suppress(OSError):
                    fcntl.flock(handle, fcntl.LOCK_UN)
                os.close(handle)


def _trouble(path: Path, error: OSError) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(f"no space is left for the search index at {path}; free some and retry")
    return SearchIndexError(
        f"the search index at {path} can't be used ({error.strerror or error}); "
        "check the permissions of that directory"
    )
