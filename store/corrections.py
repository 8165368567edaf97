"""Corrections of single records and settings, and their undo; every one leaves an entry in the log."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from numbers import Integral
from typing import Any

from sqlalchemy import Connection, select

from store import targets
from store.changes import LOGGED_FIELDS, Entry, entry_of, log, record_entries, shown
from store.errors import (
    CannotUndo,
    ChangeAlreadyUndone,
    ChangeOverwritten,
    UnknownField,
    UnknownRecord,
    WrongValue,
)
from store.moment import now
from store.rows import NUMBER_FIELDS, number_columns
from store.saving import put_superseded, superseded_by
from store.schema import CHANGES, RECORDS, REPORTS, SETTINGS, storable

ALLOWED: dict[str, tuple[str | None, ...]] = {
    "status": ("actual", "expected", "planned"),
    "basis": (None, "annual", "half", "quarter", "plan", "budget", "project", "multi-year", "other"),
    "target_from": (None, "stated", "implied"),
}
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_REQUIRED = ("indicator", "indicator_text")
_PAIRS = (("period_start", "period_end"), ("start", "end"))


def correct(
    conn: Connection,
    record_id: int,
    changes: Mapping[str, object],
    *,
    who: str,
    why: str,
    review: str = "corrected",
) -> None:
    """Writes the new values and one log entry for each field that differs; the review becomes corrected.

    Raises UnknownRecord, UnknownField, WrongValue; then nothing is written.
    """
    before = record_row_of(conn, record_id)
    columns: dict[str, Any] = {}
    for field, value in changes.items():
        columns |= _columns(field, value)
    after = before | columns
    _check_order(after, changes)
    entries = record_entries(before, after)
    if entries:
        _update_record(conn, record_id, columns | {"review": review})
        log(conn, entries, who=who, why=why)


def set_review(conn: Connection, record_id: int, review: str, *, who: str, why: str) -> None:
    """Accepts or rejects a record, logged where that changes it; raises UnknownRecord."""
    before = record_row_of(conn, record_id)
    if before["review"] != review:
        _update_record(conn, record_id, {"review": review})
        entry = Entry("record", "review", before["review"], review, before["report_id"], record_id)
        log(conn, [entry], who=who, why=why)


def set_setting(conn: Connection, key: str, value: object, *, who: str, why: str) -> None:
    """Keeps a setting (any JSON value) and logs it where it differs; raises WrongValue for what JSON cannot say."""
    try:
        value = json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise WrongValue(f"设置 {key} 的值无法保存：{value!r}。") from error
    before = setting(conn, key, None)
    if before != value:
        _put_setting(conn, key, value, who)
        log(conn, [Entry("setting", key, before, value)], who=who, why=why)


def setting(conn: Connection, key: str, default: object) -> Any:
    """A setting's value, the default where it was never set or set to None."""
    value = conn.execute(select(SETTINGS.c.value).where(SETTINGS.c.key == key)).scalar_one_or_none()
    return default if value is None else value


def settings(conn: Connection, prefix: str) -> dict[str, Any]:
    """The settings whose key begins with ``prefix``: what follows it -> value, sorted; unset ones left out."""
    query = select(SETTINGS.c.key, SETTINGS.c.value).where(SETTINGS.c.key.startswith(prefix, autoescape=True))
    rows = conn.execute(query.order_by(SETTINGS.c.key))
    return {key[len(prefix) :]: value for key, value in rows if value is not None}


def undo(conn: Connection, change_id: int, *, who: str, why: str) -> int:
    """Puts back what the entry changed and logs that as a new entry, whose number it gives.

    Raises UnknownChange, ChangeAlreadyUndone, ChangeOverwritten (a later change of the same field
    must be undone first), CannotUndo (the thing itself is gone).
    """
    entry = entry_of(conn, change_id)
    if conn.execute(select(CHANGES.c.id).where(CHANGES.c.undoes == change_id)).first():
        raise ChangeAlreadyUndone(f"第 {change_id} 号更正已经撤销过。")
    if entry.subject not in _SUBJECTS:
        raise CannotUndo(f"第 {change_id} 号条目是删除，不能撤销。")
    read, put = _SUBJECTS[entry.subject]
    if read(conn, entry) != entry.new:
        raise ChangeOverwritten(f"第 {change_id} 号更正之后又有更正，请先撤销后面的。")
    put(conn, entry, who)
    reverse = Entry(
        entry.subject, entry.field, entry.new, entry.old, entry.report_id, entry.record_id, undoes=change_id
    )
    return log(conn, [reverse], who=who, why=why)[0]


def record_row_of(conn: Connection, record_id: int) -> dict[str, Any]:
    """The row of one record; raises UnknownRecord."""
    row = conn.execute(select(RECORDS).where(RECORDS.c.id == record_id)).mappings().one_or_none()
    if row is None:
        raise UnknownRecord(f"没有编号为 {record_id} 的记录。")
    return dict(row)


