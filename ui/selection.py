"""What is chosen — town, indicator, period, and the record whose sentence is open — lives in the URL.

The URL is read first, on every page; widgets show what it says and write to it when a person chooses.
So a link gives the same view, and Back goes to the view before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import streamlit as st


@dataclass(frozen=True, slots=True)
class Selection:
    """The choice as the URL tells it; None where it tells nothing. ``period`` is a month, ``2025-06``."""

    town: str | None = None
    indicator: str | None = None
    period: str | None = None
    record: str | None = None


SHARED = ("town", "indicator", "period")
# Which page of a list is seen, and which columns of a wide table; another choice begins both anew.
PLACES = ("page", "columns")
# What opens over a list or beside it: the list stays where it is.
OPENED = ("record", "finding", "open", "print")


def current() -> Selection:
    """The selection in the URL of this run."""
    return Selection(**{field.name: st.query_params.get(field.name) or None for field in fields(Selection)})


def query(**changes: object) -> dict[str, str]:
    """The shared selection as query parameters for a link, with changes; None takes a parameter out."""
    kept: dict[str, object] = {key: st.query_params.get(key) for key in SHARED}
    kept.update(changes)
    return {key: str(value) for key, value in kept.items() if value not in (None, "")}


def choose(**changes: object) -> None:
    """Write a choice into the URL; None takes it out. Other parameters stay, but lists begin at their first page."""
    if not changes.keys() <= {*PLACES, *OPENED}:
        changes = dict.fromkeys(PLACES) | changes
    for key, value in changes.items():
        if value in (None, ""):
            st.query_params.pop(key, None)
        elif st.query_params.get(key) != str(value):
            st.query_params[key] = str(value)


def picked(
    parameter: str,
    label: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    words: Callable[[str], str] = str,
) -> str:
    """A select box bound to a parameter of the URL; gives the chosen option.

    What the URL names and ``options`` does not have is replaced by the default (else the first option).
    """
    key = f"pick-{parameter}"
    asked = st.query_params.get(parameter)
    fallback = default if default in options else options[0]
    st.session_state[key] = asked if asked in options else fallback
    chosen: str = st.selectbox(
        label,
        options,
        key=key,
        format_func=words,
        on_change=_write_back,
        args=(parameter, key),
        label_visibility="collapsed",
    )
    return chosen


def _write_back(parameter: str, key: str) -> None:
    choose(**{parameter: st.session_state[key]})
