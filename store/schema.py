"""The tables as they are now, after the last migration; ``migrations.py`` tells how they came to be.

Numbers that a report prints stand twice: ``value`` as a float for arithmetic and ``value_text``
as printed (13.40), from which the Decimal comes back unchanged.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import Boolean, Column, Dialect, Float, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text as every database takes it: NUL and half surrogates become �, so the length stays."""
    return _UNSTORABLE.sub("\ufffd", text)


class FreeText(TypeDecorator[str]):
    """Text from outside, made storable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it can be stored, of the same length."""
        return value if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A small value as JSON text, the same on every database; tuples come back as lists."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The JSON text; None stays NULL."""
        return None if value is None else storable(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value; the empty list, by far the most frequent, without a parser."""
        if value == "[]":
            return []
        return None if value is None else json.loads(value)


METADATA = MetaData()

COUNTERS = Table("counters", METADATA, Column("name", Text, primary_key=True), Column("value", Integer, nullable=False))

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", FreeText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", FreeText),
    Column("published", FreeText),
    Column("town", FreeText),
    Column("period_start", Text),
    Column("period_end", Text),
    Column("received_at", Text, nullable=False),
    Column("who", FreeText, nullable=False),
    Column("origin", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("superseded_by", Integer),
    Column("flags", Json, nullable=False),
)

CONTENTS = Table(
    "contents",
    METADATA,
    Column("report_id", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("text", FreeText, nullable=False),
    Column("marks", Json, nullable=False),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("report_id", Integer, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Column("review", Text, nullable=False),
    Column("town", FreeText),
    Column("indicator", FreeText, nullable=False),
    Column("indicator_text", FreeText, nullable=False),
    Column("value", Float),
    Column("value_text", Text),
    Column("unit", FreeText),
    Column("completion", Float),
    Column("completion_text", Text),
    Column("basis", Text),
    Column("target", Float),
    Column("target_text", Text),
    Column("target_unit", FreeText),
    Column("target_from", Text),
    Column("yoy", Float),
    Column("yoy_text", Text),
    Column("period_start", Text),
    Column("period_end", Text),
    Column("status", Text, nullable=False),
    Column("sentence", FreeText, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("flags", Json, nullable=False),
)

EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("record_id", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

MISSED = Table(
    "missed",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("report_id", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", FreeText, nullable=False),
    Column("sentence", FreeText, nullable=False),
    Column("reason", FreeText, nullable=False),
    Column("understood", Boolean, nullable=False),
)

CHANGES = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("changed_at", Text, nullable=False),
    Column("who", FreeText, nullable=False),
    Column("why", FreeText, nullable=False),
    Column("subject", Text, nullable=False),
    Column("report_id", Integer),
    Column("record_id", Integer),
    Column("field", FreeText, nullable=False),
    Column("old", Json),
    Column("new", Json),
    Column("undoes", Integer, unique=True),
)

SETTINGS = Table(
    "settings",
    METADATA,
    Column("key", FreeText, primary_key=True),
    Column("value", Json),
    Column("who", FreeText, nullable=False),
    Column("changed_at", Text, nullable=False),
)

HANDLINGS = Table(
    "handlings",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False),
    Column("key", FreeText, nullable=False),
    Column("status", Text, nullable=False),
    Column("note", FreeText, nullable=False),
    Column("about", FreeText, nullable=False),
    Column("who", FreeText, nullable=False),
    Column("handled_at", Text, nullable=False),
)

TARGETS = Table(
    "targets",
    METADATA,
    Column("town", FreeText, primary_key=True),
    Column("indicator", FreeText, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("from_month", Integer, primary_key=True, autoincrement=False),
    Column("target", Float, nullable=False),
    Column("target_text", Text, nullable=False),
    Column("unit", FreeText, nullable=False),
    Column("source", FreeText, nullable=False),
    Column("who", FreeText, nullable=False),
    Column("changed_at", Text, nullable=False),
)

MIGRATIONS_DONE = Table(
    "migrations",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("applied_at", Text, nullable=False),
)
