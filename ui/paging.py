"""Long lists in pages: which page is seen stands in the URL, the ways to the others beside the count.

A page of a list is all that a run sends, so that a list of thousands of rows opens as quickly as a short one.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ui import selection

ROWS = 50
# Parameters of the URL: the page of the list, and the page of a wide table's columns.
PAGE, COLUMNS = selection.PLACES


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a list, counted from 1, and how many rows the list has and a page shows."""

    page: int
    total: int
    rows: int = ROWS

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.rows))

    @property
    def start(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * self.rows

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of this page."""
        return table.iloc[self.start : self.start + self.rows]


def place(total: int, *, rows: int = ROWS, parameter: str = PAGE, first: int = 0) -> Place:
    """The page that the URL asks for, else the one that holds the row ``first``; the last one beyond the end."""
    asked = st.query_params.get(parameter, "")
    page = max(1, int(asked)) if asked.isdecimal() else first // rows + 1
    return Place(min(page, Place(1, total, rows).pages), total, rows)


def turn(note: str, at: Place, parameter: str = PAGE, **further: object) -> None:
    """What is listed, in words, and the ways to the other pages of it; a way also writes ``further`` into the URL."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"turn-{parameter}"):
        st.markdown(f"{note}　第 {at.page:,} / {at.pages:,} 页", width="content")
        ways = (
            ("首页", 1, at.page > 1),
            ("上一页", at.page - 1, at.page > 1),
            ("下一页", at.page + 1, at.page < at.pages),
            ("末页", at.pages, at.page < at.pages),
        )
        for label, target, able in ways:
            st.button(
                label,
                key=f"{parameter}-{label}",
                type="tertiary",
                disabled=not able,
                on_click=selection.choose,
                kwargs={parameter: None if target == 1 else target, **further},
            )


def turn_if_long(note: str, at: Place, parameter: str = PAGE, **further: object) -> None:
    """As :func:`turn`, and nothing where all rows are on one page."""
    if at.pages > 1:
        turn(note, at, parameter, **further)
