"""核对: the records of one report, the most doubtful first — its sentence on the left, its fields on the right."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from extract import find
from extract.models import Document
from ui import doubts, fields, marking, navigation, originals, questions, reading, review_steps, selection, wording

ITEM = "item"
LEFT_HEIGHT = 330
# Keys that no browser takes for itself; with Alt, as others do nothing while the cursor is in a field.
KEYS = {
    "accept": "Alt+Q", "correct": "Alt+W", "reject": "Alt+X", "undo": "Alt+Z", "上一条": "Alt+Up", "下一条": "Alt+Down"
}  # fmt: skip
KEY_NOTE = "只用键盘也可以：光标先在第一个字段，按回车确认，Tab 到下一个字段；其余的键写在按钮上。"
# Characters before the sentence that are shown, and how far into it the marked words may stand.
CONTEXT, FAR = 90, 240
TABLE_HEIGHT = 360
ORDER_NOTE = (
    "核对顺序：推断越多、越要紧的越靠前（时段或乡镇不明、缺％号、指标承前、并列对应……），同样把握的按报告先后。"
)
LIST_HEADS = ("编号", "核对状态", "可疑之处", "乡镇", "指标", "时段", "数字", "性质")


def show(report: Mapping[str, Any], candidates: Sequence[str] | None) -> None:
    """The review of a report; ``candidates`` are other towns it may be about, None to look for them again."""
    kept = reading.store()
    every = kept.records(report_id=report["id"], reviews=list(wording.REVIEW_WORDS), include_superseded=True)
    queue = doubts.in_order(record for record in every if record["review"] == "read")
    if candidates is None:
        candidates = _candidates(os.environ.get(reading.PLACE), report["id"], report["name"])
    _head(report, every, queue, candidates)
    questions.ask(report, candidates)
    record = _chosen(every, queue)
    if record is None:
        _all_checked(report, every)
    else:
        _one(record, queue)
    _listed(every)
    _missed(report["id"])


@st.cache_data(show_spinner="正在重读报告…", max_entries=64)
def _candidates(place: str | None, report_id: int, name: str) -> tuple[str, ...]:
    """Other towns that the report may be about; found again, as the store keeps only the one it was filed under."""
    return find(Document(name, reading.store().report_text(report_id))).town_candidates


def _head(
    report: Mapping[str, Any],
    every: Sequence[Mapping[str, Any]],
    queue: Sequence[Mapping[str, Any]],
    candidates: Sequence[str],
) -> None:
    title, ways = st.columns([3, 2], vertical_alignment="center")
    place = report["town"] or "乡镇不明"
    when = wording.span(report["period_start"], report["period_end"])
    with title:
        st.html(
            f'<div class="review-title"><b>核对《{escape(report["name"])}》</b>'
            f"<span>{escape(place)} · {when} · {_counts(every)}</span></div>"
        )
    with ways, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if report["town"]:
            navigation.link("town", "看乡镇", town=report["town"], period=report["period_end"])
            navigation.link("timeline", "看时间线", town=report["town"], period=report["period_end"])
        with st.popover("改乡镇或时段", icon=":material/edit_location:"):
            if not questions.open_ones(report, candidates)[0]:
                questions.place_form(report, candidates)
            else:
                st.markdown("请在下面的黄框里填写。")
        st.button("返回上传", icon=":material/arrow_back:", key="leave-review", on_click=leave)


def leave() -> None:
    """Back to the files."""
    selection.choose(report=None, item=None)


def open_report(report_id: int) -> None:
    """Check this report."""
    selection.choose(report=report_id, item=None)


def _counts(every: Sequence[Mapping[str, Any]]) -> str:
    states = [record["review"] for record in every]
    parts = [f"{word} {states.count(review)}" for review, word in wording.REVIEW_WORDS.items() if review in states]
    return f"共 {len(every)} 条：{'，'.join(parts)}" if every else "没有记录"


def _chosen(every: Sequence[Mapping[str, Any]], queue: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The record that the URL asks for, else the most doubtful that nobody has checked, else None."""
    asked = st.query_params.get(ITEM, "")
    found = next((record for record in every if str(record["id"]) == asked), None)
    return found or (queue[0] if queue else None)


def _one(record: Mapping[str, Any], queue: Sequence[Mapping[str, Any]]) -> None:
    left, right = st.columns(2, gap="medium")
    with left, st.container(height=LEFT_HEIGHT, border=True, key="review-source"):
        st.html(reasons_html(record))
        originals.strips(record)
        st.html(f'<div class="evidence">{passage(record)}</div>')
        originals.beside(record, "review-page")
    with right:
        form(record, queue)
    _focus(record)
    _steps(record, queue)


