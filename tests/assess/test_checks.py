"""核查: what disagrees is found with both records and what would make it agree; what only looks so is left alone."""

from __future__ import annotations

import pandas as pd
import pytest
from assess_examples import record

from assess import Direction
from assess.checks import FINDING_COLUMNS, contradictions, gravity, rules
from assess.checks_rules import PARTS, RULES

STOCKS = {"各项贷款余额": Direction(point_in_time=True)}


def told(end: str, value: object = None, **changes: object) -> dict:
    """A record whose numbers are as printed: ``value="13.40"`` keeps its digits."""
    numbers = {"value": value} | {key: changes.pop(key, None) for key in ("completion", "target", "yoy")}
    sentence = changes.pop("sentence", "完成财政总收入。")
    printed = {f"{key}_text": number for key, number in numbers.items()}
    plain = {key: None if number is None else float(str(number)) for key, number in numbers.items()}
    given = {"received_at": "2030-01-01", "indicator_text": "财政总收入", "sentence": sentence, "start": 0}
    return record(end=end, **{**given, **plain, **printed, **changes}) | {"end": 30}


def stated(completion: str, value: str = "31100", target: str = "50000", **changes: object) -> dict:
    given = {"target_from": "stated", "target_unit": "万元"} | changes
    return told("2016-06", value, completion=completion, target=target, **given)


def found(*records: dict, **options: object) -> pd.DataFrame:
    return contradictions(records, STOCKS, **options)


def ruled(*records: dict, **options: object) -> list[str]:
    return found(*records, **options)["rule"].tolist()


def test_an_empty_store_gives_an_empty_table_with_all_columns() -> None:
    for nothing in (pd.DataFrame(), [], [record(end=None)], [record(town=None)]):
        assert contradictions(nothing).columns.tolist() == list(FINDING_COLUMNS)
        assert contradictions(nothing).empty


def test_a_finding_has_both_records_both_numbers_and_what_would_make_them_agree() -> None:
    then, now = told("2015-06", "10000", sentence="上年。"), told("2016-06", "11000", yoy="15.0", sentence="本年。")
    (row,) = found(then, now).to_dict("records")
    assert (row["rule"], row["id"], row["other_id"]) == ("growth", now["id"], then["id"])
    assert (row["sentence"], row["other_sentence"]) == ("本年。", "上年。")
    assert (row["first"], row["second"], row["difference"], row["difference_unit"]) == (15.0, 10.0, 5.0, "个百分点")
    assert "同比应为10%" in row["agree"]
    assert "上年同期应为9565.22万元（上年报告为10000万元）" in row["agree"]
    assert row["key"] == f"growth-{now['id']}-{then['id']}-15-10"


@pytest.mark.parametrize(
    ("completion", "value", "target", "agrees"),
    [
        ("62.2", "31100", "50000", True),
        ("62.3", "31100", "50000", False),
        ("62", "31100", "50000", True),
        ("62.4", "3.11", "5", True),
        ("62.4", "3.11", "5.000", False),
        ("55.2", "31100", "50000", False),
    ],
)
def test_completion_is_held_against_the_interval_of_the_printed_digits(
    completion: str, value: str, target: str, agrees: bool
) -> None:
    unit = "亿元" if "." in value else "万元"
    rows = ruled(stated(completion, value, target, unit=unit, target_unit=unit))
    assert rows == ([] if agrees else ["completion"])


def test_a_target_in_another_unit_is_the_same_target() -> None:
    assert ruled(stated("62.2", target="5", target_unit="亿元")) == []
    assert ruled(stated("72.2", target="5.00", target_unit="亿元")) == ["completion"]


@pytest.mark.parametrize(
    "sentence",
    [
        "完成财政总收入约31100万元，完成年度任务50000万元的64.0%。",
        "完成财政总收入31100余万元，完成年度任务50000万元的64.0%。",
        "完成财政总收入31,100万元左右，完成年度任务50000万元的64.0%。",
    ],
)
def test_rough_numbers_are_no_contradiction(sentence: str) -> None:
    assert ruled(stated("64.0", sentence=sentence)) == []
    assert ruled(stated("92.0", sentence=sentence)) == ["completion"]


def test_the_character_of_completing_is_not_taken_for_tenths() -> None:
    sentence = "完成财政总收入31100万元，完成年度任务50000万元的64.0%。"
    assert ruled(stated("64.0", sentence=sentence)) == ["completion"]


