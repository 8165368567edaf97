"""The pages in one table, and every way between them. A page is shown once its file exists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui import selection

FRAMED = "framed"
# The name that Streamlit reserves for the page at ``/``, so that ``overview`` is free for one that leads there.
ROOT_NAME = "start"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: ``pages/<name>.py``, its Chinese title, its icon, and what it answers."""

    name: str
    title: str
    icon: str
    about: str

    @property
    def path(self) -> str:
        """The script's path from the checkout, as Streamlit wants it."""
        return f"pages/{self.name}.py"


TABLE: tuple[Entry, ...] = (
    Entry("overview", "总览", ":material/dashboard:", "各乡镇总体进度"),
    Entry("town", "乡镇", ":material/location_city:", "一个乡镇的全部指标"),
    Entry("timeline", "时间线", ":material/timeline:", "逐月进度与预测"),
    Entry("yoy", "同比", ":material/compare_arrows:", "与上年同期比较"),
    Entry("indicator", "指标", ":material/leaderboard:", "一个指标的全部乡镇"),
    Entry("alerts", "预警", ":material/notifications_active:", "进度落后的指标"),
    Entry("checks", "核查", ":material/rule:", "对不上的数字"),
    Entry("upload", "上传", ":material/upload_file:", "上传报告并核对"),
    Entry("data", "数据", ":material/table:", "全部记录与下载"),
    Entry("settings", "设置", ":material/settings:", "目标、阈值、别名"),
    Entry("guide", "说明", ":material/help:", "算法与限制"),
)


def existing(root: Path = ROOT) -> list[Entry]:
    """The pages whose file is there, in the order of the table."""
    return [entry for entry in TABLE if (root / entry.path).is_file()]


def find(name: str) -> Entry | None:
    """The page of that name, None while it does not exist."""
    return next((entry for entry in existing() if entry.name == name), None)


def pages() -> list[st.Page]:
    """The pages for ``st.navigation``; the first is the start page.

    Without icons: the browser would fetch a page's icon from another host to show it in its tab. The start page
    answers at ``/``; its own name, which people type, leads there.
    """
    start, *others = existing()
    return [
        st.Page(start.path, title=start.title, default=True, url_path=ROOT_NAME),
        *(st.Page(entry.path, title=entry.title) for entry in others),
        st.Page(_to_start, title=start.title, url_path=start.name),
    ]


def _to_start() -> None:
    st.switch_page(existing()[0].path, query_params=st.query_params.to_dict())


def bar() -> None:
    """The links to all pages; each carries the selection."""
    with st.container(horizontal=True, gap="small", key="navigation"):
        for entry in existing():
            st.page_link(entry.path, label=entry.title, icon=entry.icon, query_params=selection.query())


def link(name: str, label: str, *, icon: str | None = None, **changes: object) -> None:
    """A link to another page that keeps the selection, with changes. Nothing where the page does not exist."""
    entry = find(name)
    if entry:
        st.page_link(entry.path, label=label, icon=icon or entry.icon, query_params=selection.query(**changes))


def go(name: str, **changes: object) -> None:
    """Open another page with the selection and changes; stay where the page does not exist."""
    entry = find(name)
    if entry:
        st.switch_page(entry.path, query_params=selection.query(**changes))


@contextmanager
def framed() -> Iterator[None]:
    """Says, while a page runs, that the frame is around it."""
    st.session_state[FRAMED] = True
    try:
        yield
    finally:
        st.session_state[FRAMED] = False


def in_frame() -> None:
    """Start the run again in the frame where a page runs without it; every page begins with this.

    Streamlit takes the scripts in ``pages/`` for pages of their own until ``st.navigation`` ran once in the
    process, so the first link that is opened after a start would show a page without the frame.
    """
    if not st.session_state.get(FRAMED):
        st.navigation(pages(), position="hidden")
        st.rerun()
