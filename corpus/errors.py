"""Every error that the corpus raises, in one tree.

Each message is one line that says what is wrong and what to do about it::

    CorpusError
    ├── InputError                  what was given can't be used (exit code 2)
    │   ├── UnreadableSource        empty, binary junk, a scan without text, a broken encoding
    │   ├── NoStatement             readable, but there is no statement in it
    │   ├── TooLarge                more bytes or words than we take in
    │   ├── MalformedLine           a bad line in a bulk file; has its number
    │   ├── UnknownDocument         no document or passage has this id
    │   ├── UnusableAlias           a name that would change what other words mean
    │   └── UnknownAlias            no moderator added this alias
    ├── FetchError                  a URL could not be read
    │   └── ForbiddenAddress        the URL leads to an address that we don't open
    ├── RecordError                 the database can't do it
    │   ├── RecordBusy              locked by another process
    │   ├── RecordReadOnly          no permission to write
    │   ├── RecordTooNew            written by a newer program
    │   └── StorageFull             the disk is full
    └── SearchIndexError             the search index is damaged or locked
"""

from __future__ import annotations


class CorpusError(Exception):
    """Anything that the corpus raises on purpose. ``str(error)`` is for people."""


class InputError(CorpusError):
    """What was given can't be used as it is."""


class UnreadableSource(InputError):
    """The bytes hold no text that we can read."""


class NoStatement(InputError):
    """The source was read, but there is no statement in it."""


class TooLarge(InputError):
    """The source is larger than the limit named in the message."""


class MalformedLine(InputError):
    """A line of a bulk file is not what it should be."""

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(message)
        self.line = line


class UnknownDocument(InputError):
    """No document or passage with this id."""


class UnusableAlias(InputError):
    """The alias means something else already, or is no name: it would change other questions."""


class UnknownAlias(InputError):
    """No moderator added this alias, or it was removed again."""


class FetchError(CorpusError):
    """A URL could not be read: refused, missing, too slow, or not a document."""


class ForbiddenAddress(FetchError):
    """The URL leads to a private or local address, or a scheme that we don't open."""


class RecordError(CorpusError):
    """The database can't do what was asked."""


class RecordBusy(RecordError):
    """Another process holds the database for longer than we wait."""


class RecordReadOnly(RecordError):
    """The database can be read but not written."""


class RecordTooNew(RecordError):
    """The database was written by a newer version of this program."""


class StorageFull(RecordError):
    """No space is left on the disk; nothing was half-written."""


class SearchIndexError(CorpusError):
    """The search index is damaged or can't be opened; ``ontherecord reindex`` rebuilds it."""
