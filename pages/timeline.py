"""时间线: one indicator of one town by month — years laid over each other, pace, projection, targets, other towns."""

import streamlit as st

from ui import findings, frame, tables, timeline_parts

if not frame.is_empty():
    head, side = st.columns([5, 1], vertical_alignment="center")
    with side:
        as_of = frame.cut_off()
    town, indicator = timeline_parts.asked(as_of)
    points, projection = timeline_parts.points_of(town, indicator, as_of)
    with head:
        own = timeline_parts.records_of(town, indicator, as_of)
        told = findings.timeline(town, indicator, timeline_parts.newest(points), projection)
        frame.finding(told, as_of, own, [town])
    with side:
        frame.download(lambda: tables.for_download(points, tables.POINT_FILE), f"{town}{indicator}{as_of}")
    timeline_parts.choose(town, indicator)
    timeline_parts.figures(points, projection)
    timeline_parts.target_steps(town, indicator, as_of)
    timeline_parts.towns(town, indicator, as_of)
    timeline_parts.listed(points)
