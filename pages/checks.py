"""核查: figures that cannot both be true, side by side, with what was done about them."""

import streamlit as st

from ui import checks_parts, checks_tables, frame, handled, reading

if not frame.is_empty():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    found = checks_parts.findings(as_of)
    view = checks_parts.asked()
    rows = checks_parts.chosen(found, view)
    with head:
        frame.finding(checks_tables.headline(found), as_of, reading.frame())
    with side:
        frame.download(lambda: checks_tables.for_download(rows), f"核查{as_of}")
    checks_parts.filters(found, view)
    at = handled.place(rows, view.finding)
    shown = at.of(rows)
    opened = handled.opened(shown, view.finding)
    checks_parts.table(shown, opened)
    handled.turn(f"共 **{len(rows):,}** 处，重的在前", at)
    if opened:
        checks_parts.detail(opened)
    handled.log(checks_parts.KIND)
    checks_parts.rules(found)
