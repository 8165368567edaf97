"""The small frozen types that flow through every room: Document in, Findings out.

Numbers are Decimal, as printed. Every offset counts characters of ``Document.text``,
end excluded. The meaning of each field of ``Record`` is the project's record
definition (see README, 记录字段).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final, NamedTuple


class ExtractError(Exception):
    """Base of the errors that this package raises.

    ExtractError
    ├── VocabularyError   a file in data/vocabulary is wrong; the message names file and line
    └── ReportError       a report's bytes cannot become text; the message is Chinese, for people
    """


class VocabularyError(ExtractError):
    """A vocabulary file breaks a rule; the message names the file, the line and what to do."""


class ReportError(ExtractError):
    """A report file cannot be read; ``str(error)`` is one clear Chinese sentence."""


class Period(NamedTuple):
    """First and last month, both included, as ``2016-01``; both None where the year cannot be known."""

    start: str | None
    end: str | None


NO_PERIOD: Final = Period(None, None)


class Quantity(NamedTuple):
    """A number with its unit as printed: 4.36 亿元, 55.2 %, 近三成."""

    value: Decimal
    unit: str
    hedge: str = ""
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the text from ``start`` on came from: kind ``page`` with place 3, ``cell`` with 一季度!C5, or ``region``.

    A region (2:103,120,880,152) is a line of a page's picture, see ``extract.readers.regions``.
    """

    start: int
    kind: str
    place: str


def mark_at(marks: Sequence[Mark], offset: int) -> Mark | None:
    """The mark that holds at an offset, of marks sorted by start; None before the first."""
    index = bisect_right(marks, offset, key=lambda mark: mark.start)
    return marks[index - 1] if index else None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as text. ``name`` is the file's name; ``kind`` is the reader's: text, html, docx, pdf, sheet, ...

    ``title`` and ``date`` (ISO day of publication) are filled where the file's format tells them
    (an HTML head, docx properties); the text itself is searched for both later. ``marks``, sorted by
    start, tell the page or the cell that the text came from, where the format has such.
    """

    name: str
    text: str
    kind: str = "text"
    title: str | None = None
    date: str | None = None
    flags: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


class Evidence(NamedTuple):
    """Where one part of a record stands: role is indicator, value, completion, target, yoy or period."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One statement of a report; see ``to_dict`` for the public keys and their order."""

    report: str
    town: str | None
    indicator: str
    indicator_text: str
    value: Decimal | None = None
    unit: str | None = None
    completion: Decimal | None = None
    basis: str | None = None
    target: Decimal | None = None
    target_unit: str | None = None
    target_from: str | None = None
    yoy: Decimal | None = None
    period_start: str | None = None
    period_end: str | None = None
    status: str = "actual"
    sentence: str = ""
    start: int = 0
    end: int = 0
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The public keys in their order, numbers as int or float, ready for json.dumps."""
        return {key: _plain(getattr(self, key)) for key in RECORD_KEYS}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


RECORD_KEYS: Final[tuple[str, ...]] = tuple(field.name for field in fields(Record) if field.name != "evidence")


@dataclass(frozen=True, slots=True)
class Missed:
    """A number near a target or change word that gave no record, and why, in Chinese.

    ``understood`` is True where the number was rightly left out (a share, a rank, a five-year growth),
    False where it was not understood and somebody should look.
    """

    start: int
    end: int
    text: str
    sentence: str
    reason: str
    understood: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What one report gave: its records, and every rate or amount that gave none."""

    document: Document
    records: tuple[Record, ...]
    missed: tuple[Missed, ...]
    town: str | None = None
    town_candidates: tuple[str, ...] = ()
    period: Period = NO_PERIOD
    flags: tuple[str, ...] = ()

    @property
    def coverage(self) -> dict[str, int]:
        """Counts of rates and amounts: seen, recorded, left_out (rightly), not_understood."""
        roles = ("value", "completion", "yoy", "target")
        recorded = len({(e.start, e.end) for record in self.records for e in record.evidence if e.role in roles})
        left_out = sum(1 for missed in self.missed if missed.understood)
        unclear = len(self.missed) - left_out
        return {
            "seen": recorded + left_out + unclear,
            "recorded": recorded,
            "left_out": left_out,
            "not_understood": unclear,
        }
