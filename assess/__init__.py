"""What an official asks of the figures: tables in, tables out.

Input is a DataFrame of ``store.records()`` dicts (:func:`records_frame` makes one). Every function takes an
empty frame and then gives an empty one with the right columns. Missing cells, texts too, are missing in
pandas' sense: test them with ``pd.isna``.
"""

from assess.alerts import alerts
from assess.growth import months_missing_last_year, seasonal_curves, stated_and_computed, year_on_year
from assess.judging import assessed
from assess.months import month_number, month_text, pace, pace_of
from assess.newest import headline_indicators, latest, ranking
from assess.outlook import Projection, project
from assess.reasons import account
from assess.settings import LAST_YEAR, LINEAR, PACES, PRESETS, Rules, Settings, preset_of
from assess.states import (
    GROWTH_THRESHOLDS,
    Direction,
    State,
    Thresholds,
    gap,
    growth_gap,
    state,
    status_counts,
)
from assess.steps import target_steps
from assess.tables import left_out, records_frame, told_in_time
from assess.targets import implied_last_year, implied_target, target_conflicts, target_table, without_targets
from assess.towns import heat_map, missing_reports, newest_month, overview
from assess.years import projection, timeline

__all__ = [
    "GROWTH_THRESHOLDS",
    "LAST_YEAR",
    "LINEAR",
    "PACES",
    "PRESETS",
    "Direction",
    "Projection",
    "Rules",
    "Settings",
    "State",
    "Thresholds",
    "account",
    "alerts",
    "assessed",
    "gap",
    "growth_gap",
    "headline_indicators",
    "heat_map",
    "implied_last_year",
    "implied_target",
    "latest",
    "left_out",
    "missing_reports",
    "month_number",
    "month_text",
    "months_missing_last_year",
    "newest_month",
    "overview",
    "pace",
    "pace_of",
    "preset_of",
    "project",
    "projection",
    "ranking",
    "records_frame",
    "seasonal_curves",
    "state",
    "stated_and_computed",
    "status_counts",
    "target_conflicts",
    "target_steps",
    "target_table",
    "timeline",
    "told_in_time",
    "without_targets",
    "year_on_year",
]
