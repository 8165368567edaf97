"""Files on their way into the store: whatever one of them is, the others are kept and each gets its message."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store, open_store
from ui import intake
from ui.intake import KNOWN, REFUSED, SAVED, Incoming, Intake

GOOD = "2025年1—6月，柳溪镇完成财政总收入1.2亿元，占年度任务的55.2%，同比增长8%。"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return open_store(str(tmp_path / "reports.db"))


def taken(store: Store, *files: Incoming) -> list[intake.Result]:
    """What became of a batch."""
    job = Intake(store, "李雷", files).start()
    assert job.wait(60)
    return job.results


def test_a_report_is_kept_unchecked_and_known_again(store: Store) -> None:
    """The second time nothing is added and the first one is named with its person."""
    (first,) = taken(store, Incoming("柳溪镇.txt", GOOD.encode()))
    assert (first.outcome, first.town, first.period.end, first.message) == (SAVED, "柳溪镇", "2025-06", "")
    assert {record["review"] for record in store.records()} == {"read"}
    version = store.version
    (second,) = taken(store, Incoming("改了名.txt", GOOD.encode()))
    assert (second.outcome, second.report_id) == (KNOWN, first.report_id)
    assert "已存在，未重复入库：与《柳溪镇.txt》内容相同（李雷于" in second.message
    assert store.version == version


def test_the_same_file_twice_in_one_batch_is_one_report(store: Store) -> None:
    """The copy is told from the first."""
    file = Incoming("柳溪镇.txt", GOOD.encode())
    assert [result.outcome for result in taken(store, file, file)] == [SAVED, KNOWN]
    assert store.count_reports() == 1


def test_a_file_that_breaks_the_reading_stops_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an error nobody thought of ends as a message of its file."""
    real = intake.find

    def breaking(document: object) -> object:
        if getattr(document, "name", "") == "怪.txt":
            raise ZeroDivisionError
        return real(document)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "find", breaking)
    odd, good = taken(store, Incoming("怪.txt", b"1.5%"), Incoming("柳溪镇.txt", GOOD.encode()))
    assert (odd.outcome, odd.message) == (REFUSED, intake.UNEXPECTED)
    assert (good.outcome, store.count_reports()) == (SAVED, 1)


def test_a_text_without_figures_is_kept_and_says_so(store: Store) -> None:
    """It may be the wrong file."""
    (result,) = taken(store, Incoming("通知.txt", "请各村按时参加会议。".encode()))
    assert (result.outcome, result.records, result.message) == (SAVED, 0, intake.NO_RECORDS)
