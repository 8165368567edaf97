"""Aliases: what a report's own name of an indicator means. Learned from corrections, logged, reversible. No Streamlit.

Only names that the vocabulary does not know are learned: a correction of a known name tells of a misread sentence,
not of another way to write the indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from extract.indicators import key_of, resolve
from extract.models import Findings
from store import Store
from ui.rulings import ALIAS

FLAG = "按设置的别名归入"
LEARNED = "由更正学得"


def kept(store: Store) -> dict[str, str]:
    """The aliases in force: the name as reports write it -> the indicator."""
    return {name: str(indicator) for name, indicator in store.settings(ALIAS).items()}


def lesson(record: Mapping[str, Any], changes: Mapping[str, object]) -> tuple[str, str] | None:
    """The alias that a correction teaches: the name as written and the indicator that it was filed under; or None."""
    name, indicator = str(record["indicator_text"]).strip(), str(changes.get("indicator") or "").strip()
    taught = indicator and name and key_of(name) != key_of(indicator) and resolve(name) is None
    return (name, indicator) if taught else None


def learn(store: Store, name: str, indicator: str, who: str, why: str = LEARNED) -> int | None:
    """Keeps an alias and gives the number of its entry in the log; None where it was known already."""
    if kept(store).get(name) == indicator:
        return None
    store.set_setting(f"{ALIAS}{name}", indicator, who, why)
    return int(store.changes(subjects=("setting",), limit=1)[0]["id"])


def forget(store: Store, name: str, who: str, why: str = "") -> None:
    """Takes an alias away; the log keeps it."""
    store.set_setting(f"{ALIAS}{name}", None, who, why)


def applied(findings: Findings, aliases: Mapping[str, str]) -> Findings:
    """The findings with the records of these names filed under their indicators, each flagged."""
    by_key = {key_of(name): indicator for name, indicator in aliases.items()}
    if not by_key:
        return findings
    records = []
    for record in findings.records:
        indicator = by_key.get(key_of(record.indicator_text))
        if indicator is not None and indicator != record.indicator:
            record = replace(record, indicator=indicator, flags=(*record.flags, FLAG))
        records.append(record)
    return replace(findings, records=tuple(records))
