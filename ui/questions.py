"""What a report leaves open and only a person can tell: its town, its period, and whether it replaces an older one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import clock, doubts, reading, review_steps, wording

OTHER = "其他（在右边填写）"
UNSURE_FLAGS = ("地名推断", "年份存疑", "年份缺失", "年份被遮盖")


def open_ones(report: Mapping[str, Any], candidates: Sequence[str]) -> tuple[list[str], list[Any]]:
    """Why town and period should be looked at (empty where they are sure), and the older reports of the same both."""
    answered = review_steps.answers(report["id"])
    unsure = [] if review_steps.ANSWERED_PLACE in answered else _doubts(report, candidates)
    older = [] if review_steps.ANSWERED_BOTH in answered else review_steps.same_place_and_time(report)
    return unsure, older


def _doubts(report: Mapping[str, Any], candidates: Sequence[str]) -> list[str]:
    found = []
    if not report["town"]:
        found.append("没有认出是哪个乡镇")
    elif candidates:
        found.append(f"现记为{report['town']}，报告里还提到{wording.listed(candidates, 4)}")
    if not report["period_end"]:
        found.append("没有认出是哪个时段")
    return found + [doubts.FLAGS[flag].meaning for flag in report["flags"] if flag in UNSURE_FLAGS]


def ask(report: Mapping[str, Any], candidates: Sequence[str]) -> None:
    """The open questions of a report; nothing where there are none."""
    if report["status"] != "live":
        st.info("这份报告已被替换，留在历史中；它的记录不再进入各页。", icon=":material/history:")
        return
    unsure, older = open_ones(report, candidates)
    if unsure:
        with st.container(border=True, key=f"ask-place-{report['id']}"):
            st.markdown(f":material/help: **请确认乡镇和时段**：{wording.markdown_text('；'.join(unsure))}。")
            place_form(report, candidates)
    if older:
        _ask_older(report, older)


def place_form(report: Mapping[str, Any], candidates: Sequence[str]) -> None:
    """Town (chosen or typed) and period of a report on one line."""
    prefix = f"place-{report['id']}"
    names = [*dict.fromkeys(name for name in (report["town"], *candidates) if name), OTHER]
    bare = reading.store().count_records(report_id=report["id"]) and _without_period(report["id"])
    with st.form(prefix, border=False):
        columns = st.columns([2, 2, 1.3, 1.3, 1.1], vertical_alignment="bottom")
        columns[0].selectbox("乡镇", names, key=f"{prefix}-town")
        columns[1].text_input("其他乡镇", key=f"{prefix}-other", placeholder="不在左边时填写，如 柳溪镇")
        columns[2].text_input("时段起", report["period_start"] or "", key=f"{prefix}-start", placeholder="如 2025-01")
        columns[3].text_input("时段止", report["period_end"] or "", key=f"{prefix}-end", placeholder="如 2025-06")
        if bare:
            st.checkbox(f"时段不明的 {bare} 条记录也用这个时段", key=f"{prefix}-fill")
        columns[4].form_submit_button("确定", type="primary", on_click=_tell, args=(report["id"],), width="stretch")


def _without_period(report_id: int) -> int:
    rows = reading.store().records(report_id=report_id, include_superseded=True)
    return sum(not row["period_end"] for row in rows)


def _tell(report_id: int) -> None:
    prefix, state = f"place-{report_id}", st.session_state
    typed = state[f"{prefix}-other"].strip()
    chosen = state[f"{prefix}-town"]
    town = typed or (None if chosen == OTHER else chosen)
    fill = bool(state.get(f"{prefix}-fill", False))
    review_steps.tell(report_id, town, state[f"{prefix}-start"], state[f"{prefix}-end"], fill)


def _ask_older(report: Mapping[str, Any], older: Sequence[Any]) -> None:
    names = wording.listed(
        [f"《{row.name}》（{clock.moment(row.received_at)}上传，{row.record_count} 条记录）" for row in older], 3
    )
    when = wording.span(report["period_start"], report["period_end"])
    with st.container(border=True, key=f"ask-older-{report['id']}"):
        st.markdown(
            f":material/content_copy: **{wording.markdown_text(report['town'])}{when}已有另一份报告**："
            f"{wording.markdown_text(names)}。两份都保留，还是用这一份替换？"
        )
        with st.container(horizontal=True):
            st.button(
                "保留两份",
                key=f"keep-both-{report['id']}",
                on_click=review_steps.answer,
                args=(report["id"], review_steps.ANSWERED_BOTH),
            )
            st.button(
                "替换旧数据（旧的留在历史中）",
                key=f"replace-{report['id']}",
                on_click=review_steps.replace,
                args=(report["id"], [row.id for row in older]),
            )
