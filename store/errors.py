"""The errors of the store; ``str(error)`` is one Chinese sentence that a page can show.

StoreError
├── StoreUnavailable     the database cannot be opened: address, driver, folder, server, or no database file
├── StoreTooNew          a newer version of this program has already changed the database
├── StoreBusy            another program held the write lock for longer than the waiting time
├── PersonRequired       a write came without the name of the person who does it
├── UnknownReport        no report has this number
├── UnknownRecord        no record has this number
├── UnknownChange        the change log has no entry with this number
├── UnknownField         a record has no such field, or it is not one that people correct
├── WrongValue           the new value does not fit its field
├── WrongReview          the review words do not fit the records they came with
├── ChangeAlreadyUndone  the entry was undone before
├── ChangeOverwritten    a later change of the same field stands in the way of the undo
├── CannotUndo           the entry tells of something that is gone for good
└── BackupFailed         the copy was not written
"""

# ruff: noqa: N818 - the names state the fact, as UnknownReport does

from __future__ import annotations


class StoreError(Exception):
    """Base of all errors of the store."""


class StoreUnavailable(StoreError):
    """The database cannot be opened."""


class StoreTooNew(StoreError):
    """A newer version of this program has already changed the database."""


class StoreBusy(StoreError):
    """Another program held the write lock for longer than the waiting time; nothing was written."""


class PersonRequired(StoreError):
    """A write came without the name of the person who does it."""


class UnknownReport(StoreError):
    """No report has this number."""


class UnknownRecord(StoreError):
    """No record has this number."""


class UnknownChange(StoreError):
    """The change log has no entry with this number."""


class UnknownField(StoreError):
    """A record has no such field, or it is not one that people correct."""


class WrongValue(StoreError):
    """The new value does not fit its field."""


class WrongReview(StoreError):
    """The review words do not fit the records they came with."""


class ChangeAlreadyUndone(StoreError):
    """The entry was undone before; undo the newer entry instead."""


class ChangeOverwritten(StoreError):
    """A later change of the same field stands in the way of the undo."""


class CannotUndo(StoreError):
    """The entry tells of something that is gone for good."""


class BackupFailed(StoreError):
    """The copy was not written."""
