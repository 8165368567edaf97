"""All towns at one look: lamps, counts that add up, heat map, and who has not reported.

The rule of a town's lamp: of its headline indicators take those with a gap to the pace (not those whose
target is a growth rate) whose newest figure is at most ``FRESH_MONTHS`` months old at the cut-off; the
median of their gaps (turned round where lower is better)
gives the lamp by the same thresholds as for one indicator. It is 已完成 only where all of them are. Without
any fresh record the town is 未报; with records but without a gap 不适用.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assess.judging import judged
from assess.months import month_number, month_text
from assess.newest import actual, headlines_of, history_of, newest
from assess.settings import Settings
from assess.states import State
from assess.tables import Directions, in_time, narrow, records_frame

# A quarter's report is fresh until the next one is due.
FRESH_MONTHS = 2
# How far back the figure before the newest one is looked for.
_HISTORY_MONTHS = 24
# Column of the overview -> the state that it counts.
COUNT_COLUMNS: dict[str, State] = {
    "done": State.DONE,
    "ahead": State.AHEAD,
    "on": State.ON,
    "yellow": State.YELLOW,
    "red": State.RED,
    "unreported": State.UNREPORTED,
    "not_applicable": State.NOT_APPLICABLE,
}
OVERVIEW_COLUMNS: tuple[str, ...] = (
    "town", "state", "sign", "completion", "gap", "change", "sparkline", *COUNT_COLUMNS, "total",
    "last_report", "last_received", "records",
)  # fmt: skip
MISSING_REPORT_COLUMNS = ("town", "last_report", "months_behind")


def newest_month(records: pd.DataFrame) -> str | None:
    """The newest last month (``2016-09``) among actual figures: the default cut-off. None without any.

    A month after its report came does not count, unless there is no other."""
    return _newest_month(narrow(records))


def _newest_month(slim: pd.DataFrame) -> str | None:
    done = slim[slim["status"] == "actual"]
    known = in_time(done["last"].to_numpy(), done["received_at"])
    ends = done.loc[known if known.any() else slice(None), "last"]
    return month_text(int(ends.max())) if len(ends) else None


def overview(
    records: pd.DataFrame,
    as_of: str | None = None,
    settings: Settings | None = None,
    directions: Directions | None = None,
    *,
    headlines: Sequence[str] | None = None,
    towns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row a town, the furthest ahead first, towns without a gap last.

    - ``state``, ``sign``: the lamp by the rule above. ``completion`` (per cent), ``gap`` (points, more is
      better): medians over the fresh headline indicators.
    - ``change``: median change in points of the same indicators' gaps since each one's figure before.
    - ``sparkline``: median completion of the headline indicators by month in the year of the cut-off.
    - done … not_applicable: the headline indicators by state; they add up to ``total``. A headline
      indicator without a fresh figure is 未报.
    - ``last_report``: newest month of any actual figure; ``last_received``: when the newest report came;
      ``records``: actual figures by the cut-off.

    ``as_of`` defaults to :func:`newest_month`, ``headlines`` to
    :func:`assess.newest.headline_indicators`, ``towns`` (those that should report) to all in ``records``.
    """
    frame = records_frame(records)
    slim = narrow(frame, directions)
    names = list(dict.fromkeys(towns)) if towns is not None else sorted(frame["town"].dropna().unique())
    as_of = as_of or _newest_month(slim)
    if not names or as_of is None:
        return _without_figures(names)
    slim = actual(slim, as_of)
    chosen = list(headlines) if headlines is not None else headlines_of(slim)
    fresh_from = month_number(as_of) - FRESH_MONTHS
    recent = slim["last"] > month_number(as_of) - _HISTORY_MONTHS
    past = history_of(slim[recent & slim["indicator"].isin(chosen)], settings)
    past["town"] = past["town"].astype(str)
    now = past.drop_duplicates("cell", keep="last")
    now = now[now["last"] >= fresh_from]
    table = _reports(slim, names)
    table = table.join(_medians(now)).join(_counts(now, names, len(chosen))).join(_sparklines(past, as_of))
    return _with_lamps(table, settings or Settings(), fresh_from).reset_index()[list(OVERVIEW_COLUMNS)]


