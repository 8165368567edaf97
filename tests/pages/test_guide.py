"""说明 through the frame: every formula is the program's, the coverage adds up, the log tells who changed what."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assess import Rules, Settings, State, Thresholds, records_frame
from assess.checks_rules import RULES
from extract import read_report
from extract.models import Missed
from store import open_store
from tests.pages.conftest import Opener
from tests.ui import factory
from ui import guide_tables

REPORT = (
    "2025年上半年，柳溪镇完成有效投资5.2亿元，同比增长12.4%，完成年度任务的61.3%。"
    "实现财政总收入3600万元，占全县的12.6%。产品合格率98.5%。"
)


def tables(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html") if 'class="guide"' in element.proto.body]


def headers(app: AppTest) -> list[str]:
    return [header.value for header in app.header]


@pytest.mark.parametrize("full", [True, False])
def test_it_opens_on_any_store(full: bool, opened: Opener, full_place: str, tmp_path: Path) -> None:
    app = opened(full_place if full else str(tmp_path / "empty.db"), "guide")
    assert not app.exception
    assert headers(app) == [
        "公式", "界限与状态（现在执行的）", "核查规则", "年底预测的检验（库中完整的年份）",
        "读取覆盖（库中现有的报告）", "限制", "更正日志", "版本",
    ]  # fmt: skip
    assert [found.label for found in app.get("download_button")] == ["下载本页"]


def test_an_empty_store_offers_the_way_to_fill_it(opened: Opener, tmp_path: Path) -> None:
    app = opened(str(tmp_path / "empty.db"), "guide")
    assert "上传报告" in [link.proto.label for link in app.get("page_link")]
    assert app.title[0].value == "说明：数字怎样算出，界限在哪里"


def test_every_formula_is_shown_with_meaning_example_and_source(opened: Opener, full_place: str) -> None:
    shown = tables(opened(full_place, "guide"))[0]
    assert shown.count("<tr>") == len(guide_tables.FORMULAS) + 1
    for one in guide_tables.FORMULAS:
        assert one.name in shown
        assert one.source in (guide_tables.COMMON, guide_tables.OURS)
        assert one.meaning
        assert one.example()


@pytest.mark.parametrize("program", sorted({one.program for one in guide_tables.FORMULAS}))
def test_the_function_that_a_formula_names_is_there(program: str) -> None:
    parts = program.split(".")
    module = importlib.import_module(".".join(parts[:2]))
    found: object = module
    for name in parts[2:]:
        found = getattr(found, name)
    assert found.__doc__


def test_the_published_cases_come_out() -> None:
    examples = {one.name: one.example() for one in guide_tables.FORMULAS}
    assert examples["序时进度"] == "3月末 25.0%，4月末 33.3%，6月末 50.0%，9月末 75.0%，11月末 91.7%"
    for words in ("43.2%：9.9 个百分点", "37.11%：12.11 个百分点", "53.3%：−21.7 个百分点"):
        assert words in examples["与序时进度差"]
    assert examples["各状态合计"].endswith("= 222")
    assert "目标 50,000 万元" in examples["推算目标值"]
    assert "计算 8.5%" in examples["计算同比"]
    assert "相差 1.5 个百分点，标出不一致" in examples["计算同比"]
    assert "按目前进度" in examples["年底预测"]
    assert not [text for text in examples.values() if "E+" in text or "nan" in text]


def test_every_state_has_its_rule_in_force(opened: Opener, full_place: str) -> None:
    shown = tables(opened(full_place, "guide"))[1]
    for state, rule in Thresholds().describe().items():
        assert f"{state.sign} {state}" in shown
        assert rule.replace("<", "&lt;") in shown
    rows = guide_tables.bands(Settings(Rules(Thresholds(3, -1, -6))))
    assert len(rows) == len(State) + 2
    assert "≥ +3 个百分点" in rows["完成率目标"].tolist()[1]


def test_the_projection_is_tested_on_the_years_that_are_complete(opened: Opener, full_place: str) -> None:
    app = opened(full_place, "guide")
    line = next(text.value for text in app.markdown if text.value.startswith("9月末预测"))
    count = len(factory.TOWNS) * len(factory.INDICATORS)
    assert f"9月末预测 {count} 次" in line
    shown = next(table for table in tables(app) if "先报的数" in table)
    assert shown.count("<tr>") == 4


def test_every_rule_of_the_checks_is_shown(opened: Opener, full_place: str) -> None:
    shown = tables(opened(full_place, "guide"))[2]
    assert shown.count("<tr>") == len(RULES) + 1


def test_coverage_is_that_of_the_reading(opened: Opener, tmp_path: Path) -> None:
    place, content = str(tmp_path / "store.db"), REPORT.encode()
    store, found = open_store(place), read_report("柳溪镇2025年上半年.txt", REPORT.encode())
    store.save_report(found, content, who="测试")
    want = found.coverage
    assert guide_tables.coverage(store.reports(), records_frame(store.records())) == want
    assert want["left_out"] >= 2
    app = opened(place, "guide")
    seen, recorded, left_out, unclear = (int(number) for number in re.findall(r"(\d+) 个", app.title[0].value))
    assert [seen, recorded, left_out, unclear] == list(want.values())
    assert seen == recorded + left_out + unclear
    why = next(shown for shown in tables(app) if "<th>原因</th><th>个数</th>" in shown)
    assert {one.reason for one in found.missed} == set(re.findall(r"<td>([^<]+)</td><td class", why))


def test_what_was_not_understood_is_listed(opened: Opener, full_place: str, tmp_path: Path) -> None:
    assert not any("没有看懂的数" in text.value for text in opened(full_place, "guide").markdown)
    place, made = str(tmp_path / "store.db"), factory.findings("柳溪镇", 2025, 6, [])
    unclear = Missed(0, 3, "90%", "<b>新办</b>事项达90%。", "未看懂的比率")
    open_store(place).save_report(replace(made, missed=(unclear,)), b"x", who="测试")
    app = opened(place, "guide")
    assert not app.exception
    assert "没有看懂的数（1 个）" in [words.value for words in app.markdown]
    assert any("&lt;b&gt;新办" in shown for shown in tables(app))
    assert not [body for body in tables(app) if "<b>" in body]


def test_the_log_tells_who_changed_what(opened: Opener, tmp_path: Path) -> None:
    place = str(tmp_path / "store.db")
    store = open_store(place)
    made = factory.findings("柳溪镇", 2025, 6, factory.figures_of(0, 2025, 6)[:1])
    store.save_report(made, made.document.text.encode(), who="测试")
    number = store.records()[0]["id"]
    store.correct_record(number, {"completion": "41.5"}, who="复核员", why="看错一位")
    store.set_setting("area", "示例县", who="管理员")
    log = opened(place, "guide").dataframe[0].value
    assert log["操作人"].tolist()[0] == "管理员"
    row = log[log["操作人"] == "复核员"].iloc[0]
    assert (row["记录编号"], row["新值"], row["原因"]) == (str(number), "41.5", "看错一位")


def test_the_version_is_that_of_the_program(opened: Opener, full_place: str) -> None:
    text = next(found.value for found in opened(full_place, "guide").markdown if found.value.startswith("程序"))
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'^version = "(.+)"', project, re.MULTILINE)[1] in text


def test_limits_name_the_programs_numbers() -> None:
    text = "".join(guide_tables.limits()["限制"])
    for number in ("50 MB", "1,048,575 行", "2 个月以内", "40 项"):
        assert number in text
