"""上传: files and pasted text in, a bar for each while they are read, then what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from store import StoreError
from ui import clock, navigation, person, questions, reading, review, wording
from ui.intake import KNOWN, REFUSED, SAVED, STAGES, UNPACKED, Incoming, Intake, Result

_JOB, _RESULTS, _TURN = "intake", "intake-results", "uploader-turn"
POLL_SECONDS = 0.15
RECENT = 20
MAX_TABLE = 420
HEADS = ("编号", "文件", "结果", "乡镇", "时段", "记录", "待核对", "没有看懂", "略去")
EARLIER_HEADS = ("编号", "报告", "乡镇", "时段", "记录", "待核对", "上传人", "上传时间")
FORMATS = "Word 和 WPS 文档、PDF 和 OFD、Excel 表格、文本、网页、扫描件和照片，或它们的 ZIP 压缩包和邮件"


def results() -> list[Result]:
    """What became of the files of this session, the newest batch first."""
    found: list[Result] = st.session_state.setdefault(_RESULTS, [])
    return found


def candidates_of(report_id: int) -> tuple[str, ...] | None:
    """Other towns that a report of this session may be about; None for a report of another session."""
    found = [one.town_candidates for one in results() if one.report_id == report_id and one.outcome == SAVED]
    return found[0] if found else None


def head() -> None:
    """What the page is for, or what the last upload gave; and the name of the person."""
    title, side = st.columns([4, 1], vertical_alignment="center")
    with title:
        st.title(_finding(), anchor=False)
    with side:
        person.box()


def _finding() -> str:
    every = results()
    if not every:
        return "上传报告，自动读出数字，再逐条核对"
    counts = {outcome: sum(one.outcome == outcome for one in every) for outcome in (SAVED, KNOWN, REFUSED)}
    parts = [f"{count} 份{outcome}" for outcome, count in counts.items() if count]
    records = sum(one.records for one in every if one.outcome == SAVED)
    return f"上传 {len(every)} 份：{'，'.join(parts)}；读出 {records} 条记录"


def choose() -> None:
    """The ways in: files, a folder, pasted text. What is chosen is read at once."""
    files, pasted = st.tabs(["选择文件", "粘贴文字"])
    with files:
        _choose_files()
    with pasted:
        _paste()


def _choose_files() -> None:
    text, box = st.columns([4, 1], vertical_alignment="center")
    whole = box.checkbox("上传整个文件夹", key="whole-folder")
    text.markdown(f"可一次选多份报告：{FORMATS}。选好后立即读取并入库，同一份报告不会重复入库。")
    turn = st.session_state.get(_TURN, 0)
    with st.container(key="whole-folder-files" if whole else "single-files"):
        chosen = st.file_uploader(
            "报告文件",
            accept_multiple_files="directory" if whole else True,
            key=f"uploader-{whole}-{turn}",
            label_visibility="collapsed",
        )
    if chosen:
        files = sorted(chosen, key=lambda file: str(file.name)) if whole else chosen
        _begin([Incoming(PurePath(file.name).name, file.getvalue()) for file in files])
        st.session_state[_TURN] = turn + 1
        st.rerun()


def _paste() -> None:
    with st.form("paste", border=False, clear_on_submit=True):
        st.text_input("名称", key="paste-name", placeholder="如 柳溪镇2025年上半年工作总结（不填则取第一行）")
        st.text_area("正文", key="paste-text", height=150, placeholder="把报告全文粘贴在这里")
        st.form_submit_button("读取并入库", type="primary", on_click=_take_pasted)


def _take_pasted() -> None:
    text = st.session_state["paste-text"].strip()
    if not text:
        st.toast("请先粘贴报告正文。", icon=":material/info:")
        return
    name = st.session_state["paste-name"].strip() or text.splitlines()[0].strip()[:30]
    _begin([Incoming(name if name.endswith(".txt") else f"{name}.txt", text.encode())])


def _begin(files: Sequence[Incoming]) -> None:
    st.session_state[_JOB] = Intake(reading.store(), person.name(), files).start()


def progress() -> None:
    """A bar for each file of the running batch, until all are done; nothing where none runs."""
    job: Intake | None = st.session_state.get(_JOB)
    if job is None:
        return
    st.markdown(f"正在读取 {len(job.results)} 份报告；离开本页也会继续。")
    bars: list[Any] = []
    shown: list[str] = []
    ended = False
    with st.container(height=MAX_TABLE if len(job.results) > 6 else "content", border=False):
        while not ended:
            ended = job.wait(POLL_SECONDS)
            for place, result in enumerate(list(job.results)):
                if place == len(bars):
                    bars.append(st.progress(0.0, text=wording.markdown_text(result.name)))
                    shown.append("")
                if result.stage != shown[place]:
                    shown[place] = result.stage
                    bars[place].progress(STAGES[result.stage], text=_bar_text(result))
    st.session_state[_RESULTS] = [*(one for one in job.results if one.outcome != UNPACKED), *results()]
    del st.session_state[_JOB]
    st.rerun()


def _bar_text(result: Result) -> str:
    return f"{wording.markdown_text(result.name)} · {result.outcome or result.stage}"


def told() -> None:
    """What became of each file: a table, the messages in full, the open questions, the way to the review."""
    every = results()
    if not every:
        return
    rows = _rows(every)
    _next_steps(rows)
    _table(rows, HEADS, "open-result", "本次上传的文件")
    _messages(every)
    _open_question(every)


def _rows(every: Sequence[Result]) -> pd.DataFrame:
    lines = []
    for one in every:
        report = _report(one)
        place = report or {"town": one.town, "period_start": one.period.start, "period_end": one.period.end}
        known = one.outcome != REFUSED
        lines.append(
            (
                one.report_id,
                one.name,
                one.outcome,
                (place["town"] or "不明") if known else wording.NONE,
                wording.span(place["period_start"], place["period_end"]) if known else wording.NONE,
                report["record_count"] if report else None,
                report["unread_count"] if report else None,
                report["missed_count"] if report else None,
                report["left_out_count"] if report else None,
            )
        )
    return pd.DataFrame(lines, columns=list(HEADS))


def _report(result: Result) -> dict[str, Any] | None:
    """The report as it is now; None for a file that is not kept, or no longer."""
    if result.report_id is None:
        return None
    try:
        return reading.store().report(result.report_id)
    except StoreError:
        return None


def _next_steps(rows: pd.DataFrame) -> None:
    waiting = rows[rows["待核对"].fillna(0) > 0]
    with st.container(horizontal=True, vertical_alignment="center"):
        if not waiting.empty:
            st.button(
                f"开始核对（{int(waiting['待核对'].sum())} 条）",
                key="start-review",
                type="primary",
                icon=":material/fact_check:",
                on_click=review.open_report,
                args=(int(waiting.iloc[0]["编号"]),),
            )
        first = next((one for one in results() if one.report_id is not None and one.town), None)
        if first and first.town:
            navigation.link("town", f"看{first.town}", town=first.town, period=first.period.end)
            navigation.link("timeline", "看时间线", town=first.town, period=first.period.end)
        st.button("清空本次列表", key="clear-results", type="tertiary", on_click=_clear)


def _clear() -> None:
    st.session_state[_RESULTS] = []


def _messages(every: Sequence[Result]) -> None:
    kinds = {REFUSED: "refused", KNOWN: "known", SAVED: "known"}
    lines = [
        f'<div class="{kinds[one.outcome]}"><b>{escape(one.name)}</b>　{escape(one.message)}</div>'
        for one in sorted(every, key=lambda one: one.outcome != REFUSED)
        if one.message
    ]
    if lines:
        st.html(f'<div class="messages">{"".join(lines)}</div>')


def _open_question(every: Sequence[Result]) -> None:
    """The first report that leaves something open, and how many more there are."""
    waiting = []
    for one in every:
        report = _report(one) if one.outcome == SAVED else None
        if report and report["status"] == "live" and any(questions.open_ones(report, one.town_candidates)):
            waiting.append((report, one.town_candidates))
    if waiting:
        report, candidates = waiting[0]
        more = f"（另有 {len(waiting) - 1} 份也要确认，依次会问到）" if len(waiting) > 1 else ""
        st.markdown(f"**{wording.markdown_text(report['name'])}** 需要您确认{more}")
        questions.ask(report, candidates)


def earlier() -> None:
    """Reports of earlier uploads whose records nobody has checked yet; nothing where there are none."""
    now = {one.report_id for one in results()}
    found = reading.store().reports(unread=True, origin="upload", limit=RECENT + len(now))
    lines = [
        (
            report["id"],
            report["name"],
            report["town"] or "不明",
            wording.span(report["period_start"], report["period_end"]),
            report["record_count"],
            report["unread_count"],
            report["who"],
            clock.moment(report["received_at"]),
        )
        for report in found
        if report["id"] not in now
    ][:RECENT]
    if lines:
        st.header("以前上传、还没核对完的报告", anchor=False)
        _table(pd.DataFrame(lines, columns=list(EARLIER_HEADS)), EARLIER_HEADS, "open-earlier", "还没核对完的报告")


def _table(rows: pd.DataFrame, heads: Sequence[str], key: str, alt: str) -> None:
    column = st.column_config
    label = "核对"
    words = [label if number == number and number is not None else "" for number in rows["编号"]]
    st.dataframe(
        rows.assign(**{label: words}),
        hide_index=True,
        row_height=28,
        height=min(MAX_TABLE, 37 + 28 * len(rows)),
        column_order=[*heads[1:], label],
        column_config={
            heads[1]: column.TextColumn(width="large"),
            label: column.ButtonColumn(
                label,
                width=80,
                type="secondary",
                pinned=True,
                key=key,
                on_click=_open_row,
                args=(key, list(rows["编号"])),
            ),
        },
        placeholder=wording.NONE,
        alt=alt,
    )


def _open_row(key: str, numbers: Sequence[Any]) -> None:
    number = numbers[st.session_state[key]["row"]]
    if number == number and number is not None:
        review.open_report(int(number))
