"""Places: whose report it is, and whose figure."""

from __future__ import annotations

import pytest

from extract import find
from extract.places import (
    find_places,
    is_place,
    level_of,
    looks_like_place,
    split_place,
    stem_of,
    without_mask,
)
from extract.town import find_town


def named(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in find_places(text)]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("柳溪镇", "town"),
        ("白杨乡", "town"),
        ("城关街道", "town"),
        ("示例县", "county"),
        ("云岭市", "city"),
        ("示例经开区", "park"),
        ("江滨区", "county"),
    ],
)
def test_levels(name: str, level: str) -> None:
    assert level_of(name) == level


def test_unknown_towns_are_found_at_the_head_of_a_clause() -> None:
    assert named("今年,柳溪镇完成税收5亿元,白杨乡完成3亿元") == ["柳溪镇", "白杨乡"]


@pytest.mark.parametrize("text", ["全镇完成税收", "各乡镇完成", "我县实现", "城镇居民收入", "工业园区建设", "示范区"])
def test_common_words_are_no_places(text: str) -> None:
    assert named(text) == []


def test_the_town_of_a_title_is_the_reports() -> None:
    assert find_town("示例县柳溪镇2016年上半年工作总结\n全镇完成税收5亿元。")[0] == "柳溪镇"


def test_a_report_without_a_place_has_none() -> None:
    assert find_town("全镇完成税收5亿元。")[0] is None


def test_a_town_named_again_and_again_is_the_reports() -> None:
    text = "上半年,柳溪镇抓项目。\n柳溪镇完成税收5亿元。\n柳溪镇工业增长5%。"
    assert find_town(text)[0] == "柳溪镇"


def test_a_place_before_a_name_is_taken_off() -> None:
    assert split_place("柳溪镇工业总产值", None) == ("柳溪镇", "工业总产值")
    assert split_place("工业总产值", None) == (None, "工业总产值")


def test_a_masked_place_is_taken_off() -> None:
    assert without_mask("xxx镇税收") == "税收"
    assert without_mask("税收") == "税收"


def test_a_stem_is_the_name_without_its_kind() -> None:
    assert stem_of("柳溪镇") == "柳溪"
    assert stem_of("城关街道") == "城关"


def test_the_reports_own_place_is_a_place_by_its_stem() -> None:
    assert is_place("柳溪", "柳溪镇")
    assert not is_place("税收", "柳溪镇")


@pytest.mark.parametrize(("text", "like"), [("白杨乡", True), ("经开区", True), ("全镇", False), ("税收", False)])
def test_what_is_built_like_a_place(text: str, like: bool) -> None:
    assert looks_like_place(text) is like


def test_each_record_gets_its_own_place() -> None:
    records = find("柳溪镇完成财政收入1260万元;白杨乡完成财政收入860万元。").records
    assert [(r.town, r.value) for r in records] == [("柳溪镇", 1260), ("白杨乡", 860)]


def test_a_report_on_several_towns_is_that_of_what_they_lie_in() -> None:
    text = "田林县六隆镇、利周乡、旧州镇茶园改造进度\n截至6月底,全县改造茶园2600亩,完成计划的71.4%。"
    assert find(text).town == "田林县"


def test_a_month_before_a_town_word_makes_no_town() -> None:
    assert find("1-9月城镇新增就业1642人，完成全年任务的84.2%。").town is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("永定县东滩新区前三季度重点工作完成情况\n1-9月,完成固定资产投资3.2亿元,同比增长8.1%。", "东滩新区"),
        ("上半年,武宁县仁郊工业园完成财政收入3.2亿元,同比增长8.1%。", "仁郊工业园"),
        ("关于官渚乡2018年1-8月财政预算执行情况的通报\n1-8月,完成财政收入3.2亿元。", "官渚乡"),
        ("本报讯 光厚新区抢抓工期,重点项目快速推进。截至9月底,完成投资3.2亿元。", "光厚新区"),
        ("记者从武侯区桐梓林街道办事处获悉,上半年完成税收3.2亿元,同比增长8.1%。", "桐梓林街道"),
        ("三厂镇一季度建筑业开局良好\n海门市三厂镇完成产值3.2亿元,增长8.1%。", "三厂镇"),
        ("上半年,醴陵市明月镇完成财政收入3.2亿元,同比增长8.1%。", "明月镇"),
        ("天山镇、巴彦花镇等镇进展较快。一季度末,阿鲁科尔沁旗牲畜存栏241万头,增长3.7%。", "阿鲁科尔沁旗"),
        ("甘肃日报讯 截至6月底,全省公路投资完成412亿元,占年计划的51%。", "甘肃省"),
        ("南安小城镇建设提速\n今年南安共安排小城镇项目172个,投资58.9亿元,占年计划的70%。", "南安市"),
    ],
)
def test_the_most_exact_place_that_a_report_is_of(text: str, town: str) -> None:
    assert find(text).town == town
