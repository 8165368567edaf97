"""Targets set by hand: one for each town, indicator, year and the month from which it is in force; all logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from store.changes import Entry, log
from store.errors import WrongValue
from store.moment import now
from store.schema import TARGETS, storable

SUBJECT = "target"
YEARS = range(1990, 2101)
MONTHS = range(1, 13)
# In the log a target is named by its four keys.
SEPARATOR = "|"
_LOGGED = ("target", "unit", "source")
Key = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """``amount`` in ``unit`` (亿元; % for a growth rate) from ``from_month`` of ``year`` on; ``source`` says where
    it was decided (县委〔2025〕3号: 全年目标75亿元)."""

    town: str
    indicator: str
    year: int
    amount: Decimal
    unit: str
    from_month: int = 1
    source: str = ""

    def check(self) -> None:
        """Raises WrongValue, in words for people, for a target that cannot be kept."""
        if not self.town.strip() or not self.indicator.strip():
            raise WrongValue("乡镇和指标不能为空。")
        if SEPARATOR in self.town + self.indicator:
            raise WrongValue("乡镇和指标名里不能有“|”。")
        if self.year not in YEARS:
            raise WrongValue(f"年份应在 {YEARS[0]} 到 {YEARS[-1]} 之间，不能是 {self.year}。")
        if self.from_month not in MONTHS:
            raise WrongValue(f"起始月份应在 1 到 12 之间，不能是 {self.from_month}。")
        if not self.amount.is_finite() or self.amount <= 0 or float(self.amount) == float("inf"):
            raise WrongValue(f"目标值应是大于 0 的数，不能是 {self.amount}。")

    @property
    def key(self) -> Key:
        """What there is one target for."""
        return storable(self.town.strip()), storable(self.indicator.strip()), self.year, self.from_month


def put(conn: Connection, targets: Sequence[Target], *, who: str, why: str) -> int:
    """Keeps the targets in place of those with the same keys, logs what differs, gives how many differed.

    Raises WrongValue, then none is kept.
    """
    entries = []
    for target in targets:
        target.check()
        new = {
            "target": format(target.amount, "f"),
            "unit": storable(target.unit.strip()),
            "source": storable(target.source.strip()),
        }
        old = _kept(conn, target.key)
        if old != new:
            _write(conn, target.key, new, who)
            entries.append(Entry(SUBJECT, _named(target.key), old, new))
    log(conn, entries, who=who, why=why)
    return len(entries)


def remove(conn: Connection, keys: Iterable[Key], *, who: str, why: str) -> int:
    """Takes the targets with these keys away, logged; gives how many there were."""
    entries = [Entry(SUBJECT, _named(key), old, None) for key in keys if (old := _kept(conn, key)) is not None]
    for entry in entries:
        _write(conn, _key(entry.field), None, who)
    log(conn, entries, who=who, why=why)
    return len(entries)


def listed(conn: Connection) -> list[dict[str, Any]]:
    """All targets as dicts with the columns of the table, by town, indicator, year and month."""
    order = (TARGETS.c.town, TARGETS.c.indicator, TARGETS.c.year, TARGETS.c.from_month)
    return [dict(row) for row in conn.execute(select(TARGETS).order_by(*order)).mappings()]


def read(conn: Connection, entry: Entry) -> Any:
    """What is kept now under the key of a log entry; None where nothing is."""
    return _kept(conn, _key(entry.field))


def restore(conn: Connection, entry: Entry, who: str) -> None:
    """Puts back what a log entry says there was."""
    _write(conn, _key(entry.field), entry.old, who)


def _kept(conn: Connection, key: Key) -> dict[str, str] | None:
    columns = (TARGETS.c.target_text.label("target"), TARGETS.c.unit, TARGETS.c.source)
    row = conn.execute(select(*columns).where(_is(key))).mappings().one_or_none()
    return None if row is None else {name: row[name] for name in _LOGGED}


def _write(conn: Connection, key: Key, new: dict[str, str] | None, who: str) -> None:
    conn.execute(TARGETS.delete().where(_is(key)))
    if new is not None:
        town, indicator, year, month = key
        row = {"town": town, "indicator": indicator, "year": year, "from_month": month, "who": who}
        amount = {"target": float(new["target"]), "target_text": new["target"]}
        conn.execute(TARGETS.insert().values({**new, **row, **amount, "changed_at": now()}))


def _is(key: Key) -> ColumnElement[bool]:
    names = (TARGETS.c.town, TARGETS.c.indicator, TARGETS.c.year, TARGETS.c.from_month)
    return and_(*(column == value for column, value in zip(names, key, strict=True)))


def _named(key: Key) -> str:
    return SEPARATOR.join(map(str, key))


def _key(named: str) -> Key:
    town, indicator, year, month = named.split(SEPARATOR)
    return town, indicator, int(year), int(month)
