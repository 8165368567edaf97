"""预警: what is behind the pace, for how long, why by the report's own words, and what was done about it."""

import streamlit as st

from ui import alerts_parts, alerts_tables, frame, handled, reading, supervision_parts

if not frame.is_empty():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    every = alerts_parts.rows_of(as_of)
    view = alerts_parts.asked()
    rows = alerts_parts.chosen(every, view)
    with head:
        frame.finding(
            alerts_tables.headline(every, as_of), as_of, reading.year_until(as_of), reading.overview(as_of)["town"]
        )
    with side:
        alerts_parts.download(rows, as_of)
    with st.container(horizontal=True, vertical_alignment="center"):
        alerts_parts.filters(every, view)
        supervision_parts.button(rows, as_of)
    at = handled.place(rows, view.finding)
    shown = at.of(rows)
    opened = handled.opened(shown, view.finding)
    alerts_parts.table(shown, opened)
    handled.turn(f"共 **{len(rows):,}** 项，差得多的在前", at)
    if opened:
        alerts_parts.detail(opened)
    handled.log(alerts_parts.KIND)
