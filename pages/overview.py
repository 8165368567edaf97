"""总览: how all towns stand at the cut-off, who is behind, where, and who has not reported."""

import streamlit as st

from ui import bulletin_parts, findings, frame, overview_parts, print_parts, reading, tables

if not frame.is_empty() and not print_parts.overview():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    every = st.query_params.get("all") == "1"
    rows = reading.overview(as_of, every)
    with head:
        frame.finding(findings.overview(rows, as_of), as_of, reading.year_until(as_of), rows["town"])
    with side:
        frame.download(lambda: tables.for_download(rows, tables.OVERVIEW_FILE), f"总览{as_of}")
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = overview_parts.state_filter(rows)
        overview_parts.every_town(as_of)
        bulletin_parts.button(as_of)
        frame.print_button()
    shown = overview_parts.towns(rows[chosen])
    overview_parts.heat_map(as_of, shown)
    overview_parts.missing(as_of)
    overview_parts.rules(as_of)
