"""Write transactions, the version that each of them raises, and the numbers that are given out.

A number is never given twice, also after its report was deleted, so the change log stays true.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, select

from store.connect import transaction
from store.errors import PersonRequired
from store.schema import COUNTERS


@contextmanager
def named(engine: Engine, who: str) -> Iterator[Connection]:
    """One write transaction of the person ``who``, which leaves the version as it is.

    Raises PersonRequired where the name is empty, StoreBusy as ``transaction`` does.
    """
    if not who.strip():
        raise PersonRequired("请填写操作人姓名。")
    with transaction(engine, lock=True) as conn:
        yield conn


@contextmanager
def writing(engine: Engine, who: str) -> Iterator[Connection]:
    """As ``named``, for whatever changes what the pages show: raises the version by one when it ends well."""
    with named(engine, who) as conn:
        yield conn
        allot(conn, "version", 1)


def allot(conn: Connection, name: str, count: int) -> range:
    """The next ``count`` numbers of one kind (version, report, record, missed, change, handling)."""
    last = counted(conn, name)
    conn.execute(COUNTERS.update().where(COUNTERS.c.name == name).values(value=last + count))
    return range(last + 1, last + 1 + count)


def counted(conn: Connection, name: str) -> int:
    """The last number of one kind that was given out."""
    return conn.execute(select(COUNTERS.c.value).where(COUNTERS.c.name == name)).scalar_one()