@pytest.mark.parametrize(
    "changes",
    [
        {"flags": ["另一口径"]},
        {"sentence": "财政总收入11000万元，按可比口径增长15.0%。"},
        {"sentence": "财政总收入11000万元，因统计口径调整，增长15.0%。"},
        {"status": "expected"},
        {"indicator": "地区生产总值", "yoy": "14.5"},
    ],
)
def test_changes_on_another_basis_are_not_compared(changes: dict) -> None:
    name = changes.get("indicator", "财政总收入")
    then = told("2015-06", "10000", indicator=name)
    assert ruled(then, told("2016-06", "11000", **{"yoy": "15.0"} | changes)) == []


def test_the_word_in_a_name_is_no_changed_scope() -> None:
    sentence = "全口径财政收入11000万元，增长15.0%。"
    rows = ruled(told("2015-06", "10000"), told("2016-06", "11000", yoy="15.0", sentence=sentence))
    assert rows == ["growth"]


def test_times_are_as_rough_as_they_are_printed() -> None:
    then = told("2015-06", "1000")
    sentence = "财政总收入2480万元，增长1.5倍。"
    assert ruled(then, told("2016-06", "2480", yoy="150.0", sentence=sentence)) == []
    assert ruled(then, told("2016-06", "2080", yoy="150.0", sentence=sentence)) == ["growth"]


def test_two_periods_that_imply_one_other_base_are_one_finding() -> None:
    last = [told("2015-03", "5000"), told("2015-06", "10000")]
    now = [told("2016-03", "5500", yoy="22.2"), told("2016-06", "11000", yoy="22.2")]
    (row,) = found(*last, *now).to_dict("records")
    assert (row["rule"], row["id"], row["other_id"]) == ("base", now[1]["id"], last[1]["id"])
    assert row["first"] == pytest.approx(9001.64, abs=0.01)
    assert row["second"] == 10000


def test_a_note_elsewhere_in_the_report_names_the_changed_base() -> None:
    then, now = told("2015-06", "10000"), told("2016-06", "11000", yoy="15.0", sentence="财政总收入增长15.0%")
    notes = {now["report_id"]: "财政总收入增长15.0%。\n注：财政总收入统计口径调整。", then["report_id"]: "无。"}
    assert ruled(then, now, texts=notes.__getitem__) == []
    other = notes | {now["report_id"]: "财政总收入增长15.0%。\n注：固定资产投资统计口径调整。"}
    assert ruled(then, now, texts=other.__getitem__) == ["growth"]
    follows = notes | {now["report_id"]: "财政总收入增长15.0%。统计口径有所调整，与上年不可比。"}
    assert ruled(then, now, texts=follows.__getitem__) == []


def test_a_sum_that_fell_and_what_may_fall() -> None:
    assert ruled(told("2016-06", "9000"), told("2016-09", "8800")) == ["fell"]
    assert ruled(told("2016-06", "9000"), told("2017-03", "4000")) == []
    assert ruled(told("2016-06", "0.90", unit="亿元"), told("2016-09", "8990")) == []
    for name in ("各项贷款余额", "规模以上工业利润总额", "规模以上企业数"):
        assert ruled(told("2016-06", "9000", indicator=name), told("2016-09", "8800", indicator=name)) == []
    single = told("2016-09", "8800", period_start="2016-09")
    assert ruled(told("2016-06", "9000"), single) == []
    assert ruled(told("2016-06", "9000", status="expected"), told("2016-09", "8800")) == []


def test_a_completion_that_fell_where_there_is_no_value() -> None:
    rows = found(told("2016-06", completion="55.0"), told("2016-09", completion="52.0"))
    assert rows[["rule", "difference", "difference_unit"]].values.tolist() == [["fell", -3.0, "个百分点"]]


def test_two_figures_for_one_thing() -> None:
    assert ruled(told("2016-06", "9000"), told("2016-06", "9100")) == ["duplicate"]
    assert ruled(told("2016-06", "9000"), told("2016-06", "0.90", unit="亿元")) == []
    assert ruled(told("2016-06", "9000"), told("2016-06", "9100", status="expected")) == []
    assert ruled(told("2016-06", completion="52.0"), told("2016-06", completion="53.0")) == ["duplicate"]
    budget = told("2016-06", completion="53.0", basis="budget")
    assert ruled(told("2016-06", completion="52.0"), budget) == []
    assert ruled(told("2016-06", yoy="5.0"), told("2016-06", yoy="6.0")) == ["duplicate"]


