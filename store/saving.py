"""Saving a report with everything it gave, replacing older ones, and clearing the sample data."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, select

from extract.models import Findings, Missed, Period, Record
from store.changes import Entry, log, record_entries
from store.counters import allot
from store.errors import StoreError, UnknownReport, WrongReview, WrongValue
from store.moment import now
from store.rows import Saved, evidence_rows, missed_row, record_row
from store.schema import CONTENTS, EVIDENCE, MISSED, RECORDS, REPORTS

ORIGINS = ("upload", "sample")
SAVED_REVIEWS = ("read", "accepted", "corrected")
REJECTED = "rejected"
_WHY_ON_SAVING = "保存前核对"


class AlreadySaved(StoreError):  # noqa: N818 - named for the fact
    """The same bytes are there already; used inside this package to leave a write transaction."""

    def __init__(self, report_id: int) -> None:
        super().__init__(f"内容相同的报告已存在（编号 {report_id}）。")
        self.report_id = report_id


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report on its way in: what was read, and what the person made of it."""

    findings: Findings
    content: bytes
    who: str
    origin: str
    records: Sequence[Record]
    reviews: Sequence[str]
    rejected: Sequence[Record]
    town: str | None
    period: Period

    def check(self) -> None:
        """Raises WrongReview or WrongValue where the parts do not fit each other."""
        if self.origin not in ORIGINS:
            raise WrongValue(f"报告来源只能是 {'、'.join(ORIGINS)}，不能是 {self.origin!r}。")
        if len(self.reviews) != len(self.records):
            raise WrongReview(f"有 {len(self.records)} 条记录，却有 {len(self.reviews)} 个核对状态。")
        unknown = sorted(set(self.reviews) - set(SAVED_REVIEWS))
        if unknown:
            raise WrongReview(f"没有这样的核对状态：{'、'.join(unknown)}。")


def sha256_of(content: bytes) -> str:
    """The hash by which the same content is known again, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def save(conn: Connection, given: Reviewed, replaces: bool) -> Saved:
    """Writes the report and all it gave inside the caller's transaction; raises AlreadySaved for known bytes."""
    digest = sha256_of(given.content)
    known = conn.execute(select(REPORTS.c.id).where(REPORTS.c.sha256 == digest)).scalar_one_or_none()
    if known is not None:
        raise AlreadySaved(known)
    others = same_place_and_time(conn, given.town, given.period)
    report_id = _insert_report(conn, given, digest)
    _insert_records(conn, given, report_id)
    _insert_missed(conn, given.findings.missed, report_id)
    if not replaces:
        return Saved(report_id, conflicts=others)
    supersede(conn, others, by=report_id, who=given.who, why="同一乡镇同一时段的报告重新上传")
    return Saved(report_id, replaced=others)


def same_place_and_time(conn: Connection, town: str | None, period: Period) -> tuple[int, ...]:
    """The live reports of exactly this town and period; none where either is unknown."""
    if not town or not period.end:
        return ()
    start = REPORTS.c.period_start
    query = select(REPORTS.c.id).where(
        REPORTS.c.superseded_by.is_(None),
        REPORTS.c.town == town,
        REPORTS.c.period_end == period.end,
        start.is_(None) if period.start is None else start == period.start,
    )
    return tuple(conn.execute(query.order_by(REPORTS.c.id)).scalars())


def supersede(conn: Connection, report_ids: Sequence[int], *, by: int, who: str, why: str) -> None:
    """Marks live reports and their records as superseded by another report, one log entry each.

    Raises UnknownReport where one of them is not there, WrongValue as ``put_superseded`` does.
    """
    entries = []
    for report_id in report_ids:
        before = superseded_by(conn, report_id)
        put_superseded(conn, report_id, by)
        entries.append(Entry("report", "superseded_by", before, by, report_id))
    log(conn, entries, who=who, why=why)


def superseded_by(conn: Connection, report_id: int) -> int | None:
    """The report that supersedes this one, None where it is live; raises UnknownReport."""
    row = conn.execute(select(REPORTS.c.superseded_by).where(REPORTS.c.id == report_id)).one_or_none()
    if row is None:
        raise UnknownReport(f"没有编号为 {report_id} 的报告。")
    found: int | None = row[0]
    return found


