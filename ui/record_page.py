"""数据, one record: its sentence, its fields to correct, and every change it went through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import (
    clock,
    doubts,
    fields,
    navigation,
    originals,
    person,
    reading,
    review,
    review_steps,
    rulings,
    selection,
    wording,
)

HEIGHT = 330
WHY = "更正原因（可不填），如 与原件核对"


def show(record: Mapping[str, Any]) -> None:
    """Sentence and form beside each other, the log below."""
    _head(record)
    left, right = st.columns(2, gap="medium")
    with left, st.container(height=HEIGHT, border=True, key="record-source"):
        st.html(review.reasons_html(record))
        originals.strips(record)
        st.html(f'<div class="evidence">{review.passage(record)}</div>')
        originals.beside(record, "record-page")
    with right:
        _form(record)
    _log(record)


def _head(record: Mapping[str, Any]) -> None:
    title, ways = st.columns([3, 2], vertical_alignment="center")
    escaped = wording.markdown_text
    with title:
        st.title(f"{escaped(record['town'] or '乡镇不明')} · {escaped(record['indicator'])}", anchor=False)
        replaced = " · 所在报告已被替换" if record["superseded"] else ""
        state = wording.REVIEW_WORDS[record["review"]]
        st.caption(f"第 {record['id']} 号记录 · {state}{replaced} · 出自《{escaped(record['report_name'])}》")
    with ways, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if record["town"]:
            navigation.link(
                "timeline", "看时间线", town=record["town"], indicator=record["indicator"], period=record["period_end"]
            )
        st.button("返回列表", key="leave-record", icon=":material/arrow_back:", on_click=_leave)


def _leave() -> None:
    selection.choose(open=None)


def _form(record: Mapping[str, Any]) -> None:
    prefix = review.form_prefix(record)
    with st.form(prefix, border=False):
        fields.draw(record, prefix)
        boxes = st.columns([2, 1, 1, 1], gap="small", vertical_alignment="bottom")
        boxes[0].text_input("更正原因", key=f"{prefix}-why", placeholder=WHY, label_visibility="collapsed")
        for box, (label, action, kind, icon) in zip(boxes[1:], _actions(record), strict=True):
            box.form_submit_button(
                label,
                type=kind,  # type: ignore[arg-type]
                icon=icon,
                key=f"{prefix}-{action}",
                on_click=_decide,
                args=(record["id"], prefix, action),
                width="stretch",
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=220):
            person.box()
        review.undo_button(record["report_id"])


def _actions(record: Mapping[str, Any]) -> Sequence[tuple[str, str, str, str]]:
    """The buttons of the form; a rejected record can be brought back."""
    last = ("恢复", "reopen", "secondary", ":material/restore:")
    first = ("更正", "correct", "primary", ":material/edit:")
    accept = ("确认", "accept", "secondary", ":material/check:")
    return (first, accept, last if record["review"] == "rejected" else review.ACTIONS[2])


def _decide(record_id: int, prefix: str, action: str) -> None:
    record = reading.store().record_row(record_id)
    given, why = fields.typed(prefix), st.session_state[f"{prefix}-why"].strip()
    if action == "reject":
        review_steps.reject(record, why)
    elif action == "reopen":
        review_steps.reopen(record)
    elif action == "correct" or review_steps.has_changes(record, given):
        review_steps.correct(record, given, why)
    else:
        review_steps.accept(record)


def _log(record: Mapping[str, Any]) -> None:
    entries = reading.store().changes(record["id"])
    if not entries:
        found = "；".join(one.name for one in doubts.reasons(record))
        st.caption(f"这条记录没有改动过。{'读取时的推断：' + wording.markdown_text(found) if found else ''}")
        return
    title, way = st.columns([4, 1], vertical_alignment="center")
    title.header(f"更正日志（{len(entries)} 条，新的在前）", anchor=False)
    way.button(
        "撤销最近一次改动",
        key="undo-newest",
        icon=":material/undo:",
        disabled=bool(entries[0]["undoes"]),
        on_click=review_steps.undo_entry,
        args=(record, entries[0]),
        width="stretch",
    )
    lines = [log_line(entry) for entry in entries]
    st.dataframe(lines, hide_index=True, row_height=28, height=min(300, 37 + 28 * len(lines)), alt="更正日志")


def log_line(entry: Mapping[str, Any]) -> dict[str, str]:
    """An entry of the change log as people read it."""
    note = "撤销了一次改动" if entry["undoes"] else "已被撤销" if entry["undone_by"] else ""
    name, old, new = _told(entry)
    return {
        "时间": clock.moment(entry["when"]),
        "操作人": entry["who"],
        "内容": name,
        "原值": old,
        "新值": new,
        "原因": entry["why"] or wording.NONE,
        "说明": note or wording.NONE,
    }


def _told(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """What an entry changed, from what to what, in words; settings and targets have words of their own."""
    field, values = entry["field"], (entry["old"], entry["new"])
    if entry["subject"] == "target":
        (name, old), (_, new) = (rulings.told_target(field, value) for value in values)
        return name, old, new
    told = [rulings.told(field, value) for value in values] if entry["subject"] == "setting" else [None, None]
    if told[0] is not None and told[1] is not None:
        return told[0][0], told[0][1], told[1][1]
    return fields.LABELS.get(field, field), fields.word(field, values[0]), fields.word(field, values[1])
