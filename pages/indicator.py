"""指标: one indicator over all towns — rank, gap and change, value beside per cent, who has not reported it."""

import streamlit as st

from ui import frame, indicator_parts, tables

if not frame.is_empty():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    name = indicator_parts.asked(as_of)
    rows = indicator_parts.rows_of(name, as_of)
    missing = indicator_parts.absent(rows, as_of)
    hoped = indicator_parts.expected(name, as_of)
    with head:
        frame.finding(indicator_parts.finding(name, rows, len(missing)), as_of, rows, rows["town"])
    with side:
        frame.download(lambda: tables.for_download(rows, indicator_parts.FILE), f"{name}{as_of}")
    indicator_parts.choose(name)
    indicator_parts.bars(rows, hoped)
    indicator_parts.listed(rows)
    indicator_parts.hoped_for(hoped)
    indicator_parts.not_reported(missing, as_of)
