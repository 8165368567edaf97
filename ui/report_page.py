"""数据, the reports: the list with what was replaced, and one report with its file, text, records and log."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

import export
from ui import archive, clock, navigation, originals, paging, reading, record_page, selection, wording

TABLE_HEIGHT = 470
TEXT_HEIGHT = 380
HEADS = (
    *("编号", "报告", "乡镇", "时段", "记录", "未核对", "没有看懂"),
    *("状态", "来源", "上传人", "收到时间"),
)
ORIGINS = {"upload": "上传", "sample": "演示"}


@st.cache_data(show_spinner=False, max_entries=4)
def _count(key: archive.Key) -> int:
    return reading.store().count_reports(True)


def listed() -> None:
    """All reports, the newest first, replaced ones with what replaced them."""
    total = _count(archive.key())
    if not total:
        st.info("还没有报告。请先上传。", icon=":material/info:")
        navigation.link("upload", "上传报告")
        return
    at = paging.place(total)
    reports = reading.store().reports(True, limit=at.rows, offset=at.start)
    table = pd.DataFrame([_line(report) for report in reports], columns=list(HEADS))
    bar, side = st.columns([4, 1], vertical_alignment="center")
    with bar:
        paging.turn(f"共 **{total:,}** 份", at)
    with side:
        st.download_button(
            "下载报告清单",
            lambda: export.to_csv(_everything()),
            file_name="报告清单.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download-reports",
            width="stretch",
        )
    archive.table(table, HEADS, "open-report", _widths(), TABLE_HEIGHT, "全部报告")


def _everything() -> pd.DataFrame:
    return pd.DataFrame([_line(report) for report in reading.store().reports(True)], columns=list(HEADS))


def _widths() -> dict[str, int]:
    sizes = (270, 90, 130, 60, 70, 80, 120, 60, 90, 160)
    return dict(zip(HEADS[1:], sizes, strict=True))


def _line(report: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        report["id"],
        report["name"],
        report["town"] or "不明",
        wording.span(report["period_start"], report["period_end"]),
        report["record_count"],
        report["unread_count"],
        report["missed_count"],
        _state(report),
        ORIGINS[report["origin"]],
        report["who"],
        clock.moment(report["received_at"]),
    )


def _state(report: Mapping[str, Any]) -> str:
    return "有效" if report["superseded_by"] is None else f"已被 {report['superseded_by']} 号替换"


def show(report: Mapping[str, Any]) -> None:
    """One report: what is known of it, its file and text to take away, its text, its log."""
    escaped = wording.markdown_text
    title, ways = st.columns([4, 1], vertical_alignment="center")
    with title:
        st.title(escaped(report["name"]), anchor=False)
        when = wording.span(report["period_start"], report["period_end"])
        flags = f" · 提示：{escaped(wording.flags(report['flags']))}" if report["flags"] else ""
        st.caption(
            f"第 {report['id']} 号报告 · {escaped(report['town'] or '乡镇不明')} · {when} · "
            f"{escaped(report['who'])}于{clock.moment(report['received_at'])}上传 · {_state(report)}{flags}"
        )
    with ways:
        st.button(
            "返回清单",
            key="leave-report",
            icon=":material/arrow_back:",
            on_click=selection.choose,
            kwargs={"open": None},
            width="stretch",
        )
    _take_away(report)
    pages = originals.pages(report)
    text, original = st.columns(2, gap="medium") if pages else (st.container(), None)
    with text, st.container(height=TEXT_HEIGHT, border=True, key="report-text"):
        st.text(reading.store().report_text(report["id"]))
    if original is not None:
        with original:
            _original(report, pages)
    _log(report["id"])


def _original(report: Mapping[str, Any], pages: int) -> None:
    """The pages of the original, one at a time, beside the text."""
    page = 1
    if pages > 1:
        page = int(st.number_input(f"原件页码（共 {pages} 页）", 1, pages, key=f"page-of-{report['id']}"))
    with st.container(height=TEXT_HEIGHT if pages == 1 else TEXT_HEIGHT - 80, border=True):
        originals.draw(int(report["id"]), str(report["kind"]), page)


def _take_away(report: Mapping[str, Any]) -> None:
    kept, number = reading.store(), int(report["id"])
    name = PurePath(report["name"])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "下载原件",
            lambda: kept.report_content(number),
            file_name=name.name,
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            key="download-original",
        )
        st.download_button(
            "下载正文",
            lambda: kept.report_text(number).encode("utf-8-sig"),
            file_name=f"{name.stem}（正文）.txt",
            mime="text/plain",
            icon=":material/download:",
            on_click="ignore",
            key="download-text",
        )
        st.button(
            f"看它的 {report['record_count']} 条记录",
            key="records-of-report",
            icon=":material/table:",
            on_click=selection.choose,
            kwargs={"view": None, "open": None, "report": number}
            | dict.fromkeys(("town", "indicator", "period", "status", "review", "q")),
        )
        navigation.link("upload", "去核对", report=number)


def _log(report_id: int) -> None:
    entries = reading.store().changes(report_id=report_id)
    if not entries:
        return
    st.header(f"更正日志（{len(entries)} 条，新的在前）", anchor=False)
    lines = [{"记录": _subject(entry), **record_page.log_line(entry)} for entry in entries]
    st.dataframe(lines, hide_index=True, row_height=28, height=min(300, 37 + 28 * len(lines)), alt="更正日志")


def _subject(entry: Mapping[str, Any]) -> str:
    return f"第 {entry['record_id']} 号记录" if entry["record_id"] else "整份报告"