def test_two_figures_hide_what_follows_from_them() -> None:
    then = told("2015-06", "8000")
    rows = ruled(then, told("2016-06", "9000", yoy="12.5"), told("2016-06", "9900", yoy="12.5"))
    assert rows == ["duplicate"]


def test_every_known_part_is_held_against_its_whole() -> None:
    def pairs(part_value: str, **changes: object) -> list[dict]:
        return [
            made
            for number, (part, whole) in enumerate(PARTS)
            for made in (
                told("2016-06", "9000", indicator=whole, town=f"{number}镇"),
                told("2016-06", part_value, indicator=part, unit="亿元", town=f"{number}镇", **changes),
            )
        ]

    rows = found(*pairs("0.95"))
    assert set(rows["rule"]) == {"part"}
    assert sorted(rows["indicator"]) == sorted(part for part, _ in PARTS)
    assert all(whole in agree for agree, (_, whole) in zip(rows.sort_values("id")["agree"], PARTS, strict=True))
    assert ruled(*pairs("0.90")) == []
    assert ruled(*pairs("0.95", status="expected")) == []


def test_what_follows_among_which_is_a_part() -> None:
    sentence = "引进项目18个，其中亿元以上项目20个；盘活厂房30个。"
    shared = {"sentence": sentence, "unit": "个", "report_id": 7}
    names = (("引进项目", "18"), ("亿元以上项目", "20"), ("盘活厂房", "30"))
    records = [
        told("2016-06", value, indicator=name, indicator_text=name, start=sentence.index(name), **shared)
        for name, value in names
    ]
    (row,) = found(*records).to_dict("records")
    assert (row["rule"], row["indicator"], row["first"], row["second"]) == ("part", "亿元以上项目", 20, 18)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("高于序时进度12.2个百分点", False),
        ("高于序时进度12个百分点", False),
        ("超时序进度１２.２个百分点", False),
        ("比序时进度快12.2个百分点", False),
        ("高于序时进度15.2个百分点", True),
        ("低于序时进度12.2个百分点", True),
        ("较时间进度慢2.2个百分点", True),
        ("分别高于序时进度15.2个百分点", False),
    ],
)
def test_a_stated_lead_on_even_progress(words: str, wrong: bool) -> None:
    sentence = f"财政总收入完成年度任务的６２.２%，{words}。"
    rows = found(told("2016-06", completion="62.2", sentence=sentence))
    assert rows["rule"].tolist() == (["lead"] if wrong else [])
    assert rows["words"].tolist() == ([words.translate(str.maketrans("１２", "12"))] if wrong else [])


def test_a_lead_is_about_the_completion_before_it_also_where_that_is_in_words() -> None:
    sentence = "财政总收入完成年任务的52.0%，税收收入完成年任务的百分之六十，高于序时进度10个百分点。"
    shared = {"sentence": sentence, "report_id": 5}
    rows = ruled(
        told("2016-06", completion="52.0", start=0, **shared),
        told("2016-06", completion="60", indicator="税收收入", indicator_text="税收收入", start=17, **shared),
    )
    assert rows == []


@pytest.mark.parametrize(
    ("one", "two", "clash"),
    [
        ("增速居全县第一位", "增速列全县首位", True),
        ("总量居全县第3位", "总量排名全县第三", True),
        ("总量居全县第一位", "增速居全县第一位", False),
        ("增速居全县第一位", "增速居全市第一位", False),
        ("增速居全县第一位", "增速居全县第二位", False),
        ("增速并列全县第一位", "增速居全县第一位", False),
        ("全县第一产业", "全县第一产业", False),
    ],
)
def test_two_towns_cannot_have_one_rank(one: str, two: str, clash: bool) -> None:
    rows = [
        told("2016-06", value, town=town, sentence=f"财政总收入{value}万元，{words}。")
        for town, value, words in (("柳溪镇", "9000", one), ("石桥镇", "8000", two))
    ]
    assert ruled(*rows) == (["rank"] if clash else [])