def put_superseded(conn: Connection, report_id: int, by: int | None) -> None:
    """Sets which report supersedes this one (None: it is live), for it and for its records.

    Raises WrongValue where the superseding report is the same one or not live, so that of two
    reports one always stays.
    """
    if by is not None and (by == report_id or superseded_by(conn, by) is not None):
        raise WrongValue("报告只能由另一份有效的报告替换。")
    conn.execute(REPORTS.update().where(REPORTS.c.id == report_id).values(superseded_by=by))
    conn.execute(RECORDS.update().where(RECORDS.c.report_id == report_id).values(superseded=by is not None))


def delete_sample(conn: Connection, who: str) -> int:
    """Removes every sample report with all it gave; the log keeps one entry for each. Gives their number."""
    rows = conn.execute(select(REPORTS.c.id, REPORTS.c.name).where(REPORTS.c.origin == "sample")).all()
    covered = [
        *conn.execute(select(REPORTS.c.id).where(REPORTS.c.superseded_by.in_([key for key, _ in rows]))).scalars()
    ]
    for report_id in covered:
        put_superseded(conn, report_id, None)
    conn.execute(delete(REPORTS).where(REPORTS.c.origin == "sample"))
    entries = [Entry("deleted", "name", name, None, report_id) for report_id, name in rows]
    log(conn, entries, who=who, why="清除演示数据")
    return len(rows)


def _insert_report(conn: Connection, given: Reviewed, digest: str) -> int:
    document = given.findings.document
    (report_id,) = allot(conn, "report", 1)
    row = {
        "id": report_id,
        "name": document.name,
        "kind": document.kind,
        "title": document.title,
        "published": document.date,
        "town": given.town,
        "period_start": given.period.start,
        "period_end": given.period.end,
        "received_at": now(),
        "who": given.who,
        "origin": given.origin,
        "sha256": digest,
        "flags": list(dict.fromkeys((*document.flags, *given.findings.flags))),
    }
    conn.execute(REPORTS.insert().values(row))
    marks = [(mark.start, mark.kind, mark.place) for mark in document.marks]
    conn.execute(CONTENTS.insert().values(report_id=report_id, content=given.content, text=document.text, marks=marks))
    return report_id


def _insert_records(conn: Connection, given: Reviewed, report_id: int) -> None:
    records = [_as_told(record, given) for record in (*given.records, *given.rejected)]
    reviews = [*given.reviews, *(REJECTED for _ in given.rejected)]
    numbers = allot(conn, "record", len(records))
    rows = [
        record_row(record, number, report_id, review)
        for record, number, review in zip(records, numbers, reviews, strict=True)
    ]
    spans = [row for record, number in zip(records, numbers, strict=True) for row in evidence_rows(record, number)]
    if rows:
        conn.execute(RECORDS.insert(), rows)
    if spans:
        conn.execute(EVIDENCE.insert(), spans)
    _log_review(conn, given, rows)


def _insert_missed(conn: Connection, missed: Sequence[Missed], report_id: int) -> None:
    numbers = allot(conn, "missed", len(missed))
    if missed:
        rows = [missed_row(item, number, report_id) for item, number in zip(missed, numbers, strict=True)]
        conn.execute(MISSED.insert(), rows)


def _as_told(record: Record, given: Reviewed) -> Record:
    """A record that carries the report's own town or period takes the one that the person gave."""
    findings = given.findings
    if record.town == findings.town and given.town != findings.town:
        record = replace(record, town=given.town)
    if Period(record.period_start, record.period_end) == findings.period != given.period:
        record = replace(record, period_start=given.period.start, period_end=given.period.end)
    return record


def _log_review(conn: Connection, given: Reviewed, rows: Sequence[dict[str, Any]]) -> None:
    """One entry for each field that was corrected before saving, and for each rejected record.

    The reading that a corrected record came from is the one with the same evidence spans; where no
    reading or more than one has them, what it said before is not known.
    """
    readings: dict[object, list[Record]] = {}
    for reading in given.findings.records:
        readings.setdefault(reading.evidence, []).append(reading)
    entries: list[Entry] = []
    for record, row in zip((*given.records, *given.rejected), rows, strict=True):
        before = readings.get(record.evidence, [])
        if row["review"] == "corrected" and len(before) == 1:
            entries += record_entries(record_row(before[0], 0, 0, "read"), row)
        if row["review"] == REJECTED:
            entries.append(Entry("record", "review", "read", REJECTED, row["report_id"], row["id"]))
    log(conn, entries, who=given.who, why=_WHY_ON_SAVING)
