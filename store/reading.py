"""Queries that only read: reports, records with their filters, evidence, what was missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, exists, false, func, or_, select

from extract.models import RECORD_KEYS, Evidence, Record
from store.corrections import record_row_of
from store.errors import UnknownReport
from store.rows import NUMBER_FIELDS, ReportRow, record_from
from store.schema import CONTENTS, EVIDENCE, MISSED, RECORDS, REPORTS

_SHOWN = and_(RECORDS.c.superseded == false(), RECORDS.c.review != "rejected")
_RECORDS_WITH_REPORTS = RECORDS.join(REPORTS, REPORTS.c.id == RECORDS.c.report_id)
_RECORD_COLUMNS: tuple[ColumnElement[Any], ...] = (
    RECORDS.c.id,
    RECORDS.c.report_id,
    REPORTS.c.name.label("report_name"),
    REPORTS.c.origin,
    REPORTS.c.received_at,
    RECORDS.c.superseded,
    RECORDS.c.review,
    *(REPORTS.c.name.label(key) if key == "report" else RECORDS.c[key] for key in RECORD_KEYS),
    *(RECORDS.c[f"{field}_text"] for field in NUMBER_FIELDS),
)
RECORD_DICT_KEYS = tuple(str(column.key) for column in _RECORD_COLUMNS)
_MISSED_COLUMNS: tuple[ColumnElement[Any], ...] = (
    MISSED.c.id,
    MISSED.c.report_id,
    REPORTS.c.name.label("report_name"),
    *(column for column in MISSED.c if column.key not in ("id", "report_id")),
)
_MISSED_KEYS = tuple(str(column.key) for column in _MISSED_COLUMNS)


class RecordFilters(TypedDict, total=False):
    """Which records are meant; None or nothing means no restriction, an empty list means none at all.

    ``period_from`` and ``period_to`` (2016-01) bound the last month of a record. ``text`` is looked for in the
    sentence and both indicator names. Rejected records come only when ``reviews`` asks for them, replaced ones
    only with ``include_superseded``.
    """

    towns: Sequence[str] | None
    indicators: Sequence[str] | None
    statuses: Sequence[str] | None
    reviews: Sequence[str] | None
    report_id: int | None
    text: str | None
    period_from: str | None
    period_to: str | None
    include_superseded: bool


_LISTED = {"towns": "town", "indicators": "indicator", "statuses": "status", "reviews": "review"}


def conditions(chosen: RecordFilters) -> list[ColumnElement[bool]]:
    """The SQL conditions of the filters, all of which must hold; raises TypeError for a filter nobody knows."""
    unknown = chosen.keys() - RecordFilters.__annotations__.keys()
    if unknown:
        raise TypeError(f"no such filter: {', '.join(sorted(unknown))}")
    given: dict[str, Any] = {name: value for name, value in chosen.items() if value is not None}
    found: list[ColumnElement[bool]] = []
    if not given.get("include_superseded"):
        found.append(RECORDS.c.superseded == false())
    if "reviews" not in given:
        found.append(RECORDS.c.review != "rejected")
    found += [RECORDS.c[column].in_(given[name]) for name, column in _LISTED.items() if name in given]
    if "report_id" in given:
        found.append(RECORDS.c.report_id == given["report_id"])
    if "period_from" in given:
        found.append(RECORDS.c.period_end >= given["period_from"])
    if "period_to" in given:
        found.append(RECORDS.c.period_end <= given["period_to"])
    if given.get("text"):
        columns = (RECORDS.c.sentence, RECORDS.c.indicator, RECORDS.c.indicator_text)
        found.append(or_(*(column.icontains(given["text"], autoescape=True) for column in columns)))
    return found


def list_records(
    conn: Connection, chosen: RecordFilters, limit: int | None, offset: int, *, newest_first: bool = False
) -> list[dict[str, Any]]:
    """The records in the order they were saved or the reverse, as ``Store.records`` gives them.

    A page is found by its numbers first, so that the rows before it are counted without reading them.
    """
    order = RECORDS.c.id.desc() if newest_first else RECORDS.c.id
    query = select(*_RECORD_COLUMNS).select_from(_RECORDS_WITH_REPORTS).order_by(order)
    if limit is None:
        query = query.where(*conditions(chosen)).offset(offset)
    else:
        page = select(RECORDS.c.id).where(*conditions(chosen)).order_by(order).limit(limit).offset(offset)
        query = query.where(RECORDS.c.id.in_(page))
    return _dicts(conn.execute(query), RECORD_DICT_KEYS)


def record_dict(conn: Connection, record_id: int) -> dict[str, Any]:
    """One record whatever its review, as ``Store.records`` gives it; raises UnknownRecord."""
    record_row_of(conn, record_id)
    query = select(*_RECORD_COLUMNS).select_from(_RECORDS_WITH_REPORTS).where(RECORDS.c.id == record_id)
    return _dicts(conn.execute(query), RECORD_DICT_KEYS)[0]


def count_records(conn: Connection, chosen: RecordFilters) -> int:
    """How many records the filter lets through."""
    return conn.execute(select(func.count()).select_from(RECORDS).where(*conditions(chosen))).scalar_one()


def distinct(conn: Connection, name: str) -> list[str]:
    """The values of one column among the records that are shown, sorted, without None."""
    column = RECORDS.c[name]
    query = select(column).where(_SHOWN, column.is_not(None)).distinct()
    return sorted(conn.execute(query).scalars())


def report_conditions(include_superseded: bool, unread: bool, origin: str | None) -> list[ColumnElement[bool]]:
    """The SQL conditions of a list of reports."""
    found: list[ColumnElement[bool]] = []
    if not include_superseded:
        found.append(REPORTS.c.superseded_by.is_(None))
    if unread:
        found.append(exists().where(RECORDS.c.report_id == REPORTS.c.id, RECORDS.c.review == "read"))
    if origin is not None:
        found.append(REPORTS.c.origin == origin)
    return found


def count_reports(conn: Connection, *conditions: ColumnElement[bool]) -> int:
    """How many reports meet the conditions."""
    return conn.execute(select(func.count()).select_from(REPORTS).where(*conditions)).scalar_one()


def list_reports(
    conn: Connection, *conditions: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[ReportRow]:
    """The reports that meet the conditions, newest first."""
    rows = conn.execute(_report_query(*conditions).limit(limit).offset(offset)).mappings()
    return [ReportRow(**{field.name: row[field.name] for field in fields(ReportRow)}) for row in rows]


def content_of(conn: Connection, report_id: int, name: str) -> Any:
    """A report's content (bytes) or text; raises UnknownReport."""
    row = conn.execute(select(CONTENTS.c[name]).where(CONTENTS.c.report_id == report_id)).one_or_none()
    if row is None:
        raise UnknownReport(f"没有编号为 {report_id} 的报告。")
    return row[0]


