"""The first start: sample reports once, in a store that never held anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import find
from store import Store, open_store
from ui import first_run, samples


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "reports.db"))


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sample reports in place of all."""
    folder = tmp_path / "few"
    folder.mkdir()
    for path in samples.files()[:2]:
        (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(samples, "load", lambda store, load=samples.load: load(store, folder))


@pytest.mark.usefixtures("few")
def test_samples_are_loaded_once_and_stay_cleared(store: Store) -> None:
    assert first_run.prepare(store) == 2
    assert store.is_sample_only()
    assert first_run.prepare(store) == 0
    store.delete_sample()
    assert first_run.prepare(store) == 0
    assert store.reports() == []


@pytest.mark.usefixtures("few")
def test_a_store_with_a_report_gets_no_samples(store: Store) -> None:
    text = "2025年一季度，柳溪镇完成有效投资1.2亿元。"
    store.save_report(find(text), text.encode(), who="测试")
    assert first_run.prepare(store) == 0
    assert not store.has_sample()


def test_the_samples_end_where_their_reports_end(store: Store) -> None:
    """A plan for next year that is read as done would move the first page to a month without reports."""
    assert first_run.prepare(store) == len(samples.files())
    actual = store.records(statuses=["actual"])
    assert max(record["period_end"] for record in actual if record["period_end"]) == "2024-12"


def test_the_command_says_in_chinese_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "folder.db"
    blocked.mkdir()
    monkeypatch.setenv("TOWN_PROGRESS_STORE", str(blocked))
    assert first_run.main() == 1
    assert "打不开数据库" in capsys.readouterr().out
