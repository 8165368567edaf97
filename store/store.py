"""The one door to everything that is kept: reports, records, corrections, settings."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Unpack

from sqlalchemy import Engine

from extract.models import Evidence, Findings, Mark, Period, Record
from store import changes, corrections, handling, reading, reviewing, saving, targets
from store.connect import open_engine, place_of, transaction
from store.counters import counted, named, writing
from store.errors import BackupFailed, UnknownReport
from store.migrations import migrate
from store.reading import RecordFilters
from store.rows import ReportRow, Saved
from store.schema import REPORTS
from store.targets import Target


def open_store(url: str | None = None) -> Store:
    """Opens the store and brings its tables up to date.

    ``url``: a database URL or the path of a SQLite file; None takes the setting TOWN_PROGRESS_STORE,
    else data/reports.db beside the program. Raises StoreUnavailable, StoreTooNew, StoreBusy.
    """
    engine = open_engine(place_of(url))
    migrate(engine)
    return Store(engine)


class Store:
    """Reads and writes; one object may be used by many threads, one database by many processes.

    Every write is one transaction of a named person (``who``), raises ``version`` (``handle`` alone does not)
    and may raise PersonRequired or StoreBusy; then nothing of it is kept.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Gives back all connections; the store opens new ones when it is used again."""
        self._engine.dispose()

    @property
    def version(self) -> int:
        """A number that every write of any process raises; whoever keeps results keys them by it."""
        with transaction(self._engine) as conn:
            return counted(conn, "version")

    def save_report(
        self,
        findings: Findings,
        content: bytes,
        *,
        who: str,
        origin: str = "upload",
        records: Sequence[Record] | None = None,
        reviews: Sequence[str] | None = None,
        rejected: Sequence[Record] = (),
        town: str | None = None,
        period: Period | None = None,
        replace: bool = False,
    ) -> Saved:
        """Keeps a report with its bytes, text, records, evidence and what was missed, in one transaction.

        ``records`` are the reviewed ones (default: all of the findings), ``reviews`` one word for each
        (read, accepted, corrected; default read); ``rejected`` are kept but not shown. ``town`` and
        ``period`` override the report's, also on records that carried the report's own.
        The same bytes as before write nothing. ``replace`` supersedes the live reports of the same
        town and period; they stay reachable with ``include_superseded``.
        Raises WrongReview, WrongValue (origin).
        """
        kept = findings.records if records is None else records
        given = saving.Reviewed(
            findings=findings,
            content=content,
            who=who,
            origin=origin,
            records=kept,
            reviews=["read"] * len(kept) if reviews is None else reviews,
            rejected=rejected,
            town=findings.town if town is None else town,
            period=findings.period if period is None else period,
        )
        given.check()
        try:
            with writing(self._engine, who) as conn:
                return saving.save(conn, given, replace)
        except saving.AlreadySaved as known:
            return Saved(known.report_id, duplicate=True)

    def supersede_reports(self, report_ids: Sequence[int], *, by: int, who: str, why: str = "") -> None:
        """Replaces saved reports by another saved one, as ``save_report(replace=True)`` does.

        Raises UnknownReport, and WrongValue where ``by`` is itself superseded or one of the reports.
        """
        with writing(self._engine, who) as conn:
            saving.supersede(conn, report_ids, by=by, who=who, why=why)

    def delete_sample(self, *, who: str = "系统") -> int:
        """Removes every report of origin sample with all it gave; gives the number of reports removed.

        Not to be undone; the change log keeps a line for each.
        """
        with writing(self._engine, who) as conn:
            return saving.delete_sample(conn, who)

    def has_sample(self) -> bool:
        """Whether any sample report is there."""
        with transaction(self._engine) as conn:
            return reading.has_origin(conn, "sample")

    def is_sample_only(self) -> bool:
        """Whether there are reports and all of them are samples."""
        with transaction(self._engine) as conn:
            return reading.has_origin(conn, "sample") and not reading.has_origin(conn, "upload")

    def find_duplicate(self, content: bytes) -> ReportRow | None:
        """The report with the same bytes, superseded ones included, or None."""
        with transaction(self._engine) as conn:
            found = reading.list_reports(conn, REPORTS.c.sha256 == saving.sha256_of(content))
        return found[0] if found else None

    def same_town_period(self, town: str | None, period: Period) -> list[ReportRow]:
        """The live reports of exactly this town and period; none where the town or the end is unknown."""
        with transaction(self._engine) as conn:
            numbers = saving.same_place_and_time(conn, town, period)
            return reading.list_reports(conn, REPORTS.c.id.in_(numbers))

    def report(self, report_id: int) -> dict[str, Any]:
        """One report as ``reports`` gives it; raises UnknownReport."""
        with transaction(self._engine) as conn:
            found = reading.list_reports(conn, REPORTS.c.id == report_id)
        if not found:
            raise UnknownReport(f"没有编号为 {report_id} 的报告。")
        return found[0].to_dict()

    def reports(
        self,
        include_superseded: bool = False,
        *,
        unread: bool = False,
        origin: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[dict[str, Any]]:
        """The reports, newest first, with the keys of ``ReportRow``.

        ``unread``: only those with records nobody has checked; ``origin``: only uploads or samples.
        """
        chosen = reading.report_conditions(include_superseded, unread, origin)
        with transaction(self._engine) as conn:
            return [row.to_dict() for row in reading.list_reports(conn, *chosen, limit=limit, offset=offset)]

    def count_reports(
        self, include_superseded: bool = False, *, unread: bool = False, origin: str | None = None
    ) -> int:
        """How many reports ``reports`` would give with no limit."""
        chosen = reading.report_conditions(include_superseded, unread, origin)
        with transaction(self._engine) as conn:
            return reading.count_reports(conn, *chosen)

    def report_text(self, report_id: int) -> str:
        """The text that offsets of records point into; raises UnknownReport."""
        with transaction(self._engine) as conn:
            return str(reading.content_of(conn, report_id, "text"))

    def report_marks(self, report_id: int) -> tuple[Mark, ...]:
        """Which page or cell the text came from, sorted by where it starts; raises UnknownReport."""
        with transaction(self._engine) as conn:
            return tuple(Mark(*mark) for mark in reading.content_of(conn, report_id, "marks"))

    def report_content(self, report_id: int) -> bytes:
        """The file as it was received; raises UnknownReport."""
        with transaction(self._engine) as conn:
            return bytes(reading.content_of(conn, report_id, "content"))

    def records(
        self,
        *,
        newest_first: bool = False,
        limit: int | None = None,
        offset: int = 0,
        **filters: Unpack[RecordFilters],
    ) -> list[dict[str, Any]]:
        """The records that meet all filters (see ``RecordFilters``), in the order they were saved or the reverse.

        Each dict: id, report_id, report_name, origin, received_at, superseded, review, every key of
        ``RECORD_KEYS`` (numbers as float, flags as list), and value_text, completion_text,
        target_text, yoy_text as printed.
        """
        with transaction(self._engine) as conn:
            return reading.list_records(conn, filters, limit, offset, newest_first=newest_first)

    def count_records(self, **filters: Unpack[RecordFilters]) -> int:
        """How many records ``records`` would give with the same filters and no limit."""
        with transaction(self._engine) as conn:
            return reading.count_records(conn, filters)

    def towns(self) -> list[str]:
        """The towns of the records that are shown, sorted by code point."""
        with transaction(self._engine) as conn:
            return reading.distinct(conn, "town")

    def indicators(self) -> list[str]:
        """The indicators of the records that are shown, sorted by code point."""
        with transaction(self._engine) as conn:
            return reading.distinct(conn, "indicator")

    def periods(self) -> list[str]:
        """The last months of the records that are shown, oldest first."""
        with transaction(self._engine) as conn:
            return reading.distinct(conn, "period_end")

    def record(self, record_id: int) -> Record:
        """One record as extraction and corrections left it, Decimals as printed; raises UnknownRecord."""
        with transaction(self._engine) as conn:
            return reading.record_of(conn, record_id)

    def record_row(self, record_id: int) -> dict[str, Any]:
        """One record as ``records`` gives it, rejected and superseded ones too; raises UnknownRecord."""
        with transaction(self._engine) as conn:
            return reading.record_dict(conn, record_id)

    def evidence(self, record_id: int) -> list[Evidence]:
        """Where the parts of a record stand in its report's text; raises UnknownRecord."""
        with transaction(self._engine) as conn:
            return reading.evidence_of(conn, record_id)

    def missed(
        self,
        report_id: int | None = None,
        *,
        understood: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[dict[str, Any]]:
        """The numbers that gave no record, of one report or of all live ones.

        Each dict: id, report_id, report_name, start, end, text, sentence, reason, understood (bool).
        """
        with transaction(self._engine) as conn:
            return reading.list_missed(conn, report_id, understood, limit, offset)

    def correct_record(self, record_id: int, changes: Mapping[str, object], *, who: str, why: str = "") -> None:
        """Sets fields of a record and logs each one that differs; its review becomes corrected.

        Numbers may come as Decimal, int, float or digits ("13.40" keeps its zero); the report's name
        is no field of a record. Raises UnknownRecord, UnknownField, WrongValue.
        """
        with writing(self._engine, who) as conn:
            corrections.correct(conn, record_id, changes, who=who, why=why)

    def correct_records(
        self, record_ids: Sequence[int], changes: Mapping[str, object], *, who: str, why: str = ""
    ) -> None:
        """Makes the same correction in several records in one transaction; raises as ``correct_record``, then none."""
        with writing(self._engine, who) as conn:
            for record_id in record_ids:
                corrections.correct(conn, record_id, changes, who=who, why=why)

    def accept_record(self, record_id: int, *, who: str, why: str = "") -> None:
        """Marks a record as right; raises UnknownRecord."""
        with writing(self._engine, who) as conn:
            corrections.set_review(conn, record_id, "accepted", who=who, why=why)

    def accept_records(self, record_ids: Sequence[int], *, who: str, why: str = "") -> None:
        """Marks records as right in one transaction, one entry each; raises UnknownRecord, then none is marked."""
        with writing(self._engine, who) as conn:
            reviewing.accept_all(conn, record_ids, who=who, why=why)

    def reopen_record(self, record_id: int, *, who: str, why: str = "") -> None:
        """Marks a record as not checked yet; raises UnknownRecord."""
        with writing(self._engine, who) as conn:
            corrections.set_review(conn, record_id, "read", who=who, why=why)

    def tell_report(
        self, report_id: int, *, town: str | None, period: Period, who: str, fill: bool = False, why: str = ""
    ) -> None:
        """Sets the town and period of a saved report and of its records that carried the report's own.

        ``fill`` gives the period to its records without one, too. Every change is logged; the records' review
        stays. Raises UnknownReport, WrongValue.
        """
        with writing(self._engine, who) as conn:
            reviewing.tell_report(conn, report_id, town, period, fill=fill, who=who, why=why)

    def reject_record(self, record_id: int, *, who: str, why: str = "") -> None:
        """Takes a record out of all views; it stays in the store. Raises UnknownRecord."""
        with writing(self._engine, who) as conn:
            corrections.set_review(conn, record_id, saving.REJECTED, who=who, why=why)

    def undo_change(self, change_id: int, who: str, why: str = "撤销") -> int:
        """Takes one entry of the log back and gives the number of the new entry that says so.

        Raises UnknownChange, ChangeAlreadyUndone, ChangeOverwritten, CannotUndo.
        """
        with writing(self._engine, who) as conn:
            return corrections.undo(conn, change_id, who=who, why=why)

    def undo_changes(self, change_ids: Sequence[int], who: str, why: str = "撤销") -> None:
        """Takes several entries back in one transaction, the newest first; all or none.

        Raises UnknownChange, ChangeAlreadyUndone, ChangeOverwritten, CannotUndo.
        """
        with writing(self._engine, who) as conn:
            reviewing.undo_all(conn, change_ids, who=who, why=why)

    def changes(
        self,
        record_id: int | None = None,
        *,
        report_id: int | None = None,
        subjects: Sequence[str] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[dict[str, Any]]:
        """The change log, newest first, of one record, one report, some subjects or everything.

        Each dict: id, when (ISO, UTC), who, why, subject (record, report, setting, target, deleted), report_id,
        record_id, field, old, new (numbers as printed), undoes and undone_by (numbers of entries or None).
        """
        with transaction(self._engine) as conn:
            return changes.list_changes(conn, record_id, report_id, subjects, limit, offset)

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting's value, or the default where it is not set."""
        with transaction(self._engine) as conn:
            return corrections.setting(conn, key, default)

    def set_setting(self, key: str, value: object, who: str, why: str = "") -> None:
        """Keeps any JSON value under a key and logs it; None unsets it. Raises WrongValue."""
        with writing(self._engine, who) as conn:
            corrections.set_setting(conn, key, value, who=who, why=why)

    def settings(self, prefix: str) -> dict[str, Any]:
        """The settings whose key begins with ``prefix``: the rest of the key -> value, sorted by key."""
        with transaction(self._engine) as conn:
            return corrections.settings(conn, prefix)

    def set_settings(self, values: Mapping[str, object], who: str, why: str = "") -> None:
        """Keeps several settings in one transaction, as ``set_setting`` does; raises WrongValue, then none is kept."""
        with writing(self._engine, who) as conn:
            for key, value in values.items():
                corrections.set_setting(conn, key, value, who=who, why=why)

    def targets(self) -> list[dict[str, Any]]:
        """The targets set by hand. Each dict: town, indicator, year, from_month, target, target_text, unit, source,
        who, changed_at (ISO, UTC)."""
        with transaction(self._engine) as conn:
            return targets.listed(conn)

    def set_targets(self, given: Sequence[Target], *, who: str, why: str = "") -> int:
        """Keeps targets in place of those of the same town, indicator, year and month; each change is logged.

        Gives how many were new or differed. Raises WrongValue, then none is kept.
        """
        with writing(self._engine, who) as conn:
            return targets.put(conn, given, who=who, why=why)

    def remove_targets(self, keys: Sequence[tuple[str, str, int, int]], *, who: str, why: str = "") -> int:
        """Takes targets (town, indicator, year, from_month) away, logged; gives how many there were."""
        with writing(self._engine, who) as conn:
            return targets.remove(conn, keys, who=who, why=why)

    def handle(self, subject: str, key: str, status: str, *, who: str, note: str = "", about: str = "") -> int:
        """Notes what a person did about a finding (``key`` of a ``subject``) and gives the entry's number.

        ``status`` is one of ``handling.STATUSES``: for a check open, confirmed, explained or dismissed, for an
        alert open, reminded, answered or closed; explained, dismissed and answered need a note. ``about`` tells the log
        what was found. No record changes, so ``version`` stays: read what was handled afresh.
        Raises WrongValue.
        """
        with named(self._engine, who) as conn:
            return handling.handle(conn, subject, key, status, note=note, about=about, who=who)

    def handled(self, subject: str) -> list[dict[str, Any]]:
        """The newest entry of each finding that was ever handled: id, subject, key, status, note, about, who,
        when (ISO, UTC)."""
        with transaction(self._engine) as conn:
            return handling.newest(conn, subject)

    def handlings(self, subject: str, *, starting: str = "", limit: int | None = None) -> list[dict[str, Any]]:
        """The entries of findings whose key begins with ``starting``, the newest first, as ``handled`` gives them."""
        with transaction(self._engine) as conn:
            return handling.entries(conn, subject, starting, limit)

    def backup(self, path: str | PathLike[str]) -> None:
        """Writes a whole, consistent copy of a SQLite store to a new file while others go on working.

        Raises BackupFailed where the file exists, cannot be written, or the store is not SQLite.
        """
        if self._engine.dialect.name != "sqlite":
            raise BackupFailed("PostgreSQL 数据库请用 pg_dump 备份。")
        if Path(path).exists():
            raise BackupFailed(f"备份文件已存在：{path}。")
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(path),))
        except sqlite3.Error as error:
            raise BackupFailed(f"备份没有写成：{error}。") from error
        finally:
            raw.close()
