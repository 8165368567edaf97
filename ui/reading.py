"""Cached reads of the store and what is assessed from them.

Every cache is keyed by the store's place and version, so any write renews it. What is given back is shared
by all sessions: take it as read-only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

import assess
from assess import Direction
from assess.newest import history
from extract.indicators import taxonomy
from store import Store, StoreError, open_store
from ui import headlines as headline_rules
from ui import rulings

PLACE = "TOWN_PROGRESS_STORE"
# A town without a report for so long is no longer waited for.
SILENT_MONTHS = 24
# Targets whose completion does not grow over the year.
PART_OF_YEAR = ("half", "quarter")
Key = tuple[str | None, int]


@cache
def _taxonomy() -> dict[str, Direction]:
    return {
        name: Direction(lower_is_better=entry["direction"] == "down", point_in_time=entry["accumulation"] == "point")
        for name, entry in taxonomy().items()
    }


def directions() -> dict[str, Direction]:
    """What is good for each indicator, and how it is counted: from the taxonomy, and as people set it."""
    return _directions(_key())


@st.cache_resource(show_spinner=False, max_entries=2)
def _directions(key: Key) -> dict[str, Direction]:
    return rulings.directed(_open(key[0]), _taxonomy())


def settings() -> assess.Settings:
    """The settings in force, with last year's curves and the targets that reports tell where they are needed."""
    return _settings(_key())


@st.cache_resource(show_spinner=False, max_entries=2)
def _settings(key: Key) -> assess.Settings:
    own = rulings.settings_of(_open(key[0]))
    curve = _curves(key) if own.needs_curve else None
    return replace(own, curve=curve, reported=assess.target_table(assess.without_targets(_frame(key))))


def curves() -> pd.DataFrame:
    """Every complete year's own curve; see :func:`assess.seasonal_curves`."""
    return _curves(_key())


@st.cache_resource(show_spinner=False, max_entries=2)
def _curves(key: Key) -> pd.DataFrame:
    return assess.seasonal_curves(_frame(key))


def store() -> Store:
    """The store of this app, opened once per process and place."""
    return _open(os.environ.get(PLACE))


@st.cache_resource(show_spinner=False)
def _open(place: str | None) -> Store:
    return open_store(place)


def _key() -> Key:
    return os.environ.get(PLACE), store().version


def reports() -> list[dict[str, Any]]:
    """The live reports, newest first."""
    return _reports(_key())


@st.cache_resource(show_spinner=False, max_entries=2)
def _reports(key: Key) -> list[dict[str, Any]]:
    return _open(key[0]).reports()


def has_sample() -> bool:
    """Whether sample reports are in the store."""
    return any(report["origin"] == "sample" for report in reports())


def frame() -> pd.DataFrame:
    """All shown records of live reports, one a row, with every column that assessments need."""
    return _frame(_key())


@st.cache_resource(show_spinner="正在读取记录…", max_entries=2)
def _frame(key: Key) -> pd.DataFrame:
    return assess.records_frame(_open(key[0]).records())


def record(record_id: str) -> dict[str, Any] | None:
    """One shown record by its number as the URL gives it; None where there is none."""
    rows = frame()
    if not record_id.isdecimal() or rows.empty:
        return None
    found = rows[rows["id"] == int(record_id)]
    return None if found.empty else {str(key): value for key, value in found.iloc[0].to_dict().items()}


def asked_report(parameter: str) -> dict[str, Any] | None:
    """The report that a parameter of the URL names; None where it names none or one that is not there."""
    return _asked(parameter, "报告", store().report)


def asked_record(parameter: str) -> dict[str, Any] | None:
    """The record that a parameter of the URL names; None where it names none or one that is not there."""
    return _asked(parameter, "记录", store().record_row)


def _asked(parameter: str, word: str, look_up: Callable[[int], dict[str, Any]]) -> dict[str, Any] | None:
    number = st.query_params.get(parameter, "")
    if not number.isdecimal():
        return None
    try:
        return look_up(int(number))
    except StoreError:
        st.warning(f"没有编号为 {number} 的{word}，可能已被清除。")
        return None


