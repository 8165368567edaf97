"""The fields of a record as a form: drawn from the store's row, read back as changes that the store takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

import streamlit as st

from extract.models import Period
from ui import wording


class Field(NamedTuple):
    """One field: its key in a record, its label, its kind (text, number, month, choice), and its share of the row."""

    key: str
    label: str
    kind: str
    share: float = 1


ROWS: tuple[tuple[Field, ...], ...] = (
    (Field("town", "乡镇", "text"), Field("indicator", "指标", "text", 2)),
    (
        Field("value", "数值", "number"),
        Field("unit", "单位", "text"),
        Field("completion", "完成率（%）", "number"),
        Field("basis", "目标口径", "choice"),
    ),
    (
        Field("target", "目标值", "number"),
        Field("target_unit", "目标单位", "text"),
        Field("target_from", "目标来源", "choice"),
        Field("yoy", "同比（%）", "number"),
    ),
    (
        Field("period_start", "时段起", "month"),
        Field("period_end", "时段止", "month"),
        Field("status", "性质", "choice"),
    ),
)
FIELDS: tuple[Field, ...] = tuple(field for row in ROWS for field in row)
LABELS: dict[str, str] = {field.key: field.label for field in FIELDS} | {
    "indicator_text": "原文指标名",
    "sentence": "原文",
    "start": "起始位置",
    "end": "结束位置",
    "flags": "提示",
    "review": "核对状态",
    "superseded_by": "替换",
    "name": "报告",
    "sample_loaded": "首次启动已载入演示数据",
}
CHOICES: dict[str, dict[Any, str]] = {
    "basis": {None: wording.NONE, **wording.BASIS_WORDS},
    "target_from": {None: wording.NONE, **{key: wording.TARGET_WORDS[key] for key in ("stated", "implied")}},
    "status": dict(wording.STATUS_WORDS),
}
PLACEHOLDERS = {"month": "如 2025-06", "number": "", "text": ""}
_MONTH = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?")


class Refused(ValueError):  # noqa: N818 - named for the fact
    """What was typed does not fit its field; the message is Chinese, for the person."""


def shown(record: Mapping[str, Any], field: Field) -> Any:
    """A record's value as the field shows it: numbers as printed, nothing as an empty text."""
    if field.kind == "choice":
        return record[field.key]
    value = record[f"{field.key}_text"] if field.kind == "number" else record[field.key]
    return "" if value is None else str(value)


def draw(record: Mapping[str, Any], prefix: str) -> None:
    """All fields of a record; ``prefix`` keeps the typed values of one record apart from another's."""
    for row in ROWS:
        for column, field in zip(st.columns([field.share for field in row], gap="small"), row, strict=True):
            with column:
                _draw(record, field, f"{prefix}-{field.key}")


def _draw(record: Mapping[str, Any], field: Field, key: str) -> None:
    if field.kind == "choice":
        words = CHOICES[field.key]
        options = list(words)
        st.selectbox(
            field.label,
            options,
            index=options.index(record[field.key]) if record[field.key] in words else 0,
            key=key,
            format_func=lambda option: words[option],
        )
    else:
        st.text_input(field.label, shown(record, field), key=key, placeholder=PLACEHOLDERS[field.kind])


def typed(prefix: str) -> dict[str, Any]:
    """What stands in the fields now."""
    return {field.key: st.session_state[f"{prefix}-{field.key}"] for field in FIELDS}


def changes(record: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, object]:
    """The fields that differ from the record, as ``Store.correct_record`` takes them; raises Refused."""
    found: dict[str, object] = {
        field.key: parsed(field, given[field.key])
        for field in FIELDS
        if field.key in given and given[field.key] != shown(record, field)
    }
    if "target" in found and found["target"] is not None and not (record["target_from"] or found.get("target_from")):
        found["target_from"] = "stated"
    after = {**record, **found}
    if not after["indicator"]:
        raise Refused("指标不能为空。")
    checked_period(after["period_start"], after["period_end"])
    return found


def parsed(field: Field, given: Any) -> object:
    """A typed value as the store takes it, None for an empty one; raises Refused."""
    if field.kind == "choice":
        return given
    text = unicodedata.normalize("NFKC", str(given)).strip()
    if not text:
        return None
    if field.kind == "number":
        return _number(field.label, text)
    return month(text, field.label) if field.kind == "month" else str(given).strip()


def _number(label: str, text: str) -> str:
    digits = text.replace(",", "").rstrip("%").strip()
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise Refused(f"{label}要填数字，如 55.2，不能是“{text}”。") from error
    if not number.is_finite():
        raise Refused(f"{label}要填数字，如 55.2，不能是“{text}”。")
    return digits


def month(text: str, label: str) -> str | None:
    """``2025年6月``, ``2025.6`` or ``202506`` as ``2025-06``, nothing as None; raises Refused."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    found = _MONTH.fullmatch(plain)
    if not found or not 1 <= int(found[2]) <= 12:
        raise Refused(f"{label}要写成 2025-06 这样的年月，不能是“{text}”。")
    return f"{found[1]}-{int(found[2]):02d}"


def checked_period(start: str | None, end: str | None) -> Period:
    """The period of two months; raises Refused where it has a start but no end, or ends before it starts."""
    if start and not end:
        raise Refused("填了时段起，也要填时段止。")
    if start and end and start > end:
        raise Refused(f"时段起（{start}）不能在时段止（{end}）之后。")
    return Period(start, end)


def word(field: str, value: object) -> str:
    """A field's value in the log as people read it."""
    if value in (None, "", []):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    words = wording.REVIEW_WORDS if field == "review" else CHOICES.get(field, {})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return wording.flags(value)
    return words.get(str(value), str(value))
