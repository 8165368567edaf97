"""How figures, months and states are written for people: 4.36亿元, 55.2%, +9.9个百分点, 2025年1—6月.

Nothing here knows Streamlit. What is unknown is written ``—``, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

from extract.units import display, parse_unit

NONE = "—"
KEPT_BELOW = 100_000
_LEAST_SHOWN = Decimal("0.05")

STATUS_WORDS = {"actual": "实际", "expected": "预计", "planned": "计划"}
BASIS_WORDS = {
    "annual": "年度目标",
    "half": "半年目标",
    "quarter": "季度目标",
    "plan": "计划",
    "budget": "预算",
    "project": "工程量",
    "multi-year": "多年目标",
    "other": "其他",
}
TARGET_WORDS = {"stated": "原文", "implied": "推算", "set": "设定"}
REVIEW_WORDS = {"read": "未核对", "accepted": "已确认", "corrected": "已更正", "rejected": "已驳回"}

MARKDOWN_SIGNS = frozenset("\\`*_[]<>$~:#|&")


def number(value: object) -> Decimal | None:
    """The value as a Decimal; None for what is empty, not a number or infinite."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _written(found: Decimal, form: str = ".1f") -> str:
    """四舍五入, as people and browsers round: 79.25 is 79.3."""
    with localcontext(rounding=ROUND_HALF_UP):
        return format(found, form)


def percent(value: object) -> str:
    """One decimal and the sign: ``55.2%``."""
    found = number(value)
    return NONE if found is None else f"{_written(found)}%"


def change(value: object) -> str:
    """A rate of change in words: ``增长17.8%``, ``下降3.2%``, ``持平``."""
    found = number(value)
    if found is None:
        return NONE
    if abs(found) < _LEAST_SHOWN:
        return "持平"
    return f"{'增长' if found > 0 else '下降'}{_written(abs(found))}%"


def points(value: object, unit: str = "个百分点") -> str:
    """A difference of two rates with its sign, one too small to be seen without: ``+9.9个百分点``, ``0.0个百分点``."""
    found = number(value)
    if found is None:
        return NONE
    text = "0.0" if abs(found) < _LEAST_SHOWN else _written(found, "+.1f")
    return f"{text}{unit}".replace("-", "−")


def ahead(value: object) -> str:
    """A gap in words: ``快9.9个百分点``, ``慢不到0.1个百分点``, ``与序时进度持平``.

    However small, it is told, as the lamp beside it tells it too.
    """
    found = number(value)
    if found is None:
        return NONE
    if not found:
        return "与序时进度持平"
    distance = "不到0.1" if abs(found) < _LEAST_SHOWN else _written(abs(found))
    return f"{'快' if found > 0 else '慢'}{distance}个百分点"


def plain(value: object, digits: int = 2) -> str:
    """A number with thousands separators and no needless zeros: ``12,500``, ``4.36``."""
    found = number(value)
    if found is None:
        return NONE
    text = _written(found, f",.{digits}f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: object, unit: object) -> str:
    """A value with its unit in the magnitude that people read: 51000 万元 is ``5.1亿元``, 820 万元 ``820万元``.

    What was printed without a magnitude stays so below 100,000: 24600 元 is ``24,600元``.
    """
    found = number(value)
    if found is None:
        return NONE
    if not isinstance(unit, str) or not unit:
        return plain(found)
    if parse_unit(unit).magnitude == 1 and abs(found) < KEPT_BELOW:
        return f"{plain(found)}{unit}"
    shown, name = display(found, unit)
    return f"{plain(shown)}{name}"


def month(period: object) -> str:
    """``2025-06`` as ``2025年6月``; an unknown month as ``—``."""
    if not isinstance(period, str) or len(period) < 7:
        return NONE
    return f"{int(period[:4])}年{int(period[5:7])}月"


def span(start: object, end: object) -> str:
    """A period: ``2025年1—6月``, ``2025年6月``, ``2024年11月—2025年2月``, ``2025年全年``."""
    if not isinstance(end, str) or len(end) < 7:
        return "时段不明"
    if not isinstance(start, str) or start == end:
        return month(end)
    if start[:4] != end[:4]:
        return f"{month(start)}—{month(end)}"
    if (start[5:7], end[5:7]) == ("01", "12"):
        return f"{int(end[:4])}年全年"
    return f"{int(end[:4])}年{int(start[5:7])}—{int(end[5:7])}月"


def flags(values: object) -> str:
    """The flags of a record in one cell: ``时段承前；预计数``."""
    if isinstance(values, str):
        return values
    return "；".join(str(value) for value in values) if isinstance(values, Iterable) else ""


def listed(names: Iterable[object], limit: int = 8) -> str:
    """Names joined by 、, with how many more there are: ``柳溪镇、石桥镇等 12 个``."""
    every = [str(name) for name in names]
    if len(every) <= limit:
        return "、".join(every)
    return f"{'、'.join(every[:limit])}等 {len(every)} 个"


def figures(record: Mapping[str, object]) -> str:
    """The figures of one record on a line: ``数值 4.36亿元，完成率 55.2%（年度目标），同比 增长17.8%``."""
    basis = BASIS_WORDS.get(str(record.get("basis")), "")
    parts = (
        ("数值", amount(record.get("value"), record.get("unit")), ""),
        ("完成率", percent(record.get("completion")), f"（{basis}）" if basis else ""),
        ("目标值", amount(record.get("target"), record.get("target_unit")), _target_note(record)),
        ("同比", change(record.get("yoy")), ""),
    )
    return "，".join(f"{name} {text}{note}" for name, text, note in parts if text != NONE)


def _target_note(record: Mapping[str, object]) -> str:
    word = TARGET_WORDS.get(str(record.get("target_from")))
    return f"（{word}）" if word else ""


def markdown_text(text: object) -> str:
    """Text from a report made harmless for Markdown: every sign that means something inside a line is escaped."""
    return "".join(f"\\{sign}" if sign in MARKDOWN_SIGNS else sign for sign in str(text))
