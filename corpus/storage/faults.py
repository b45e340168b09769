"""What a driver says, in the words of :mod:`corpus.errors`: one line, and what to do about it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from corpus.errors import (
    RecordBusy,
    RecordError,
    RecordReadOnly,
    StorageFull,
)

_BUSY = "{name} is in use by another process; try again when that one has finished."
_READ_ONLY = (
    "{name} can be read but not written; give this account permission to write it and its folder."
)
_FULL = "{name} has no space left on its disk; nothing was half-written. Free some and try again."
_DAMAGED = "{name} is damaged or is no database of this program; restore it from a backup."
_UNOPENED = "{name} can't be opened; check that its folder exists and that it may be read."
_DISK = "{name} could not be read or written by its disk; nothing was half-written. Check the disk."
_UNREACHABLE = "{name} can't be reached; check that the server runs and the address is right."
_REFUSED = "{name} refused the log-in; check user and password in the database URL."
_MISSING = "{name} does not exist on the server; create the database first."
_OTHER = "{name} could not do it ({detail}); `ontherecord doctor` looks for damage."

_SQLITE: dict[int, tuple[type[RecordError], str]] = {
    sqlite3.SQLITE_BUSY: (RecordBusy, _BUSY),
    sqlite3.SQLITE_LOCKED: (RecordBusy, _BUSY),
    sqlite3.SQLITE_PROTOCOL: (RecordBusy, _BUSY),
    sqlite3.SQLITE_READONLY: (RecordReadOnly, _READ_ONLY),
    sqlite3.SQLITE_PERM: (RecordReadOnly, _READ_ONLY),
    sqlite3.SQLITE_FULL: (StorageFull, _FULL),
    sqlite3.SQLITE_IOERR: (RecordError, _DISK),
    sqlite3.SQLITE_CANTOPEN: (RecordError, _UNOPENED),
    sqlite3.SQLITE_AUTH: (RecordError, _UNOPENED),
    sqlite3.SQLITE_CORRUPT: (RecordError, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (RecordError, _DAMAGED),
}
"""Primary result codes, https://www.sqlite.org/rescode.html."""

_POSTGRESQL: dict[str, tuple[type[RecordError], str]] = {
    "55P03": (RecordBusy, _BUSY),
    "40P01": (RecordBusy, _BUSY),
    "40001": (RecordBusy, _BUSY),
    "53300": (RecordBusy, _BUSY),
    "57P03": (RecordBusy, _BUSY),
    "25006": (RecordReadOnly, _READ_ONLY),
    "42501": (RecordReadOnly, _READ_ONLY),
    "53100": (StorageFull, _FULL),
    "3D000": (RecordError, _MISSING),
    "28000": (RecordError, _REFUSED),
    "28P01": (RecordError, _REFUSED),
    "57P01": (RecordError, _UNREACHABLE),
    "57P02": (RecordError, _UNREACHABLE),
    "08": (RecordError, _UNREACHABLE),
}
"""SQLSTATE codes or classes, https://www.postgresql.org/docs/current/errcodes-appendix.html."""


@contextmanager
def faults(name: str) -> Iterator[None]:
    """Raise what the drivers raise as one of ours; ``name`` says which database, no password.

    Raises:
        RecordBusy: another process holds a lock for longer than we wait.
        RecordReadOnly: no permission to write.
        StorageFull: no space is left.
        RecordError: anything else that a database can't do.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlite3.Error, OSError) as error:
        raise _translated(error, name) from error
    except Exception as error:
        if getattr(error, "sqlstate", None) is None:
            raise
        raise _translated(error, name) from error


def _translated(error: Exception, name: str) -> RecordError:
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig
    kind, template = _kind(error, cause)
    detail = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    return kind(template.format(name=name, detail=detail))


def _kind(error: Exception, cause: BaseException) -> tuple[type[RecordError], str]:
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _SQLITE.get(code & 0xFF, (RecordError, _OTHER))
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]) or (RecordError, _OTHER)
    if isinstance(error, PoolTimeout):
        return RecordBusy, _BUSY
    if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
        return StorageFull, _FULL
    if isinstance(cause, PermissionError):
        return RecordReadOnly, _READ_ONLY
    if isinstance(cause, OSError) or isinstance(error, InterfaceError):
        return RecordError, _UNREACHABLE
    return RecordError, _OTHER
