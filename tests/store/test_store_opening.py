"""Where the store is, how its tables come to be, and many threads and processes on one file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from store_examples import make_findings, make_record, only, save

from store import Store, open_store
from store import connect as connect_module
from store.connect import DEFAULT_PLACE, SETTING, open_engine, place_of, transaction
from store.counters import writing
from store.errors import BackupFailed, StoreBusy, StoreTooNew, StoreUnavailable, UnknownReport
from store.migrations import MIGRATIONS, migrate
from store.schema import METADATA

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from store import open_store
from store_examples import make_findings, make_record
place, name = sys.argv[1:]
store = open_store(place)
for number in range(15):
    saved = store.save_report(make_findings(make_record()), f"{name} {number}".encode(), who=name, replace=True)
    store.save_report(make_findings(make_record()), f"both {number}".encode(), who=name)
    (record,) = store.records(report_id=saved.report_id, include_superseded=True)
    store.correct_record(record["id"], {"value": number + 0.5}, who=name)
"""


def test_the_place_is_the_argument_then_the_setting_then_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A path and a URL both do; PostgreSQL uses its one driver."""
    monkeypatch.delenv(SETTING, raising=False)
    assert place_of().database == str(DEFAULT_PLACE)
    assert DEFAULT_PLACE.parts[-2:] == ("data", "reports.db")
    monkeypatch.setenv(SETTING, str(tmp_path / "set.db"))
    assert place_of().database == str(tmp_path / "set.db")
    assert place_of(f"sqlite:///{tmp_path}/given.db").database == f"{tmp_path}/given.db"
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        assert place_of(f"{scheme}://clerk@db.example/town").drivername == "postgresql+psycopg"
    store = open_store()
    assert (tmp_path / "set.db").exists()
    store.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "://nonsense", "nosuchbase://x/y"])
def test_an_address_that_cannot_work_is_refused(url: str) -> None:
    """Instead of a store that forgets, or a stranger's traceback."""
    with pytest.raises(StoreUnavailable):
        open_store(url)


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """A file that is no database, a folder that is a file."""
    stranger = tmp_path / "notes.txt"
    stranger.write_text("不是数据库，只是一些文字。" * 50, encoding="utf-8")
    for place in (stranger, stranger / "reports.db", tmp_path):
        with pytest.raises(StoreUnavailable, match=place.name):
            open_store(str(place))
    assert stranger.read_text(encoding="utf-8").startswith("不是数据库")