def evidence_of(conn: Connection, record_id: int) -> list[Evidence]:
    """A record's evidence in its order; raises UnknownRecord."""
    query = select(EVIDENCE.c.role, EVIDENCE.c.start, EVIDENCE.c.end).where(EVIDENCE.c.record_id == record_id)
    found = [Evidence(*row) for row in conn.execute(query.order_by(EVIDENCE.c.position))]
    if not found:
        record_row_of(conn, record_id)
    return found


def record_of(conn: Connection, record_id: int) -> Record:
    """One record with its Decimals and evidence; raises UnknownRecord."""
    row = record_row_of(conn, record_id)
    name = conn.execute(select(REPORTS.c.name).where(REPORTS.c.id == row["report_id"])).scalar_one()
    return record_from(row | {"report_name": name}, evidence_of(conn, record_id))


def list_missed(
    conn: Connection, report_id: int | None, understood: bool | None, limit: int | None, offset: int
) -> list[dict[str, Any]]:
    """What gave no record, as ``Store.missed`` gives it."""
    query = select(*_MISSED_COLUMNS).join(REPORTS, REPORTS.c.id == MISSED.c.report_id)
    query = query.where(
        REPORTS.c.superseded_by.is_(None) if report_id is None else MISSED.c.report_id == report_id,
    )
    if understood is not None:
        query = query.where(MISSED.c.understood == understood)
    rows = conn.execute(query.order_by(MISSED.c.id).limit(limit).offset(offset))
    return _dicts(rows, _MISSED_KEYS)


def has_origin(conn: Connection, origin: str) -> bool:
    """Whether any report has this origin."""
    return conn.execute(select(REPORTS.c.id).where(REPORTS.c.origin == origin).limit(1)).first() is not None


def _dicts(rows: Iterable[Row[Any]], keys: Sequence[str]) -> list[dict[str, Any]]:
    return [dict(zip(keys, row, strict=True)) for row in rows]


def _report_query(*conditions: ColumnElement[bool]) -> Select[Any]:
    records = select(func.count()).where(RECORDS.c.report_id == REPORTS.c.id, RECORDS.c.review != "rejected")
    missed = select(func.count()).where(MISSED.c.report_id == REPORTS.c.id)
    status = case((REPORTS.c.superseded_by.is_(None), "live"), else_="superseded")
    return (
        select(
            REPORTS,
            status.label("status"),
            records.scalar_subquery().label("record_count"),
            records.where(RECORDS.c.review == "read").scalar_subquery().label("unread_count"),
            missed.where(MISSED.c.understood == false()).scalar_subquery().label("missed_count"),
            missed.where(MISSED.c.understood != false()).scalar_subquery().label("left_out_count"),
        )
        .where(*conditions)
        .order_by(REPORTS.c.id.desc())
    )
