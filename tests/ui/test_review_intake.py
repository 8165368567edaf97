"""Files on their way into the store: whatever one of them is, the others are kept and each gets its message."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extract.models import Document
from extract.readers.trust import BY_OCR
from store import Store, open_store
from ui import doubts, intake
from ui.intake import KNOWN, REFUSED, SAVED, UNPACKED, Incoming, Intake

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


def zip_of(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"报告/{name}.txt", text)
    return buffer.getvalue()


def test_every_file_of_a_zip_is_a_report_of_its_own(store: Store) -> None:
    packed = Incoming("全部.zip", zip_of(柳溪镇=GOOD, 空白=" \n ", 同一份=GOOD))
    whole, first, blank, again = taken(store, packed)
    assert whole.outcome == UNPACKED
    assert (first.name, first.outcome) == ("柳溪镇.txt", SAVED)
    assert (blank.outcome, "空白" in blank.message) == (REFUSED, True)
    assert again.outcome == KNOWN
    assert store.report_content(first.report_id or 0) == GOOD.encode()


def test_a_zip_that_cannot_be_unpacked_is_refused(store: Store) -> None:
    (result,) = taken(store, Incoming("坏.zip", zip_of(一=GOOD).replace(b"PK\x01\x02", b"PK\x01\x03")))
    assert (result.outcome, "损坏" in result.message) == (REFUSED, True)


def test_where_the_text_came_from_is_kept(store: Store) -> None:
    title, head = "青石镇2024年1-6月主要指标完成情况表,,", "指标,完成数,同比(%)"
    table = f"{title}\n{head}\n税收收入(万元),5200,-2.5\n财政收入(万元),8300,4.5\n"
    (result,) = taken(store, Incoming("进度表.csv", table.encode()))
    number = result.report_id or 0
    marks = store.report_marks(number)
    text = store.report_text(number)
    assert {text[mark.start :].split(" |")[0].split("\n")[0]: mark.place for mark in marks}["5200"] == "B3"
    assert store.report_marks(taken(store, Incoming("a.txt", GOOD.encode()))[0].report_id or 0) == ()


def test_records_read_from_a_picture_say_so_and_come_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = Document("a.png", GOOD, "scan", flags=(BY_OCR,))
    monkeypatch.setattr(intake.Overseer, "read", lambda *_: scanned)
    (result,) = taken(store, Incoming("a.png", b"a picture"))
    records = store.records(report_id=result.report_id)
    assert records
    assert all("图片识别" in record["flags"] for record in records)
    assert all(doubts.reasons(record)[0].name == "图片识别" for record in records)
