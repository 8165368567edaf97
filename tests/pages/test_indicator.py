"""指标 through the frame: rank and change, what is beside the bars, evidence, the URL; and the 通报 of 总览."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from export import bulletin as bulletins
from store import open_store
from tests.pages.conftest import Opener
from tests.ui import factory
from ui import bulletin_parts, charts, indicator_parts

INDICATOR = "固定资产投资"


def figure(app: AppTest) -> dict:
    (found,) = app.get("plotly_chart")
    return json.loads(found.proto.spec)


def headers(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


def test_empty_store_offers_the_action_that_fills_it(opened: Opener, tmp_path: Path) -> None:
    app = opened(str(tmp_path / "empty.db"), "indicator")
    assert not app.exception
    assert app.title[0].value == "还没有数据"


def test_title_counts_add_up(opened: Opener, full_place: str) -> None:
    title = opened(full_place, "indicator", indicator=INDICATOR).title[0].value
    total, parts = re.search(r"：(\d+) 个乡镇中(.+?)；", title).groups()
    assert int(total) == len(factory.TOWNS) == sum(int(count) for count in re.findall(r"(\d+) 个", parts))
    assert "未报 1 个" in parts


def test_rows_are_ranked_by_gap_with_value_beside_per_cent(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "indicator", indicator=INDICATOR)
    table = app.dataframe[0].value
    assert table["名次"].tolist() == list(range(1, 8))
    assert table["与序时差（百分点）"].is_monotonic_decreasing
    drawn = figure(app)
    beside = next(trace["text"] for trace in drawn["data"] if trace["name"] == charts.BESIDE)[::-1]
    for text, amount, gap in zip(beside, table["数值"], table["与序时差（百分点）"], strict=True):
        assert f"%　{amount}　{'快' if gap > 0 else '慢'}" in text
        assert "较上次" in text
    assert [name.split()[1] for name in drawn["layout"]["yaxis"]["ticktext"]][::-1] == [str(at) for at in range(1, 8)]
    assert "梅坞乡" not in table["乡镇"].tolist()
    assert "1 个乡镇没有这项指标的近期数字" in headers(app)


def test_change_is_against_the_towns_report_before(opened: Opener, full_place: str) -> None:
    table = opened(full_place, "indicator", indicator=INDICATOR).dataframe[0].value.set_index("乡镇")
    before = opened(full_place, "indicator", indicator=INDICATOR, period="2025-06").dataframe[0].value.set_index("乡镇")
    towns = table.index.tolist()
    gap = "与序时差（百分点）"
    assert (table[gap] - before.loc[towns, gap]).round(4).tolist() == table["较上次（百分点）"].round(4).tolist()


def test_rank_change_is_an_arrow() -> None:
    assert [indicator_parts.moved(change) for change in (2.0, -1.0, 0.0, float("nan"))] == ["↑2", "↓1", "→", ""]


def test_a_town_that_overtook_another_shows_it(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    store = open_store(place)
    shares = {"柳溪镇": ("30.0", "70.0"), "石桥镇": ("26.0", "80.0")}
    for town, (first, second) in shares.items():
        for month, share in ((3, first), (9, second)):
            one = factory.Figure(INDICATOR, factory.Decimal(5), "亿元", factory.Decimal(share))
            made = factory.findings(town, 2025, month, [one])
            store.save_report(made, made.document.text.encode(), who="测试")
    table = opened(place, "indicator").dataframe[0].value
    assert table[["乡镇", "名次", "名次变化", "较上次（百分点）"]].to_numpy().tolist() == [
        ["石桥镇", 1, "↑1", 4.0],
        ["柳溪镇", 2, "↓1", -10.0],
    ]


def test_expected_figures_are_hollow_and_not_ranked(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "indicator", indicator=INDICATOR)
    assert "预计数（1 条，不参加排名）" in headers(app)
    hoped = app.dataframe[1].value
    assert hoped["乡镇"].tolist() == ["石桥镇"]
    assert "名次" not in hoped
    marks = figure(app)["data"][-1]
    assert (marks["name"], marks["marker"]["symbol"], marks["x"]) == ("预计", "circle-open", [93.0])
    assert len(app.dataframe[0].value) == 7


def test_every_bar_leads_to_its_sentence(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "indicator", indicator=INDICATOR)
    numbers = [row[0] for row in figure(app)["data"][1]["customdata"]]
    app = opened(full_place, "indicator", indicator=INDICATOR, record=str(numbers[0]))
    shown = next(element.proto.body for element in app.get("html") if 'class="evidence"' in element.proto.body)
    assert INDICATOR in shown


def test_box_writes_the_url(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "indicator", town="石桥镇", period="2025-06")
    app = app.selectbox(key="pick-indicator").set_value("财政总收入").run()
    assert app.query_params == {"town": "石桥镇", "period": "2025-06", "indicator": "财政总收入"}
    assert app.title[0].value.startswith("财政总收入：")


def test_what_nobody_knows_falls_back(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "indicator", indicator="<b>无", period="2099-99")
    assert not app.exception
    assert "8 个乡镇中" in app.title[0].value


def test_download_has_rank_sentence_and_report(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "indicator", indicator=INDICATOR)
    assert [found.label for found in app.get("download_button")] == ["下载本页数据"]
    rows = indicator_parts.rows_of(INDICATOR, "2025-09")
    assert set(indicator_parts.FILE) <= set(rows.columns)
    assert rows["sentence"].str.contains(INDICATOR).all()


def test_an_indicator_without_completions_shows_its_values(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    made = factory.findings("柳溪镇", 2025, 9, factory.figures_of(0, 2025, 9)[:1])
    bare = [record.__class__(**{**_fields(record), "completion": None, "basis": None}) for record in made.records]
    open_store(place).save_report(made, b"x", who="测试", records=bare)
    app = opened(place, "indicator")
    assert not app.exception
    assert app.dataframe[0].value["乡镇"].tolist() == ["柳溪镇"]
    assert not app.get("plotly_chart")


def _fields(record: object) -> dict:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}  # type: ignore[attr-defined]


def test_overview_opens_the_bulletin(opened: Opener, full_place: str) -> None:
    app = opened(full_place)
    app = app.button(key="make-bulletin").click().run()
    assert not app.exception
    labels = [found.label for found in app.get("download_button")]
    assert labels[-2:] == ["下载 Word", "下载 Excel"]
    (counts,) = [text.value for text in app.markdown if "合计" in text.value]
    parts, total = re.search(r"：(.+)，合计 (\d+) 项", counts).groups()
    assert sum(map(int, re.findall(r"(\d+) 项", parts))) == int(total)


def test_a_bulletin_of_nothing_is_not_offered(opened: Opener, full_place: str) -> None:
    app = opened(full_place)
    app.session_state["bulletin-towns"] = []
    app = app.button(key="make-bulletin").click().run()
    assert not app.exception
    assert app.info[0].value == "请至少选择一个乡镇和一项指标。"
    assert "下载 Word" not in [found.label for found in app.get("download_button")]


def test_the_bulletin_shows_what_the_pages_show(full_place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOWN_PROGRESS_STORE", full_place)
    said = bulletin_parts.made("2025-09", factory.TOWNS, [INDICATOR], "示例县")
    rows = indicator_parts.rows_of(INDICATOR, "2025-09").set_index("town")
    table = bulletins.tables(said)[bulletins.FIGURES].set_index("乡镇")
    assert table.loc[rows.index, "名次"].tolist() == rows["rank"].tolist()
    assert table.loc[rows.index, "状态"].tolist() == rows["state"].tolist()
    assert pd.isna(table.loc["梅坞乡", "名次"])
    assert bulletins.tables(said)[bulletins.EXPECTED]["乡镇"].tolist() == ["石桥镇"]
