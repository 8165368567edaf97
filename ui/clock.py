"""Moments of the store as people read them, in this machine's own time zone. No Streamlit."""

from __future__ import annotations

from datetime import datetime

NONE = "—"


def moment(stamp: object) -> str:
    """``2024-07-05T02:10:00+00:00`` as ``2024年7月5日 10:10`` where the machine keeps Beijing time."""
    if not isinstance(stamp, str) or not stamp:
        return NONE
    local = datetime.fromisoformat(stamp).astimezone()
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
