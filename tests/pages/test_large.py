"""Every page on a million records: 140 towns, 60 indicators, every month of ten years. Run it with ``-m large -s``.

The store takes minutes to fill, so it is kept where TOWN_PROGRESS_LARGE names a file; times are printed, not asserted.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from benchmarks import county
from store import open_store
from tests.pages.conftest import Opener
from ui import navigation

pytestmark = pytest.mark.large

TOWNS, YEARS, RECORDS = 140, 10, 1_008_000


@pytest.fixture(scope="module")
def large_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = os.environ.get("TOWN_PROGRESS_LARGE") or str(tmp_path_factory.mktemp("large") / "reports.db")
    if not Path(place).is_file():
        county.fill(open_store(place), TOWNS, YEARS)
    assert open_store(place).count_records() == RECORDS
    return place


@pytest.mark.parametrize("page", [entry.name for entry in navigation.existing()])
def test_a_page_opens_on_a_million_records(page: str, opened: Opener, large_place: str) -> None:
    took = []
    for _ in range(2):
        start = time.perf_counter()
        app = opened(large_place, page, period="2025-09")
        took.append(time.perf_counter() - start)
        assert not app.exception
        assert app.title or app.dataframe
    print(f"\n{page}: first {took[0]:.1f} s, again {took[1]:.1f} s")