def _update_record(conn: Connection, record_id: int, columns: Mapping[str, Any]) -> None:
    conn.execute(RECORDS.update().where(RECORDS.c.id == record_id).values(**columns))


def _put_setting(conn: Connection, key: str, value: object, who: str) -> None:
    row = {"value": value, "who": who, "changed_at": now()}
    if conn.execute(SETTINGS.update().where(SETTINGS.c.key == key).values(row)).rowcount == 0:
        conn.execute(SETTINGS.insert().values(key=key, **row))


def _columns(field: str, value: object) -> dict[str, Any]:
    """The columns that a new value of a field fills; raises UnknownField or WrongValue."""
    if field not in LOGGED_FIELDS:
        raise UnknownField(f"记录没有可更正的字段 {field}。")
    if field in NUMBER_FIELDS:
        return number_columns(field, _decimal(field, value))
    return {field: _CHECKS.get(field, _text)(field, value)}


def _decimal(field: str, value: object) -> Decimal | None:
    """The number with the digits it was given in; a float by its shortest decimal form."""
    if value is None:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise WrongValue(f"{field} 须是数字，不能是 {value!r}。") from error
    if isinstance(value, bool) or not number.is_finite():
        raise WrongValue(f"{field} 须是数字，不能是 {value!r}。")
    return number


def _text(field: str, value: object) -> str | None:
    if value is None and field not in (*_REQUIRED, "sentence"):
        return None
    if not isinstance(value, str) or (field in _REQUIRED and not value.strip()):
        raise WrongValue(f"{field} 须是文字，不能是 {value!r}。")
    return storable(value)


def _one_of(field: str, value: object) -> str | None:
    if (value is not None and not isinstance(value, str)) or value not in ALLOWED[field]:
        raise WrongValue(f"{field} 不能是 {value!r}。")
    return value


def _month(field: str, value: object) -> str | None:
    if value is None or (isinstance(value, str) and _MONTH.fullmatch(value)):
        return value
    raise WrongValue(f"{field} 须写成 2016-06 这样的年月，不能是 {value!r}。")


def _offset(field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
        raise WrongValue(f"{field} 须是不小于 0 的整数，不能是 {value!r}。")
    return int(value)


def _texts(field: str, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise WrongValue(f"{field} 须是文字的列表，不能是 {value!r}。")
    return [storable(item) for item in value]


_CHECKS: dict[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(ALLOWED, _one_of),
    "period_start": _month,
    "period_end": _month,
    "start": _offset,
    "end": _offset,
    "flags": _texts,
}


def _check_order(row: Mapping[str, Any], changes: Mapping[str, object]) -> None:
    for first, last in _PAIRS:
        if changes.keys().isdisjoint((first, last)):
            continue
        if row[first] is not None and row[last] is not None and row[first] > row[last]:
            raise WrongValue(f"{first}（{row[first]}）不能在 {last}（{row[last]}）之后。")


def _read_record(conn: Connection, entry: Entry) -> Any:
    return shown(record_row_of(conn, entry.record_id or 0), entry.field)


def _restore_record(conn: Connection, entry: Entry, _who: str) -> None:
    columns = {entry.field: entry.old}
    if entry.field in NUMBER_FIELDS:
        columns = number_columns(entry.field, None if entry.old is None else Decimal(entry.old))
    _update_record(conn, entry.record_id or 0, columns)


def check_months(row: Mapping[str, object]) -> None:
    """Raises WrongValue where a period is not written 2016-06 or ends before it starts."""
    for field in _PAIRS[0]:
        _month(field, row[field])
    _check_order(row, row)


def _read_report(conn: Connection, entry: Entry) -> Any:
    report_id = entry.report_id or 0
    if entry.field == "superseded_by":
        return superseded_by(conn, report_id)
    return conn.execute(select(REPORTS.c[entry.field]).where(REPORTS.c.id == report_id)).scalar_one_or_none()


def _restore_report(conn: Connection, entry: Entry, _who: str) -> None:
    if entry.field == "superseded_by":
        put_superseded(conn, entry.report_id or 0, entry.old)
    else:
        conn.execute(REPORTS.update().where(REPORTS.c.id == entry.report_id).values({entry.field: entry.old}))


def _read_setting(conn: Connection, entry: Entry) -> Any:
    return setting(conn, entry.field, None)


def _restore_setting(conn: Connection, entry: Entry, who: str) -> None:
    _put_setting(conn, entry.field, entry.old, who)


_SUBJECTS: dict[str, tuple[Callable[[Connection, Entry], Any], Callable[[Connection, Entry, str], None]]] = {
    "record": (_read_record, _restore_record),
    "report": (_read_report, _restore_report),
    "setting": (_read_setting, _restore_setting),
    "target": (targets.read, targets.restore),
}
