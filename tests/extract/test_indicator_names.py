"""Indicator names: filed under the standard name, trimmed to what is the name, split where they are listed."""

from __future__ import annotations

import pytest

from extract.indicators import (
    find_known,
    is_clause,
    is_generic,
    key_of,
    looks_like_name,
    plausible,
    resolve,
    split_names,
    tail_of,
    taxonomy,
    trim,
    trim_level,
)


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("固投", "固定资产投资"),
        ("固定资产投资总额", "固定资产投资"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("规模以上工业的增加值", "规模以上工业增加值"),
        ("社零", "社会消费品零售总额"),
        ("GDP", "地区生产总值"),
        ("地区生产总值(GDP)", "地区生产总值"),
    ],
)
def test_other_names_lead_to_the_standard_name(name: str, standard: str) -> None:
    assert resolve(name) == standard
    assert standard in taxonomy()


def test_an_unknown_name_leads_nowhere() -> None:
    assert resolve("花木种苗基地营收") is None


def test_what_differs_in_meaning_stays_apart() -> None:
    names = ["工业总产值", "规模以上工业总产值", "工业增加值", "规模以上工业增加值"]
    assert [resolve(name) for name in names] == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("规模以上工业增加值", "规上工业增加值"),
        ("“四上”企业", "四上企业"),
        ("农民人均的纯收入", "农民人均纯收入"),
        ("限额以上零售额", "限上零售额"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def trimmed(text: str) -> str:
    start, end = trim(text)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我镇固定资产投资", "固定资产投资"),
        ("全社会用电量", "全社会用电量"),
        ("实际利用外资", "实际利用外资"),
        ("我镇", ""),
    ],
)
def test_what_frames_a_name_is_taken_off(text: str, name: str) -> None:
    assert trimmed(text) == name


@pytest.mark.parametrize(("text", "name"), [("全镇固定资产投资", "固定资产投资"), ("全镇", "")])
def test_a_whole_town_is_taken_off_whole(text: str, name: str) -> None:
    assert trimmed(text) == name


@pytest.mark.parametrize(("text", "rest"), [("县下达", ""), ("市下达造林", "造林"), ("造林", "造林")])
def test_whose_task_it_is_belongs_to_no_name(text: str, rest: str) -> None:
    assert trim_level(text) == rest


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("饮料类、烟酒类", ["饮料类", "烟酒类"]),
        ("国税、地税和契税", ["国税", "地税", "契税"]),
        ("限上批发、零售业零售额", ["限上批发业零售额", "限上零售业零售额"]),
        ("国地税", ["国税", "地税"]),
        ("城乡居民人均可支配收入", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
    ],
)
def test_lists_are_split_and_share_their_head_and_tail(text: str, names: list[str]) -> None:
    assert split_names(text, len(names)) == names


def test_a_list_of_another_length_is_none() -> None:
    assert split_names("国税、地税、契税", 2) is None
    assert split_names("国税", 2) is None


def test_a_known_name_in_a_sentence_without_figures() -> None:
    text = "工业投资增势良好"
    found = find_known(text)
    assert found is not None
    assert text[slice(*found)] == "工业投资"
    assert find_known("形势良好") is None


@pytest.mark.parametrize(("name", "generic"), [("投资", True), ("收入", True), ("固定资产投资", False)])
def test_names_that_need_another(name: str, generic: bool) -> None:
    assert is_generic(name) is generic


@pytest.mark.parametrize(
    ("name", "fits"), [("税收", True), ("GDP", True), ("税", False), ("12", False), ("税" * 41, False)]
)
def test_what_can_be_a_name_at_all(name: str, fits: bool) -> None:
    assert plausible(name) is fits


@pytest.mark.parametrize(("name", "like"), [("花木种苗收入", True), ("固投", True), ("经济形势不断好转", False)])
def test_names_that_end_as_indicators_do(name: str, like: bool) -> None:
    assert looks_like_name(name) is like


def test_clauses_are_told_from_names() -> None:
    assert is_clause("不断加强")
    assert not is_clause("固定资产投资")


def test_the_noun_a_name_ends_in() -> None:
    assert tail_of("一般公共预算收入") == "收入"
    assert tail_of("绿化") == "绿化"
