"""What surrounds every page: banner of the sample data, head with cut-off and sources, download, empty state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import pandas as pd
import streamlit as st

import assess
import export
from ui import navigation, reading, samples, selection, wording
from ui.style import STYLE

# The parameter of the URL that asks for the print view of a page.
PRINT = "print"
# Head of the column of a file that tells the settings in force.
IN_FORCE = "执行口径"


def style() -> None:
    """The few rules that make room: less padding, no empty header."""
    st.html(STYLE)


def banner() -> None:
    """Says that there are sample data, and clears them with one click; nothing where there are none."""
    if not reading.has_sample():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="sample-banner"):
        st.markdown("**演示**　页面上有演示数据，地名与数字仅供试用。", width="content")
        st.button("清除演示数据", key="clear-sample", icon=":material/delete_sweep:", on_click=_clear_sample)


def _clear_sample() -> None:
    removed = reading.store().delete_sample()
    st.toast(f"已清除 {removed} 份演示报告。")


def cut_off(label: str = "数据截止") -> str:
    """The select box of the cut-off month, newest first, bound to the URL; gives the chosen month."""
    return selection.picked("period", label, reading.periods(), words=lambda month: f"截至{wording.month(month)}")


def month_asked() -> str:
    """The cut-off month that the URL names, else the newest."""
    months = reading.periods()
    asked = selection.current().period
    return asked if asked in months else months[0]


def finding(text: str, as_of: str, rows: pd.DataFrame, towns: Iterable[str] | None = None) -> None:
    """The page's finding as its title; below it the cut-off, the reports behind it and the share of the year gone.

    With ``towns``, whose lamps the page shows, the settings by which these are judged.
    """
    st.title(wording.markdown_text(text), anchor=False)
    gone = float(assess.pace(int(as_of[5:7])))
    st.html(
        '<div class="year">'
        f"<span>数据截止 {wording.month(as_of)} · 依据 {rows['report_id'].nunique()} 份报告</span>"
        f"<span>全年时间已过 {wording.percent(gone)}</span>"
        f'<span class="track"><span class="gone" style="width: {gone:.1f}%"></span></span>'
        f"{_in_force(towns)}</div>"
    )


def _in_force(towns: Iterable[str] | None) -> str:
    if towns is None:
        return ""
    return f'<span class="in-force">{escape(reading.settings().line(towns))}</span>'


def download(table: pd.DataFrame | Callable[[], pd.DataFrame], file_name: str, label: str = "下载本页数据") -> None:
    """A button that gives the table as CSV for Excel and WPS, with the settings in force in its last column.

    A table that takes long comes as a function, called when the button is pressed.
    """
    st.download_button(
        label,
        lambda: export.to_csv(with_settings(table() if callable(table) else table)),
        file_name=f"{file_name}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{file_name}",
        width="stretch",
    )


def print_button() -> None:
    """A button that turns the page into its print view; see ``ui/print_parts.py``."""
    st.button(
        "打印",
        key="print-page",
        icon=":material/print:",
        help="A4 打印页",
        on_click=selection.choose,
        kwargs={PRINT: "1"},
    )


def with_settings(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the settings by which each row was judged in its last column."""
    settings = reading.settings()
    town = next((name for name in ("town", "乡镇") if name in table), None)
    if town is None:
        return table.assign(**{IN_FORCE: settings.line()})
    lines = {name: settings.line([name]) for name in table[town].unique()}
    return table.assign(**{IN_FORCE: table[town].map(lines)})


def is_empty() -> bool:
    """Whether there is no actual figure to show; then the page's empty state is shown. The first call of a page."""
    navigation.in_frame()
    if reading.periods():
        return False
    kept = len(reading.reports())
    why = f"已有 {kept} 份报告，但没有读出可以比较的数字。" if kept else "上传乡镇的进度报告，或者先载入演示数据看看。"
    _nothing_yet(why)
    return True


def is_bare() -> bool:
    """Whether no report was ever kept; then the empty state is shown. The first call of 数据, which lists all."""
    navigation.in_frame()
    if reading.store().count_reports(include_superseded=True):
        return False
    _nothing_yet("上传乡镇的进度报告，或者先载入演示数据看看。")
    return True


def _nothing_yet(why: str) -> None:
    st.title("还没有数据", anchor=False)
    st.info(why, icon=":material/info:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("载入演示数据", key="load-sample", type="primary", icon=":material/science:", on_click=_load_sample)
        navigation.link("upload", "上传报告")


def _load_sample() -> None:
    loaded = samples.load(reading.store())
    st.toast(f"已载入 {loaded} 份演示报告。" if loaded else "没有可以载入的演示报告。")
