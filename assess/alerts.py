"""预警: what is behind the pace, for how long, and what the rest of the year would need.

needed  = (100 − completion) ÷ months left, in points a month; for lower-is-better what may still be used up
so far  = completion ÷ months gone, in points a month
in a row: the figures of the year, newest first, until one that is not behind
"""

from __future__ import annotations

import calendar
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.months import BASIS_MONTHS, Ints, month_number, month_text
from assess.newest import history
from assess.settings import Settings
from assess.states import State
from assess.tables import Directions, coded, months_of, records_frame
from assess.towns import FRESH_MONTHS

BEHIND = (State.RED, State.YELLOW)
_WORDS = tuple(str(state) for state in BEHIND)
ALERT_COLUMNS: tuple[str, ...] = (
    "key", "town", "indicator", "state", "period_start", "period_end", "value", "unit", "completion", "completion_from",
    "basis", "target", "target_unit", "target_from", "pace", "pace_from", "gap", "gap_from", "lead", "yoy", "days_left",
    "months_left", "needed", "so_far", "times", "since", "months", "review", "origin", "sentence", "report_id",
    "report_name", "id",
)  # fmt: skip
_YEAR = 12


def alerts(
    newest: pd.DataFrame,
    year: pd.DataFrame,
    as_of: str,
    settings: Settings | None = None,
    directions: Directions | None = None,
) -> pd.DataFrame:
    """The red and yellow figures at the cut-off ``as_of`` (``2025-09``), red first, the furthest behind first.

    ``newest``: :func:`assess.assessed` of :func:`assess.latest`; ``year``: the records of the cut-off's year, by which
    the figures in a row are counted. A figure more than ``FRESH_MONTHS`` months older than the cut-off is left out.

    ``days_left`` from the end of the cut-off's month to the end of the target's time, ``months_left`` from the
    figure's own month; ``needed`` and ``so_far`` in points a month (nan without months left, or where the target is a
    rate). ``times`` figures in a row are behind, the first of ``since``, over ``months`` months. ``key`` names town,
    indicator and month. Raises ValueError where ``as_of`` is no month.
    """
    cut_off = month_number(as_of)
    if cut_off < 0:
        raise ValueError(f"月份应写作 2016-09,实为 {as_of}")
    frame = records_frame(newest)
    ends = months_of(frame["period_end"])
    kept = frame["state"].isin(_WORDS).to_numpy(bool) & (ends <= cut_off) & (ends >= cut_off - FRESH_MONTHS)
    rows = frame[kept].reset_index(drop=True)
    rows = _with_rest_of_year(rows, cut_off).merge(_in_a_row(year, as_of, settings, directions), how="left")
    alone = rows["times"].isna()
    rows = rows.assign(
        times=rows["times"].fillna(1).astype(np.int64),
        since=rows["since"].astype(object).where(~alone, rows["period_end"]),
        months=rows["months"].fillna(1).astype(np.int64),
        key=rows["town"] + "|" + rows["indicator"] + "|" + rows["period_end"],
        _red=rows["state"] != str(State.RED),
    )
    rows = rows.sort_values(["_red", "lead", "town", "indicator"], kind="stable")
    return rows.reset_index(drop=True)[list(ALERT_COLUMNS)]


def _with_rest_of_year(rows: pd.DataFrame, cut_off: int) -> pd.DataFrame:
    """Days and months to the end of the target's time, and points a month needed and made so far."""
    first, last = months_of(rows["period_start"]), months_of(rows["period_end"])
    length = coded(rows["basis"], BASIS_MONTHS, _YEAR)
    due = last - last % length + length - 1
    left = due - last
    by_completion = (rows["gap_from"] == "completion").to_numpy(bool)
    gone = last - first + 1
    done = rows["completion"].to_numpy(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(by_completion & (left > 0), (100 - done) / left, np.nan)
        so_far = np.where(by_completion & (gone > 0), done / gone, np.nan)
    return rows.assign(
        days_left=_days(np.full(len(rows), cut_off), due),
        months_left=left,
        needed=needed.round(4),
        so_far=so_far.round(4),
    )


def _days(start: npt.NDArray[np.int64], end: Ints) -> Ints:
    """Days from the last day of one running month to the last day of another; 0 where that is past."""
    return np.array(
        [max((_last_day(b) - _last_day(a)).days, 0) for a, b in zip(start, end, strict=True)], dtype=np.int64
    )


def _last_day(month: int) -> date:
    year, place = divmod(int(month), _YEAR)
    return date(year, place + 1, calendar.monthrange(year, place + 1)[1])


def _in_a_row(year: pd.DataFrame, as_of: str, settings: Settings | None, directions: Directions | None) -> pd.DataFrame:
    """Town, indicator, period_end, and for how many figures until that one the indicator has been behind."""
    past = history(year, as_of, settings, directions)
    past = past[past["last"] // _YEAR == month_number(as_of) // _YEAR]
    behind = past["state"].isin(_WORDS)
    run = (~behind).astype(np.int64).groupby(past["cell"]).cumsum()
    groups = past.assign(run=run)[behind].groupby(["cell", "run"], sort=False)
    table = groups.agg(
        town=("town", "last"), indicator=("indicator", "last"), first=("last", "min"), last=("last", "max")
    )
    table = table.assign(times=groups.size()).reset_index(drop=True)
    return pd.DataFrame(
        {
            "town": table["town"].astype(object),
            "indicator": table["indicator"].astype(object),
            "period_end": pd.Series([month_text(int(end)) for end in table["last"]], dtype=object),
            "times": table["times"],
            "since": pd.Series([month_text(int(start)) for start in table["first"]], dtype=object),
            "months": table["last"] - table["first"] + 1,
        }
    )
