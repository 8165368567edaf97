"""Tables, colours, findings, samples and the list of pages."""

from __future__ import annotations

import math
import re
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

import assess
import export
from store import open_store
from tests.ui import factory
from ui import colours, findings, navigation, samples, tables


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    store = open_store(str(tmp_path_factory.mktemp("tables") / "reports.db"))
    factory.fill(store)
    return assess.records_frame(store.records())


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("lamp", colours.LAMPS.values(), ids=lambda lamp: lamp.state)
def test_every_lamp_is_readable_and_has_a_sign(lamp: colours.Lamp) -> None:
    assert contrast(lamp.cell, lamp.text) >= 7
    assert lamp.label == f"{lamp.sign} {lamp.state}"


@pytest.mark.parametrize("step", colours.GAP_STEPS, ids=lambda step: str(step[0]))
def test_every_shade_of_the_heat_map_is_readable(step: tuple[float, str, str]) -> None:
    assert contrast(step[1], step[2]) >= 4.5


# Machado, Oliveira and Fernandes 2009, severity 1: linear RGB as those without red or green cones see it.
BLIND: dict[str, tuple[tuple[float, float, float], ...]] = {
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.95047, 1.0, 1.08883)


def lab(colour: str, seen: tuple[tuple[float, float, float], ...]) -> tuple[float, float, float]:
    """CIELAB of a colour as somebody with that colour blindness sees it."""
    light = [min(max(part, 0), 1) for part in _times(seen, linear(colour))]
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (value / white for value, white in zip(_times(TO_XYZ, light), WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix: tuple[tuple[float, float, float], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


@pytest.mark.parametrize("sight", BLIND)
@pytest.mark.parametrize("pair", list(combinations((colours.RED, colours.YELLOW, colours.GREEN), 2)))
def test_the_lamps_differ_for_those_who_see_no_red_or_no_green(sight: str, pair: tuple[str, str]) -> None:
    assert math.dist(*(lab(colour, BLIND[sight]) for colour in pair)) >= 40


def test_every_state_has_a_lamp() -> None:
    assert set(colours.LAMPS) == {str(state) for state in assess.State}


def test_muted_text_is_readable_on_paper() -> None:
    assert contrast(colours.MUTED, colours.PAPER) >= 4.5


@pytest.mark.parametrize(
    ("gap", "shade"), [(-30, "#9B1C1C"), (-10.0, "#F2B705"), (-0.1, "#FBE7A8"), (0, "#DDF0F0"), (40, "#4FB0B1")]
)
def test_gap_shades_meet_at_their_limits(gap: float, shade: str) -> None:
    assert colours.gap_shade(gap)[0] == shade


def test_a_cell_without_a_figure_has_no_colour() -> None:
    assert colours.gap_shade(float("nan"))[0] == colours.PAPER


def test_overview_table_counts_headline_indicators_by_state(records: pd.DataFrame) -> None:
    rows = assess.overview(records)
    shown = tables.overview(rows)
    for words, total in zip(shown["指标分布"], rows["total"], strict=True):
        assert sum(int(count) for count in re.findall(r"\d+", words)) == total


@pytest.mark.parametrize(
    ("keys", "give"),
    [
        (tables.OVERVIEW_FILE, assess.overview),
        (tables.FIGURE_FILE, lambda rows: assess.assessed(rows).assign(others=50.0)),
        (tables.POINT_FILE, lambda rows: assess.timeline(rows, "石桥镇", "财政总收入")),
        (tables.CHANGE_FILE, assess.stated_and_computed),
    ],
    ids=["overview", "figures", "points", "changes"],
)
def test_downloads_have_chinese_heads_only(keys: tuple[str, ...], give, records: pd.DataFrame) -> None:
    lines = export.to_csv(tables.for_download(give(records), keys)).decode("utf-8-sig").splitlines()
    assert not re.search("[A-Za-z_]", lines[0])
    assert len(lines) > 1


def test_town_finding_counts_add_up(records: pd.DataFrame) -> None:
    rows = assess.assessed(assess.latest(records, "2025-09"))
    words = findings.town("柳溪镇", rows[rows["town"] == "柳溪镇"], "2025-09")
    total, *parts = (int(count) for count in re.findall(r"(\d+) 项", words))
    assert total == sum(parts) == len(factory.INDICATORS)


def test_changes_finding_counts_rises_and_falls() -> None:
    rows = pd.DataFrame({"yoy": [5.0, -3.0, None, 0.0], "computed": [5.0, 1.0, 2.0, 0.0], "conflict": [0, 1, 0, 0]})
    words = findings.changes("财政总收入", rows, "2025-09", "个乡镇")
    assert words == ("财政总收入：截至2025年9月，2 个乡镇增长、1 个乡镇下降、1 个乡镇持平；1 处报告所称与计算不一致")


def test_projection_finding_says_what_is_needed() -> None:
    projection = assess.project([(month, factory.Decimal(month * 7)) for month in (3, 6, 9)])
    words = findings.projection(projection)
    assert words.startswith("按目前进度，到年底可达 84.0%")
    assert "今后每月需 12.3 个百分点，此前每月 7 个百分点" in words
    assert "不作预测" in findings.projection(None)


def test_only_pages_that_exist_are_listed_in_the_order_of_the_table(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("data", "overview", "yoy"):
        (tmp_path / "pages" / f"{name}.py").touch()
    assert [entry.title for entry in navigation.existing(tmp_path)] == ["总览", "同比", "数据"]


def test_samples_load_once_and_are_marked(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "县"
    folder.mkdir(parents=True)
    text = "示例县柳溪镇2025年上半年，全镇完成固定资产投资4.36亿元，占年度任务的55.2%，同比增长17.8%。"
    (folder / "柳溪镇2025年上半年.txt").write_text(text, encoding="utf-8")
    (folder / "来源.md").write_text("不是报告", encoding="utf-8")
    store = open_store(str(tmp_path / "reports.db"))
    assert [samples.load(store, folder.parent) for _ in range(2)] == [1, 0]
    (report,) = store.reports()
    assert (report["origin"], report["who"]) == ("sample", "演示")
    assert store.has_sample()
