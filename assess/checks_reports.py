"""Rules of 核查 about whole reports: a year that cannot be true, an indicator that a town stopped reporting."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.checks_figures import NOWHERE, hits, sentences
from assess.months import Ints, month_number, month_text

# An actual figure may come this many months after its report's own period, in the report or on its way.
GRACE = 3
# So many years before the report's own period a figure is doubted, where it stands nearly alone.
YEARS_BEFORE, NEARLY_ALONE = 3, 2
# A report has a year of its own where it has at least so many figures and this share of them is of one year.
FEWEST, MAIN_SHARE = 4, 0.6
# An indicator is regular after so many periods, in this share of them; it has stopped after so many without it.
REGULAR_PERIODS, REGULAR_SHARE, SILENT_PERIODS = 3, 0.75, 2
# A month is a period of a town's reports where so many figures end in it.
FIGURES_OF_A_PERIOD = 3


def year(frame: pd.DataFrame, slim: pd.DataFrame, dates: Mapping[int, str] | None = None) -> pd.DataFrame:
    """Actual figures after the month their report came (``dates``: report -> day; else when it was received), or
    far from the other periods of their report."""
    done = slim[slim["is_actual"]].reset_index(drop=True)
    rows = done["row"].to_numpy()
    reports, numbers = pd.factorize(frame["report_id"].array[rows])
    done = done.assign(report=reports, arrived=_arrived(done["received_at"], reports, numbers, dates))
    done["year"] = done["last"] // 12
    main, share, count, sample = _main_periods(done)
    own = (share >= MAIN_SHARE) & (count >= FEWEST)
    alone = done.groupby(["report", "year"])["row"].transform("size").to_numpy() <= NEARLY_ALONE
    last = done["last"].to_numpy()
    rules = {
        "收到报告的月份": (done["arrived"] >= 0).to_numpy() & (last > done["arrived"].to_numpy()),
        "报告的主要时段（早于此数年）": own & alone & (done["year"].to_numpy() <= main // 12 - YEARS_BEFORE),
        "报告的主要时段": own & (last > main + GRACE),
    }
    told = np.select(list(rules.values()), list(rules), default="")
    against = np.where(told == "收到报告的月份", done["arrived"].to_numpy(), main)
    bad = np.flatnonzero(told != "")
    return _impossible(done.iloc[bad], told[bad], against[bad], sample[bad])


def _arrived(
    received: pd.Series, reports: npt.NDArray[np.intp], numbers: object, dates: Mapping[int, str] | None
) -> Ints:
    codes, words = pd.factorize(received)
    months = np.array([*(month_number(word[:7]) if isinstance(word, str) else -1 for word in words), -1])[codes]
    if not dates:
        return months
    told = np.array([month_number(str(dates.get(number, ""))[:7]) for number in np.asarray(numbers)] + [-1])[reports]
    return np.where(told >= 0, told, months)


def _main_periods(done: pd.DataFrame) -> tuple[Ints, npt.NDArray[np.float64], Ints, Ints]:
    """For each figure: the commonest last month of its report, the share of that month's year, how many figures
    the report has, and the row of one of them."""
    ends = done.groupby(["report", "last"], sort=True)["row"].agg(["size", "min"]).reset_index()
    ends = ends.sort_values(["report", "size", "last"]).drop_duplicates("report", keep="last").set_index("report")
    main = done["report"].map(ends["last"]).to_numpy(np.int64)
    sample = done["report"].map(ends["min"]).to_numpy(np.int64)
    count = done.groupby("report")["row"].transform("size").to_numpy(np.int64)
    of_main = done["year"].to_numpy() == main // 12
    share = pd.Series(of_main).groupby(done["report"].to_numpy()).transform("mean").to_numpy(np.float64)
    return main, share, count, sample


def _impossible(
    bad: pd.DataFrame, told: npt.NDArray[np.object_], against: Ints, sample: npt.NDArray[np.int64]
) -> pd.DataFrame:
    row, last = bad["row"].to_numpy(), bad["last"].to_numpy()
    months = last - against
    far = np.array([month_text(int(month)) for month in against], dtype=object)
    return hits(
        "year",
        row=row,
        other=np.where(row == sample, NOWHERE, sample),
        first=(last // 12).astype(float),
        first_is="数字的年份",
        second=(against // 12).astype(float),
        second_is=told.astype(object),
        unit="年",
        difference=months.astype(float),
        difference_unit="个月",
        size=np.minimum(np.abs(months) / 24, 1.0),
        agree=sentences(
            "时段到{end}，而{told}为{far}：请核对年份；若确是历史数据或计划数，请说明。",
            end=[month_text(int(month)) for month in last],
            told=[word.replace("（早于此数年）", "") for word in told],
            far=far,
        ),
    )


def stopped(slim: pd.DataFrame) -> pd.DataFrame:
    """Indicators that a town told in nearly all its periods and in none of the last two or more."""
    told = slim.assign(town_code=slim["town"].cat.codes.to_numpy(np.int64))
    size = told.groupby(["town_code", "last"])["row"].transform("size")
    told = told[size >= FIGURES_OF_A_PERIOD]
    periods = told[["town_code", "last"]].drop_duplicates().sort_values(["town_code", "last"])
    periods["place"] = periods.groupby("town_code").cumcount()
    told = told.merge(periods, on=["town_code", "last"])
    newest = told.sort_values(["town_code", "place", "row"]).drop_duplicates("town_code", keep="last")
    cells = told.sort_values(["cell", "place", "row"]).groupby("cell", sort=False)
    table = cells.agg(
        town_code=("town_code", "first"), row=("row", "last"), since=("place", "min"), until=("place", "max"),
        count=("place", "nunique"),
    )  # fmt: skip
    table["newest"] = table["town_code"].map(newest.set_index("town_code")["place"])
    table["other"] = table["town_code"].map(newest.set_index("town_code")["row"])
    silent = table["newest"] - table["until"]
    regular = table["count"] >= REGULAR_SHARE * (table["until"] - table["since"] + 1)
    bad = table[regular & (table["count"] >= REGULAR_PERIODS) & (silent >= SILENT_PERIODS)]
    without = silent.loc[bad.index].to_numpy(np.int64)
    return hits(
        "stopped",
        row=bad["row"].to_numpy(np.int64),
        other=bad["other"].to_numpy(np.int64),
        first=bad["count"].to_numpy(float),
        first_is="报过的期数",
        second=without.astype(float),
        second_is="此后未报的期数",
        unit="期",
        difference=without.astype(float),
        difference_unit="期",
        size=np.minimum(without / 6, 1.0),
        agree=sentences(
            "此前报过{count}期，其后{without}期没有再报（右边是最近一期报告）：请补报，或说明已停止统计、改了名称。",
            count=bad["count"].to_numpy(int),
            without=without,
        ),
    )
