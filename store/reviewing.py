"""Checking a saved report: many records accepted at once, its town and period told, several entries undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from extract.models import Period
from store.changes import Entry, log
from store.corrections import check_months, correct, set_review, undo
from store.errors import UnknownReport
from store.schema import RECORDS, REPORTS, storable

TOLD_FIELDS = ("town", "period_start", "period_end")


def accept_all(conn: Connection, record_ids: Sequence[int], *, who: str, why: str) -> None:
    """Accepts records that are not accepted yet, one entry each; raises UnknownRecord, then none is accepted."""
    for record_id in record_ids:
        set_review(conn, record_id, "accepted", who=who, why=why)


def undo_all(conn: Connection, change_ids: Sequence[int], *, who: str, why: str) -> None:
    """Takes entries back, the newest first; raises as ``corrections.undo`` does, then none is taken back."""
    for change_id in sorted(change_ids, reverse=True):
        undo(conn, change_id, who=who, why=why)


def tell_report(
    conn: Connection, report_id: int, town: str | None, period: Period, *, fill: bool, who: str, why: str
) -> None:
    """Sets a report's town and period, also on its records that carried the report's own; logs each change.

    With ``fill`` the period goes to the records without any, too. Records keep their review: only what the
    report says as a whole was told. Raises UnknownReport, WrongValue.
    """
    told = {"town": storable(town) if town else None, "period_start": period.start, "period_end": period.end}
    check_months(told)
    before = _report_row(conn, report_id)
    entries = [
        Entry("report", field, before[field], told[field], report_id)
        for field in TOLD_FIELDS
        if before[field] != told[field]
    ]
    log(conn, entries, who=who, why=why)
    conn.execute(REPORTS.update().where(REPORTS.c.id == report_id).values(**told))
    for row in conn.execute(select(RECORDS).where(RECORDS.c.report_id == report_id)).mappings().all():
        changes = _followed(row, before, told, fill)
        if changes:
            correct(conn, row["id"], changes, who=who, why=why, review=row["review"])


def _report_row(conn: Connection, report_id: int) -> Mapping[str, Any]:
    row = conn.execute(select(REPORTS).where(REPORTS.c.id == report_id)).mappings().one_or_none()
    if row is None:
        raise UnknownReport(f"没有编号为 {report_id} 的报告。")
    return {str(key): value for key, value in row.items()}


def _followed(
    row: Mapping[Any, Any], before: Mapping[str, Any], told: Mapping[str, str | None], fill: bool
) -> dict[str, object]:
    """What a record takes over: the town where it had the report's, the period where it had the report's or none."""
    changes: dict[str, object] = {}
    if row["town"] == before["town"]:
        changes["town"] = told["town"]
    own = (row["period_start"], row["period_end"])
    if own == (before["period_start"], before["period_end"]) or (fill and own == (None, None)):
        changes |= {"period_start": told["period_start"], "period_end": told["period_end"]}
    return changes
