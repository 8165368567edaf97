"""乡镇: one town — gauges of its headline indicators, bullet rows for the rest, and every figure it reported."""

import streamlit as st

from ui import findings, frame, print_parts, reading, selection, tables, town_parts

if not frame.is_empty() and not print_parts.town():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    name = reading.town_asked(selection.current().town, as_of)
    rows = town_parts.rows_of(name, as_of)
    told = town_parts.reported(name, as_of)
    with head:
        frame.finding(findings.town(name, rows, as_of), as_of, rows, [name])
    with side:
        frame.download(lambda: tables.for_download(told, tables.FIGURE_FILE), f"{name}{as_of}")
    town_parts.switch(name, as_of)
    if told.empty:
        town_parts.elsewhere(name)
    else:
        town_parts.gauges(rows, as_of)
        town_parts.bullets(rows, as_of)
        town_parts.figures(name, told, as_of)
