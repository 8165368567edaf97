"""The targets of one year as steps: what was aimed at first, what changed it, and the sentence that says so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from assess.settings import Settings
from assess.tables import records_frame, unit_factors
from assess.targets import found_targets

STEP_COLUMNS = ("year", "month", "target", "unit", "target_from", "sentence", "report_name", "id")


def target_steps(
    records: pd.DataFrame, town: str, indicator: str, year: int, settings: Settings | None = None
) -> pd.DataFrame:
    """One row for each target of the year (not of a budget), by time; a target that only repeats the one before is
    no step.

    ``target`` is in ``unit``, as told; ``target_from`` is set, stated or implied. ``month`` is from when it is in
    force: that of a target set by hand, else the last month of the report that tells it. ``sentence`` is the report's,
    or where a target set by hand was decided (then ``id`` is missing).
    """
    frame = records_frame(records)
    own = frame[((frame["town"] == town) & (frame["indicator"] == indicator)).to_numpy(bool)].reset_index(drop=True)
    told = pd.concat([_by_hand(settings or Settings(), town, indicator, year), _reported(own, year)], ignore_index=True)
    told = told.sort_values(["month", "order"], kind="stable").reset_index(drop=True)
    return told[np.array(_is_step(told), dtype=bool)].reset_index(drop=True)[list(STEP_COLUMNS)]


def _reported(own: pd.DataFrame, year: int) -> pd.DataFrame:
    found = found_targets(own)
    found = found[(found["year"] == year) & (found["basis"] == "annual")]
    sentences, numbers = own["sentence"].array, own["id"].array
    rows = found["row"].to_numpy(np.int64)
    factor = unit_factors(found["unit"])[0]
    return pd.DataFrame(
        {
            "year": year,
            "month": (found["last"] % 12 + 1).to_numpy(),
            "target": (found["target"] / factor).to_numpy(),
            "unit": found["unit"].to_numpy(object),
            "target_from": np.where(found["implied"], "implied", "stated").astype(object),
            "sentence": np.asarray(sentences[rows], dtype=object),
            "report_name": found["report_name"].to_numpy(object),
            "id": np.asarray(numbers[rows], dtype=object),
            "low": found["low"].to_numpy(),
            "high": found["high"].to_numpy(),
            "base": found["base"].to_numpy(object),
            "order": found["implied"].to_numpy(int) + 1,
        }
    )


def _by_hand(settings: Settings, town: str, indicator: str, year: int) -> pd.DataFrame:
    if settings.targets is None or settings.targets.empty:
        return pd.DataFrame()
    kept = settings.targets
    kept = kept[(kept["town"] == town) & (kept["indicator"] == indicator) & (kept["year"] == year)]
    factors, bases = unit_factors(kept["unit"])
    amount = kept["target"].astype(np.float64) * factors
    return pd.DataFrame(
        {
            "year": year,
            "month": kept["from_month"],
            "target": kept["target"],
            "unit": kept["unit"],
            "target_from": "set",
            "sentence": kept["source"],
            "report_name": "",
            "id": None,
            "low": amount,
            "high": amount,
            "base": bases,
            "order": 0,
        }
    )


def _is_step(told: pd.DataFrame) -> list[bool]:
    """Whether each target differs from the one in force before it, as far as the printed digits tell."""
    held: tuple[float, float, str] | None = None
    result: list[bool] = []
    for low, high, base in zip(told["low"], told["high"], told["base"], strict=True):
        room = 1e-9 * max(abs(high), 1.0)
        same = held is not None and held[2] == base and low <= held[1] + room and high >= held[0] - room
        result.append(not same)
        if not same:
            held = (low, high, base)
    return result
