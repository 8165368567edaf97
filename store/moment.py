"""The one clock of the store."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment in UTC as ISO 8601, to the second: 2024-07-05T02:10:00+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")
