"""同比: stated and computed growth side by side, of one indicator over towns or of one town over indicators."""

import streamlit as st

from ui import findings, frame, tables, yoy_parts

if not frame.is_empty():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    view = yoy_parts.asked(as_of)
    rows = yoy_parts.rows_of(view, as_of)
    with head:
        told = findings.changes(view.subject, yoy_parts.once(view, rows), as_of, view.unit)
        frame.finding(told, as_of, yoy_parts.records_of(rows))
    with side:
        frame.download(lambda: tables.for_download(rows, tables.CHANGE_FILE), f"同比{view.subject}{as_of}")
    yoy_parts.choose(view)
    yoy_parts.figures(view, rows, as_of)
    yoy_parts.listed(rows)
    yoy_parts.missing(view, as_of)
