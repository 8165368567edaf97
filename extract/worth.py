"""Which values that stand without a rate belong on a dashboard, and which are only told by the way."""

from __future__ import annotations

from extract import indicators
from extract.items import Item
from extract.phrases import unit_kind


def is_headline(item: Item) -> bool:
    """Whether an official would put this value on a dashboard."""
    if item.value is None or item.value.unit == "":
        return False
    if len(item.name) > 18:
        return False
    if indicators.resolve(item.name):
        return True
    return unit_kind(item.value.unit) not in ("other", "bare", "amount")
