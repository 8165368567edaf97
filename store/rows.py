"""Between the frozen types of ``extract.models`` and table rows: nothing is lost on the way and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from extract.models import RECORD_KEYS, Evidence, Missed, Record

NUMBER_FIELDS = ("value", "completion", "target", "yoy")
PLAIN_FIELDS = tuple(key for key in RECORD_KEYS if key not in (*NUMBER_FIELDS, "report", "flags"))


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving one report did.

    ``duplicate``: the same content was there before, ``report_id`` is that report, nothing was written.
    ``conflicts``: other live reports of the same town and period, left as they are.
    ``replaced``: those that this report has superseded, when that was asked.
    """

    report_id: int
    duplicate: bool = False
    conflicts: tuple[int, ...] = ()
    replaced: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report without its bytes and text.

    ``received_at`` is ISO 8601 in UTC; ``status`` is live or superseded (then ``superseded_by`` tells by which);
    ``record_count`` leaves rejected records out, ``unread_count`` of them nobody has checked;
    ``missed_count`` counts what was not understood, ``left_out_count`` what was rightly left out.
    """

    id: int
    name: str
    kind: str
    title: str | None
    published: str | None
    town: str | None
    period_start: str | None
    period_end: str | None
    received_at: str
    who: str
    origin: str
    sha256: str
    superseded_by: int | None
    flags: list[str]
    status: str
    record_count: int
    unread_count: int
    missed_count: int
    left_out_count: int

    def to_dict(self) -> dict[str, Any]:
        """The same as a dict."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def number_columns(field: str, number: Decimal | None) -> dict[str, object]:
    """The two columns of a number: a float, and its digits as printed (13.40).

    A number too large for a float keeps its digits only.
    """
    approximate = None if number is None else float(number)
    if approximate is not None and not math.isfinite(approximate):
        approximate = None
    return {field: approximate, f"{field}_text": None if number is None else format(number, "f")}


def record_row(record: Record, record_id: int, report_id: int, review: str) -> dict[str, Any]:
    """The row of one record; its report's name stands with the report."""
    row: dict[str, Any] = {"id": record_id, "report_id": report_id, "superseded": False, "review": review}
    row |= {field: getattr(record, field) for field in PLAIN_FIELDS}
    row["flags"] = list(record.flags)
    for field in NUMBER_FIELDS:
        row |= number_columns(field, getattr(record, field))
    return row


def evidence_rows(record: Record, record_id: int) -> list[dict[str, object]]:
    """The rows of one record's evidence, in its order."""
    return [
        {"record_id": record_id, "position": position, "role": item.role, "start": item.start, "end": item.end}
        for position, item in enumerate(record.evidence)
    ]


def missed_row(missed: Missed, missed_id: int, report_id: int) -> dict[str, object]:
    """The row of one number that gave no record."""
    row: dict[str, object] = {field.name: getattr(missed, field.name) for field in fields(missed)}
    return row | {"id": missed_id, "report_id": report_id}


def record_from(row: Mapping[str, Any], evidence: Sequence[Evidence]) -> Record:
    """The record as it was saved, its Decimals from their printed digits."""
    values: dict[str, Any] = {field: row[field] for field in PLAIN_FIELDS}
    for field in NUMBER_FIELDS:
        digits = row[f"{field}_text"]
        values[field] = None if digits is None else Decimal(digits)
    return Record(report=row["report_name"], flags=tuple(row["flags"]), evidence=tuple(evidence), **values)
