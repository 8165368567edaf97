"""What people did about what the program found: an append-only log, the newest entry of a key counts.

A finding is no row of its own: it is computed from the records each time and known by its key, which names
the rule, the records and the numbers. After a correction the numbers differ, so it is another finding.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from store.counters import allot
from store.errors import WrongValue
from store.moment import now
from store.schema import HANDLINGS, storable

OPEN = "open"
# Subject -> the statuses that its findings can have. The first is that of a finding nobody has handled.
STATUSES: dict[str, tuple[str, ...]] = {
    "check": (OPEN, "confirmed", "explained", "dismissed"),
    "alert": (OPEN, "reminded", "answered", "closed"),
}
# Who explains or dismisses a contradiction, or writes down an answer, says what.
WITH_NOTE = ("explained", "dismissed", "answered")
_COLUMNS = tuple(column.label("when") if column.key == "handled_at" else column for column in HANDLINGS.c)


def handle(conn: Connection, subject: str, key: str, status: str, *, note: str, about: str, who: str) -> int:
    """Appends an entry and gives its number; raises WrongValue for an unknown word, or where a note is wanting."""
    if status not in STATUSES.get(subject, ()) or not key:
        raise WrongValue(f"处理状态不能是 {status!r}。")
    if status in WITH_NOTE and not note.strip():
        raise WrongValue("请写明反馈内容。" if status == "answered" else "请写明理由。")
    number = allot(conn, "handling", 1)[0]
    row = {
        "id": number,
        "subject": subject,
        "key": storable(key),
        "status": status,
        "note": note.strip(),
        "about": about,
        "who": who,
        "handled_at": now(),
    }
    conn.execute(HANDLINGS.insert().values(row))
    return number


def newest(conn: Connection, subject: str) -> list[dict[str, Any]]:
    """The newest entry of each key, in the order they were made."""
    last = select(func.max(HANDLINGS.c.id)).where(HANDLINGS.c.subject == subject).group_by(HANDLINGS.c.key)
    query = select(*_COLUMNS).where(HANDLINGS.c.id.in_(last)).order_by(HANDLINGS.c.id)
    return [dict(row) for row in conn.execute(query).mappings()]


def entries(conn: Connection, subject: str, starting: str, limit: int | None) -> list[dict[str, Any]]:
    """All entries of the keys that begin with ``starting``, the newest first."""
    query = select(*_COLUMNS).where(HANDLINGS.c.subject == subject).order_by(HANDLINGS.c.id.desc()).limit(limit)
    if starting:
        query = query.where(HANDLINGS.c.key.startswith(starting, autoescape=True))
    return [dict(row) for row in conn.execute(query).mappings()]