def test_an_indicator_that_a_town_stopped_reporting() -> None:
    ends = ("2015-06", "2015-09", "2015-12", "2016-03", "2016-06")
    kept = [told(end, indicator=name, completion="50") for end in ends for name in ("甲", "乙", "丙")]
    early = [told(end, completion="50") for end in ends[:3]]
    rows = found(*kept, *early)
    assert rows[["rule", "indicator", "first", "second"]].values.tolist() == [["stopped", "财政总收入", 3.0, 2.0]]
    assert rows["other_id"].notna().all()
    assert ruled(*kept, *early, told(ends[3], completion="50")) == []
    assert ruled(*kept, told(ends[0], completion="50"), told(ends[2], completion="50")) == []


@pytest.mark.parametrize("factor", [10, 100, 10_000, 0.1, 0.0001])
def test_a_unit_that_jumped(factor: float) -> None:
    steady = [
        told(end, str(month * 1000)) for end, month in (("2016-02", 2), ("2016-04", 4), ("2016-06", 6), ("2016-08", 8))
    ]
    jumped = told("2016-10", f"{10_050 * factor:.4f}".rstrip("0").rstrip("."), yoy="5.0")
    rows = found(told("2015-10", "9571"), *steady, jumped)
    assert rows["rule"].tolist() == ["unit"]
    assert jumped["id"] in rows[["id", "other_id"]].values


def test_a_real_jump_is_none() -> None:
    then = [
        told(end, str(month * 100)) for end, month in (("2015-03", 3), ("2015-06", 6), ("2015-09", 9), ("2015-12", 12))
    ]
    assert ruled(*then, told("2016-03", "3300", yoy="1000.0", sentence="增长10倍。")) == []


def test_a_factor_of_ten_in_one_sentence_is_a_slip_of_the_point() -> None:
    (row,) = found(stated("6.22")).to_dict("records")
    assert row["rule"] == "unit"
    assert "相差约10倍" in row["agree"]


def test_a_year_that_cannot_be_true() -> None:
    late = [told("2026-06", str(value), received_at="2016-07-10", report_id=3, indicator=name)
            for name, value in (("甲", 1000), ("乙", 2000))]  # fmt: skip
    assert ruled(*late) == ["year"]
    assert ruled(*late, dates={3: "2026-07-10"}) == []
    own = [told("2016-06", completion="50", report_id=4, indicator=name) for name in ("甲", "乙", "丙", "丁")]
    assert ruled(*own, told("2010-06", "900", report_id=4)) == ["year"]
    assert ruled(*own, told("2015-06", "900", report_id=4)) == []
    assert ruled(*own, told("2018-06", "900", report_id=4)) == ["year"]
    assert ruled(*own, told("2018-06", "900", report_id=4, status="planned")) == []


def test_a_target_that_changed_without_a_word() -> None:
    def report(end: str, target: str, **changes: object) -> dict:
        share = {"target": target, "target_from": "stated", "target_unit": "万元"}
        return told(end, **share, **changes)

    assert ruled(report("2016-03", "50000"), report("2016-06", "45000")) == ["target"]
    assert ruled(report("2016-03", "50000"), report("2016-06", "5", unit="亿元") | {"target_unit": "亿元"}) == []
    assert ruled(report("2016-03", "50000"), report("2016-06", "45000", basis="budget")) == []
    assert ruled(report("2016-03", "50000"), report("2017-06", "45000")) == []
    named = report("2016-06", "45000", sentence="完成调整后年度目标任务45000万元。")
    assert ruled(report("2016-03", "50000"), named) == []
    implied = told("2016-06", "22000", completion="50.0", target_from="implied")
    assert ruled(report("2016-03", "50000"), implied) == ["target"]


def test_the_gravest_come_first_and_keys_are_of_the_numbers() -> None:
    records = [told("2016-06", "9000"), told("2016-06", "9100"), stated("65.0", town="石桥镇")]
    rows = found(*records)
    assert rows["weight"].is_monotonic_decreasing
    assert rows["key"].is_unique
    assert found(*records)["key"].tolist() == rows["key"].tolist()
    records[1] |= {"value": 9200.0, "value_text": "9200"}
    assert set(found(*records)["key"]) != set(rows["key"])


def test_rejected_records_are_held_against_nothing() -> None:
    assert ruled(told("2016-06", "9000"), told("2016-06", "9100", review="rejected")) == []


def test_every_rule_explains_itself() -> None:
    assert [rule.key for rule in rules()] == list(RULES)
    for rule in rules():
        assert all((rule.name, rule.compares, rule.tolerance, rule.agree))
    assert [gravity(weight) for weight in (80, 50, 20)] == ["重", "中", "轻"]
