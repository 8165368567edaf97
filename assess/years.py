"""One indicator of one town through the years: values, completion, pace, expected figures, target steps."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.judging import assessed
from assess.months import BASIS_MONTHS, month_text
from assess.outlook import DECEMBER, Projection, project
from assess.settings import Settings
from assess.states import Direction
from assess.tables import Directions, best_rows, coded, narrow, records_frame, unit_factors, worded
from assess.targets import implied_range
from extract.units import display, in_base, parse_unit

TIMELINE_COLUMNS: tuple[str, ...] = (
    "year", "month", "period_start", "period_end", "span", "status", "value", "unit", "value_from",
    "completion", "completion_from", "basis", "pace", "gap", "state", "yoy", "target", "target_from",
    "id", "report_name",
)  # fmt: skip
_NUMBERS = ("value", "completion", "pace", "gap", "yoy", "target")
# Bases whose targets are not the year's and take no part in its steps.
_OTHER_SPANS = ("half", "quarter", "multi-year")
_STATUS_ORDER = {"actual": 0, "expected": 1, "planned": 2}
_SPAN_ORDER = {"cumulative": 0, "month": 1, "other": 2}


def timeline(
    records: pd.DataFrame,
    town: str,
    indicator: str,
    *,
    span: str | None = "cumulative",
    settings: Settings | None = None,
    directions: Directions | None = None,
) -> pd.DataFrame:
    """One row for each month, status and span, by time; years are laid over each other by ``year`` and ``month``.

    - ``span``: cumulative (the year so far, or a stock at a day), month (a single month other than January) or
      other; only rows of the span asked for, None for all.
    - ``status`` keeps actual and expected apart. A planned figure is a target, not a result: its number
      stands under ``target``, its ``value`` is empty. Targets of a half-year, a quarter or several years are left out.
    - ``value`` and ``target`` are in one ``unit`` (万元, 亿元 …), the one that suits the largest value; a
      figure of another kind keeps its own. ``value_from``: stated, or implied (推算) for a month of the year
      before that has no record, from value ÷ (1 + yoy).
    - ``target`` is the target in force, carried forward within its year, and ``target_from`` set,
      stated or implied. An implied target makes a new step only where the printed digits cannot mean the old one.
    """
    frame = records_frame(records)
    chosen = frame[((frame["town"] == town) & (frame["indicator"] == indicator)).to_numpy(bool)]
    slim = narrow(chosen, directions)
    slim = slim.assign(span=_spans(slim), order=coded(slim["status"], _STATUS_ORDER, 9))
    slim = slim if span is None else slim[slim["span"] == span]
    if slim.empty:
        return _empty()
    slim = best_rows(slim, slim["last"] * 100 + slim["order"] * 10 + coded(slim["span"], _SPAN_ORDER, 9))
    rows = slim["row"].to_numpy()
    table = assessed(chosen.iloc[rows], settings, directions).reset_index(drop=True)
    table = table.assign(
        year=(slim["last"] // 12).to_numpy(),
        month=(slim["last"] % 12 + 1).to_numpy(),
        span=slim["span"].to_numpy(),
        value_from=worded((table["value"].notna(), "stated")),
        order=slim["order"].to_numpy(),
    )
    table = _in_one_unit(_planned_as_targets(_with_implied_ranges(table)))
    table = pd.concat([_with_steps(_in_order(table)), _implied_last_year(table)], ignore_index=True)
    return _in_order(table)[list(TIMELINE_COLUMNS)].astype(dict.fromkeys(_NUMBERS, np.float64))


def projection(
    records: pd.DataFrame,
    town: str,
    indicator: str,
    year: int | None = None,
    directions: Directions | None = None,
    settings: Settings | None = None,
) -> Projection | None:
    """:func:`assess.outlook.project` for the completion of a year's target, with last year's values as the
    seasonal curve. ``year`` defaults to the newest with actual figures. None where there are fewer than three
    points, or for a stock, whose completion does not grow by the month."""
    table = timeline(records, town, indicator, settings=settings, directions=directions)
    done = table[(table["status"] == "actual") & (table["value_from"] == "stated")]
    if done.empty or (directions or {}).get(indicator, Direction()).point_in_time:
        return None
    year = int(done["year"].max()) if year is None else year
    now = done[(done["year"] == year) & done["pace"].notna() & done["basis"].map(BASIS_MONTHS).eq(DECEMBER)]
    before = done[(done["year"] == year - 1) & done["unit"].isin(now["unit"].unique())]
    return project(_points(now, "completion"), last_year=_points(before, "value"))


def _points(rows: pd.DataFrame, column: str) -> list[tuple[int, Decimal]]:
    known = rows[rows[column].notna()]
    return [(int(month), Decimal(str(value))) for month, value in zip(known["month"], known[column], strict=True)]


def _spans(slim: pd.DataFrame) -> npt.NDArray[np.object_]:
    single = (slim["first"] == slim["last"]).to_numpy(bool)
    return worded((slim["whole"], "cumulative"), (single, "month"), (np.ones(len(slim), bool), "other"))


def _planned_as_targets(table: pd.DataFrame) -> pd.DataFrame:
    planned = table["status"] == "planned"
    target = table["target"].mask(table["basis"].isin(_OTHER_SPANS))
    moved = planned & table["value"].notna() & target.isna()
    return table.assign(
        target=target.mask(moved, table["value"]),
        target_unit=table["target_unit"].astype(object).mask(moved, table["unit"]),
        target_from=table["target_from"].astype(object).mask(moved, "stated"),
        value=table["value"].mask(planned),
        value_from=table["value_from"].astype(object).mask(planned, None),
    )


def _in_one_unit(table: pd.DataFrame) -> pd.DataFrame:
    """Values and targets of the commonest kind in the unit that suits the largest; others as printed."""
    factor, base = unit_factors(table["unit"])
    target_unit = table["target_unit"].astype(object).where(table["target_unit"].notna(), table["unit"])
    target_factor, target_base = unit_factors(target_unit)
    amounts, targets = table["value"] * factor, table["target"] * target_factor
    kinds = pd.concat([base[amounts.notna()], target_base[targets.notna()]])
    if kinds.empty:
        return table
    main = str(kinds.mode().iloc[0])
    same, target_same = base == main, target_base == main
    unit = _suited(table["unit"][same & table["unit"].notna()], pd.concat([amounts[same], targets[target_same]]), main)
    worth = float(in_base(Decimal(1), unit)[0])
    return table.assign(
        value=table["value"].mask(same, amounts / worth),
        low=table["low"].mask(same, table["low"] * factor / worth),
        high=table["high"].mask(same, table["high"] * factor / worth),
        target=table["target"].mask(target_same, targets / worth),
        unit=table["unit"].astype(object).mask(same | (amounts.isna() & target_same), unit),
    )


def _suited(units: pd.Series, amounts: pd.Series, base: str) -> str:
    names = {parse_unit(str(unit)).name for unit in units}
    word = names.pop() if len(names) == 1 else base
    worth = in_base(Decimal(1), word)[0]
    return display(Decimal(str(float(amounts.abs().max()))) / worth, word)[1]


def _with_implied_ranges(table: pd.DataFrame) -> pd.DataFrame:
    """``low`` and ``high``: between which the year's target lies that an actual value and completion imply."""
    value, share = table["value"].to_numpy(np.float64), table["completion"].to_numpy(np.float64)
    able = (table["status"] == "actual") & (value > 0) & (share > 0) & table["basis"].map(BASIS_MONTHS).eq(DECEMBER)
    low, high = implied_range(value, share)
    return table.assign(low=np.where(able, low, np.nan), high=np.where(able, high, np.nan))


