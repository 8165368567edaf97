"""Texts made to be slow: twice of the same takes about twice as long, whatever it is.

Time is compared with time of the same run: the longer text may take at most MOST times what the shorter took (twice
is linear, four times quadratic), the better of several tries, and only where it takes long enough to be measured.
"""

from __future__ import annotations

import gc
import time

import pytest

from extract import find

MOST = 3.2
"""How many times longer the doubled text may take."""
MEASURABLE = 0.02
"""Seconds below which a text is quick enough."""
TRIES = 3
REPEATED = 600

UNITS: dict[str, str] = {
    "digits": "7" * 100,
    "full width digits": "７" * 100,
    "han digits": "一",
    "完成": "完成" * 30,
    "commas": "," * 100,
    "分别": "分别" * 30,
    "、": "、" * 100,
    "open brackets": "(" * 50,
    "brackets": "()" * 30,
    "percent signs": "%" * 100,
    "blanks": " " * 100,
    "lines": "\n" * 100,
    "points": "1.",
    "commas in digits": "1," * 10,
    "hyphens": "1-" * 10,
    "bars": "|" * 50,
    "cells": "1|2|" * 5,
    "rates": "5%、",
    "units in names": "投资(亿元) 5 ",
    "growth": "增长5%,",
    "places": "柳溪镇,",
    "town": "镇" * 10,
    "months": "1月",
    "years": "2016年",
    "last year": "比上年",
    "plans": "十五",
    "其中": "其中" * 10,
    "lists": "分别增长1%和2%、",
    "names": "甲乙、",
    "heads": "项目:",
    "values": "收入5亿元,",
    "values and rates": "税收5%",
    "sentences": "收入5亿元。",
    "nested values": "投资5亿元(",
    "short lines": "中\n",
    "lines of digits": "1\n",
    "tables": "指标 | 数\n",
    "rows": "a|b\n1|2\n",
    "columns one below the other": "指标\n完成\n同比%\n税收\n1\n2\n",
    "unit lines": "单位:万元\n",
    "without": "剔除",
    "large": "亿",
    "lists of bare numbers": "0.1、",
    "lists of bare amounts": "增长0、1、",
    "rows of a name and two figures": "甲 1 2\n",
    "items of a list": "\n1.老旧小区,",
}


def seconds(text: str) -> float:
    """The least processor's time of three readings without garbage collection, so that chance counts little."""
    gc.disable()
    try:
        spent = []
        for _ in range(3):
            start = time.process_time()
            find(text)
            spent.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(spent)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    find(unit * 10)
    ratios = []
    for _ in range(TRIES):
        short, long = seconds(unit * REPEATED), seconds(unit * REPEATED * 2)
        ratios.append(long / max(short, MEASURABLE / 4))
        if long < MEASURABLE or ratios[-1] < MOST:
            return
    pytest.fail(f"twice the text took {min(ratios):.1f} times as long: {unit[:20]!r}")


@pytest.mark.parametrize("unit", ["7", "完成", ",", "分别", "、", "(", "%", "增", "一"])
def test_a_very_long_line_of_one_word_gives_no_record(unit: str) -> None:
    findings = find(unit * (200_000 // len(unit)))
    assert findings.records == ()
