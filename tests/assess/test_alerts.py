"""预警: which figures, what the rest of the year needs, how long in a row, and what the report itself says."""

from __future__ import annotations

import pytest
from assess_examples import monthly, record, table

from assess import Direction, Rules, Settings, Thresholds, account, alerts, assessed, latest, newest_month
from assess.reasons import AFTER, BEFORE, GENERAL, NAMED, SAME


def warned(*rows: dict, as_of: str = "2016-09", settings: Settings | None = None, directions: dict | None = None):
    every = table(*rows)
    newest = assessed(latest(every, as_of, directions), settings, directions)
    return alerts(newest, every, as_of, settings, directions)


def test_red_comes_first_and_the_furthest_behind() -> None:
    rows = warned(
        record("甲镇", end="2016-09", completion=70),
        record("乙镇", end="2016-09", completion=53.3),
        record("丙镇", end="2016-09", completion=75),
        record("丁镇", end="2016-09", completion=60),
    )
    assert rows["town"].tolist() == ["乙镇", "丁镇", "甲镇"]
    assert rows["gap"].tolist() == [-21.7, -15, -5]
    assert rows["state"].tolist() == ["欠序时(红)", "欠序时(红)", "欠序时(黄)"]
    assert rows["key"][0] == "乙镇|财政总收入|2016-09"


def test_what_the_rest_of_the_year_needs() -> None:
    (row,) = warned(record(end="2016-09", completion=54)).to_dict("records")
    assert (row["needed"], row["so_far"], row["months_left"], row["days_left"]) == (15.3333, 6.0, 3, 92)


def test_a_half_years_target_ends_with_the_half_year() -> None:
    (row,) = warned(record(end="2016-03", completion=20, basis="half"), as_of="2016-03").to_dict("records")
    assert (row["months_left"], row["days_left"], row["needed"]) == (3, 91, 26.6667)


def test_nothing_is_needed_any_more_after_december() -> None:
    (row,) = warned(record(end="2016-12", completion=80), as_of="2016-12").to_dict("records")
    assert row["needed"] != row["needed"]
    assert (row["months_left"], row["days_left"]) == (0, 0)


def test_figures_in_a_row_are_counted_back_to_the_last_that_kept_up() -> None:
    figures = {"2016-01": 5, "2016-03": 26, "2016-04": 28, "2016-06": 40, "2016-09": 60}
    (row,) = warned(*monthly(figures, "completion")).to_dict("records")
    assert (row["times"], row["since"], row["months"]) == (3, "2016-04", 6)


def test_a_row_of_figures_does_not_reach_into_last_year() -> None:
    (row,) = warned(*monthly({"2015-12": 60, "2016-09": 60}, "completion")).to_dict("records")
    assert (row["times"], row["since"]) == (1, "2016-09")


def test_old_figures_and_those_that_keep_up_give_no_warning() -> None:
    assert warned(record(end="2016-06", completion=10)).empty
    assert len(warned(record(end="2016-07", completion=10))) == 1
    assert warned(record(end="2016-09", completion=120)).empty
    assert warned(record(end="2016-09", completion=10, status="expected")).empty
    assert alerts(assessed(table()), table(), "2016-09").empty


def test_lower_is_better_warns_of_what_is_used_up_too_fast() -> None:
    rows = warned(
        record("甲镇", "能耗", end="2016-06", completion=58),
        record("乙镇", "能耗", end="2016-06", completion=40),
        as_of="2016-06",
        directions={"能耗": Direction(lower_is_better=True)},
    )
    assert rows["town"].tolist() == ["甲镇"]
    assert rows["needed"].tolist() == [7.0]


def test_a_growth_target_has_no_points_a_month() -> None:
    row = record(end="2016-06", value=5, unit="%", target=8, target_unit="%", target_from="stated")
    (found,) = warned(row, as_of="2016-06").to_dict("records")
    assert (found["gap"], found["state"]) == (-3, "欠序时(红)")
    assert found["needed"] != found["needed"]


