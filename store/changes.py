"""The append-only log of corrections: who changed what, when and why, from which value to which.

Numbers stand in the log as printed (13.40), so an undo brings back exactly what was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from store.counters import allot
from store.errors import UnknownChange
from store.moment import now
from store.rows import NUMBER_FIELDS, PLAIN_FIELDS
from store.schema import CHANGES

LOGGED_FIELDS = (*PLAIN_FIELDS, *NUMBER_FIELDS, "flags")
_COLUMNS = tuple(column.label("when") if column.key == "changed_at" else column for column in CHANGES.c)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: of a record, report, setting, target, or deleted; ``undoes`` names the entry it takes back."""

    subject: str
    field: str
    old: Any
    new: Any
    report_id: int | None = None
    record_id: int | None = None
    undoes: int | None = None


def record_entries(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Entry]:
    """One entry for each field in which two rows of a record differ."""
    return [
        Entry("record", field, shown(before, field), shown(after, field), after["report_id"], after["id"])
        for field in LOGGED_FIELDS
        if shown(before, field) != shown(after, field)
    ]


def shown(row: Mapping[str, Any], field: str) -> Any:
    """A field's value as the log keeps it: numbers as printed."""
    return row[f"{field}_text"] if field in NUMBER_FIELDS else row[field]


def log(conn: Connection, entries: Sequence[Entry], *, who: str, why: str) -> range:
    """Appends the entries and gives their numbers."""
    numbers = allot(conn, "change", len(entries))
    moment = now()
    rows = [
        {
            "id": number,
            "changed_at": moment,
            "who": who,
            "why": why,
            "subject": entry.subject,
            "report_id": entry.report_id,
            "record_id": entry.record_id,
            "field": entry.field,
            "old": entry.old,
            "new": entry.new,
            "undoes": entry.undoes,
        }
        for number, entry in zip(numbers, entries, strict=True)
    ]
    if rows:
        conn.execute(CHANGES.insert(), rows)
    return numbers


def entry_of(conn: Connection, change_id: int) -> Entry:
    """The entry with this number; raises UnknownChange."""
    row = conn.execute(select(CHANGES).where(CHANGES.c.id == change_id)).mappings().one_or_none()
    if row is None:
        raise UnknownChange(f"更正记录里没有编号为 {change_id} 的条目。")
    return Entry(
        row["subject"], row["field"], row["old"], row["new"], row["report_id"], row["record_id"], row["undoes"]
    )


def list_changes(
    conn: Connection,
    record_id: int | None,
    report_id: int | None,
    subjects: Sequence[str] | None,
    limit: int | None,
    offset: int,
) -> list[dict[str, Any]]:
    """The entries, newest first, as ``Store.changes`` gives them."""
    undoing = CHANGES.alias("undoing")
    query = (
        select(*_COLUMNS, undoing.c.id.label("undone_by"))
        .outerjoin(undoing, undoing.c.undoes == CHANGES.c.id)
        .order_by(CHANGES.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if record_id is not None:
        query = query.where(CHANGES.c.record_id == record_id)
    if report_id is not None:
        query = query.where(CHANGES.c.report_id == report_id)
    if subjects is not None:
        query = query.where(CHANGES.c.subject.in_(subjects))
    return [dict(row) for row in conn.execute(query).mappings()]
