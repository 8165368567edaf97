"""Every page on a million records: 140 towns, 60 indicators, every month of ten years. Run it with ``-m large -s``.

The store takes minutes to fill, so it is kept where TOWN_PROGRESS_LARGE names a file; times are printed, not asserted.
"""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from store import Store, open_store
from tests.pages.conftest import Opener
from tests.ui import factory
from ui import navigation

pytestmark = pytest.mark.large

TOWNS = [f"{first}{second}镇" for first in "柳石云白青长南梅东西北" for second in "溪桥岭沙湖堤屏坞塘坪洲湾河"][:140]
YEARS = range(2016, 2026)
INDICATORS = 60
GROWTH, WRONG = Decimal("1.05"), 0.01
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


def fill(store: Store) -> None:
    """Figures that agree with each other, but for one change in a hundred."""
    rng = Random(11)
    names = [f"{name}{suffix}" for suffix in ("", "甲", "乙", "丙", "丁", "戊") for name, *_ in factory.INDICATORS]
    for town in TOWNS:
        speeds = [Decimal(rng.randint(70, 125)) / 100 for _ in range(INDICATORS)]
        for year in YEARS:
            for month in range(1, 13):
                figures = [
                    _figure(name, Decimal(1000 + at), speed, year, month, rng)
                    for at, (name, speed) in enumerate(zip(names[:INDICATORS], speeds, strict=True))
                ]
                made = factory.findings(town, year, month, figures)
                store.save_report(made, made.document.text.encode(), who="测试")


def _figure(name: str, target: Decimal, speed: Decimal, year: int, month: int, rng: Random) -> factory.Figure:
    completion = Decimal(month) / 12 * 100 * speed
    value = target * GROWTH ** (year - YEARS[0]) * completion / 100
    change = (GROWTH - 1) * 100 if rng.random() > WRONG else Decimal(rng.randint(-30, 30))
    return factory.Figure(name, value.quantize(_CENT), "万元", completion.quantize(_TENTH), change.quantize(_TENTH))


@pytest.fixture(scope="module")
def large_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = os.environ.get("TOWN_PROGRESS_LARGE") or str(tmp_path_factory.mktemp("large") / "reports.db")
    if not Path(place).is_file():
        fill(open_store(place))
    assert open_store(place).count_records() == len(TOWNS) * len(YEARS) * 12 * INDICATORS
    return place


@pytest.mark.parametrize("page", [entry.name for entry in navigation.existing()])
def test_a_page_opens_on_a_million_records(page: str, opened: Opener, large_place: str) -> None:
    took = []
    for _ in range(2):
        start = time.perf_counter()
        app = opened(large_place, page, period="2025-09")
        took.append(time.perf_counter() - start)
        assert not app.exception
        assert app.title or app.dataframe
    print(f"\n{page}: first {took[0]:.1f} s, again {took[1]:.1f} s")
