"""The sentence a figure came from, in its report, with its words marked. Opened by ``?record=ID`` in the URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from ui import marking, originals, plots, reading, selection, wording
from ui.figures import Figure

LABEL = "查看原文"
ICON = ":material/format_quote:"


def open_asked() -> None:
    """Show the sentence that the URL asks for, over the page; a number nobody knows is told so."""
    asked = selection.current().record
    if asked is None:
        return
    record = reading.record(asked)
    if record is None:
        _unknown(asked)
    else:
        _sentence(record)


def show(record_id: Any) -> None:
    """Ask for the sentence of a record; it opens at the end of this run."""
    selection.choose(record=int(record_id))


def button(record_id: Any, key: str) -> None:
    """A button that opens the sentence of a record."""
    st.button(LABEL, key=key, icon=ICON, type="tertiary", on_click=show, args=(record_id,))


def origin(record: Mapping[str, Any], key: str, lead: str = "") -> None:
    """The report that a record came from, behind a lead of words, and the button that opens its sentence."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(wording.markdown_text(f"{lead}{_report(record)}"), width="content")
        button(record["id"], key)


def _report(record: Mapping[str, Any]) -> str:
    sample = "（演示）" if record["origin"] == "sample" else ""
    return f"出自报告：{record['report_name']}{sample}"


def buttons(rows: pd.DataFrame, key: str) -> None:
    """One button under each figure of a row, left to right, that opens its sentence."""
    if rows.empty:
        return
    for column, row in zip(st.columns(len(rows)), rows.to_dict("records"), strict=True):
        column.button(
            LABEL,
            key=f"{key}-{row['id']}",
            icon=ICON,
            type="tertiary",
            width="stretch",
            on_click=show,
            args=(row["id"],),
        )


def table(
    rows: pd.DataFrame,
    style: Callable[[pd.DataFrame], Styler],
    key: str,
    config: dict[str, Any],
    *,
    height: int,
    alt: str,
) -> None:
    """A table whose first column are buttons that open the sentences; ``rows`` has the records' numbers in 编号."""
    shown = rows.drop(columns="编号").assign(原文=LABEL)
    st.dataframe(
        style(shown),
        hide_index=True,
        row_height=28,
        height=height,
        column_config={
            **config,
            "原文": st.column_config.ButtonColumn(width=90, type="tertiary", pinned=True, key=key),
        },
        placeholder=wording.NONE,
        alt=alt,
    )
    click = st.session_state.get(key)
    if click:
        show(rows["编号"].iloc[click["row"]])


def chart(figure: Figure, key: str, alt: str) -> None:
    """A figure whose points open their sentences: ``customdata`` holds the record's number."""
    turn = f"{key}-turn"
    place = f"{key}-{st.session_state.get(turn, 0)}"
    plots.draw(figure, place, alt, lambda: _point_chosen(place, turn))


def _point_chosen(place: str, turn: str) -> None:
    points = st.session_state[place]["selection"]["points"]
    numbers = [point["customdata"][0] for point in points if point.get("customdata")]
    if numbers:
        st.session_state[turn] = st.session_state.get(turn, 0) + 1
        show(numbers[0])


def _closed() -> None:
    selection.choose(record=None)


@st.dialog("原文", width="large", icon=ICON, on_dismiss=_closed)
def _sentence(record: dict[str, Any]) -> None:
    escaped = wording.markdown_text
    period = wording.span(record["period_start"], record["period_end"])
    status = wording.STATUS_WORDS.get(str(record["status"]), "")
    st.markdown(f"**{escaped(record['town'] or '地名不明')} · {escaped(record['indicator'])}**　{period}　{status}")
    st.markdown(escaped(wording.figures(record)))
    text, spans = reading.source(record)
    st.html(f'<div class="evidence">{marking.passage(text, record, spans)}</div>')
    review = wording.REVIEW_WORDS.get(str(record["review"]), "")
    st.caption(f"{escaped(_report(record))}　{escaped(originals.where(record))}　核对状态：{review}")
    noted = wording.flags(record["flags"])
    if noted:
        st.caption(f"提示：{escaped(noted)}")
    originals.strips(record)
    originals.show_page(record, "evidence-page")


@st.dialog("原文", on_dismiss=_closed)
def _unknown(asked: str) -> None:
    st.warning(f"没有编号为 {wording.markdown_text(asked)} 的记录，可能已被更正、替换或清除。")