def test_a_password_is_never_in_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages show the message."""
    monkeypatch.setattr(connect_module, "create_engine", _refuse)
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://clerk:geheim@127.0.0.1:9/town")
    assert "geheim" not in str(caught.value)
    assert "clerk" in str(caught.value)


def _refuse(*_: object) -> None:
    raise OSError("no route")


def test_folders_are_made_and_every_connection_is_set_up(tmp_path: Path) -> None:
    """WAL, NORMAL, five seconds of patience, foreign keys."""
    engine = open_engine(place_of(str(tmp_path / "new" / "deep" / "reports.db")))
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    for _ in range(2):
        with transaction(engine) as conn:
            found = [conn.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]
        assert found == ["wal", 1, 5000, 1]
        engine.dispose()


def test_migrations_make_the_tables_that_the_schema_names(url: str) -> None:
    """``schema.py`` and the functions of ``migrations.py`` say the same."""
    engine = open_engine(place_of(url))
    migrate(engine)
    inspector = inspect(engine)
    assert set(inspector.get_table_names()) == set(METADATA.tables)
    for table in METADATA.tables.values():
        made = {column["name"]: bool(column["nullable"]) for column in inspector.get_columns(table.name)}
        keys = set(inspector.get_pk_constraint(table.name)["constrained_columns"])
        assert set(made) == set(table.c.keys()), table.name
        assert keys == {column.name for column in table.primary_key}, table.name
        ordinary = {column.name: bool(column.nullable) for column in table.c if column.name not in keys}
        assert {name: made[name] for name in ordinary} == ordinary, table.name
    engine.dispose()


def test_a_migration_runs_once_and_is_recorded(url: str) -> None:
    """Opening again runs only what is new; data stays."""
    first = open_store(url)
    report_id = save(first)
    runs: list[str] = []

    def second_change(conn: Connection) -> None:
        runs.append("second")
        conn.execute(text("ALTER TABLE reports ADD COLUMN remark TEXT"))

    engine = open_engine(place_of(url))
    for _ in range(2):
        migrate(engine, (*MIGRATIONS, second_change))
    assert runs == ["second"]
    with transaction(engine) as conn:
        rows = conn.execute(text("SELECT number, name FROM migrations ORDER BY number")).all()
        names = [*(migration.__name__ for migration in MIGRATIONS), "second_change"]
        assert [tuple(row) for row in rows] == list(enumerate(names, start=1))
        assert conn.execute(text("SELECT id, remark FROM reports")).one() == (report_id, None)
    with pytest.raises(StoreTooNew):
        open_store(url)
    first.close()
    engine.dispose()


def test_a_migration_that_fails_leaves_the_tables_as_they_were(url: str) -> None:
    """Table changes are inside the transaction too."""

    def broken(conn: Connection) -> None:
        conn.execute(text("CREATE TABLE half_done (id INTEGER)"))
        raise RuntimeError("power cut")

    engine = open_engine(place_of(url))
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(engine, (*MIGRATIONS, broken))
    assert not inspect(engine).has_table("half_done")
    migrate(engine)
    with transaction(engine) as conn:
        assert conn.execute(text("SELECT count(*) FROM migrations")).scalar_one() == len(MIGRATIONS)
    engine.dispose()


def test_what_was_saved_is_there_after_opening_again(url: str) -> None:
    """Nothing lives in the object alone."""
    first = open_store(url)
    report_id = save(first)
    version = first.version
    first.close()
    second = open_store(url)
    assert [report["id"] for report in second.reports()] == [report_id]
    assert second.version == version
    second.close()


def test_each_write_raises_the_version_and_reading_does_not(store: Store) -> None:
    """One number tells whether anything changed."""
    seen = [store.version]
    save(store)
    seen.append(store.version)
    store.correct_record(only(store)["id"], {"value": 1}, who="李雷")
    seen.append(store.version)
    store.set_setting("a", 1, "李雷")
    seen.append(store.version)
    store.undo_change(store.changes()[0]["id"], "李雷")
    seen.append(store.version)
    assert seen == [0, 1, 2, 3, 4]
    assert (len(store.reports()), store.towns(), store.version) == (1, ["柳溪镇"], 4)


def test_threads_write_and_read_one_store_together(store: Store) -> None:
    """Every report arrives once with its own records; readers see only whole reports."""
    partial: list[int] = []

    def write(worker: int) -> None:
        for number in range(6):
            records = [make_record(indicator=f"指标{item}") for item in range(20)]
            store.save_report(make_findings(*records), f"{worker} {number}".encode(), who=f"线程{worker}")
            store.save_report(make_findings(*records), f"both {number}".encode(), who=f"线程{worker}")

    def read() -> None:
        while not done.wait(0.005):
            partial.extend(report["record_count"] for report in store.reports() if report["record_count"] != 20)

    done = threading.Event()
    reader = threading.Thread(target=read)
    reader.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(4)))
    finally:
        done.set()
        reader.join()
    assert partial == []
    assert len(store.reports()) == 4 * 6 + 6
    assert store.count_records() == 30 * 20
    assert store.version == 30


def test_processes_open_and_write_one_database_together(url: str) -> None:
    """Three start at once on no database: tables once, nothing lost, nothing twice."""
    command = [sys.executable, "-c", WRITER, url]
    paths = {"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}:{':'.join(sys.path)}"}
    started = [subprocess.Popen([*command, name], env=paths, stderr=subprocess.PIPE) for name in ("甲", "乙", "丙")]
    problems = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], problems
    store = open_store(url)
    reports = store.reports(include_superseded=True)
    assert len(reports) == 3 * 15 + 15
    assert store.count_records(include_superseded=True) == 60
    corrections = [entry for entry in store.changes() if entry["field"] == "value"]
    assert len(corrections) == 45
    assert len({entry["id"] for entry in store.changes()}) == len(store.changes())
    assert store.version == 45 + 15 + 45
    for report in reports:
        (record,) = store.records(report_id=report["id"], include_superseded=True)
        assert record["superseded"] == (report["status"] == "superseded")
    store.close()


def test_opening_waits_while_another_program_makes_the_file(tmp_path: Path) -> None:
    """The switch to WAL needs the file alone for a moment."""
    place = tmp_path / "reports.db"
    other = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE something (id INTEGER)")
    timer = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    timer.start()
    store = open_store(str(place))
    timer.join()
    assert save(store) == 1
    store.close()
    other.close()


def test_threads_that_open_one_new_file_at_once_all_succeed(tmp_path: Path) -> None:
    """Whoever comes first makes the tables, the others find them."""
    start = threading.Barrier(8)

    def opened(number: int) -> int:
        start.wait()
        store = open_store(str(tmp_path / "reports.db"))
        store.set_setting(f"线程{number}", number, "李雷")
        store.close()
        return number

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(opened, range(8))) == list(range(8))
    store = open_store(str(tmp_path / "reports.db"))
    assert (store.version, len(store.changes())) == (8, 8)
    store.close()


def test_a_lock_that_does_not_come_free_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer learns that nothing was written; readers go on."""
    monkeypatch.setattr(connect_module, "_PRAGMAS", ("PRAGMA busy_timeout=20",))
    store = open_store(str(tmp_path / "reports.db"))
    other = open_engine(place_of(str(tmp_path / "reports.db")))
    with writing(other, "李雷"):
        with pytest.raises(StoreBusy):
            save(store)
        assert store.reports() == []
    assert save(store) == 1
    store.close()
    other.dispose()


def test_a_backup_is_a_whole_store(tmp_path: Path) -> None:
    """Made while the store is open, it holds what was committed; an existing file is never overwritten."""
    store = open_store(str(tmp_path / "reports.db"))
    report_id = save(store)
    copy = tmp_path / "备份.db"
    store.backup(copy)
    save(store)
    restored = open_store(str(copy))
    assert [report["id"] for report in restored.reports()] == [report_id]
    assert restored.records() == store.records(report_id=report_id)
    with pytest.raises(BackupFailed, match="已存在"):
        store.backup(copy)
    with pytest.raises(BackupFailed):
        store.backup(tmp_path / "no such folder" / "b.db")
    restored.close()
    store.close()


def test_foreign_keys_hold(tmp_path: Path) -> None:
    """A record without a report cannot be: the file's own rules say so."""
    store = open_store(str(tmp_path / "reports.db"))
    save(store)
    store.close()
    with sqlite3.connect(tmp_path / "reports.db") as raw:
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("DELETE FROM reports")
        counts = [raw.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("records", "evidence", "missed")]
    raw.close()
    assert counts == [(0,), (0,), (0,)]
    with pytest.raises(UnknownReport):
        open_store(str(tmp_path / "reports.db")).report(1)