# Nothing has the focus after a decision, so that the next one would need the mouse.
_FOCUS = """
<script>
/* %s */
(() => {
  const free = () => !document.activeElement || document.activeElement === document.body;
  const first = () => document.querySelector("[data-testid=stForm] input[type=text]");
  const move = (tries) => first() ? free() && first().focus({preventScroll: true})
    : tries && setTimeout(move, 50, tries - 1);
  setTimeout(move, 50, 20);
})();
</script>
"""


def _focus(record: Mapping[str, Any]) -> None:
    """Put the cursor into the first field of each record that is shown, unless the person is elsewhere."""
    st.html(_FOCUS % form_prefix(record), unsafe_allow_javascript=True)


def reasons_html(record: Mapping[str, Any]) -> str:
    """Why a record should be looked at, as HTML."""
    found = doubts.reasons(record)
    chips = "".join(f'<span class="doubt"><b>{escape(one.name)}</b> {escape(one.meaning)}</span>' for one in found)
    return f'<div class="doubts">{chips or "读取时没有作推断，请对照原文看一眼。"}</div>'


def passage(record: Mapping[str, Any]) -> str:
    """The sentence of a record in its report with its words marked, as HTML.

    Of a sentence whose marked words stand far from its beginning only their neighbourhood is shown, so that
    they are seen without scrolling.
    """
    text, spans = reading.source(dict(record))
    first, _ = marking.sentence_bounds(text, record)
    if record["start"] - first > FAR:
        return marking.passage(text, {**record, "sentence": ""}, spans, FAR)
    return marking.passage(text, record, spans, CONTEXT)


def form(record: Mapping[str, Any], queue: Sequence[Mapping[str, Any]]) -> None:
    """The fields with 确认, 更正 and 驳回. 确认 keeps what was typed too, so that no typing is lost."""
    prefix = form_prefix(record)
    with st.form(prefix, border=False):
        fields.draw(record, prefix)
        buttons = st.columns([1.3, 1.3, 1], gap="small")
        for column, (label, action, kind, icon) in zip(buttons, ACTIONS, strict=True):
            column.form_submit_button(
                label,
                type=kind,  # type: ignore[arg-type]
                icon=icon,
                key=f"{prefix}-{action}",
                on_click=_decide,
                args=(record["id"], prefix, action),
                width="stretch",
                shortcut=KEYS[action],
            )


ACTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("确认", "accept", "primary", ":material/check:"),
    ("更正", "correct", "secondary", ":material/edit:"),
    ("驳回", "reject", "secondary", ":material/block:"),
)


def form_prefix(record: Mapping[str, Any]) -> str:
    """A name for the form of a record as it is now: after any change of it the fields are drawn afresh."""
    entries = reading.store().changes(record["id"], limit=1)
    return f"record-{record['id']}-{entries[0]['id'] if entries else 0}"


def _decide(record_id: int, prefix: str, action: str) -> None:
    record = reading.store().record_row(record_id)
    given = fields.typed(prefix)
    if action == "reject":
        done = review_steps.reject(record)
    elif action == "correct" or review_steps.has_changes(record, given):
        done = review_steps.correct(record, given)
    else:
        done = review_steps.accept(record)
    if done:
        selection.choose(item=None)


def _steps(record: Mapping[str, Any], queue: Sequence[Mapping[str, Any]]) -> None:
    """Below both sides: to the neighbours in the queue, undo, and all the rest at once."""
    numbers = [int(one["id"]) for one in queue]
    place = numbers.index(record["id"]) if record["id"] in numbers else None
    with st.container(horizontal=True, vertical_alignment="center", key="review-steps-bar"):
        if place is None:
            state = wording.REVIEW_WORDS[record["review"]]
            st.markdown(f"这一条{state}", width="content")
            if record["review"] == "rejected":
                st.button("恢复并重新核对", key="reopen", on_click=review_steps.reopen, args=(record,))
            if queue:
                st.button("继续核对其余", key="go-on", on_click=selection.choose, kwargs={ITEM: None})
        else:
            st.markdown(f"第 {place + 1} 条，待核对 {len(queue)} 条", width="content")
            _neighbour("上一条", numbers[place - 1] if place else None, ":material/chevron_left:")
            _neighbour("下一条", numbers[place + 1] if place + 1 < len(numbers) else None, ":material/chevron_right:")
        undo_button(record["report_id"])
        if queue:
            st.button(
                f"全部确认其余 {len(queue)} 条",
                key="accept-rest",
                icon=":material/done_all:",
                on_click=_accept_rest,
                args=(record["report_id"], list(queue)),
            )
    st.html(f'<div class="legend">{KEY_NOTE}<br>{ORDER_NOTE}</div>')


