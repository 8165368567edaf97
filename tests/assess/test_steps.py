"""The targets of a year as steps, with the sentence of each."""

from __future__ import annotations

import pandas as pd
from assess_examples import record, table

from assess import Settings, target_steps
from assess.steps import STEP_COLUMNS

SAME = {"value": 30, "completion": 25.0, "sentence": "完成30万元，占年度目标的25.0%。"}


def steps(*rows: dict, settings: Settings | None = None) -> list[dict]:
    return target_steps(table(*rows), "柳溪镇", "财政总收入", 2016, settings).to_dict("records")


def test_a_target_that_only_repeats_the_one_before_is_no_step() -> None:
    found = steps(record(end="2016-03", **SAME), record(end="2016-06", value=60.1, completion=50.1))
    assert [(step["month"], round(step["target"]), step["target_from"]) for step in found] == [(3, 120, "implied")]


def test_a_change_in_mid_year_has_both_sentences() -> None:
    told = "年中目标调整为150万元，完成60万元。"
    later = record(end="2016-06", value=60, target=150, target_unit="万元", target_from="stated", sentence=told)
    first, second = steps(record(end="2016-03", **SAME), later)
    assert (first["sentence"], second["sentence"]) == (SAME["sentence"], told)
    assert (second["month"], second["target"], second["unit"], second["target_from"]) == (6, 150, "万元", "stated")
    assert second["id"] == later["id"]


def test_targets_set_by_hand_are_steps_from_their_month() -> None:
    targets = pd.DataFrame(
        [
            ("柳溪镇", "财政总收入", 2016, month, amount, "万元", f"第{month}号")
            for month, amount in ((1, 120.0), (7, 90.0))
        ],
        columns=["town", "indicator", "year", "from_month", "target", "unit", "source"],
    )
    found = steps(record(end="2016-03", **SAME), settings=Settings(targets=targets))
    assert [(step["month"], step["target"], step["target_from"], step["sentence"]) for step in found] == [
        (1, 120, "set", "第1号"),
        (7, 90, "set", "第7号"),
    ]


def test_other_years_budgets_and_other_towns_are_not_told() -> None:
    assert steps(record(end="2015-03", **SAME), record("梅岭镇", end="2016-03", **SAME)) == []
    assert steps(record(end="2016-03", basis="budget", **SAME)) == []
    assert target_steps(pd.DataFrame(), "柳溪镇", "财政总收入", 2016).columns.tolist() == list(STEP_COLUMNS)