def _with_steps(table: pd.DataFrame) -> pd.DataFrame:
    """The target in force on each row that is no plan; see :func:`timeline`."""
    targets, sources = table["target"].to_numpy(np.float64, copy=True), table["target_from"].tolist()
    value, share = table["value"].to_numpy(np.float64), table["completion"].to_numpy(np.float64)
    low, high = table["low"].to_numpy(np.float64), table["high"].to_numpy(np.float64)
    years, statuses = table["year"].tolist(), table["status"].tolist()
    year, held, source = None, np.nan, None
    for row in (row for row, status in enumerate(statuses) if status != "planned"):
        if years[row] != year:
            year, held, source = years[row], np.nan, None
        if not np.isnan(targets[row]) and sources[row] != "implied":
            held, source = targets[row], sources[row] or "stated"
        elif low[row] > 0 and not low[row] <= held <= high[row]:
            held, source = value[row] / share[row] * 100, "implied"
        targets[row], sources[row] = held, source
    units = table["unit"].astype(object)
    known = units[table["target"].notna() & units.notna()]
    bare = units.isna() & ~np.isnan(targets)
    return table.assign(
        target=targets,
        target_from=pd.Series(sources, dtype=object, index=table.index),
        unit=units.mask(bare, known.iloc[0] if len(known) else None),
    )


def _implied_last_year(table: pd.DataFrame) -> pd.DataFrame:
    """Rows for months of the year before that have no actual figure, from value ÷ (1 + yoy)."""
    able = table[(table["status"] == "actual") & table["value"].notna() & (table["yoy"] > -100)]
    known = set(zip(*(table.loc[table["order"] == 0, key] for key in ("year", "month", "span")), strict=True))
    wanted = [
        (year - 1, month, span) not in known
        for year, month, span in zip(able["year"], able["month"], able["span"], strict=True)
    ]
    able = able[pd.Series(wanted, index=able.index, dtype=bool)]
    ends = able["year"] * 12 + able["month"] - 13
    emptied = dict.fromkeys(("completion", "pace", "gap", "yoy", "target"), np.nan)
    return able.assign(
        year=able["year"] - 1,
        period_start=able["period_start"].map(_year_before),
        period_end=[month_text(int(end)) for end in ends],
        value=able["value"] / (1 + able["yoy"] / 100),
        value_from="implied",
        **emptied,
        **dict.fromkeys(("completion_from", "basis", "target_from", "state"), None),
    )


def _year_before(month: object) -> str | None:
    return f"{int(month[:4]) - 1:04d}{month[4:]}" if isinstance(month, str) else None


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["year", "month", "order", "span"], kind="stable").reset_index(drop=True)


def _empty() -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(dtype=np.float64 if name in _NUMBERS else object) for name in TIMELINE_COLUMNS}
    )
