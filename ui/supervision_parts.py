"""The 督办单 of what 预警 shows: who asks, by when, and its Word document and xlsx with the same tables."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

import export
from export import supervision as sheets
from ui import alerts_parts, bulletin_parts, reading, wording

ICON = ":material/assignment:"
# A sheet of more items is nobody's to read; the filters of the page make it smaller.
MOST_ITEMS = 2000


def button(rows: pd.DataFrame, as_of: str) -> None:
    """A button that opens the 督办单 of these alerts."""
    if st.button("生成督办单", key="make-supervision", icon=ICON, disabled=rows.empty, help="按所选条件，一个乡镇一张"):
        _opened(rows, as_of)


def made(rows: pd.DataFrame, as_of: str, area: str = "", office: str = "", due: str = "") -> sheets.Supervision:
    """The 督办单 of these alerts, with the reasons and measures of their reports."""
    told = alerts_parts.with_accounts(rows).rename(columns={"note": "handling_note"})
    return sheets.supervision(told, as_of, settings=reading.settings(), area=area, office=office, due=due)


@st.dialog("督办单", width="large", icon=ICON)
def _opened(rows: pd.DataFrame, as_of: str) -> None:
    left, middle, right = st.columns(3)
    area = left.text_input("地区名称", key="supervision-area", placeholder="如：示例县，写入标题；可不填")
    office = middle.text_input("督办单位", key="supervision-office", placeholder="如：县政府督查室；可不填")
    due = right.date_input("反馈时限", value=None, key="supervision-due", format="YYYY-MM-DD", help="可不填")
    listed = rows.head(MOST_ITEMS)
    red = int((listed["state"] == alerts_parts.alerts_tables.STATES[0]).sum())
    st.markdown(
        wording.markdown_text(
            f"{listed['town'].nunique()} 个责任单位，{len(listed)} 项：欠序时(红) {red} 项、"
            f"欠序时(黄) {len(listed) - red} 项；一个乡镇一张，附报告所述的原因、措施和数字出处。"
        )
    )
    if len(rows) > MOST_ITEMS:
        st.warning(f"共 {len(rows)} 项，一份督办单最多 {MOST_ITEMS} 项，请先按乡镇或状态筛选。")
    day = due.isoformat() if isinstance(due, date) else ""
    said = made(listed, as_of, area, office, day)
    bulletin_parts.downloads(
        said.title,
        {"docx": lambda: sheets.to_docx(said), "xlsx": lambda: export.to_xlsx(sheets.tables(said))},
        "supervision",
    )
