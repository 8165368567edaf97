"""The newest figure of each town and indicator, headline indicators, and ranks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assess.judging import judged
from assess.months import month_number
from assess.settings import Settings
from assess.tables import Directions, best_rows, narrow, records_frame

MAX_HEADLINES = 6
# One 64-bit key for cell and month: a million months are enough.
_KEY = 1_000_000
RANK_COLUMNS = ("town", "period_end", "completion", "gap", "state", "rank", "last_rank", "rank_change")


def latest(records: pd.DataFrame, as_of: str | None = None, directions: Directions | None = None) -> pd.DataFrame:
    """One row for each town and indicator, by town and indicator, with all columns of ``records``.

    Only actual figures whose period ends by ``as_of`` (``2016-06``). A figure that stands for the year so
    far goes before a single month or quarter and before a target of several years, however old; among
    equals the newest period counts, then :func:`assess.tables.best_rows` decides.
    """
    frame = records_frame(records)
    slim = newest(actual(narrow(frame, directions), as_of))
    rows = slim["row"].to_numpy()
    return frame.iloc[rows].sort_values(["town", "indicator"], kind="stable").reset_index(drop=True)


def actual(slim: pd.DataFrame, as_of: str | None) -> pd.DataFrame:
    """The actual figures of a narrow frame whose period ends by ``as_of``."""
    limit = month_number(as_of) if as_of else np.iinfo(np.int64).max
    return slim[(slim["status"] == "actual") & (slim["last"] <= limit)]


def newest(slim: pd.DataFrame) -> pd.DataFrame:
    """Of a narrow frame, the row of each cell that :func:`latest` describes."""
    cells = slim.groupby("cell", sort=False)
    slim = slim[slim["whole"] == cells["whole"].transform("max")]
    slim = slim[slim["last"] == slim.groupby("cell", sort=False)["last"].transform("max")]
    return best_rows(slim, slim["cell"])


def headline_indicators(records: pd.DataFrame, limit: int = MAX_HEADLINES) -> list[str]:
    """The indicators that most towns report with a completion of a target with a pace; ties by records, name."""
    return headlines_of(narrow(records), limit)


def headlines_of(slim: pd.DataFrame, limit: int = MAX_HEADLINES) -> list[str]:
    """:func:`headline_indicators` for a narrow frame."""
    able = slim[(slim["status"] == "actual") & slim["completion"].notna() & (slim["months"] > 0)]
    groups = able.groupby("indicator", observed=True)["cell"].agg(towns="nunique", records="size").reset_index()
    groups["indicator"] = groups["indicator"].astype(str)
    ordered = groups.sort_values(["towns", "records", "indicator"], ascending=[False, False, True])
    return ordered["indicator"].head(limit).tolist()


def ranking(
    records: pd.DataFrame,
    indicator: str,
    as_of: str | None = None,
    settings: Settings | None = None,
    directions: Directions | None = None,
    towns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Towns by their lead over the pace in one indicator: 1 is best, equals share a rank.

    Only actual figures for the year so far are ranked. ``last_rank`` is the rank by each town's record before,
    ``rank_change`` positive where the town went up; nan where there is none. Towns without a gap come last, unranked.
    """
    frame = records_frame(records)
    chosen = frame[frame["indicator"] == indicator]
    chosen = chosen if towns is None else chosen[chosen["town"].isin(towns)]
    now = history(chosen, as_of, settings, directions).drop_duplicates("cell", keep="last")
    now = now.assign(rank=_ranks(now["lead"]), last_rank=_ranks(now["last_lead"].where(now["lead"].notna())))
    now["rank_change"] = now["last_rank"] - now["rank"]
    now["period_end"] = chosen["period_end"].array[now["row"].to_numpy()]
    now["town"] = now["town"].astype(str)
    return now.sort_values(["rank", "town"], na_position="last")[list(RANK_COLUMNS)].reset_index(drop=True)


def history(
    records: pd.DataFrame,
    as_of: str | None = None,
    settings: Settings | None = None,
    directions: Directions | None = None,
) -> pd.DataFrame:
    """Judged narrow rows for the year so far, one for each cell and month, in time; ``last_lead`` is the lead
    that the cell's record before had."""
    return history_of(actual(narrow(records, directions), as_of), settings)


def history_of(slim: pd.DataFrame, settings: Settings | None = None) -> pd.DataFrame:
    """:func:`history` for a narrow frame of actual figures."""
    slim = slim[slim["whole"]]
    slim = judged(best_rows(slim, slim["cell"] * _KEY + slim["last"]), settings)
    slim = slim.sort_values(["cell", "last"])
    known = slim["lead"].groupby(slim["cell"]).ffill()
    return slim.assign(last_lead=known.groupby(slim["cell"]).shift())


def _ranks(leads: pd.Series) -> pd.Series:
    return leads.rank(method="min", ascending=False)
