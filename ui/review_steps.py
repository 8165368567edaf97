"""What a person does to records and reports, through the store, each step to be taken back. No page layout here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from extract.models import Period
from store import StoreError
from ui import aliases, fields, person, reading

_STEPS = "review-steps"
_ANSWERS = "报告{}的答复"
ANSWERED_PLACE, ANSWERED_BOTH = "乡镇和时段", "保留两份"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: what it was, its entries in the change log, and the records to be checked again on undo."""

    label: str
    report_id: int
    change_ids: tuple[int, ...]
    reopen: tuple[int, ...] = ()


def accept(record: Mapping[str, Any]) -> bool:
    """Mark a record as right; whether it was done."""
    return _done(
        f"确认《{record['indicator']}》",
        record["report_id"],
        lambda: reading.store().accept_records([record["id"]], who=person.name()),
    )


def accept_all(report_id: int, records: Sequence[Mapping[str, Any]]) -> bool:
    """Mark all these records as right in one write; whether it was done."""
    numbers = [int(record["id"]) for record in records]
    return _done(
        f"确认 {len(numbers)} 条",
        report_id,
        lambda: reading.store().accept_records(numbers, who=person.name(), why="全部确认其余"),
    )


def reject(record: Mapping[str, Any], why: str = "") -> bool:
    """Take a record out of all views; whether it was done."""
    return _done(
        f"驳回《{record['indicator']}》",
        record["report_id"],
        lambda: reading.store().reject_record(record["id"], who=person.name(), why=why),
    )


def reopen(record: Mapping[str, Any]) -> None:
    """Let a record be checked again, a rejected one be shown again."""
    _done(
        f"重新核对《{record['indicator']}》",
        record["report_id"],
        lambda: reading.store().reopen_record(record["id"], who=person.name()),
    )


def correct(record: Mapping[str, Any], given: Mapping[str, Any], why: str = "") -> bool:
    """Keep what was typed into the fields; whether anything differed and was kept."""
    try:
        changes = fields.changes(record, given)
    except fields.Refused as refused:
        st.toast(str(refused), icon=":material/error:")
        return False
    if not changes:
        st.toast("没有改动。请先改右边的字段；若没有错，请按“确认”。", icon=":material/info:")
        return False
    names = "、".join(fields.LABELS[key] for key in changes)
    done = _done(
        f"更正《{record['indicator']}》的{names}",
        record["report_id"],
        lambda: reading.store().correct_record(record["id"], changes, who=person.name(), why=why),
        reopen=(record["id"],) if record["review"] == "read" else (),
    )
    if done:
        _learn(record, changes)
    return done


def _learn(record: Mapping[str, Any], changes: Mapping[str, object]) -> None:
    """Remember what the report's own name means; taking the correction back takes that back, too."""
    lesson = aliases.lesson(record, changes)
    number = aliases.learn(reading.store(), *lesson, person.name()) if lesson else None
    if lesson and number is not None:
        step = _steps().pop()
        _steps().append(Step(step.label, step.report_id, (*step.change_ids, number), step.reopen))
        st.toast(f"已记住：“{lesson[0]}”就是{lesson[1]}，以后的报告照此归入；可在设置里撤销。")


def has_changes(record: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether the fields differ from the record, or do not fit."""
    try:
        return bool(fields.changes(record, given))
    except fields.Refused:
        return True


def tell(report_id: int, town: str | None, start: str, end: str, fill: bool) -> bool:
    """Keep the town and period that a person gave for a report, and that the question is answered."""
    try:
        period = fields.checked_period(fields.month(start, "时段起"), fields.month(end, "时段止"))
    except fields.Refused as refused:
        st.toast(str(refused), icon=":material/error:")
        return False
    kept = reading.store()
    done = _done(
        "填写报告的乡镇和时段",
        report_id,
        lambda: kept.tell_report(report_id, town=town, period=period, who=person.name(), fill=fill),
    )
    if done:
        answer(report_id, ANSWERED_PLACE)
    return done


def same_place_and_time(report: Mapping[str, Any]) -> list[Any]:
    """The older live reports of the same town and period, newest first."""
    period = Period(report["period_start"], report["period_end"])
    found = reading.store().same_town_period(report["town"], period)
    return [row for row in found if row.id < report["id"]]


def replace(report_id: int, older: Sequence[int]) -> None:
    """Let this report take the place of older ones, which stay in the history."""
    _done(
        "替换旧数据",
        report_id,
        lambda: reading.store().supersede_reports(older, by=report_id, who=person.name(), why="重新上传"),
        log_of=older,
    )


def answer(report_id: int, word: str) -> None:
    """Remember that a question about a report was answered."""
    words = answers(report_id)
    if word not in words:
        reading.store().set_setting(_ANSWERS.format(report_id), [*words, word], person.name())


def answers(report_id: int) -> list[str]:
    """The questions about a report that were answered."""
    return list(reading.store().setting(_ANSWERS.format(report_id), []))


def last(report_id: int) -> Step | None:
    """The last step of this session in a report that was not taken back."""
    return next((step for step in reversed(_steps()) if step.report_id == report_id), None)


def undo(report_id: int) -> None:
    """Take the last step back."""
    step = last(report_id)
    if step is None:
        return
    kept = reading.store()
    _steps().remove(step)
    try:
        kept.undo_changes(step.change_ids, person.name())
        for record_id in step.reopen:
            kept.reopen_record(record_id, who=person.name(), why="撤销")
    except StoreError as error:
        st.toast(str(error), icon=":material/error:")
    else:
        st.toast(f"已撤销：{step.label}")


def undo_entry(record: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    """Take one entry of a record's log back, whoever made it and whenever."""
    name = fields.LABELS.get(entry["field"], entry["field"])
    _done(
        f"撤销《{record['indicator']}》{name}的改动",
        record["report_id"],
        lambda: reading.store().undo_changes([entry["id"]], person.name()),
    )


def _steps() -> list[Step]:
    steps: list[Step] = st.session_state.setdefault(_STEPS, [])
    return steps


def _done(
    label: str,
    report_id: int,
    write: Callable[[], None],
    *,
    reopen: tuple[int, ...] = (),
    log_of: Sequence[int] = (),
) -> bool:
    """Do it and remember its entries in the log; a refusal of the store is told, nothing is kept."""
    kept = reading.store()
    logs = list(log_of) or [report_id]
    before = max((entry["id"] for entry in kept.changes(limit=1)), default=0)
    try:
        write()
    except StoreError as error:
        st.toast(str(error), icon=":material/error:")
        return False
    made = [entry["id"] for number in logs for entry in _newer(number, before)]
    if made:
        _steps().append(Step(label, report_id, tuple(made), reopen))
        st.toast(f"已{label}")
    return True


def _newer(report_id: int, before: int) -> list[dict[str, Any]]:
    entries = reading.store().changes(report_id=report_id)
    return [entry for entry in entries if entry["id"] > before and entry["who"] == person.name()]
