"""Puts a figure on the page as it is.

Streamlit has Plotly check every attribute of a figure on every run, which took longer than all the rest of 乡镇.
Our figures come from functions that the tests let Plotly check, so here they go unchecked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

from ui.figures import CONFIG, Figure


class Checked(BaseFigure):
    """A figure that Streamlit takes for one that Plotly has checked already."""

    def __init__(self, figure: Figure) -> None:
        """The parent's own start is left out: it is the check."""
        self._figure = figure

    def to_dict(self) -> Figure:
        """The figure as its function made it."""
        return self._figure


def draw(figure: Figure, key: str, alt: str, clicked: Callable[[], None] | None = None) -> None:
    """The figure in its own colours and in Chinese; ``clicked`` is called when a point is chosen."""
    chosen: dict[str, Any] = {"on_select": clicked, "selection_mode": "points"} if clicked else {}
    st.plotly_chart(Checked(figure), theme=None, config=CONFIG, key=key, alt=alt, **chosen)
