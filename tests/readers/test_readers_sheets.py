"""Spreadsheets: heads of two rows, merged cells, units, rates; every record names the cell it came from."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
import xlwt
from papers import workbook

from extract import find
from extract.models import Record, ReportError, mark_at
from extract.readers import load_report
from extract.readers.cellwords import shown
from extract.readers.merges import with_small_merges

TITLE = "青石镇2024年1-6月主要指标完成情况表"
TWO_HEADS = (
    (TITLE, None, None, None, None),
    ("指标", "年度目标", "1-6月", None, None),
    (None, None, "完成数", "完成率(%)", "同比±%"),
    ("固定资产投资（亿元）", 7.9, 4.36, 55.2, 21.9),
    ("税收收入（万元）", 11000, 5200, 47.3, -2.5),
)
TOWNS = (
    ("示例县各乡镇2024年1-6月主要指标完成情况表",),
    ("乡镇", "固定资产投资（万元）", None, None, "新材料产业园项目（个）", None),
    (None, "年度目标", "完成数", "完成率(%)", "年度目标", "完成数"),
    ("青石镇", 32000, 18560, 58, 12, 7),
    ("白杨乡", 12000, 8560, 71.3, None, None),
)
TOWN_MERGES = ("A1:F1", "A2:A3", "B2:D2", "E2:F2")


def records_of(content: bytes, name: str = "进度表.xlsx") -> list[Record]:
    return list(find(load_report(name, content)).records)


def brief(record: Record) -> tuple[object, ...]:
    numbers = (record.value, record.target, record.completion, record.yoy)
    return (record.town, record.indicator, *(None if n is None else float(n) for n in numbers), record.unit)


def test_a_head_of_two_rows_with_merged_cells() -> None:
    content = workbook({"一季度": TWO_HEADS}, "A1:E1", "A2:A3", "B2:B3", "C2:E2")
    found = records_of(content)
    assert [brief(record) for record in found] == [
        ("青石镇", "固定资产投资", 4.36, 7.9, 55.2, 21.9, "亿元"),
        ("青石镇", "税收收入", 5200, 11000, 47.3, -2.5, "万元"),
    ]
    assert {record.period_end for record in found} == {"2024-06"}


def test_towns_below_and_indicators_beside_are_read_for_each() -> None:
    found = records_of(workbook({"表": TOWNS}, *TOWN_MERGES))
    assert [brief(record)[:5] for record in found if record.indicator == "固定资产投资"] == [
        ("青石镇", "固定资产投资", 18560, 32000, 58),
        ("白杨乡", "固定资产投资", 8560, 12000, 71.3),
    ]
    assert {record.unit for record in found if record.indicator == "固定资产投资"} == {"万元"}


def test_towns_over_the_columns_are_read_for_each() -> None:
    rows = (
        ("示例县2024年1-6月主要指标完成情况表",),
        ("指标", "单位", "青石镇", None, "白杨乡", None),
        (None, None, "完成数", "完成率(%)", "完成数", "完成率(%)"),
        ("固定资产投资", "万元", 18560, 58, 8560, 71.3),
        ("税收收入", "万元", 5200, 47.3, 1900, 51.2),
    )
    found = records_of(workbook({"表": rows}, "A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"))
    assert {(r.town, r.indicator, float(r.value or 0), float(r.completion or 0)) for r in found} == {
        ("青石镇", "固定资产投资", 18560.0, 58.0),
        ("白杨乡", "固定资产投资", 8560.0, 71.3),
        ("青石镇", "税收收入", 5200.0, 47.3),
        ("白杨乡", "税收收入", 1900.0, 51.2),
    }


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_number_of_a_record_names_its_cell(kind: str) -> None:
    content = workbook({"上半年": TOWNS}, *TOWN_MERGES)
    if kind == "csv":
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in TOWNS)
        content = "\n".join(lines).encode("gb18030")
    document = load_report(f"进度表.{kind}", content)
    record = next(r for r in find(document).records if r.town == "白杨乡" and r.value == 8560)
    places = {part.role: mark_at(document.marks, part.start) for part in record.evidence}
    sheet = "上半年!" if kind == "xlsx" else ""
    assert {role: mark.place for role, mark in places.items() if mark} == {
        "indicator": f"{sheet}A5",
        "target": f"{sheet}B5",
        "value": f"{sheet}C5",
        "completion": f"{sheet}D5",
    }


def test_the_unit_of_a_line_above_and_rates_as_percent_cells() -> None:
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(
                {
                    "表": (
                        (TITLE,),
                        ("单位：万元",),
                        ("指标", "任务数", "完成数", "完成率"),
                        ("税收收入", 11000, 5200, 0.4727),
                    )
                }
            )
        )
    )
    book.active["D4"].number_format = "0.0%"
    buffer = io.BytesIO()
    book.save(buffer)
    (record,) = records_of(buffer.getvalue())
    assert brief(record) == ("青石镇", "税收收入", 5200, 11000, 47.3, None, "万元")


def test_hidden_sheets_are_left_out_and_told() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook({"表": TWO_HEADS, "草稿": TWO_HEADS})))
    book["草稿"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    document = load_report("a.xlsx", buffer.getvalue())
    assert document.text.count("税收收入") == 1
    assert "隐藏的工作表没有读" in document.flags


def test_an_old_workbook_with_merged_cells() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    sheet.write_merge(0, 0, 0, 4, TITLE)
    for row, cells in enumerate(TWO_HEADS[1:], start=1):
        for column, value in enumerate(cells):
            if value is not None and (row, column) != (1, 2):
                sheet.write(row, column, value)
    sheet.write_merge(1, 1, 2, 4, "1-6月")
    buffer = io.BytesIO()
    book.save(buffer)
    found = records_of(buffer.getvalue(), "进度表.xls")
    assert [brief(record)[1:6] for record in found] == [
        ("固定资产投资", 4.36, 7.9, 55.2, 21.9),
        ("税收收入", 5200, 11000, 47.3, -2.5),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.552, "0.0%", "55.2%"),
        (0.55249, "0.00%", "55.25%"),
        (0.5525, "0.0%", "55.3%"),
        (-0.035, "0.0%", "-3.5%"),
        (4.36, "General", "4.36"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678.9, "#,##0.00", "12345678.90"),
        (1856.4, "0", "1856"),
        (5.25, '0.00"亿元"', "5.25亿元"),
        (1e15, "General", "1000000000000000"),
        (7, "General", "7"),
        (True, "General", "是"),
        (None, "General", ""),
        (" 持平 ", "General", " 持平 "),
        (datetime.datetime(2024, 6, 30), "yyyy-mm-dd", "2024年6月30日"),
        (datetime.date(2024, 6, 1), 'yyyy"年"m"月"', "2024年6月"),
        (float("nan"), "General", ""),
    ],
)
def test_a_value_reads_as_its_cell_shows_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def cut_inside(content: bytes) -> bytes:
    """The workbook with its sheet's XML cut in the middle."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(buffer, "w") as cut:
        for member in whole.namelist():
            part = whole.read(member)
            cut.writestr(member, part[: len(part) // 2] if member.endswith("sheet1.xml") else part)
    return buffer.getvalue()


def test_broken_empty_and_huge_tables_each_have_their_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_CELLS", "30")
    for content, words in (
        (cut_inside(workbook({"表": TWO_HEADS})), "损坏"),
        (workbook({"表": ()}), "没有内容"),
        (workbook({"表": [[1] * 40]}), "40 个单元格.*30 个"),
        (workbook({"表": [[1] * 91]}), "91 个单元格.*30 个"),
    ):
        with pytest.raises(ReportError, match=words):
            load_report("a.xlsx", content)


def test_prose_with_commas_is_no_table() -> None:
    lines = (
        "青石镇完成投资1.2亿元,同比增长5.5%,总体平稳",
        "税收3亿元,同比增长2%,好于预期",
        "下一步,抓投资,促增长",
        "谢谢。",
    )
    text = "\n".join(lines)
    assert load_report("a.txt", text.encode()).kind == "text"


def with_areas(content: bytes, *areas: str) -> bytes:
    """The workbook with these merged areas in its first sheet, written as programs write them."""
    buffer = io.BytesIO()
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(buffer, "w") as made:
        for name in whole.namelist():
            part = whole.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())
            made.writestr(name, part)
    return buffer.getvalue()


def test_areas_merged_over_whole_columns_and_rows_end_with_the_cells() -> None:
    note = "说明：本表由各村上报。"
    content = workbook({"一季度": (*TWO_HEADS, (note,))})
    areas = ("A1:XFD1", "A2:A3", "B2:B3", "C2:E2", "A6:E1048576")
    plain = records_of(with_areas(content, "A1:E1", *areas[1:4]))
    assert len(plain) == 2
    large = with_areas(content, *areas)
    assert records_of(large) == plain
    assert load_report("进度表.xlsx", large).text.count(note) == 1
    opened = openpyxl.load_workbook(io.BytesIO(with_small_merges(large)))
    assert sum(len(sheet._cells) for sheet in opened.worksheets) <= 6 * 5
    assert "A1:E1" in {str(area) for area in opened.worksheets[0].merged_cells}


def test_a_sheet_merged_as_a_whole_is_its_first_cell() -> None:
    content = with_areas(workbook({"表": (("完成税收收入5200万元。",),)}), "A1:XFD1048576")
    assert load_report("表.xlsx", content).text == "完成税收收入5200万元。"


def test_small_areas_leave_the_workbook_as_it_is() -> None:
    content = workbook({"一季度": TWO_HEADS}, "A1:E1", "A2:A3")
    assert with_small_merges(content) is content
