"""The original beside the text: from which page or cell a figure came, and the page as it looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from extract import ReportError
from extract.models import Mark, mark_at
from extract.readers.overseer import Overseer
from ui import reading, wording

PICTURED = ("pdf", "scan")
WORDS = {"page": "原件第 {place} 页", "cell": "原件单元格 {place}"}
MAX_CELLS = 8


def where(record: Mapping[str, Any]) -> str:
    """原件第 3 页, or the cells of a table's figures; "" for a report without pages and cells."""
    marks = reading.store().report_marks(int(record["report_id"]))
    if not marks:
        return ""
    starts = [part.start for part in reading.store().evidence(int(record["id"]))] or [int(record["start"])]
    found = [mark for mark in (mark_at(marks, start) for start in starts) if mark is not None]
    places = list(dict.fromkeys(mark.place for mark in found))
    return WORDS[found[0].kind].format(place="、".join(places[:MAX_CELLS])) if found else ""


def page_of(record: Mapping[str, Any]) -> int | None:
    """The page that a record begins on; None where the report has no pages."""
    mark: Mark | None = mark_at(reading.store().report_marks(int(record["report_id"])), int(record["start"]))
    return int(mark.place) if mark is not None and mark.kind == "page" else None


def beside(record: Mapping[str, Any], key: str) -> None:
    """Where the record's figures stand in the original, and the switch that shows the page."""
    place = where(record)
    if place:
        st.caption(wording.markdown_text(place))
        show_page(record, key)


def show_page(record: Mapping[str, Any], key: str) -> None:
    """A switch that shows the page of the original that a record came from; nothing where there is none."""
    page = page_of(record)
    report = reading.store().report(int(record["report_id"])) if page else None
    if page is None or report is None or report["kind"] not in PICTURED:
        return
    if st.toggle(f"看原件第 {page} 页", key=f"{key}-{record['id']}"):
        draw(int(report["id"]), str(report["kind"]), page)


def pages(report: Mapping[str, Any]) -> int:
    """How many pages of the original can be shown; 0 for a report without."""
    if report["kind"] not in PICTURED:
        return 0
    marks = reading.store().report_marks(int(report["id"]))
    return max((int(mark.place) for mark in marks if mark.kind == "page"), default=0)


def draw(report_id: int, kind: str, page: int) -> None:
    """The picture of a page, or why it cannot be drawn."""
    try:
        st.image(_picture(report_id, kind, page), width="stretch")
    except ReportError as error:
        st.warning(str(error))


@st.cache_data(show_spinner="正在取原件…", max_entries=40)
def _picture(report_id: int, kind: str, page: int) -> bytes:
    with Overseer() as reader:
        return reader.page(kind, reading.store().report_content(report_id), page)
