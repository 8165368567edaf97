"""The original beside the text: from which page, line or cell a figure came, and how it looks there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from extract import ReportError
from extract.models import Mark, mark_at
from extract.readers.overseer import Overseer
from extract.readers.regions import Box, Region, region_of, regions_of
from extract.readers.trust import RECORD_BY_OCR
from ui import reading, wording

PICTURED = ("pdf", "scan")
WORDS = {"page": "原件第 {place} 页", "region": "原件第 {place} 页", "cell": "原件单元格 {place}"}
STRIP = "原件第 {page} 页，框内是识别的原文"
MAX_CELLS = 8

Boxes = tuple[Box, ...]


def where(record: Mapping[str, Any]) -> str:
    """原件第 3 页, or the cells of a table's figures; "" for a report without pages and cells."""
    marks = reading.store().report_marks(int(record["report_id"]))
    if not marks:
        return ""
    starts = [part.start for part in reading.store().evidence(int(record["id"]))] or [int(record["start"])]
    found = [mark for mark in (mark_at(marks, start) for start in starts) if mark is not None]
    places = list(dict.fromkeys(_shown_place(mark) for mark in found))
    return WORDS[found[0].kind].format(place="、".join(places[:MAX_CELLS])) if found else ""


def _shown_place(mark: Mark) -> str:
    region = region_of(mark)
    return str(region.page) if region else mark.place


def lines_of(record: Mapping[str, Any]) -> list[Region]:
    """The lines of the original that a record was read from; none where the report has no pages."""
    marks = reading.store().report_marks(int(record["report_id"]))
    return list(regions_of(marks, int(record["start"]), int(record["end"])))


def beside(record: Mapping[str, Any], key: str) -> None:
    """Where the record's figures stand in the original, and the page."""
    place = where(record)
    if place:
        st.caption(wording.markdown_text(place))
        show_page(record, key)


def show_page(record: Mapping[str, Any], key: str) -> None:
    """A switch that shows the page of the original that a record came from; nothing where there is none."""
    report, lines = _pictured(record)
    if report and st.toggle(f"看原件第 {lines[0].page} 页", key=f"{key}-{record['id']}"):
        draw(int(report["id"]), str(report["kind"]), lines[0].page, _boxes(lines, lines[0].page))


def strips(record: Mapping[str, Any]) -> None:
    """The lines of the picture that a record was read from by OCR; nothing for what was text."""
    report, lines = _pictured(record)
    if not report or RECORD_BY_OCR not in record["flags"]:
        return
    for page in dict.fromkeys(line.page for line in lines if line.box):
        st.caption(STRIP.format(page=page))
        draw(int(report["id"]), str(report["kind"]), page, _boxes(lines, page), strip=True)


def _pictured(record: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, list[Region]]:
    """The report of a record and the lines that it came from; None where its pages cannot be shown."""
    lines = lines_of(record)
    report = reading.store().report(int(record["report_id"])) if lines else None
    return (report, lines) if report is not None and report["kind"] in PICTURED else (None, [])


def _boxes(lines: Sequence[Region], page: int) -> Boxes:
    return tuple(line.box for line in lines if line.page == page and line.box is not None)


def pages(report: Mapping[str, Any]) -> int:
    """How many pages of the original can be shown; 0 for a report without."""
    if report["kind"] not in PICTURED:
        return 0
    marks = reading.store().report_marks(int(report["id"]))
    return max((region.page for region in map(region_of, marks) if region is not None), default=0)


def draw(report_id: int, kind: str, page: int, boxes: Boxes = (), *, strip: bool = False) -> None:
    """The picture of a page with these lines framed, or only that stretch of it; or why it cannot be drawn."""
    try:
        st.image(_picture(report_id, kind, page, boxes, strip), width="stretch")
    except ReportError as error:
        st.warning(str(error))


@st.cache_data(show_spinner="正在取原件…", max_entries=40)
def _picture(report_id: int, kind: str, page: int, boxes: Boxes, strip: bool) -> bytes:
    with Overseer() as reader:
        return reader.page(kind, reading.store().report_content(report_id), page, boxes, strip=strip)
