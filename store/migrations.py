"""Numbered changes of the tables: each runs once, in a transaction of its own, and is recorded.

A new change is a new function at the end of ``MIGRATIONS`` and the same change in ``schema.py``;
a test compares the two. Functions that have been released are never edited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, func, inspect, select

from store.connect import transaction
from store.errors import StoreTooNew
from store.moment import now
from store.schema import COUNTERS, MIGRATIONS_DONE

Migration = Callable[[Connection], None]

_BYTES = {"sqlite": "BLOB", "postgresql": "BYTEA"}

_FIRST_TABLES = (
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
    """CREATE TABLE reports (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, title TEXT, published TEXT,
        town TEXT, period_start TEXT, period_end TEXT, received_at TEXT NOT NULL, who TEXT NOT NULL,
        origin TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
        superseded_by INTEGER REFERENCES reports (id) ON DELETE SET NULL, flags TEXT NOT NULL)""",
    """CREATE TABLE contents (
        report_id INTEGER PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
        content {bytes} NOT NULL, text TEXT NOT NULL)""",
    """CREATE TABLE records (
        id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        superseded BOOLEAN NOT NULL, review TEXT NOT NULL,
        town TEXT, indicator TEXT NOT NULL, indicator_text TEXT NOT NULL,
        value DOUBLE PRECISION, value_text TEXT, unit TEXT,
        completion DOUBLE PRECISION, completion_text TEXT, basis TEXT,
        target DOUBLE PRECISION, target_text TEXT, target_unit TEXT, target_from TEXT,
        yoy DOUBLE PRECISION, yoy_text TEXT, period_start TEXT, period_end TEXT, status TEXT NOT NULL,
        sentence TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, flags TEXT NOT NULL)""",
    """CREATE TABLE evidence (
        record_id INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE, position INTEGER NOT NULL,
        role TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (record_id, position))""",
    """CREATE TABLE missed (
        id INTEGER PRIMARY KEY, report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, sentence TEXT NOT NULL,
        reason TEXT NOT NULL, understood BOOLEAN NOT NULL)""",
    """CREATE TABLE changes (
        id INTEGER PRIMARY KEY, changed_at TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL,
        subject TEXT NOT NULL, report_id INTEGER, record_id INTEGER, field TEXT NOT NULL,
        old TEXT, new TEXT, undoes INTEGER UNIQUE)""",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT, who TEXT NOT NULL, changed_at TEXT NOT NULL)",
    "CREATE INDEX reports_town_period ON reports (town, period_start, period_end)",
    "CREATE INDEX reports_superseded_by ON reports (superseded_by)",
    # the last three columns let counts and lists of names be answered from the index alone
    "CREATE INDEX records_town ON records (town, indicator, period_end, superseded, review, status)",
    "CREATE INDEX records_indicator ON records (indicator, period_end, superseded, review, status)",
    "CREATE INDEX records_period ON records (period_end)",
    "CREATE INDEX records_report_review ON records (report_id, review)",
    "CREATE INDEX missed_report_understood ON missed (report_id, understood)",
    "CREATE INDEX changes_record ON changes (record_id)",
)

_HANDLINGS = (
    """CREATE TABLE handlings (
        id INTEGER PRIMARY KEY, subject TEXT NOT NULL, key TEXT NOT NULL, status TEXT NOT NULL,
        note TEXT NOT NULL, about TEXT NOT NULL, who TEXT NOT NULL, handled_at TEXT NOT NULL)""",
    "CREATE INDEX handlings_subject_key ON handlings (subject, key)",
)

_TARGETS = """CREATE TABLE targets (
    town TEXT NOT NULL, indicator TEXT NOT NULL, year INTEGER NOT NULL, from_month INTEGER NOT NULL,
    target DOUBLE PRECISION NOT NULL, target_text TEXT NOT NULL, unit TEXT NOT NULL, source TEXT NOT NULL,
    who TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (town, indicator, year, from_month))"""

_COUNTED = ("version", "report", "record", "missed", "change")


def first_tables(conn: Connection) -> None:
    """The tables of version 0.1: reports with their bytes, records, evidence, missed, changes, settings."""
    for statement in _FIRST_TABLES:
        conn.exec_driver_sql(statement.format(bytes=_BYTES[conn.dialect.name]))
    conn.execute(COUNTERS.insert(), [{"name": name, "value": 0} for name in _COUNTED])


def handlings(conn: Connection) -> None:
    """The log of what people did about findings: confirmed, explained, dismissed."""
    for statement in _HANDLINGS:
        conn.exec_driver_sql(statement)
    conn.execute(COUNTERS.insert().values(name="handling", value=0))


def targets(conn: Connection) -> None:
    """Targets that people set by hand for a town, indicator and year, with the month from which each is in force."""
    conn.exec_driver_sql(_TARGETS)


def marks(conn: Connection) -> None:
    """Where each stretch of a report's text came from: the page of a PDF, the cell of a table."""
    conn.exec_driver_sql("ALTER TABLE contents ADD COLUMN marks TEXT NOT NULL DEFAULT '[]'")


MIGRATIONS: tuple[Migration, ...] = (first_tables, handlings, targets, marks)


def migrate(engine: Engine, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Brings the database to the newest tables; safe when several processes start at once.

    Raises StoreTooNew where the database already has a migration that this program does not know.
    """
    if _done(engine) == len(migrations):
        return
    for number, migration in enumerate(migrations, start=1):
        with transaction(engine, lock=True) as conn:
            MIGRATIONS_DONE.create(conn, checkfirst=True)
            if number > _newest(conn):
                migration(conn)
                row = {"number": number, "name": migration.__name__, "applied_at": now()}
                conn.execute(MIGRATIONS_DONE.insert().values(row))
    if _done(engine) > len(migrations):
        raise StoreTooNew("数据库已由更新的版本升级过，请先升级本程序。")


def _done(engine: Engine) -> int:
    with transaction(engine) as conn:
        return _newest(conn) if inspect(conn).has_table(MIGRATIONS_DONE.name) else 0


def _newest(conn: Connection) -> int:
    return conn.execute(select(func.coalesce(func.max(MIGRATIONS_DONE.c.number), 0))).scalar_one()
