"""Where the store is, how a connection is set up, and what one transaction means."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from store.errors import StoreBusy, StoreUnavailable

SETTING = "TOWN_PROGRESS_STORE"
DEFAULT_PLACE = Path(__file__).resolve().parents[1] / "data" / "reports.db"
WAIT_MS = 5000

_DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_PRAGMAS = (
    f"PRAGMA busy_timeout={WAIT_MS}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
)
_RETRY_SECONDS = 0.02
_LOCK_OPTION = "store_lock"
_POSTGRES_LOCK = text("SELECT pg_advisory_xact_lock(20160630)")
_BUSY_WORDS = ("database is locked", "database table is locked")


def place_of(url: str | None = None) -> URL:
    """The database's address: the argument, else the setting TOWN_PROGRESS_STORE, else data/reports.db.

    Both a URL (postgresql://…) and the path of a SQLite file are understood.
    Raises StoreUnavailable for an address that is neither, or that lives in memory only.
    """
    given = url or os.environ.get(SETTING) or str(DEFAULT_PLACE)
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        place = make_url(given)
    except ArgumentError as error:
        raise StoreUnavailable(f"数据库地址无法识别，请检查设置 {SETTING}。") from error
    if place.get_backend_name() == "sqlite" and place.database in (None, "", ":memory:"):
        raise StoreUnavailable("数据库须是一个文件，不能只放在内存里。")
    return place.set(drivername=_DRIVERS.get(place.drivername, place.drivername))


def open_engine(place: URL) -> Engine:
    """An engine whose connections are set up and tried once; it may be shared by threads.

    Raises StoreUnavailable where the folder, the file, the driver or the server is not usable.
    """
    shown = place.render_as_string(hide_password=True)
    try:
        if place.get_backend_name() == "sqlite":
            Path(str(place.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(place)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        engine.connect().close()
    except ModuleNotFoundError as error:
        raise StoreUnavailable(f"缺少数据库驱动 {error.name}，请安装 town-progress[postgres]。") from error
    except (OSError, NoSuchModuleError, DatabaseError) as error:
        raise StoreUnavailable(f"打不开数据库 {shown}：{getattr(error, 'orig', None) or error}") from error
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    _into_wal(connection)


def _into_wal(connection: Any) -> None:
    """Switches a new file to WAL; SQLite does not wait by itself when two processes do so at once."""
    give_up = time.monotonic() + WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if str(error) not in _BUSY_WORDS or time.monotonic() > give_up:
                raise
        time.sleep(_RETRY_SECONDS)


def _begin_sqlite(conn: Connection) -> None:
    """The driver's own BEGIN leaves table changes outside the transaction and takes the write lock too late."""
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get(_LOCK_OPTION) else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, lock: bool = False) -> Iterator[Connection]:
    """One transaction: all of it is kept, or nothing when the block raises.

    With ``lock`` writers of all threads and processes follow one after the other; raises StoreBusy
    when the lock did not come free within five seconds; readers never wait.
    """
    try:
        with engine.connect().execution_options(**{_LOCK_OPTION: lock}) as conn, conn.begin():
            if lock and conn.dialect.name == "postgresql":
                conn.execute(_POSTGRES_LOCK)
            yield conn
    except OperationalError as error:
        if str(error.orig) in _BUSY_WORDS:
            raise StoreBusy("数据库正被其他程序写入，请稍后再试；本次没有写入任何内容。") from error
        raise
