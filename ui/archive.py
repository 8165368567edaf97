"""数据: all records with filters in the URL, in pages that the database cuts; downloads of what is listed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

import export
from store.reading import RecordFilters
from ui import paging, reading, selection, wording

TABLE_HEIGHT = 569
MOST_XLSX = 100_000
ALL = ""
VIEWS = {"records": "记录", "reports": "报告", "dictionary": "数据字典"}
HEADS = ("编号", "乡镇", "指标", "时段", "数值", "完成率", "口径", "目标值", "同比", "性质", "核对", "提示", "报告")
PARAMETERS = {name: name for name in ("town", "indicator", "period", "status", "review")} | {"text": "q"}
WIDTHS = dict(zip(HEADS[1:], (80, 185, 125, 95, 70, 75, 85, 90, 50, 65, 110, 235), strict=True))
RIGHT = ("数值", "完成率", "目标值", "同比", "记录", "未核对", "没有看懂")
KEPT_COLUMNS = (
    *("town", "indicator", "value", "unit", "completion", "basis", "target", "target_unit", "target_from", "yoy"),
    *("period_start", "period_end", "status", "sentence", "flags", "review", "indicator_text"),
    *("value_text", "completion_text", "target_text", "yoy_text"),
    *("report_name", "start", "end", "origin", "received_at", "report_id", "id"),
)
Key = tuple[str | None, int]


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters as the URL tells them; None does not restrict. A report brings its replaced records too."""

    town: str | None
    indicator: str | None
    period: str | None
    status: str | None
    review: str | None
    text: str | None
    report: int | None

    def arguments(self) -> RecordFilters:
        """The same as ``Store.records`` takes them."""
        return {
            "towns": None if self.town is None else [self.town],
            "indicators": None if self.indicator is None else [self.indicator],
            "statuses": None if self.status is None else [self.status],
            "reviews": None if self.review is None else [self.review],
            "period_from": self.period,
            "period_to": self.period,
            "text": self.text,
            "report_id": self.report,
            "include_superseded": self.report is not None,
        }


def key() -> Key:
    """What cached reads are kept under: the store's place and version."""
    return os.environ.get(reading.PLACE), reading.store().version


@st.cache_data(show_spinner=False, max_entries=12)
def _names(key: Key, kind: str) -> list[str]:
    kept = reading.store()
    readers: dict[str, Callable[[], list[str]]] = {
        "town": kept.towns,
        "indicator": kept.indicators,
        "period": lambda: kept.periods()[::-1],
    }
    return readers[kind]()


@st.cache_data(show_spinner="正在统计…", max_entries=200)
def _count(key: Key, filters: Filters) -> int:
    return reading.store().count_records(**filters.arguments())


@st.cache_data(show_spinner=False, max_entries=4)
def _report_count(key: Key) -> int:
    return reading.store().count_reports()


def view() -> str:
    """Which of the three views the URL asks for, and the control to change it."""
    asked = st.query_params.get("view")
    st.session_state["data-view"] = asked if asked in VIEWS else "records"
    reports = _report_count(key())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "内容",
            list(VIEWS),
            key="data-view",
            format_func=lambda name: VIEWS[name],
            on_change=_change_view,
            label_visibility="collapsed",
        )
        st.markdown(f"依据 {reports:,} 份有效报告", width="content")
    return asked if asked in VIEWS else "records"


def _change_view() -> None:
    chosen = st.session_state["data-view"]
    selection.choose(view=None if chosen == "records" else chosen, open=None, report=None)


def filters() -> Filters:
    """The row of filters; what is chosen is written into the URL."""
    boxes = st.columns([1.1, 1.5, 1.1, 0.9, 1, 1.6, 0.7], vertical_alignment="bottom")
    now = key()
    with boxes[0]:
        _box("town", "乡镇", _names(now, "town"), "全部乡镇")
    with boxes[1]:
        _box("indicator", "指标", _names(now, "indicator"), "全部指标")
    with boxes[2]:
        _box("period", "时段", _names(now, "period"), "全部时段", lambda month: f"截至{wording.month(month)}")
    with boxes[3]:
        _box("status", "性质", list(wording.STATUS_WORDS), "全部性质", lambda word: wording.STATUS_WORDS[word])
    with boxes[4]:
        words = wording.REVIEW_WORDS
        _box("review", "核对状态", list(words), "全部（不含驳回）", lambda word: words[word])
    with boxes[5]:
        st.session_state["data-text"] = st.query_params.get("q", "")
        st.text_input(
            "查找", key="data-text", placeholder="查找原文或指标名", on_change=_search, label_visibility="collapsed"
        )
    with boxes[6]:
        st.button("清除条件", key="clear-filters", on_click=_clear, width="stretch")
    return _asked()


def _box(parameter: str, label: str, options: list[str], everything: str, words: Callable[[str], str] = str) -> None:
    name = f"data-{parameter}"
    asked = st.query_params.get(parameter, ALL)
    # A choice that no record has any more stays in the list, so that what restricts is seen.
    every = [ALL, *options, *([asked] if asked and asked not in options else [])]
    st.session_state[name] = asked
    st.selectbox(
        label,
        every,
        key=name,
        format_func=lambda option: _worded(option, everything, options, words),
        on_change=_choose,
        args=(parameter, name),
        label_visibility="collapsed",
    )


