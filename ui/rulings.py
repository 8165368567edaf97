"""The settings as the store keeps them, one key for each, and as ``assess`` wants them. No Streamlit.

``rules`` and ``rules:示例县`` bands and pace · ``town:柳溪镇`` its county, and whether it is waited for ·
``target-order`` which target counts · ``lower:信访量`` whether less is better · ``alias:规上产值`` the indicator
that a report's own name means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from assess import Direction, Rules, Settings, Thresholds
from store import Store
from store.targets import SEPARATOR

RULES, COUNTY, TOWN, LOWER, ALIAS = "rules", "rules:", "town:", "lower:", "alias:"
TARGET_ORDER = "target-order"
SET_FIRST, REPORT_FIRST = "set", "report"
ORDERS: dict[str, str] = {
    SET_FIRST: "人工设定优先：人工设定 > 报告写明 > 推算",
    REPORT_FIRST: "报告优先：报告写明 > 人工设定 > 推算",
}
TARGET_COLUMNS = ("town", "indicator", "year", "from_month", "target", "unit", "source", "who", "changed_at")
# What each key is called in the log.
WORDS: dict[str, str] = {
    COUNTY: "界限和序时进度",
    RULES: "界限和序时进度",
    TOWN: "乡镇",
    LOWER: "越低越好的指标",
    ALIAS: "别名",
    TARGET_ORDER: "目标取用",
}


def rules_value(rules: Rules) -> dict[str, Any]:
    """Rules as the store keeps them, numbers as texts."""
    return {
        "completion": _band_texts(rules.thresholds),
        "growth": _band_texts(rules.growth),
        "pace": rules.pace,
    }


def _band_texts(bands: Thresholds) -> list[str]:
    return [format(number, "f") for number in (bands.ahead, bands.on, bands.yellow)]


def rules_from(value: Mapping[str, Any]) -> Rules:
    """Rules from what the store keeps; raises ValueError, in words for people, where they cannot be."""
    completion, growth = (Thresholds(*map(Decimal, value[name])) for name in ("completion", "growth"))
    return Rules(completion, growth, str(value["pace"]))


def settings_of(store: Store) -> Settings:
    """All settings of a store; without what is worked out from its records (``reported`` and ``curve``)."""
    own = store.setting(RULES)
    return Settings(
        rules=Rules() if own is None else rules_from(own),
        counties={name: rules_from(value) for name, value in store.settings(COUNTY).items()},
        county_of={name: value["county"] for name, value in store.settings(TOWN).items() if value.get("county")},
        targets=pd.DataFrame(store.targets(), columns=list(TARGET_COLUMNS)),
        set_first=store.setting(TARGET_ORDER, SET_FIRST) == SET_FIRST,
    )


def untracked(store: Store) -> frozenset[str]:
    """The towns that are not waited for and not assessed."""
    return frozenset(name for name, value in store.settings(TOWN).items() if not value.get("tracked", True))


def directed(store: Store, known: Mapping[str, Direction]) -> dict[str, Direction]:
    """The directions of the taxonomy with those that people set."""
    changed = {
        name: replace(known.get(name, Direction()), lower_is_better=bool(value))
        for name, value in store.settings(LOWER).items()
    }
    return {**known, **changed}


def told(field: str, value: object) -> tuple[str, str] | None:
    """A setting's key and value as the log shows them; None for a key that is none of these."""
    kind = next((kind for kind in WORDS if field == kind or (kind.endswith(":") and field.startswith(kind))), None)
    if kind is None:
        return None
    name = field[len(kind) :]
    return f"{WORDS[kind]}{f'：{name}' if name else ''}", _value_text(kind, value)


def told_target(field: str, value: Any) -> tuple[str, str]:
    """A target set by hand as the log shows it: which one, and how much from where."""
    town, indicator, year, month = field.split(SEPARATOR)
    since = "" if month == "1" else f"{month}月起"
    name = f"目标：{town} {indicator} {year}年{since}"
    if value is None:
        return name, "未设"
    source = f"（{value['source']}）" if value["source"] else ""
    return name, f"{value['target']}{value['unit']}{source}"


def _value_text(kind: str, value: Any) -> str:
    if value is None:
        return "未设"
    if kind in (RULES, COUNTY):
        return rules_from(value).line
    if kind == TOWN:
        county = value.get("county") or "未定县区"
        return f"{county}，{'纳入' if value.get('tracked', True) else '不纳入'}"
    if kind == TARGET_ORDER:
        return ORDERS[value]
    return ("越低越好" if value else "越高越好") if kind == LOWER else str(value)
