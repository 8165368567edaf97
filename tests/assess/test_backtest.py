"""The back-test of the projection: the same arithmetic as the projection itself, and errors worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pandas as pd
import pytest
from assess_examples import monthly, record, table

from assess import project
from assess.backtest import POINT_COLUMNS, SUMMARY_COLUMNS, projected, summary

THIS = {"2016-03": 20.0, "2016-06": 45.0, "2016-09": 66.0, "2016-12": 90.0}


def test_errors_by_hand() -> None:
    (row,) = projected(table(*monthly(THIS, "completion"))).to_dict("records")
    assert (row["month"], row["final"], row["run_rate"]) == (9, 90, 88)
    assert row["recent"] == pytest.approx(66 + (66 - 20) / 6 * 3)
    assert row["seasonal"] != row["seasonal"]
    found = summary(projected(table(*monthly(THIS, "completion")))).set_index("method")
    assert found.loc["run_rate", ["count", "mean", "bias"]].tolist() == [1, 2.0, -2.0]
    assert found.loc["recent", "bias"] == -1.0
    assert found["within"].tolist() == [0.0, 0.0, 0.0]


def test_it_is_the_same_as_the_projection() -> None:
    rng = Random(5)
    rows = []
    for year in (2015, 2016):
        so_far = 0.0
        for month in range(1, 13):
            so_far = round(so_far + rng.uniform(3, 14), 1)
            rows.append(record(end=f"{year}-{month:02d}", value=round(so_far * 10), completion=so_far))
    points = projected(table(*rows))
    assert set(points["year"]) == {2015, 2016}
    last = [(int(row["period_end"][5:]), Decimal(str(row["value"]))) for row in rows if row["period_end"] < "2016"]
    now = [(int(row["period_end"][5:]), Decimal(str(row["completion"]))) for row in rows if row["period_end"] > "2016"]
    own = points[points["year"] == 2016].set_index("month")
    assert own.index.tolist() == list(range(3, 12))
    for month in own.index:
        want = project(now[:month], last_year=last)
        assert want is not None
        for name in ("run_rate", "recent", "seasonal", "estimate", "low", "high"):
            assert own.loc[month, name] == pytest.approx(float(getattr(want, name)))
    assert points[points["year"] == 2015]["seasonal"].isna().all()


def test_years_without_december_half_years_targets_and_hopes_do_not_count() -> None:
    three = {month: share for month, share in THIS.items() if month < "2016-12"}
    assert projected(table(*monthly(three, "completion"))).empty
    assert projected(table(*monthly(THIS, "completion", basis="half"))).empty
    hoped = record(end="2016-12", completion=99, status="expected")
    assert projected(table(*monthly(three, "completion"), hoped)).empty


def test_nothing_is_an_empty_table() -> None:
    assert projected(table()).columns.tolist() == list(POINT_COLUMNS)
    assert summary(projected(pd.DataFrame())).columns.tolist() == list(SUMMARY_COLUMNS)