def _reports(slim: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    groups = slim.assign(received=pd.Categorical(slim["received_at"], ordered=True)).groupby("town", observed=True)
    table = groups.agg(last=("last", "max"), records=("row", "size"))
    codes = groups["received"].agg(lambda column: column.cat.codes.max()) if len(slim) else pd.Series(dtype=int)
    received = np.array([*pd.Categorical(slim["received_at"]).categories, None], dtype=object)
    table["last_received"] = received[codes.to_numpy(int)]
    table.index = table.index.astype(str)
    table = table.reindex(pd.Index(names, name="town"))
    table["records"] = table["records"].fillna(0).astype(int)
    table["last"] = table["last"].fillna(-1).astype(np.int64)
    table["last_report"] = [month_text(last) if last >= 0 else None for last in table["last"]]
    return table


def _medians(now: pd.DataFrame) -> pd.DataFrame:
    able = now[now["lead"].notna() & (now["gap_from"] == "completion")]
    able = able.assign(change=able["lead"] - able["last_lead"], unfinished=able["state"] != State.DONE)
    groups = able.groupby("town")
    medians = groups[["completion", "lead", "change"]].median().round(4).rename(columns={"lead": "gap"})
    return medians.assign(unfinished=groups["unfinished"].any())


def _counts(now: pd.DataFrame, names: list[str], total: int) -> pd.DataFrame:
    counts = pd.crosstab(now["town"], now["state"]).reindex(index=names, columns=[str(state) for state in State])
    counts = counts.fillna(0).astype(int)
    counts[str(State.UNREPORTED)] = total - counts.sum(axis=1)
    counts.columns = pd.Index([key for state in State for key, word in COUNT_COLUMNS.items() if word == state])
    return counts.assign(total=total)


def _sparklines(past: pd.DataFrame, as_of: str) -> pd.Series:
    year = past[(past["last"] // 12 == month_number(as_of) // 12) & past["completion"].notna()]
    by_month = year.groupby(["town", "last"])["completion"].median().round(2)
    return by_month.groupby("town").agg(list).rename("sparkline")


def _with_lamps(table: pd.DataFrame, settings: Settings, fresh_from: int) -> pd.DataFrame:
    gap = table["gap"].to_numpy(np.float64)
    states = np.select(
        [
            (table["last"] < fresh_from).to_numpy(),
            np.isnan(gap),
            ~table["unfinished"].fillna(True).astype(bool).to_numpy(),
            *(gap >= low for low in settings.limits(table.index)),
        ],
        [State.UNREPORTED, State.NOT_APPLICABLE, State.DONE, State.AHEAD, State.ON, State.YELLOW],
        default=State.RED,
    )
    table = table.assign(state=[str(State(word)) for word in states], sign=[State(word).sign for word in states])
    table["sparkline"] = table["sparkline"].map(lambda line: line if isinstance(line, list) else [])
    return table.assign(_town=table.index).sort_values(["gap", "_town"], ascending=[False, True], na_position="last")


def _without_figures(names: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(
        {column: pd.Series(np.nan, index=range(len(names)), dtype=object) for column in OVERVIEW_COLUMNS}
    )
    table = table.assign(**dict.fromkeys([*COUNT_COLUMNS, "total", "records"], 0))
    table = table.astype(dict.fromkeys(("completion", "gap", "change"), np.float64))
    unreported = State.UNREPORTED
    lines = pd.Series([list[float]() for _ in names], index=table.index, dtype=object)
    return table.assign(town=names, state=str(unreported), sign=unreported.sign, sparkline=lines)


def heat_map(
    records: pd.DataFrame,
    as_of: str | None = None,
    settings: Settings | None = None,
    directions: Directions | None = None,
    *,
    indicators: Sequence[str] | None = None,
    towns: Sequence[str] | None = None,
    value: str = "gap",
) -> pd.DataFrame:
    """Towns down, indicators across (those most reported first), newest figures by ``as_of`` in the cells.

    ``value`` is the column of :func:`assess.judging.assessed` to show: gap or lead (points), completion, or
    state, by which to colour. A cell without a figure is nan, its state 未报. Expected figures are never in it.
    """
    slim = newest(actual(narrow(records, directions), as_of))
    slim = judged(slim, settings)
    slim = slim.assign(town=slim["town"].astype(str), indicator=slim["indicator"].astype(str))
    if indicators is None:
        indicators = slim[slim["lead"].notna()]["indicator"].value_counts(sort=True).index.tolist()
    names = list(towns) if towns is not None else sorted(slim["town"].unique())
    table = slim.pivot(index="town", columns="indicator", values=value).reindex(index=names, columns=list(indicators))
    table.index.name, table.columns.name = "town", None
    return table.astype(object).where(table.notna(), str(State.UNREPORTED)) if value == "state" else table


def missing_reports(records: pd.DataFrame, towns: Sequence[str] | None, period: str) -> pd.DataFrame:
    """Towns without any actual figure whose period ends with the month ``period`` (``2016-09``).

    Columns: town, ``last_report`` (their newest month before, None without any), ``months_behind`` (nan
    without any); the longest silent first. ``towns`` defaults to all in ``records``. Raises ValueError for a
    ``period`` that is no month.
    """
    due = month_number(period)
    if due < 0:
        raise ValueError(f"月份应写作 2016-09,实为 {period}")
    slim = actual(narrow(records), period)
    newest_of = slim.groupby("town", observed=True)["last"].max()
    last = {str(town): int(month) for town, month in newest_of.items()}
    names = (
        list(dict.fromkeys(towns)) if towns is not None else sorted(records_frame(records)["town"].dropna().unique())
    )
    silent = [name for name in names if last.get(name, -1) < due]
    silent.sort(key=lambda name: last.get(name, -1))
    ends = [last.get(name) for name in silent]
    return pd.DataFrame(
        {
            "town": pd.Series(silent, dtype=object),
            "last_report": pd.Series([None if end is None else month_text(end) for end in ends], dtype=object),
            "months_behind": pd.Series([np.nan if end is None else due - end for end in ends], dtype=np.float64),
        }
    )
