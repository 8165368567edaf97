"""Keeps reports and their records: SQLite in one file, or PostgreSQL by a URL.

>>> from store import open_store
>>> store = open_store()                                    # doctest: +SKIP
>>> store.records(towns=["柳溪镇"], indicators=["财政总收入"])  # doctest: +SKIP
"""

from store.errors import StoreError
from store.reading import RECORD_DICT_KEYS
from store.rows import ReportRow, Saved
from store.store import Store, open_store
from store.targets import Target

__all__ = ["RECORD_DICT_KEYS", "ReportRow", "Saved", "Store", "StoreError", "Target", "open_store"]
