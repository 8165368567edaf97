"""``python -m ui.first_run``: sample reports for a store that never held anything: the first start shows data."""

from __future__ import annotations

from store import Store, StoreError, open_store
from ui import samples

LOADED = "sample_loaded"


def prepare(store: Store) -> int:
    """Load the sample reports once into an empty store; gives how many.

    A store from which a person cleared the samples, or that holds a report, stays as it is.
    """
    if store.setting(LOADED) or store.reports(include_superseded=True):
        return 0
    loaded = samples.load(store)
    store.set_setting(LOADED, True, who="演示")
    return loaded


def main() -> int:
    """Prepare the app's store and say in Chinese what was loaded; 1 where the store cannot be opened."""
    try:
        loaded = prepare(open_store())
    except StoreError as error:
        print(error)
        return 1
    if loaded:
        print(f"已载入 {loaded} 份演示报告，可在网页上一键清除。")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
