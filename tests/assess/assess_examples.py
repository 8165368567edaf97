"""Builders: a test states only what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import pandas as pd

from assess import records_frame

_numbers = count(1)


def record(town: str = "柳溪镇", indicator: str = "财政总收入", end: str | None = "2016-06", **changes: object) -> dict:
    """A store record: actual, cumulative from January, against the year's target, unless told otherwise."""
    number = next(_numbers)
    plain = {
        "id": number,
        "report_id": number,
        "report_name": f"报告{number}.txt",
        "received_at": "2016-07-01T08:00:00Z",
        "review": "read",
        "town": town,
        "indicator": indicator,
        "value": None,
        "unit": "万元",
        "completion": None,
        "basis": "annual",
        "target": None,
        "target_unit": None,
        "target_from": None,
        "yoy": None,
        "period_start": f"{end[:4]}-01" if end else None,
        "period_end": end,
        "status": "actual",
        "flags": [],
    }
    return plain | changes


def table(*records: dict) -> pd.DataFrame:
    return records_frame(records)


def monthly(figures: dict[str, float], key: str = "value", **changes: object) -> Iterable[dict]:
    """One record for each month of ``figures``: {"2016-01": 8.0, …}."""
    return [record(end=end, **{key: figure}, **changes) for end, figure in figures.items()]