def source(row: dict[str, Any]) -> tuple[str, list[tuple[int, int, str]]]:
    """The report's text and the stretches (start, end, role) that gave a record."""
    kept = store()
    spans = [(item.start, item.end, item.role) for item in kept.evidence(int(row["id"]))]
    return kept.report_text(int(row["report_id"])), spans


def towns() -> list[str]:
    """The towns that any shown record names."""
    return _distinct(_key(), "town")


def town_asked(asked: str | None, as_of: str) -> str:
    """The town asked for; where it is unknown, the first town with a figure in the cut-off's year, else the first."""
    every = towns()
    if asked in every:
        return str(asked)
    told = set(newest(as_of)["town"])
    return next((town for town in every if town in told), every[0])


def indicators() -> list[str]:
    """The indicators, those with most records first."""
    return _distinct(_key(), "indicator")


@st.cache_resource(show_spinner=False, max_entries=8)
def _distinct(key: Key, column: str) -> list[str]:
    names = _frame(key)[column].dropna()
    if column == "town":
        return sorted(names.unique())
    return [str(name) for name in names.value_counts(sort=True).index]


def periods() -> list[str]:
    """The months at which any actual figure ends, newest first; a month after its report came is none (a year
    that cannot be true, which 核查 names)."""
    return _periods(_key())


@st.cache_resource(show_spinner=False, max_entries=2)
def _periods(key: Key) -> list[str]:
    return _ends(_frame(key))


def _ends(rows: pd.DataFrame) -> list[str]:
    """The last months of actual figures, newest first: those that their reports could know, else all of them."""
    done = rows[rows["status"] == "actual"]
    known = done.loc[assess.told_in_time(done), "period_end"].dropna().unique()
    every = known if len(known) else done["period_end"].dropna().unique()
    return sorted(every, reverse=True)


def periods_of(town: str) -> list[str]:
    """The months at which any actual figure of a town ends, newest first."""
    rows = frame()
    return _ends(rows[rows["town"] == town])


