"""Which indicators become gauges: the best known of those that are commonly reported."""

from __future__ import annotations

import pandas as pd
import pytest

from ui import headlines


def newest(**towns: int) -> pd.DataFrame:
    """For each indicator as many towns as told, each with a completion and a gap."""
    rows = [(name, f"镇{number}", 50.0, 0.0) for name, count in towns.items() for number in range(count)]
    return pd.DataFrame(rows, columns=["indicator", "town", "completion", "gap"])


def test_the_best_known_go_before_what_more_towns_report() -> None:
    rows = newest(城镇新增就业=8, 固定资产投资=6, 地区生产总值=5)
    assert headlines.of_county(rows) == ["地区生产总值", "固定资产投资", "城镇新增就业"]


def test_a_known_indicator_that_few_towns_report_waits() -> None:
    rows = newest(城镇新增就业=8, 地区生产总值=3)
    assert headlines.of_county(rows) == ["城镇新增就业", "地区生产总值"]


def test_of_like_indicators_the_one_that_more_towns_report_is_taken_first() -> None:
    rows = newest(规模以上工业总产值=4, 规模以上工业增加值=6, 固定资产投资=6)
    assert headlines.of_county(rows, limit=2) == ["规模以上工业增加值", "固定资产投资"]


@pytest.mark.parametrize("column", ["completion", "gap"])
def test_what_cannot_be_compared_with_the_pace_is_no_headline(column: str) -> None:
    rows = newest(地区生产总值=4, 固定资产投资=4)
    rows.loc[rows["indicator"] == "地区生产总值", column] = float("nan")
    assert headlines.of_county(rows) == ["固定资产投资"]


def test_nothing_reported_gives_no_headline() -> None:
    assert headlines.of_county(newest()) == []


def test_a_town_shows_the_county_s_headlines_then_known_ones_then_its_own() -> None:
    own = ["拆除违法建筑", "工业投资", "实际使用外资", "税收收入"]
    assert headlines.of_town(own, ["税收收入", "地区生产总值"], limit=3) == ["税收收入", "实际使用外资", "工业投资"]
    assert headlines.of_town(own, [])[-1] == "拆除违法建筑"