def _worded(option: str, everything: str, options: list[str], words: Callable[[str], str]) -> str:
    if option == ALL:
        return everything
    return words(option) if option in options else f"{option}（没有记录）"


def _choose(parameter: str, name: str) -> None:
    selection.choose(**{parameter: st.session_state[name]})


def _search() -> None:
    selection.choose(q=st.session_state["data-text"].strip())


def _clear() -> None:
    selection.choose(town=None, indicator=None, period=None, status=None, review=None, q=None, report=None)


def _asked() -> Filters:
    asked = st.query_params
    report = asked.get("report", "")
    texts = {field: asked.get(name) or None for field, name in PARAMETERS.items()}
    return Filters(**texts, report=int(report) if report.isdecimal() else None)


def listed(chosen: Filters) -> None:
    """The page of records that the URL asks for, with the way to each one, and the downloads of all of them."""
    total = _count(key(), chosen)
    at = paging.place(total)
    bar, side = st.columns([3, 2], vertical_alignment="center")
    with bar:
        note = f"（第 {chosen.report} 号报告）" if chosen.report else ""
        paging.turn(f"共 **{total:,}** 条{note}", at)
    with side:
        _downloads(chosen, total)
    if not total:
        st.info("没有符合条件的记录。请放宽条件，或先上传报告。", icon=":material/filter_alt_off:")
        return
    rows = reading.store().records(**chosen.arguments(), newest_first=True, limit=at.rows, offset=at.start)
    lines = pd.DataFrame([_line(row) for row in rows], columns=list(HEADS))
    table(lines, HEADS, "open-record", WIDTHS, TABLE_HEIGHT, "符合条件的记录")


def _line(row: dict[str, Any]) -> tuple[Any, ...]:
    basis = wording.BASIS_WORDS.get(str(row["basis"]), wording.NONE)
    return (
        row["id"],
        row["town"] or "不明",
        row["indicator"],
        wording.span(row["period_start"], row["period_end"]),
        wording.amount(row["value"], row["unit"]),
        wording.percent(row["completion"]),
        basis,
        wording.amount(row["target"], row["target_unit"]),
        wording.change(row["yoy"]),
        wording.STATUS_WORDS[row["status"]],
        wording.REVIEW_WORDS[row["review"]],
        wording.flags(row["flags"]),
        PurePath(row["report_name"]).stem,
    )


def table(rows: pd.DataFrame, heads: Sequence[str], key: str, widths: Mapping[str, int], height: int, alt: str) -> None:
    """A table whose last column opens the row: its 编号 goes into the URL as ``open``."""
    column, label = st.column_config, "查看"
    st.dataframe(
        rows.assign(**{label: label}),
        hide_index=True,
        row_height=28,
        height=min(height, 37 + 28 * len(rows)),
        column_order=[*heads[1:], label],
        column_config={
            **{
                head: column.Column(width=width, alignment="right" if head in RIGHT else "left")
                for head, width in widths.items()
            },
            label: column.ButtonColumn(
                label,
                width=75,
                type="secondary",
                pinned=True,
                key=key,
                on_click=_open_row,
                args=(key, [int(number) for number in rows["编号"]]),
            ),
        },
        placeholder=wording.NONE,
        alt=alt,
    )


def _open_row(widget: str, numbers: Sequence[int]) -> None:
    selection.choose(open=numbers[st.session_state[widget]["row"]])


def frame(chosen: Filters) -> pd.DataFrame:
    """All records that the filters let through, newest first, with the columns of the downloads."""
    rows = reading.store().records(**chosen.arguments(), newest_first=True)
    return pd.DataFrame(rows, columns=list(KEPT_COLUMNS))


def to_csv(chosen: Filters) -> bytes:
    """The records as CSV for Excel and WPS."""
    return export.to_csv(frame(chosen), in_order=True)


def to_xlsx(chosen: Filters) -> bytes:
    """The records as xlsx, with the settings in force and the data dictionary on further sheets."""
    sheets = {
        "记录": frame(chosen),
        "执行口径": reading.settings().described(),
        VIEWS["dictionary"]: export.dictionary(),
    }
    return export.to_xlsx(sheets, in_order=True)


def _downloads(chosen: Filters, total: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.download_button(
            "下载 CSV",
            lambda: to_csv(chosen),
            file_name="乡镇进度记录.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            disabled=not total,
            key="download-csv",
        )
        too_long = total > MOST_XLSX
        st.download_button(
            "下载 Excel",
            lambda: to_xlsx(chosen),
            file_name="乡镇进度记录.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            disabled=not total or too_long,
            help=f"超过 {MOST_XLSX:,} 条，请缩小范围或下载 CSV。" if too_long else None,
            key="download-xlsx",
        )


def dictionary() -> None:
    """Every column of the downloads with its meaning and unit."""
    every = export.dictionary()
    table = export.labelled(every.loc[every["key"].isin(KEPT_COLUMNS)]).drop(columns="字段")
    st.download_button(
        "下载数据字典",
        lambda: export.to_csv(every),
        file_name="数据字典.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="download-dictionary",
    )
    column = st.column_config
    config = {"列名": column.TextColumn(width=190), "含义": column.TextColumn(width=520)}
    st.dataframe(table, hide_index=True, row_height=28, height=560, column_config=config, alt="数据字典")