def until(as_of: str) -> pd.DataFrame:
    """The records whose period ends by a month, and what is expected or planned for the rest of its year."""
    return _until(_key(), as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def _until(key: Key, as_of: str) -> pd.DataFrame:
    rows = _frame(key)
    told = rows["period_end"].notna()
    ends = rows["period_end"].where(told, "")
    ahead = (rows["status"] != "actual") & (ends <= f"{as_of[:4]}-12")
    return rows[told & ((ends <= as_of) | ahead)]


def year_until(as_of: str) -> pd.DataFrame:
    """Of :func:`until` the records of the month's own year: what counts at that cut-off."""
    return _year_until(_key(), as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def _year_until(key: Key, as_of: str) -> pd.DataFrame:
    rows = _until(key, as_of)
    return rows[rows["period_end"] >= f"{as_of[:4]}-01"]


def newest(as_of: str) -> pd.DataFrame:
    """The newest actual figure of each town and indicator in the month's year, with pace, gap and state."""
    return _newest(_key(), as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def _newest(key: Key, as_of: str) -> pd.DataFrame:
    rows = judged(assess.latest(year_until(as_of), as_of, directions()))
    return rows.assign(others=_mean_of_others(rows))


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """:func:`assess.assessed` by the settings in force."""
    return assess.assessed(rows, settings(), directions())


def _mean_of_others(rows: pd.DataFrame) -> pd.Series:
    """Mean completion of the other towns for the same indicator and month; nan where no other reported."""
    groups = rows.groupby(["indicator", "period_end"])["completion"]
    own = rows["completion"]
    count = groups.transform("count") - own.notna()
    total = groups.transform("sum") - own.fillna(0)
    return (total / count.where(count > 0)).round(4)


def missing(as_of: str) -> pd.DataFrame:
    """The towns without a figure for the cut-off month, see :func:`assess.missing_reports`; the longest silent first.

    ``dated`` tells whether any record of the town says its period, ``silent`` whether the town has not reported
    for ``SILENT_MONTHS`` months and so is no longer waited for.
    """
    return _missing(_key(), as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def _missing(key: Key, as_of: str) -> pd.DataFrame:
    rows = assess.missing_reports(_until(key, as_of), _tracked(key), as_of)
    every = _frame(key)
    dated = set(every.loc[every["period_end"].notna(), "town"])
    behind = rows["months_behind"]
    return rows.assign(dated=rows["town"].isin(dated), silent=behind.isna() | (behind >= SILENT_MONTHS))


def _tracked(key: Key) -> list[str]:
    """The towns that are assessed and waited for: all but those that 设置 leaves out."""
    out = rulings.untracked(_open(key[0]))
    return [town for town in _distinct(key, "town") if town not in out]


def silent_towns(as_of: str) -> set[str]:
    """The towns that are no longer waited for at the cut-off."""
    rows = missing(as_of)
    return set(rows.loc[rows["silent"], "town"])


def overview(as_of: str, every: bool = False) -> pd.DataFrame:
    """One row a town at the cut-off; see :func:`assess.overview`. Silent towns only where ``every`` town is asked."""
    return _overview(_key(), as_of, every)


@st.cache_resource(show_spinner=False, max_entries=4)
def _overview(key: Key, as_of: str, every: bool) -> pd.DataFrame:
    hidden = set() if every else silent_towns(as_of)
    return assess.overview(
        _until(key, as_of),
        as_of,
        settings(),
        directions(),
        headlines=_headlines(key, as_of),
        towns=[town for town in _tracked(key) if town not in hidden],
    )


def heat_map(as_of: str, value: str) -> pd.DataFrame:
    """Towns (as in the overview) by indicators; ``value`` is gap or lead, see :func:`assess.heat_map`."""
    return _heat_map(_key(), as_of, value)


@st.cache_resource(show_spinner=False, max_entries=8)
def _heat_map(key: Key, as_of: str, value: str) -> pd.DataFrame:
    names = _overview(key, as_of, False)["town"].tolist()
    return assess.heat_map(year_until(as_of), as_of, settings(), directions(), towns=names, value=value)


def headlines(as_of: str) -> list[str]:
    """The headline indicators at the cut-off, at most six; see :func:`ui.headlines.of_county`."""
    return _headlines(_key(), as_of)


@st.cache_resource(show_spinner=False, max_entries=4)
def _headlines(key: Key, as_of: str) -> list[str]:
    return headline_rules.of_county(_newest(key, as_of))


def compared() -> pd.DataFrame:
    """Stated and computed change of every figure; see :func:`assess.stated_and_computed`."""
    return _compared(_key())


@st.cache_resource(show_spinner="正在计算同比…", max_entries=2)
def _compared(key: Key) -> pd.DataFrame:
    return assess.stated_and_computed(_frame(key), directions())


def line(town: str, indicator: str, as_of: str) -> tuple[pd.DataFrame, assess.Projection | None]:
    """The timeline of an indicator by the cut-off, and the projection for the cut-off's year."""
    return _line(_key(), town, indicator, as_of)


@st.cache_resource(show_spinner=False, max_entries=64)
def _line(key: Key, town: str, indicator: str, as_of: str) -> tuple[pd.DataFrame, assess.Projection | None]:
    rows = _until(key, as_of)
    rows = rows[(rows["town"] == town) & (rows["indicator"] == indicator)]
    points = assess.timeline(rows, town, indicator, settings=settings(), directions=directions())
    return points, assess.projection(rows, town, indicator, int(as_of[:4]), directions(), settings())


def town_lines(indicator: str, as_of: str) -> pd.DataFrame:
    """Completion by month of all towns, this year and last: town, year, month, completion, status, value_from, id."""
    return _town_lines(_key(), indicator, as_of)


@st.cache_resource(show_spinner=False, max_entries=16)
def _town_lines(key: Key, indicator: str, as_of: str) -> pd.DataFrame:
    rows = _until(key, as_of)
    rows = rows[(rows["indicator"] == indicator) & (rows["period_end"] >= f"{int(as_of[:4]) - 1}-01")]
    rows = history(rows, as_of, settings(), directions())
    points = rows[rows["completion"].notna() & ~rows["basis"].isin(PART_OF_YEAR)]
    return points.assign(
        town=points["town"].astype(str),
        year=points["last"] // 12,
        month=points["last"] % 12 + 1,
        value_from="stated",
    )
