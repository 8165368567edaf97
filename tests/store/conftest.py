"""Every test runs on a SQLite file; with TOWN_PROGRESS_TEST_POSTGRES set to a URL, on that server too.

The schema ``public`` of that PostgreSQL database is emptied before each test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from store import Store, open_store
from store.connect import place_of

POSTGRES = os.environ.get("TOWN_PROGRESS_TEST_POSTGRES")


def empty_postgres() -> str:
    """Empties the test server's schema and gives its URL."""
    assert POSTGRES
    engine = create_engine(place_of(POSTGRES), isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.execute(text("DROP SCHEMA public CASCADE"))
        conn.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRES


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return str(tmp_path / "reports.db") if request.param == "sqlite" else empty_postgres()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(url)
    yield opened
    opened.close()
