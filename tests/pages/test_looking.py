"""The four looking pages through the frame, on an empty and on a full store."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from store import Store, open_store
from tests.pages.conftest import DASHBOARD, Opener
from tests.ui import factory
from ui import navigation, reading

LOOKING = ("overview", "town", "timeline", "yoy")


def htmls(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


def figures(app: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def button(app: AppTest, words: str):
    return next(found for found in app.button if words in found.label)


@pytest.mark.parametrize("page", LOOKING)
def test_empty_store_offers_the_action_that_fills_it(page: str, opened: Opener, tmp_path: Path) -> None:
    app = opened(str(tmp_path / "empty.db"), page)
    assert not app.exception
    assert app.title[0].value == "还没有数据"
    assert [found.label for found in app.button] == ["载入演示数据"]


@pytest.mark.parametrize("page", LOOKING)
def test_full_store_shows_cut_off_reports_and_download(page: str, opened: Opener, full_place: str) -> None:
    app = opened(full_place, page)
    assert not app.exception
    head = next(body for body in htmls(app) if 'class="year"' in body)
    assert "数据截止 2025年9月" in head
    assert int(re.search(r"依据 (\d+) 份报告", head)[1]) > 0
    assert "全年时间已过 75.0%" in head
    assert [found.label for found in app.get("download_button")] == ["下载本页数据"]


@pytest.mark.parametrize("page", LOOKING)
def test_a_cut_off_in_the_url_is_obeyed(page: str, opened: Opener, full_place: str) -> None:
    app = opened(full_place, page, period="2024-06")
    assert not app.exception
    assert any("数据截止 2024年6月" in body for body in htmls(app))


@pytest.mark.parametrize("page", LOOKING)
def test_what_the_url_names_and_nobody_knows_falls_back(page: str, opened: Opener, full_place: str) -> None:
    app = opened(full_place, page, town="<b>无此镇</b>", indicator="无此指标", period="2099-99", state="无", by="无")
    assert not app.exception
    assert any("数据截止 2025年9月" in body for body in htmls(app))


@pytest.mark.parametrize("page", LOOKING)
def test_links_to_pages_exist_and_carry_the_selection(page: str, opened: Opener, full_place: str) -> None:
    app = opened(full_place, page, town="石桥镇", indicator="财政总收入", period="2025-06")
    for link in app.get("page_link"):
        carried = parse_qs(link.proto.query_string)
        assert carried["town"] == ["石桥镇"]
        assert carried["period"] == ["2025-06"]
        name = link.proto.page or "overview"
        assert (Path(__file__).parents[2] / "pages" / f"{name}.py").is_file()


def test_overview_counts_add_up(opened: Opener, full_place: str) -> None:
    title = opened(full_place).title[0].value
    assert "8 个乡镇中" in title
    assert sum(int(count) for count in re.findall(r"(\d+) 个(?!乡镇)", title)) == len(factory.TOWNS)


def test_overview_needs_no_plotly(opened: Opener, full_place: str) -> None:
    assert not opened(full_place).get("plotly_chart")


def test_overview_filter_by_state(opened: Opener, full_place: str) -> None:
    app = opened(full_place, state="未报")
    table = app.dataframe[0].value
    assert table["乡镇"].tolist() == ["梅坞乡"]
    assert table["状态"].tolist() == ["○ 未报"]
    pills = app.get("button_group")[0]
    assert "○ 未报 1" in pills.options


def test_overview_names_who_has_not_reported(opened: Opener, full_place: str) -> None:
    app = opened(full_place)
    assert "1 个乡镇还没有2025年9月的报告" in [header.value for header in app.header]
    assert "梅坞乡（最近 2025年6月）" in [text.value for text in app.markdown]


def with_a_silent_town(place: Path) -> str:
    """Two towns with reports in 2025, and one whose last report is of March 2021."""
    store = open_store(str(place))
    factory.fill(store, towns=2, last=(2025, 6))
    made = factory.findings("远山乡", 2021, 3, factory.figures_of(2, 2021, 3))
    store.save_report(made, made.document.text.encode(), who="测试")
    return str(place)


def test_overview_does_not_wait_for_a_town_silent_for_two_years(opened: Opener, tmp_path: Path) -> None:
    place = with_a_silent_town(tmp_path / "store.db")
    app = opened(place)
    assert "2 个乡镇中" in app.title[0].value
    assert "远山乡" not in app.dataframe[0].value["乡镇"].tolist()
    assert any("另有 1 个乡镇" in text.value and "远山乡（最近 2021年3月）" in text.value for text in app.markdown)
    app = app.toggle[0].set_value(True).run()
    assert app.query_params["all"] == "1"
    assert "3 个乡镇中" in app.title[0].value
    assert "未报 1 个" in app.title[0].value


def test_overview_of_an_old_cut_off_waits_for_the_towns_of_that_time(opened: Opener, tmp_path: Path) -> None:
    app = opened(with_a_silent_town(tmp_path / "store.db"), period="2021-03")
    assert app.dataframe[0].value["乡镇"].tolist() == ["远山乡"]


def test_town_steps_pass_a_silent_town_over_and_its_page_leads_to_its_month(opened: Opener, tmp_path: Path) -> None:
    place = with_a_silent_town(tmp_path / "store.db")
    steps = [found.label for found in opened(place, "town", town="石桥镇").button if "一镇" in found.label]
    assert steps == ["上一镇（柳溪镇）", "下一镇（柳溪镇）"]
    app = button(opened(place, "town", town="远山乡"), "看截至2021年3月").click().run()
    assert app.query_params["period"] == "2021-03"
    assert figures(app)


def test_overview_heat_map_has_every_town_and_indicator(opened: Opener, full_place: str) -> None:
    heat = opened(full_place).dataframe[1].value
    assert set(heat.index) == set(factory.TOWNS)
    assert set(heat.columns) == {indicator for indicator, *_ in factory.INDICATORS}


def test_town_gauges_are_one_figure_on_one_scale(opened: Opener, full_place: str) -> None:
    gauges, bullets = figures(opened(full_place, "town", town="柳溪镇"))
    assert len(gauges["data"]) == 6
    assert {tuple(trace["gauge"]["axis"]["range"]) for trace in gauges["data"]} == {(0, 120)}
    assert {trace["gauge"]["threshold"]["value"] for trace in gauges["data"]} == {75.0}
    assert len(bullets["data"][1]["y"]) == len(factory.INDICATORS) - 6


def test_town_gauge_button_opens_the_sentence(opened: Opener, full_place: str) -> None:
    app = button(opened(full_place, "town", town="柳溪镇"), "查看原文").click().run()
    assert "record" in app.query_params
    shown = next(body for body in htmls(app) if 'class="evidence"' in body)
    assert shown.count("<mark") >= 3
    assert app.get("dialog")


def test_town_next_writes_the_url(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "town", town="柳溪镇")
    words = next(found.label for found in app.button if "下一镇" in found.label)
    app = button(app, "下一镇").click().run()
    assert app.query_params["town"] in words
    assert app.title[0].value.startswith(app.query_params["town"])


def test_town_box_writes_the_url(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "town", town="柳溪镇")
    app = app.selectbox(key="pick-town").set_value("青湖镇").run()
    assert app.query_params["town"] == "青湖镇"
    assert app.title[0].value.startswith("青湖镇")


def test_town_without_a_report_in_the_year(opened: Opener, full_place: str) -> None:
    store = open_store(full_place)
    made = factory.findings("偏远乡", 2024, 3, factory.figures_of(0, 2024, 3))
    store.save_report(made, made.document.text.encode(), who="测试", origin="sample")
    app = opened(full_place, "town", town="偏远乡")
    store.delete_sample()
    assert not app.exception
    assert app.title[0].value == "偏远乡：2025年截至9月没有报告"


def test_evidence_of_an_unknown_record_is_told(opened: Opener, full_place: str) -> None:
    for asked in ("999999", "x", "-1", "9" * 30):
        app = opened(full_place, "town", record=asked)
        assert not app.exception
        assert "没有编号为" in app.warning[0].value


def test_evidence_is_escaped(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    hostile = factory.Figure("<script>x</script>", factory.Decimal(5), "亿元", factory.Decimal("50.0"))
    made = factory.findings("柳溪镇", 2025, 6, [hostile])
    open_store(place).save_report(made, made.document.text.encode(), who="测试")
    app = opened(place, "town", record="1")
    shown = next(body for body in htmls(app) if 'class="evidence"' in body)
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_timeline_shows_years_pace_expected_and_projection(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "timeline", town="石桥镇", indicator="固定资产投资")
    completion, values, towns = figures(app)
    assert [trace["name"] for trace in completion["data"]] == [
        "序时进度",
        "2024年",
        "2025年",
        "2025年预计",
        "按目前进度",
    ]
    assert "目标值" in [trace["name"] for trace in values["data"]]
    ranges = {tuple(axis["range"]) for name, axis in towns["layout"].items() if name.startswith("yaxis")}
    assert len(ranges) == 1
    assert "按目前进度，年底可达" in app.title[0].value


def test_timeline_keeps_the_choice_in_the_url(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "timeline", town="石桥镇")
    app = app.selectbox(key="pick-indicator").set_value("财政总收入").run()
    assert app.query_params == {"town": "石桥镇", "indicator": "财政总收入"}
    assert app.title[0].value.startswith("石桥镇财政总收入")


@pytest.mark.parametrize(("by", "rows"), [("town", len(factory.TOWNS)), ("indicator", len(factory.INDICATORS))])
def test_yoy_by_town_and_by_indicator(by: str, rows: int, opened: Opener, full_place: str) -> None:
    app = opened(full_place, "yoy", town="石桥镇", indicator="固定资产投资", by=by)
    assert len(app.dataframe[0].value) == rows
    stated, computed = figures(app)[0]["data"]
    assert (stated["name"], computed["name"]) == ("报告所称", "按数值计算")
    assert "报告所称与计算不一致" in app.title[0].value


def test_yoy_lists_months_missing_last_year(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    store = open_store(place)
    for year, month in ((2024, 3), (2025, 3), (2025, 6)):
        made = factory.findings("柳溪镇", year, month, factory.figures_of(0, year, month)[:1])
        store.save_report(made, made.document.text.encode(), who="测试")
    app = opened(place, "yoy")
    assert "柳溪镇 · 规模以上工业总产值：2024年6月" in [text.value for text in app.markdown]


def sample_store(place: str) -> Store:
    store = open_store(place)
    factory.fill(store, towns=2, last=(2024, 6), origin="sample")
    return store


def test_sample_banner_clears_with_one_click(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    store = sample_store(place)
    app = opened(place)
    assert any(text.value.startswith("**演示**") for text in app.markdown)
    app = button(app, "清除演示数据").click().run()
    assert not app.exception
    assert store.reports() == []
    assert app.title[0].value == "还没有数据"


def test_a_write_renews_what_is_shown(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    store = sample_store(place)
    app = opened(place)
    assert "2 个乡镇" in app.title[0].value
    made = factory.findings("新开镇", 2024, 6, factory.figures_of(3, 2024, 6))
    store.save_report(made, made.document.text.encode(), who="测试")
    assert "3 个乡镇" in app.run().title[0].value


def test_directions_come_from_the_taxonomy() -> None:
    assert reading.directions()["地区生产总值"].lower_is_better is False
    assert any(direction.lower_is_better for direction in reading.directions().values())


def test_the_first_link_after_a_start_shows_its_page_in_the_frame(
    full_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit runs the page's own script then; the page begins the run again in the frame."""
    monkeypatch.setenv("TOWN_PROGRESS_STORE", full_place)
    app = AppTest.from_file(str(DASHBOARD), default_timeout=60).run().switch_page("pages/yoy.py").run()
    assert not app.exception
    assert app.title
    assert len(app.get("page_link")) >= len(navigation.existing())


def test_yoy_draws_values_of_like_units_on_one_axis(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    store = open_store(place)
    for town, value, unit in (("柳溪镇", "6.2", "亿元"), ("云岭镇", "4.1", "亿元"), ("石桥镇", "51000", "万元")):
        figure = factory.Figure("固定资产投资", factory.Decimal(value), unit, factory.Decimal(50), factory.Decimal(8))
        made = factory.findings(town, 2025, 6, [figure])
        store.save_report(made, made.document.text.encode(), who="测试")
    _, pairs = figures(opened(place, "yoy", indicator="固定资产投资"))
    assert sorted(pairs["data"][0]["x"]) == pytest.approx([4.1, 5.1, 6.2])
