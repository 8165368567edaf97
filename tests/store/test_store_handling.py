"""What people did about findings: kept for good, the newest entry counts."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from store import Store, open_store
from store.connect import open_engine, place_of, transaction
from store.errors import PersonRequired, WrongValue
from store.migrations import MIGRATIONS, migrate


def test_the_newest_entry_counts_and_all_stay(store: Store) -> None:
    first = store.handle("check", "growth|1|2", "confirmed", who="甲", about="柳溪镇 固定资产投资")
    store.handle("check", "fell|3|4", "dismissed", who="乙", note=" 误读 ")
    last = store.handle("check", "growth|1|2", "explained", who="乙", note="上年基数已核减")
    assert [(row["key"], row["status"]) for row in store.handled("check")] == [
        ("fell|3|4", "dismissed"),
        ("growth|1|2", "explained"),
    ]
    log = store.handlings("check", starting="growth|1|2")
    assert [(row["id"], row["who"], row["status"], row["note"]) for row in log] == [
        (last, "乙", "explained", "上年基数已核减"),
        (first, "甲", "confirmed", ""),
    ]
    assert log[1]["about"] == "柳溪镇 固定资产投资"
    assert log[0]["when"].endswith("+00:00")
    assert [row["note"] for row in store.handlings("check", limit=2)] == ["上年基数已核减", "误读"]


def test_a_finding_can_be_taken_up_again(store: Store) -> None:
    store.handle("check", "k", "dismissed", who="甲", note="误读")
    store.handle("check", "k", "open", who="甲")
    assert [row["status"] for row in store.handled("check")] == ["open"]


@pytest.mark.parametrize(
    ("subject", "key", "status", "note"),
    [("check", "k", "解释", "x"), ("无", "k", "open", ""), ("check", "", "open", ""), ("check", "k", "dismissed", " ")],
)
def test_what_does_not_fit_is_refused_and_nothing_kept(
    store: Store, subject: str, key: str, status: str, note: str
) -> None:
    with pytest.raises(WrongValue):
        store.handle(subject, key, status, who="甲", note=note)
    assert store.handlings(subject) == []


def test_a_person_is_required(store: Store) -> None:
    with pytest.raises(PersonRequired):
        store.handle("check", "k", "confirmed", who=" ")


def test_handling_changes_no_record_so_the_version_stays(store: Store) -> None:
    before = store.version
    store.handle("check", "k", "confirmed", who="甲")
    assert store.version == before


def test_a_store_of_the_first_version_gets_the_table(url: str) -> None:
    engine = open_engine(place_of(url))
    migrate(engine, MIGRATIONS[:1])
    with transaction(engine) as conn:
        assert conn.execute(text("SELECT count(*) FROM counters WHERE name = 'handling'")).scalar_one() == 0
    engine.dispose()
    store = open_store(url)
    assert store.handle("check", "k", "confirmed", who="甲") == 1
    store.close()