def _neighbour(label: str, number: int | None, icon: str) -> None:
    st.button(
        label,
        key=f"review-{label}",
        icon=icon,
        type="tertiary",
        disabled=number is None,
        shortcut=KEYS[label],
        on_click=selection.choose,
        kwargs={ITEM: number},
    )


def _accept_rest(report_id: int, queue: Sequence[Mapping[str, Any]]) -> None:
    if review_steps.accept_all(report_id, queue):
        selection.choose(item=None)


def undo_button(report_id: int) -> None:
    """Takes the last step of this session in a report back; not to be pressed where there is none."""
    step = review_steps.last(report_id)
    st.button(
        "撤销上一步",
        key=f"undo-{report_id}",
        icon=":material/undo:",
        disabled=step is None,
        help=step.label if step else None,
        shortcut=KEYS["undo"],
        on_click=review_steps.undo,
        args=(report_id,),
    )


def _all_checked(report: Mapping[str, Any], every: Sequence[Mapping[str, Any]]) -> None:
    text = "这份报告的记录已全部核对。" if every else "这份报告没有读出记录。"
    st.success(text, icon=":material/task_alt:")
    with st.container(horizontal=True, vertical_alignment="center"):
        following = reading.store().reports(unread=True, origin="upload", limit=1)
        if following:
            st.button(
                f"核对下一份：{following[0]['name']}",
                key="next-report",
                type="primary",
                on_click=open_report,
                args=(following[0]["id"],),
            )
        undo_button(report["id"])


def _listed(every: Sequence[Mapping[str, Any]]) -> None:
    if not every:
        return
    st.header(f"全部 {len(every)} 条记录", anchor=False)
    rows = doubts.in_order(every)
    table = pd.DataFrame([_line(record) for record in rows], columns=list(LIST_HEADS))
    opened = table.assign(核对="核对")
    column = st.column_config
    st.dataframe(
        opened,
        hide_index=True,
        row_height=28,
        height=min(TABLE_HEIGHT, 37 + 28 * len(table)),
        column_order=[*LIST_HEADS[1:], "核对"],
        column_config={
            "核对状态": column.TextColumn(width=80),
            "可疑之处": column.TextColumn(width=190),
            "乡镇": column.TextColumn(width=90),
            "指标": column.TextColumn(width=200),
            "时段": column.TextColumn(width=130),
            "数字": column.TextColumn(width=380),
            "性质": column.TextColumn(width=60),
            "核对": column.ButtonColumn(
                "核对",
                width=80,
                type="secondary",
                pinned=True,
                key="open-item",
                on_click=_open_row,
                args=(list(table["编号"]),),
            ),
        },
        placeholder=wording.NONE,
        alt="这份报告的全部记录",
    )


def _open_row(numbers: Sequence[int]) -> None:
    selection.choose(item=numbers[st.session_state["open-item"]["row"]])


def _line(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        record["id"],
        wording.REVIEW_WORDS[record["review"]],
        "；".join(one.name for one in doubts.reasons(record)) or wording.NONE,
        record["town"],
        record["indicator"],
        wording.span(record["period_start"], record["period_end"]),
        wording.figures(record),
        wording.STATUS_WORDS[record["status"]],
    )


def _missed(report_id: int) -> None:
    """What was not understood with its sentences, and what was rightly left out with the reason."""
    kept = reading.store()
    unclear = kept.missed(report_id, understood=False)
    left_out = kept.missed(report_id, understood=True)
    if unclear:
        st.header(f"没有看懂的 {len(unclear)} 个数字", anchor=False)
        for missed in unclear:
            st.html(f'<div class="missed">{_marked(report_id, missed)}<span>{escape(missed["reason"])}</span></div>')
    if left_out:
        with st.expander(f"按规则略去的 {len(left_out)} 个数字（不是指标数据）"):
            lines = [{"数字": one["text"], "略去的原因": one["reason"], "原文": one["sentence"]} for one in left_out]
            st.table(pd.DataFrame(lines).map(wording.markdown_text), hide_index=True)


def _marked(report_id: int, missed: Mapping[str, Any]) -> str:
    text = reading.store().report_text(report_id)
    span = (missed["start"], missed["end"], "")
    return marking.marked(text, [span], *marking.sentence_bounds(text, missed))
