"""A cell's value as the spreadsheet shows it: 0.552 in the format 0.0% is 55.2%."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

_DECIMALS = re.compile(r"[0#]\.(0+)")
_WORDS = re.compile(r'"([^"]*)"')
_PLAIN_DIGITS = 10  # significant digits of a number without a format of its own
_CLOSED = re.compile(r"\[[^\]]*\]|\\.|_.|\*.")


def shown(value: object, number_format: str = "General") -> str:
    """The text of a value: text as it is, numbers and days as their format shows them; "" for an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月" + ("" if _is_month(number_format) else f"{value.day}日")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _is_month(number_format: str) -> bool:
    return "d" not in _WORDS.sub("", number_format).lower()


def _number(value: float, number_format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    section = _CLOSED.sub("", number_format.split(";")[0])
    after = "".join(_WORDS.findall(section))
    section = _WORDS.sub("", section)
    decimals = _DECIMALS.search(section)
    if "%" in section:
        return f"{_fixed(value * 100, len(decimals[1]) if decimals else 0)}%{after}"
    if decimals and "E" not in section:
        return _fixed(value, len(decimals[1])) + after
    if section.strip("#,0") == "" and "0" in section:
        return _fixed(value, 0) + after
    return _general(value) + after


def _fixed(value: float, decimals: int) -> str:
    """Rounded half up, as spreadsheets do: 0.5525 to 55.3 %, not 55.2."""
    exact = Decimal(_general(value))
    step = Decimal(1).scaleb(-decimals)
    return format((exact + (step / 2).copy_sign(exact)).quantize(step, rounding="ROUND_DOWN"), "f")


def _general(value: float) -> str:
    """Without the noise of binary fractions: 4.36, not 4.3600000000000003."""
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(f"{value:.{_PLAIN_DIGITS + 5}g}"), "f")
    short = format(Decimal(f"{value:.{_PLAIN_DIGITS}g}"), "f")
    chosen = short if abs(Decimal(text) - Decimal(short)) < abs(Decimal(text)) * Decimal("1e-9") else text
    return chosen.rstrip("0").rstrip(".") if "." in chosen else chosen
