"""CSV and xlsx, read back: equal, safe, and right for people who double-click."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess import State, assessed, overview, records_frame, stated_and_computed, target_table, timeline
from assess.towns import OVERVIEW_COLUMNS
from assess.years import TIMELINE_COLUMNS
from export import COLUMNS, WORDS, dictionary, files, labelled, to_csv, to_xlsx
from extract.models import RECORD_KEYS

RECORDS = pd.DataFrame(
    {
        "id": [1, 2, 3],
        "town": ["柳溪镇", "梅岭镇", "竹园街道"],
        "indicator": ["财政总收入", "工业投资", "信访量"],
        "value": [4.36, 31100.0, np.nan],
        "unit": ["亿元", "万元", None],
        "completion": [55.2, np.nan, 112.0],
        "basis": ["annual", None, "multi-year"],
        "yoy": [-7.0, 215.9, 0.0],
        "period_start": ["2016-01", "2016-01", None],
        "status": ["actual", "expected", "planned"],
        "sentence": ["上半年,完成“财政总收入”4.36亿元,\n占年计划的55.2%。", "=1+1", "-7.0%"],
        "flags": [["时段承前", "预计数"], [], ["年份缺失"]],
        "review": ["read", "accepted", "corrected"],
        "conflict": [True, False, False],
    }
)
LIVE = [
    "=1+1",
    '=HYPERLINK("x","y")',
    "+SUM(A1)",
    "-2+3",
    "@cmd",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠x",
    " =1",
]
HARMLESS = ["-7.0%", "-7", "+19.8", "-1,200.5", "+3‰", "-", "4.36", "2016-06", "a=b", "007", "完成+1", "", "'quoted'"]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def workbook(sheets: dict[str, pd.DataFrame]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(sheets)))


def test_heads_are_the_agreed_words_and_each_is_used_once() -> None:
    assert {key: COLUMNS[key] for key in ("town", "completion", "basis", "target_from", "yoy", "gap", "pace")} == {
        "town": "乡镇",
        "completion": "完成率(%)",
        "basis": "目标口径",
        "target_from": "目标来源",
        "yoy": "同比(%)",
        "gap": "与序时进度差(百分点)",
        "pace": "序时进度(%)",
    }
    assert len(set(COLUMNS.values())) == len(COLUMNS)


def test_every_column_that_store_and_assess_give_has_a_head() -> None:
    empty = records_frame([])
    tables = [assessed(empty), stated_and_computed(empty), target_table(empty), timeline(empty, "柳溪镇", "工业投资")]
    keys = {*RECORD_KEYS, *OVERVIEW_COLUMNS, *TIMELINE_COLUMNS, *(key for table in tables for key in table.columns)}
    assert keys - set(COLUMNS) == set()


def test_the_dictionary_explains_every_column_in_file_order() -> None:
    table = dictionary()
    assert list(table.columns) == ["key", "head", "meaning", "unit"]
    assert dict(zip(table["key"], table["head"], strict=True)) == COLUMNS
    assert table["meaning"].str.len().min() >= 2
    assert rows_of(to_csv(table))[0] == ["字段", "列名", "含义", "单位"]


def test_codes_are_shown_as_words() -> None:
    shown = labelled(RECORDS)
    assert shown["目标口径"].tolist()[0::2] == ["年度目标", "多年目标"]
    assert shown["性质"].tolist() == ["实际", "预计", "计划"]
    assert shown["核对状态"].tolist() == ["未核对", "已确认", "已更正"]
    assert shown["提示"].tolist() == ["时段承前；预计数", "", "年份缺失"]
    assert shown["是否矛盾"].tolist() == ["是", "否", "否"]
    assert set(WORDS) <= set(COLUMNS)


def test_columns_keep_the_tables_order_or_take_that_of_the_dictionary() -> None:
    table = RECORDS[["id", "yoy", "town"]].assign(工业=1)
    assert list(labelled(table).columns) == ["记录编号", "同比(%)", "乡镇", "工业"]
    assert list(labelled(table, in_order=True).columns) == ["乡镇", "同比(%)", "记录编号", "工业"]


def test_csv_begins_with_a_mark_and_reads_back_equal() -> None:
    content = to_csv(RECORDS)
    assert content.startswith("\ufeff记录编号,乡镇,".encode())
    back = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    wanted = labelled(RECORDS)
    assert list(back.columns) == list(wanted.columns)
    for head in ("数值", "完成率(%)", "同比(%)", "记录编号"):
        np.testing.assert_array_equal(back[head].astype(float), wanted[head].astype(float))
    assert back["原文"].tolist() == [wanted["原文"][0], "'=1+1", "-7.0%"]
    assert back["乡镇"].tolist() == RECORDS["town"].tolist()


def test_csv_writes_numbers_plainly() -> None:
    table = pd.DataFrame({"value": [436000000.0, 0.1, -7.0, np.nan], "id": [1, 2, 3, 4]})
    assert rows_of(to_csv(table))[1:] == [["436000000", "1"], ["0.1", "2"], ["-7", "3"], ["", "4"]]


@pytest.mark.parametrize("cell", LIVE)
def test_csv_defuses_what_would_run(cell: str) -> None:
    rows = rows_of(to_csv(pd.DataFrame({"sentence": [cell], cell: [1]})))
    assert rows == [["原文", f"'{cell}"], [f"'{cell}", "1"]]


@pytest.mark.parametrize("cell", HARMLESS)
def test_csv_leaves_numbers_and_plain_text_alone(cell: str) -> None:
    assert rows_of(to_csv(pd.DataFrame({"sentence": [cell], "id": [1]})))[1][0] == cell


def test_xlsx_reads_back_equal_from_every_sheet() -> None:
    sheets = {"记录": RECORDS, "数据字典": dictionary()}
    content = to_xlsx(sheets)
    back = pd.read_excel(io.BytesIO(content), sheet_name=None, keep_default_na=False, na_values=[""])
    assert list(back) == ["记录", "数据字典"]
    for name, table in sheets.items():
        wanted = labelled(table)
        assert list(back[name].columns) == list(wanted.columns)
        for head in wanted:
            got, want = back[name][head], wanted[head]
            if pd.api.types.is_numeric_dtype(want):
                np.testing.assert_array_equal(got.astype(float), want.astype(float))
            else:
                assert got.fillna("").tolist() == want.fillna("").tolist(), head


@pytest.mark.parametrize("cell", [*LIVE, *HARMLESS, "http://example.invalid/a", "mailto:a@example.invalid"])
def test_xlsx_text_is_never_a_formula_or_a_link(cell: str) -> None:
    content = to_xlsx({"表": pd.DataFrame({"sentence": [cell], cell or "空头": [1.5]})})
    sheet = openpyxl.load_workbook(io.BytesIO(content))["表"]
    assert (sheet["A2"].value or "") == cell.replace("\r", "\n")
    assert sheet["A2"].data_type in ("s", "inlineStr", "n" if cell == "" else "s")
    assert sheet["A2"].hyperlink is None
    assert (sheet["B2"].value, sheet["B2"].data_type) == (1.5, "n")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml


def test_xlsx_numbers_are_numbers_and_missing_ones_are_empty() -> None:
    cells: list[object] = [1, -7.5, np.int64(3), np.float64(2.5), Decimal("4.36"), None, np.nan, np.inf, pd.NA, pd.NaT]
    sheet = workbook({"表": pd.DataFrame({"value": pd.Series(cells, dtype=object)})})["表"]
    assert [cell.value for cell in sheet["A"][1:]] == [1, -7.5, 3, 2.5, 4.36, *[None] * (sheet.max_row - 6)]


def test_xlsx_heads_stay_in_view_with_filters_and_widths_that_fit_chinese() -> None:
    sheet = workbook({"记录": RECORDS})["记录"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:N4"
    assert sheet["A1"].font.bold
    widths = {
        sheet.cell(1, at).value: sheet.column_dimensions[letter].width for at, letter in enumerate("ABCDEFGHIJKLMN", 1)
    }
    assert widths["指标"] >= 2 * len("财政总收入")
    assert widths["完成率(%)"] >= 2 * 3 + 3 + 3
    assert max(widths.values()) <= 61


def test_sheet_names_are_made_fit_and_unique() -> None:
    table = pd.DataFrame({"id": [1]})
    names = ["记录/2016:上半年", "记录 2016 上半年", "", "'引'", "长" * 40, "长" * 41, "History"]
    assert workbook(dict.fromkeys(names, table)).sheetnames == [
        "记录 2016 上半年",
        "记录 2016 上半年 (2)",
        "表",
        "引",
        "长" * 31,
        "长" * 27 + " (2)",
        "History (2)",
    ]


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 3)
    book = workbook({"记录": pd.DataFrame({"id": range(5)})})
    assert [[cell.value for cell in sheet["A"][1:]] for sheet in book] == [[0, 1], [2, 3], [4]]
    assert book.sheetnames == ["记录", "记录 (2)", "记录 (3)"]
    assert all(sheet["A1"].value == "记录编号" for sheet in book)


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    value = workbook({"表": pd.DataFrame({"sentence": ["字" * 40_000]})})["表"]["A2"].value
    assert len(value) == 32_767
    assert value.endswith(files.CUT)


@pytest.mark.parametrize("table", [pd.DataFrame(), RECORDS.iloc[:0], records_frame([])], ids=["bare", "few", "all"])
def test_empty_tables_are_files_with_heads(table: pd.DataFrame) -> None:
    heads = list(labelled(table).columns)
    assert [cell for row in rows_of(to_csv(table)) for cell in row] == heads
    sheet = workbook({"表": table})["表"]
    assert [cell.value for cell in sheet[1] if cell.value] == heads
    assert workbook({}).sheetnames == ["空"]


def test_an_overview_goes_out_with_its_words() -> None:
    row = {"town": "柳溪镇", "indicator": "财政总收入", "completion": 58, "basis": "annual", "status": "actual"}
    periods = [{"period_start": "2016-01", "period_end": end} for end in ("2016-03", "2016-06")]
    table = overview(records_frame([row | period for period in periods]))
    rows = rows_of(to_csv(table))
    shown = dict(zip(rows[0], rows[1], strict=True))
    assert (shown["乡镇"], shown["状态"], shown["各月完成率(%)"]) == ("柳溪镇", State.AHEAD, "58；58")
    assert shown["较上期变化(百分点)"] == "-25"


WRITABLE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(WRITABLE, st.floats(-1e12, 1e12).map(lambda x: round(x, 4))), min_size=1, max_size=8))
def test_whatever_is_written_comes_back(rows: list[tuple[str, float]]) -> None:
    table = pd.DataFrame(rows, columns=["sentence", "value"])
    table["sentence"] = table["sentence"].str.replace("[\ufffe\uffff]", "", regex=True)
    sheet = workbook({"表": table})["表"]
    assert [cell.value or "" for cell in sheet["A"][1:]] == table["sentence"].tolist()
    assert [cell.value for cell in sheet["B"][1:]] == table["value"].tolist()
    back = rows_of(to_csv(table))[1:]
    assert [float(row[1]) for row in back] == table["value"].tolist()
    assert [row[0] in (text, f"'{text}") for row, text in zip(back, table["sentence"], strict=True)] == [True] * len(
        table
    )


def test_characters_that_no_file_may_hold_are_left_out(tmp_path: Path) -> None:
    table = pd.DataFrame({"sentence": pd.Series(["甲\x00乙\x0b丙\ud800丁\uffff"], dtype=object)})
    assert rows_of(to_csv(table))[1] == ["甲乙丙丁"]
    path = tmp_path / "表.xlsx"
    path.write_bytes(to_xlsx({"表\x07": table}))
    assert openpyxl.load_workbook(path)["表"]["A2"].value == "甲乙丙丁"
