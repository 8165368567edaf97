"""Numbers with their units, as printed: 4.36亿元, 1,867.48万元, 55.2%, 近三成, 百分之五十五, 增长1.9倍.

Works on folded text. A value keeps the digits that were printed (Decimal, 13.40 stays 13.40).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from extract.models import Quantity
from extract.vocabulary import first_characters, trie_pattern, units

_HAN: Final = "〇零一二三四五六七八九十百千两"
_MAGNITUDE: Final = "万亿|百万|千万|十万|百亿|千亿|亿|万|千(?![瓦伏米克卡])|百(?!分)"
_AFTER: Final = "左右|及?以上|上下|以内|及?以下|多|余"


@cache
def plain_figure() -> str:
    """The pattern of most figures, 55.2% or 4.36亿元 before a mark, which number_pattern reads the same, but later."""
    counted = trie_pattern(unit for unit, kind in units().items() if kind != "other" and unit[0] not in "余多来")
    return (
        r"(?<![A-Za-z\d])(?P<figure>(?P<f_digits>\d{1,15}(?:\.\d{1,9})?)"
        rf"(?P<f_unit>(?:%|[万亿]元)(?=[,;、()]|$)|[万亿]?{counted}(?=[,;、)的]|$)))"
    )


def plain_quantity(match: re.Match[str]) -> Quantity:
    """The quantity behind a match of plain_figure."""
    digits, unit = match.group("f_digits", "f_unit")
    return Quantity(Decimal(digits), unit)


@cache
def number_pattern() -> str:
    """The pattern of one quantity, for the lexer; groups are named n_*."""
    unit = trie_pattern(units())
    counted = [unit for unit, kind in units().items() if kind in _HAN_UNITS]
    strong = trie_pattern(counted)
    ends = [unit.lstrip(_HAN) or unit for unit in counted]
    return (
        rf"(?:(?<![0-9A-Za-z.])(?P<n_sign>[-+]))?(?:(?<![A-Za-z\d])|(?<=GDP))"
        rf"(?P<n_digits>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?!\d)|\d{{1,15}}(?!\d))(?P<n_fraction>[ ]?\.[ ]?\d{{1,9}})?"
        rf"(?:%?[-~至到]+(?P<n_high>\d+(?:\.\d+)?)(?=[ ]?(?:%|个百)))?"
        rf"[ ]*(?P<n_more>[余多来])?(?P<n_magnitude>{_MAGNITUDE})?"
        rf"(?P<n_more2>[余多])?[ ]*(?P<n_unit>{unit})?(?P<n_after>{_AFTER})?"
        rf"|(?=[{_HAN}]{{1,30}}[成分点余多万亿人{first_characters(ends)}])(?:"
        rf"(?P<n_tenths>[一二两三四五六七八九])成(?P<n_half>[一二三四五六七八九半])?(?P<n_tenths_more>[余多])?(?![立为长果功效本员交绩就家型熟人份都])"
        rf"|百分之(?P<n_hundredths>[{_HAN}点]{{1,16}}|\d+(?:\.\d+)?)"
        rf"|(?<![{_HAN}])(?P<n_han_large>[{_HAN}]{{1,9}})(?P<n_han_step>[亿万])零?(?P<n_han_rest>[{_HAN}]{{1,9}}万?)"
        rf"(?P<n_han_rest_unit>{strong}|人次|人)"
        rf"|(?<![{_HAN}])(?P<n_han>[{_HAN}]{{1,16}}(?:点[{_HAN}]{{1,9}})?)(?P<n_han_more>[余多])?(?P<n_han_magnitude>万亿|亿|万|千)?(?P<n_han_more2>[余多])?"
        rf"(?P<n_han_unit>{strong})(?![一二三四五六七八九十]?番))"
    )


_HAN_UNITS: Final = frozenset({"money", "times", "tenths", "area", "mass", "rate"})
_DIGIT: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEP: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8, "万亿": 10**12}


def parse_han(text: str) -> Decimal | None:
    """The value of a Chinese numeral: 一千二百 -> 1200, 五十五点三 -> 55.3, 二〇一六 -> 2016; None if it is none."""
    whole, _, fraction = text.partition("点")
    if not whole and not fraction:
        return None
    digits = "".join(str(_DIGIT[c]) for c in fraction if c in _DIGIT)
    total = _parse_whole(whole)
    return Decimal(f"{total}.{digits}") if digits else Decimal(total)


def _parse_whole(text: str) -> int:
    if not any(c in _STEP for c in text):
        return int("".join(str(_DIGIT[c]) for c in text) or 0)
    total = digit = 0
    for character in text:
        if character in _STEP:
            total += (digit or 1) * _STEP[character]
            digit = 0
        else:
            digit = _DIGIT[character]
    if digit and text[-2:-1] in ("百", "千"):
        return total + digit * _STEP[text[-2]] // 10
    return total + digit


def _parse_large(match: re.Match[str]) -> tuple[Decimal, str]:
    """A numeral in two steps in the unit of the first: 三亿一千二百万元 is 3.12 亿元, 六十八万四千吨 is 68.4 万吨."""
    step, rest = match.group("n_han_step"), match.group("n_han_rest")
    small = parse_han(rest.removesuffix("万")) or Decimal(0)
    share = Decimal(10**4 if rest.endswith("万") else 1) / _LARGE[step]
    return (parse_han(match.group("n_han_large")) or Decimal(0)) + small * share, step + match.group("n_han_rest_unit")


_PLAIN: Final = ("n_digits", "n_sign", "n_fraction", "n_high", "n_more", "n_magnitude", "n_more2", "n_unit", "n_after")


def parse_quantity(match: re.Match[str]) -> Quantity:
    """The quantity behind a match of number_pattern."""
    group = match.group
    digits, sign, fraction, high, more, magnitude, more2, unit, after = group(*_PLAIN)
    if digits:
        if fraction:
            digits += fraction.replace(" ", "") if " " in fraction else fraction
        if "," in digits:
            digits = digits.replace(",", "")
        value = Decimal(sign + digits if sign else digits)
        unit = unit or ""
        return Quantity(
            value,
            magnitude + unit if magnitude else unit,
            more or more2 or after or "",
            Decimal(high) if high else None,
        )
    if group("n_tenths"):
        half = group("n_half")
        tail = Decimal("0.5") if half == "半" else Decimal(_DIGIT[half]) / 10 if half else Decimal(0)
        return Quantity(Decimal(_DIGIT[group("n_tenths")]) + tail, "成")
    if group("n_hundredths"):
        text = group("n_hundredths")
        return Quantity(Decimal(text) if text[0].isdigit() else parse_han(text) or Decimal(0), "%")
    if group("n_han_large"):
        return Quantity(*_parse_large(match))
    value = parse_han(group("n_han")) or Decimal(0)
    unit = (group("n_han_magnitude") or "") + group("n_han_unit")
    return Quantity(value, unit, group("n_han_more") or group("n_han_more2") or "")
