"""What belongs together in a text: one behaviour a test, told as indicator and figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract import Document, Record, find


def records(text: str) -> list[Record]:
    return list(find(text).records)


def only(text: str) -> Record:
    """The one record of a text."""
    (record,) = records(text)
    return record


def figures(text: str, role: str) -> list[tuple[str, float | None]]:
    """Indicator and figure of every record."""
    return [(r.indicator, None if getattr(r, role) is None else float(getattr(r, role))) for r in records(text)]


def test_value_completion_and_change_make_one_record() -> None:
    record = only("固定资产投资5.2亿元,同比增长12.4%,占年计划的61.3%。")
    assert (record.value, record.yoy, record.completion) == (Decimal("5.2"), Decimal("12.4"), Decimal("61.3"))


def test_words_between_do_not_part_them() -> None:
    record = only("固定资产投资完成5.2亿元,虽受天气影响,仍占年计划的61.3%。")
    assert (record.value, record.completion) == (Decimal("5.2"), Decimal("61.3"))


def test_the_order_may_be_turned() -> None:
    record = only("固定资产投资同比增长17.8%,达到31100万元,占年计划的58.2%。")
    assert (record.value, record.yoy, record.completion) == (31100, Decimal("17.8"), Decimal("58.2"))


def test_a_fall_is_negative() -> None:
    assert only("固定资产投资下降12.4%。").yoy == Decimal("-12.4")


def test_a_growth_that_is_printed_negative_stays_negative() -> None:
    assert only("固定资产投资同比增长-7.0%。").yoy == Decimal("-7.0")


@pytest.mark.parametrize(
    ("text", "yoy"),
    [
        ("固定资产投资同比增长1.5倍。", 150),
        ("固定资产投资翻一番。", 100),
        ("固定资产投资翻两番。", 300),
        ("固定资产投资与去年同期持平。", 0),
    ],
)
def test_growth_in_words(text: str, yoy: int) -> None:
    assert only(text).yoy == yoy


def test_what_exceeds_the_target_is_added_to_100() -> None:
    record = only("固定资产投资超额完成年度任务12%。")
    assert record.completion == 112
    assert "超额折算" in record.flags


def test_a_stated_target_is_kept() -> None:
    record = only("固定资产投资完成17.8亿元,完成年任务75亿元的23.7%。")
    assert (record.target, record.target_unit, record.target_from) == (75, "亿元", "stated")
    assert (record.value, record.completion) == (Decimal("17.8"), Decimal("23.7"))


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("占年计划的", "annual"),
        ("完成半年目标的", "half"),
        ("为年初预算的", "budget"),
        ("占计划的", "plan"),
    ],
)
def test_which_target_is_meant(words: str, basis: str) -> None:
    assert only(f"固定资产投资完成5.2亿元,{words}61.3%。").basis in {basis, *({"annual"} if basis == "budget" else ())}


def test_shared_out_by_position() -> None:
    text = "国税、地税分别完成1.2亿元、0.8亿元,分别增长3.7%和4.5%。"
    assert [(float(r.value or 0), float(r.yoy or 0)) for r in records(text)] == [(1.2, 3.7), (0.8, 4.5)]


def test_shared_out_without_the_word() -> None:
    assert figures("工业投资和民间投资增长3.7%和4.5%。", "yoy") == [("工业投资", 3.7), ("民间投资", 4.5)]


def test_what_is_shared_out_is_flagged() -> None:
    assert all("并列对应" in r.flags for r in records("工业投资和民间投资分别增长3.7%和4.5%。"))


def test_a_part_is_a_record_of_its_own() -> None:
    assert figures("固定资产投资5.2亿元,其中,工业投资1.7亿元。", "value") == [("固定资产投资", 5.2), ("工业投资", 1.7)]


def test_the_subject_is_taken_over_from_the_clause_before() -> None:
    text = "1-6月,固定资产投资增长5.1%,其中6月当月下降24.5%。"
    assert figures(text, "yoy") == [("固定资产投资", 5.1), ("固定资产投资", -24.5)]


def test_the_month_and_the_months_so_far_are_two_periods() -> None:
    text = "2016年1-6月,固定资产投资增长5.1%,其中6月当月下降24.5%。"
    assert [(r.period_start, r.period_end) for r in records(text)] == [("2016-01", "2016-06"), ("2016-06", "2016-06")]


def test_the_period_carries_over_to_the_next_sentence() -> None:
    text = "2016年上半年,固定资产投资增长5.1%。税收收入增长3%。"
    assert {(r.period_start, r.period_end) for r in records(text)} == {("2016-01", "2016-06")}


def test_the_year_comes_from_the_file_name_last() -> None:
    record = find(Document(name="柳溪镇2019年总结.txt", text="上半年,固定资产投资增长5.1%。")).records[0]
    assert (record.period_start, record.period_end) == ("2019-01", "2019-06")
    assert any("文件名" in flag for flag in record.flags)


def test_without_a_year_the_period_is_open() -> None:
    record = only("上半年,固定资产投资增长5.1%。")
    assert (record.period_start, record.period_end) == (None, None)
    assert record.flags


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("固定资产投资完成5.2亿元,增长5%。", "actual"),
        ("预计全年固定资产投资增长5%。", "expected"),
        ("力争全年固定资产投资增长5%。", "planned"),
    ],
)
def test_done_expected_and_planned_are_kept_apart(text: str, status: str) -> None:
    assert only(text).status == status


def test_what_stands_under_a_heading_of_plans_is_planned() -> None:
    text = "一、上半年工作回顾\n固定资产投资增长5%。\n二、下半年工作打算\n固定资产投资增长8%。"
    assert [r.status for r in records(text)] == ["actual", "planned"]


def test_the_sentence_and_the_bounds_are_those_of_the_text() -> None:
    text = "会议召开。固定资产投资５．２亿元，增长５％。会议结束。"
    record = only(text)
    assert record.sentence == "固定资产投资５．２亿元，增长５％。"
    assert text[record.start : record.end] == "固定资产投资５．２亿元，增长５％"


def test_a_lost_percent_sign_in_a_list_is_flagged() -> None:
    text = "固定资产投资5.2亿元,占年计划的58.2,同比增长3%。"
    record = records(text)[0]
    assert record.completion == Decimal("58.2")
    assert "缺％号" in record.flags


@pytest.mark.parametrize(
    "text",
    [
        "服务业增加值占GDP比重达到38.6%。",
        "产品合格率98%。",
        "固定资产投资高于序时进度3.82个百分点。",
        "固定资产投资环比增长5%。",
        "固定资产投资年均增长5%。",
        "固定资产投资占全县的60.4%。",
        "固定资产投资比2010年增长2.1倍。",
    ],
)
def test_what_is_no_rate_is_left_out_with_a_reason(text: str) -> None:
    findings = find(text)
    assert [r for r in findings.records if r.completion is not None or r.yoy is not None] == []
    assert findings.missed
    assert all(missed.understood and missed.reason for missed in findings.missed)


def test_what_is_not_understood_is_missed_and_not_dropped() -> None:
    (missed,) = find("成交38.2%。").missed
    assert (missed.text, missed.understood) == ("38.2%", False)


def test_a_second_rate_on_another_basis_is_its_own_record() -> None:
    text = "一般公共预算收入增长5.1%,剔除减税因素增长8.3%。"
    assert figures(text, "yoy") == [("一般公共预算收入", 5.1), ("一般公共预算收入", 8.3)]


def test_the_main_period_and_town_of_a_report() -> None:
    findings = find("示例县柳溪镇2016年上半年工作总结\n全镇固定资产投资增长5.1%,税收收入增长3%。")
    assert findings.town == "柳溪镇"
    assert (findings.period.start, findings.period.end) == ("2016-01", "2016-06")


def test_name_and_unit_stand_as_the_report_writes_them_and_are_filed_in_simplified_characters() -> None:
    (record,) = find("全鎮財政總收入1.94億元，完成年度任務的58.2％，同比增長6.3％。").records
    assert (record.indicator, record.indicator_text) == ("财政总收入", "財政總收入")
    assert (record.unit, record.target_unit) == ("億元", "億元")


def test_the_records_of_one_sentence_tell_it_once_and_one_without_end_in_part() -> None:
    first, second = find("税收收入5亿元，同比增长3%；固定资产投资8亿元，同比增长4%。").records
    assert first.sentence is second.sentence
    endless = find("税收收入5亿元，同比增长3%；" * 1000).records
    assert len(endless) == 1000
    assert max(len(record.sentence) for record in endless) < 2100
    assert all("税收收入5亿元" in record.sentence for record in endless)


def test_a_figure_of_the_whole_county_is_not_the_last_towns() -> None:
    towns = "柳溪镇完成投资3.2亿元，占年计划的62%；青禾镇完成1.1亿元，占年计划的48%。"
    text = f"示例县投资进度\n{towns}全县合计完成9.6亿元，占年计划的57%。"
    assert [record.town for record in find(text).records] == ["柳溪镇", "青禾镇", "示例县"]
