"""上传 through the frame: files and text in, bad ones told, duplicates told, every record confirmed or corrected."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from store import Store, open_store
from tests.pages.conftest import Opener

HALF = (
    "柳溪镇2025年上半年工作总结\n"
    "2025年1—6月，全镇完成财政总收入1.2亿元，占年度任务的55.2%，同比增长8%。"
    "完成工业投资2.4亿元，占年计划的58.2%，社会消费品零售总额3.4亿元，占全县的12%。"
)
AGAIN = HALF.replace("1.2亿元", "1.3亿元").replace("55.2%", "59.8%")
OTHER = "石桥镇2025年上半年工作总结\n2025年1—6月，全镇完成财政总收入8600万元，占年度任务的48.3%。"
MIB = 1024 * 1024

File = tuple[str, bytes, str]


def file(name: str, content: str | bytes) -> File:
    """A file as the uploader takes it."""
    return name, content if isinstance(content, bytes) else content.encode(), "application/octet-stream"


@pytest.fixture
def place(tmp_path: Path) -> str:
    """The place of an empty store."""
    return str(tmp_path / "reports.db")


@pytest.fixture
def store(place: str) -> Store:
    """The same store, to look into."""
    return open_store(place)


def upload(app: AppTest, *files: File) -> AppTest:
    """Give the files to the uploader and wait until all are read."""
    app.file_uploader[0].set_value(list(files)).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> Any:
    """The button whose label begins so."""
    found = [one for one in app.button if one.label.startswith(label)]
    assert found, f"{label} is none of {[one.label for one in app.button]}"
    return found[0]


def press(app: AppTest, label: str) -> AppTest:
    """Press a button."""
    button(app, label).click().run()
    assert not app.exception
    return app


def field(app: AppTest, label: str) -> Any:
    """The last text field of that label: that of the record, not of the report."""
    return [one for one in app.text_input if one.label == label][-1]


def texts(app: AppTest) -> str:
    """Everything that stands on the page as text."""
    parts: Sequence[Any] = [*app.title, *app.markdown, *app.get("html"), *app.toast, *app.success, *app.info]
    return "\n".join(str(getattr(part, "value", None) or part.proto.body) for part in parts)


def test_the_empty_page_tells_what_to_do(opened: Opener, place: str) -> None:
    """No table, no error, the ways in."""
    app = opened(place, "upload")
    assert app.title[0].value == "上传报告，自动读出数字，再逐条核对"
    assert [tab.label for tab in app.tabs] == ["选择文件", "粘贴文字"]
    assert not app.dataframe
    assert not app.exception


def test_good_files_are_kept_beside_bad_ones(opened: Opener, place: str, store: Store) -> None:
    """Each bad one has its own Chinese message; the good ones are in the store, unchecked."""
    noise = random.Random(7).randbytes(3000)
    app = upload(
        opened(place, "upload"),
        file("柳溪镇.txt", HALF),
        file("乱码.bin", noise),
        file("空.txt", b""),
        file("坏.docx", b"PK\x03\x04" + noise),
        file("太大.txt", b"\xe5\xa5\xbd" * (20 * MIB)),
        file("石桥镇.txt", OTHER),
    )
    assert app.title[0].value == "上传 6 份：2 份已入库，4 份未入库；读出 4 条记录"
    table = app.dataframe[0].value
    assert list(table["结果"]) == ["已入库", "未入库", "未入库", "未入库", "未入库", "已入库"]
    assert list(table["乡镇"]) == ["柳溪镇", "—", "—", "—", "—", "石桥镇"]
    assert table["时段"].iloc[0] == "2025年1—6月"
    assert [report["name"] for report in store.reports()] == ["石桥镇.txt", "柳溪镇.txt"]
    shown = texts(app)
    for name, word in (("乱码.bin", "文字"), ("空.txt", "空的"), ("坏.docx", "损坏"), ("太大.txt", "60.0 MB")):
        line = next(line for line in shown.split("</div>") if f"<b>{name}</b>" in line)
        assert word in line


def test_a_second_upload_of_the_same_content_says_so_and_adds_nothing(opened: Opener, place: str, store: Store) -> None:
    """Told by the content, not by the name."""
    upload(opened(place, "upload"), file("柳溪镇.txt", HALF))
    version = store.version
    app = upload(opened(place, "upload"), file("另一个名字.txt", HALF))
    assert "已存在，未重复入库：与《柳溪镇.txt》内容相同" in texts(app)
    assert list(app.dataframe[0].value["结果"]) == ["已存在"]
    assert (store.count_reports(), store.version) == (1, version)


def test_pasted_text_is_a_report(opened: Opener, place: str, store: Store) -> None:
    """Named by its first line where no name is given; nothing pasted is told so."""
    app = press(opened(place, "upload"), "读取并入库")
    assert "请先粘贴报告正文" in texts(app)
    app.text_area[0].set_value(HALF)
    press(app, "读取并入库")
    assert store.reports()[0]["name"] == "柳溪镇2025年上半年工作总结.txt"
    assert button(app, "开始核对").label == "开始核对（3 条）"


def test_right_records_need_one_press_each_and_the_last_leads_on(opened: Opener, place: str, store: Store) -> None:
    """After the last one the page says so; the last press can be taken back."""
    app = press(upload(opened(place, "upload"), file("柳溪镇.txt", HALF)), "开始核对")
    for left in (2, 1, 0):
        press(app, "确认")
        assert store.count_records(reviews=["read"]) == left
    assert "这份报告的记录已全部核对" in texts(app)
    press(app, "撤销上一步")
    assert store.count_records(reviews=["read"]) == 1
    assert button(app, "确认")


def test_what_was_read_is_not_lost_when_the_page_is_left(opened: Opener, place: str) -> None:
    """Another session finds the report that waits to be checked, and its link opens it."""
    upload(opened(place, "upload"), file("柳溪镇.txt", HALF))
    app = opened(place, "upload")
    assert list(app.dataframe[0].value["报告"]) == ["柳溪镇.txt"]
    app = opened(place, "upload", report="1")
    assert "核对《柳溪镇.txt》" in texts(app)
    assert button(app, "全部确认其余").label == "全部确认其余 3 条"


def test_a_corrected_field_is_kept_logged_and_undone(opened: Opener, place: str, store: Store) -> None:
    """Undo brings the value back and the record into the queue."""
    app = press(upload(opened(place, "upload"), file("柳溪镇.txt", HALF)), "开始核对")
    (before,) = store.records(indicators=[field(app, "指标").value])
    field(app, "数值").set_value("２.50")
    press(app, "更正")
    after = store.record_row(before["id"])
    assert (after["value_text"], after["review"]) == ("2.50", "corrected")
    assert [(entry["field"], entry["new"]) for entry in store.changes(before["id"])] == [("value", "2.50")]
    press(app, "撤销上一步")
    assert store.record_row(before["id"]) == before


def test_typing_is_not_lost_by_pressing_confirm(opened: Opener, place: str, store: Store) -> None:
    """确认 with a changed field is a correction; 更正 without one does nothing but say so."""
    app = press(upload(opened(place, "upload"), file("柳溪镇.txt", HALF)), "开始核对")
    press(app, "更正")
    assert "没有改动" in texts(app)
    field(app, "完成率（%）").set_value("61")
    press(app, "确认")
    assert [row["completion_text"] for row in store.records(reviews=["corrected"])] == ["61"]
    field(app, "数值").set_value("不少")
    press(app, "确认")
    assert "数值要填数字" in texts(app)
    assert store.count_records(reviews=["read"]) == 2


def test_a_rejected_record_leaves_the_views_and_comes_back(opened: Opener, place: str, store: Store) -> None:
    """It stays in the list of the report."""
    app = press(upload(opened(place, "upload"), file("柳溪镇.txt", HALF)), "开始核对")
    press(app, "驳回")
    (rejected,) = store.records(reviews=["rejected"])
    assert "已驳回" in list(app.dataframe[0].value["核对状态"])
    app = opened(place, "upload", report="1", item=str(rejected["id"]))
    press(app, "恢复并重新核对")
    assert store.record_row(rejected["id"])["review"] == "read"


def test_all_the_rest_is_confirmed_in_one_press_and_undone_in_one(opened: Opener, place: str, store: Store) -> None:
    """What was corrected before stays corrected."""
    app = press(upload(opened(place, "upload"), file("柳溪镇.txt", HALF)), "开始核对")
    field(app, "数值").set_value("9")
    press(app, "更正")
    press(app, "全部确认其余")
    assert sorted(row["review"] for row in store.records()) == ["accepted", "accepted", "corrected"]
    press(app, "撤销上一步")
    assert sorted(row["review"] for row in store.records()) == ["corrected", "read", "read"]


def test_what_was_left_out_is_listed_with_its_reason(opened: Opener, place: str) -> None:
    """占全县的12% is no completion; the person sees that it was seen."""
    app = press(upload(opened(place, "upload"), file("柳溪镇.txt", HALF)), "开始核对")
    assert app.expander[0].label == "按规则略去的 1 个数字（不是指标数据）"
    assert app.table[0].value["数字"].to_list() == ["12%"]


def test_a_second_report_of_the_same_town_and_period_may_replace_the_first(
    opened: Opener, place: str, store: Store
) -> None:
    """Both stay until the person says so; the old one stays in the history, and the step can be taken back."""
    app = upload(opened(place, "upload"), file("一稿.txt", HALF))
    app = upload(app, file("二稿.txt", AGAIN))
    assert "柳溪镇2025年1—6月已有另一份报告" in texts(app)
    assert store.count_records() == 6
    press(app, "替换旧数据")
    assert store.count_records() == 3
    assert [report["status"] for report in store.reports(include_superseded=True)] == ["live", "superseded"]
    app.query_params["report"] = "2"
    press(app.run(), "撤销上一步")
    assert store.count_records() == 6
    press(app, "保留两份")
    assert "已有另一份报告" not in texts(app)
    assert store.count_records() == 6


def test_a_report_without_town_and_period_asks_for_them(opened: Opener, place: str, store: Store) -> None:
    """What is told goes to the records that had none, once; the question is not asked again."""
    bare = "今年工作情况\n全镇完成财政总收入1.2亿元，占年度任务的55.2%。"
    app = upload(opened(place, "upload"), file("某报告.txt", bare))
    assert "没有认出是哪个乡镇" in texts(app)
    field(app, "其他乡镇").set_value("柳溪镇")
    field(app, "时段起").set_value("2025-01")
    field(app, "时段止").set_value("2025年6月")
    for box in app.checkbox:
        if box.label.startswith("时段不明的"):
            box.check()
    press(app, "确定")
    (record,) = store.records()
    assert (record["town"], record["period_start"], record["period_end"]) == ("柳溪镇", "2025-01", "2025-06")
    assert store.reports()[0]["town"] == "柳溪镇"
    assert "请确认乡镇和时段" not in texts(app)


def test_a_link_to_a_report_that_is_gone_says_so(opened: Opener, place: str) -> None:
    """The page stays usable."""
    app = opened(place, "upload", report="99")
    assert app.warning[0].value == "没有编号为 99 的报告，可能已被清除。"
    assert app.file_uploader