def test_the_settings_decide_what_is_a_warning() -> None:
    wide = Settings(Rules(Thresholds(5, -30, -40)))
    assert warned(record(end="2016-09", completion=53.3), settings=wide).empty


def test_a_cut_off_that_is_no_month_is_refused() -> None:
    with pytest.raises(ValueError, match="月份"):
        alerts(table(), table(), "2016")


def test_a_year_that_cannot_be_true_is_no_cut_off() -> None:
    rows = table(record(end="2016-06"), record(end="2061-06"))
    assert newest_month(rows) == "2016-06"
    assert newest_month(table(record(end="2061-06"))) == "2061-06"


NAMES = ("固定资产投资", "固投")
OWN = "完成固定资产投资3.2亿元，占年度任务的41%"
OTHER = "实现财政总收入900万元，占年度任务的52%。"


def told(text: str, *, general: bool = True):
    others = [(text.index(OWN), "固定资产投资")]
    if OTHER[:-1] in text:
        others.append((text.index(OTHER[:-1]), "财政总收入"))
    return account(text, text.index(OWN), NAMES, others)


@pytest.mark.parametrize(
    "reason",
    [
        "受梅雨天气影响，两个项目停工",
        "主要原因是用地指标未落实",
        "主要是由于去年基数较高",
        "因征迁未完成，三个项目不能开工",
        "由于企业资金紧张，进度放缓",
        "订单减少导致投产推迟",
    ],
)
def test_the_reason_in_the_same_sentence_is_found(reason: str) -> None:
    found = told(f"{OWN}，{reason}。{OTHER}")
    assert [said.how for said in found.reasons] == [SAME]
    assert reason in found.reason


@pytest.mark.parametrize("words", ["因地制宜发展产业", "因此要加倍努力", "因企施策，逐个帮扶"])
def test_words_that_only_look_like_a_reason_are_none(words: str) -> None:
    assert told(f"{OWN}，{words}。").reason == ""


def test_the_sentence_after_belongs_to_the_figure_and_that_after_another_figure_does_not() -> None:
    found = told(f"{OWN}。主要原因是征迁滞后。下一步，倒排工期，确保三季度开工。{OTHER}受减税影响，收入下降。")
    assert [(said.text, said.how) for said in found.reasons] == [("主要原因是征迁滞后。", AFTER)]
    assert found.measure == "下一步，倒排工期，确保三季度开工。"


def test_the_sentence_before_counts_where_it_has_no_other_figure() -> None:
    found = told(f"{OTHER}\n项目建设：部分项目受手续影响推进偏慢。{OWN}。")
    assert [said.how for said in found.reasons] == [BEFORE]
    assert told(f"{OTHER[:-1]}，受减税影响。{OWN}。").reason == ""


def test_a_sentence_elsewhere_counts_where_it_names_the_indicator() -> None:
    found = told(
        f"{OWN}。{OTHER}\n存在问题\n一是固定资产投资受资金影响不及预期；二是天气炎热。\n下一步，将加快固定资产投资入库。"
    )
    assert [(said.text, said.how) for said in found.reasons] == [("固定资产投资受资金影响不及预期；", NAMED)]
    assert [said.how for said in found.measures] == [NAMED]


def test_a_measure_for_everything_says_so_and_one_for_something_else_is_left_out() -> None:
    found = told(f"{OWN}。{OTHER}\n下一步，深化环境整治。\n下一步，对滞后指标实行专人盯办。")
    assert [(said.text, said.how) for said in found.measures] == [("下一步，对滞后指标实行专人盯办。", GENERAL)]


def test_the_places_of_what_is_said_are_those_of_the_text() -> None:
    text = f"一、投资\n{OWN}。（二）主要原因是征迁滞后。"
    (said,) = told(text).reasons
    assert text[said.start : said.end] == said.text == "主要原因是征迁滞后。"


@pytest.mark.parametrize("text", ["", "。。。", "\n\n", "没有句号"])
def test_any_text_gives_an_account(text: str) -> None:
    assert account(text, 0, NAMES).reason == ""
