"""Figures of one town and of year-on-year changes: tables in, plain Plotly dicts out, no Streamlit.

The tables carry ``completion``, ``pace`` and ``gap`` in per cent and 百分点, ``state`` as ``assess`` names it,
``others`` (the mean of the other towns), ``label`` (the row's name) and ``id`` (the record behind the row).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ui import colours, wording
from ui.figures import Figure, axis, clipped, layout, shown

TOP = 120.0
MAX_GAUGES = 6
ROW = 27
SCALE = (0, 25, 50, 75, 100, 120)
COMPUTED = "按目标计算"
# The trace of bullet rows that holds the words beside the bars.
BESIDE = "数字"


def gauges(rows: pd.DataFrame) -> Figure:
    """At most six gauges in one figure, all from 0 to 120 per cent, with the pace marked."""
    chosen = rows.head(MAX_GAUGES).to_dict("records")
    count = max(len(chosen), 1)
    traces = [_gauge(row, place, count) for place, row in enumerate(chosen)]
    notes = [note for place, row in enumerate(chosen) for note in _gauge_notes(row, place, count)]
    return {"data": traces, "layout": layout(214, annotations=notes, margin={"l": 4, "r": 4, "t": 46, "b": 44})}


def _gauge_domain(place: int, count: int) -> tuple[float, float]:
    width = 1.0 / count
    inset = width * 0.14
    return place * width + inset, (place + 1) * width - inset


def _gauge(row: dict[Any, Any], place: int, count: int) -> dict[str, Any]:
    lamp = colours.lamp(row["state"])
    left, right = _gauge_domain(place, count)
    pace = wording.number(row["pace"])
    gauge: dict[str, Any] = {
        "axis": {"range": [0, TOP], "tickvals": [0, 50, 100], "tickfont": {"size": 11}, "tickcolor": colours.NEUTRAL},
        "bar": {"color": lamp.colour, "thickness": 0.62, "line": {"color": colours.INK, "width": 0.5}},
        "bgcolor": colours.TRACK,
        "borderwidth": 0,
        "steps": [{"range": [100, TOP], "color": "#D5DDE0"}],
    }
    if pace is not None:
        gauge["threshold"] = {
            "value": float(pace),
            "thickness": 0.95,
            "line": {"color": colours.INK, "width": 3},
        }
    return {
        "type": "indicator",
        "mode": "gauge+number",
        "value": float(row["completion"]),
        "number": {"suffix": "%", "valueformat": ".1f", "font": {"size": 23, "color": colours.INK}},
        "gauge": gauge,
        "domain": {"x": [left, right], "y": [0.0, 1.0]},
    }


def _gauge_notes(row: dict[Any, Any], place: int, count: int) -> list[dict[str, Any]]:
    left, right = _gauge_domain(place, count)
    base = {"x": (left + right) / 2, "xref": "paper", "yref": "paper", "showarrow": False, "xanchor": "center"}
    width = 12 if count > 4 else 18
    return [
        {
            **base,
            "text": f"<b>{_gauge_title(row, width)}</b>",
            "y": 1.1,
            "yanchor": "bottom",
            "font": {"size": 13},
        },
        {**base, "text": gauge_line(row), "y": -0.04, "yanchor": "top", "font": {"size": 12}},
    ]


def _gauge_title(row: dict[Any, Any], width: int) -> str:
    """The indicator in two lines at most; where the label tells a month, that is the second line."""
    name, month = str(row["indicator"]), str(row["label"])[len(str(row["indicator"])) :]
    if not month:
        return shown(name, width)
    return f"{shown(name if len(name) <= width else name[: width - 1] + '…')}<br>{shown(month)}"


def gauge_line(row: dict[Any, Any]) -> str:
    """Two lines under a gauge: ``▲ 超序时 快5.2个百分点`` (超额 above 100 per cent), then the mean of the others.

    The second tells, too, where the completion is no report's own but value ÷ target.
    """
    lamp = colours.lamp(row["state"])
    over = wording.number(row["completion"])
    distance = (
        f"超额{wording.percent(over - 100).rstrip('%')}个百分点"
        if over is not None and over > 100
        else wording.ahead(row["gap"])
    )
    source = f" · {COMPUTED}" if is_computed(row) else ""
    return f"{lamp.label} {distance}<br>其他乡镇平均 {wording.percent(row['others'])}{source}"


def is_computed(row: Mapping[Any, Any]) -> bool:
    """Whether the completion is value ÷ a target that was set or that another report tells."""
    return row.get("completion_from") == "computed"


def bullets(rows: pd.DataFrame) -> Figure:
    """One row for each indicator, best first as the table gives them: bar, pace mark, mean of the other towns."""
    listed = rows.iloc[::-1]
    names = [f"{colours.lamp(row.state).sign} {shown(row.label)}" for row in listed.itertuples()]
    places = list(range(len(names)))
    texts = [_bullet_line(row) for row in listed.to_dict("records")]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": [clipped(float(value), TOP) for value in listed["completion"]],
        "width": 0.56,
        "marker": {"color": [colours.lamp(state).colour for state in listed["state"]], "line": {"width": 0}},
        "customdata": [[int(value)] for value in listed["id"]],
        "hovertext": [f"{name}<br>{text}<br>点击查看原文" for name, text in zip(names, texts, strict=True)],
        "hoverinfo": "text",
        "name": "完成率",
    }
    track = {**bars, "x": [TOP] * len(places), "width": 0.84, "marker": {"color": colours.TRACK}, "name": "0—120%"}
    # Text of a trace: as annotations the same words took the browser longer than all the rest of the figure.
    words = {
        "type": "scatter",
        "mode": "text",
        "name": BESIDE,
        "x": [TOP + 2] * len(places),
        "y": places,
        "text": texts,
        "textposition": "middle right",
        "textfont": {"size": 12},
        "hoverinfo": "skip",
    }
    marks = [
        _marks(listed, "pace", "序时进度", "line-ns", colours.INK),
        _marks(listed, "others", "其他乡镇平均", "diamond-open", colours.INK),
    ]
    return {
        "data": [track, bars, *marks, words],
        "layout": layout(
            ROW * len(places) + 70,
            barmode="overlay",
            xaxis=axis(
                range=[0, 156],
                tickvals=list(SCALE),
                ticktext=[f"{value}%" for value in SCALE],
                side="top",
                showline=False,
            ),
            yaxis=axis(tickvals=places, ticktext=names, range=[-0.6, len(places) - 0.4], showgrid=False),
            margin={"l": 8, "r": 8, "t": 34, "b": 4},
        ),
    }


def _bullet_line(row: Mapping[Any, Any]) -> str:
    source = f"　{COMPUTED}" if is_computed(row) else ""
    return f"{wording.percent(row['completion'])}　{wording.ahead(row['gap'])}{source}"


def _marks(rows: pd.DataFrame, column: str, name: str, symbol: str, colour: str) -> dict[str, Any]:
    values = [wording.number(value) for value in rows[column]]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None if value is None else clipped(float(value), TOP) for value in values],
        "y": list(range(len(values))),
        "marker": {
            "symbol": symbol,
            "size": 15 if symbol == "line-ns" else 10,
            "color": colour,
            "line": {"width": 2.5 if symbol == "line-ns" else 1.5, "color": colour},
        },
        "hovertext": [f"{name} {wording.percent(value)}" for value in values],
        "hoverinfo": "text",
    }


def changes(rows: pd.DataFrame) -> Figure:
    """Stated (filled) and computed (hollow) change for each row, named by ``label``, joined, around a zero line."""
    listed = rows.iloc[::-1]
    places = list(range(len(listed)))
    names = [
        f"{'≠ ' if conflict else ''}{shown(name)}"
        for name, conflict in zip(listed["label"], listed["conflict"], strict=True)
    ]
    joins = [
        {
            "type": "line",
            "x0": row.yoy,
            "x1": row.computed,
            "y0": place,
            "y1": place,
            "line": {"color": colours.RED if row.conflict else colours.NEUTRAL, "width": 2},
        }
        for place, row in zip(places, listed.itertuples(), strict=True)
        if wording.number(row.yoy) is not None and wording.number(row.computed) is not None
    ]
    return {
        "data": [
            _change_points(listed, "yoy", "报告所称", "circle"),
            _change_points(listed, "computed", "按数值计算", "diamond-open"),
        ],
        "layout": layout(
            ROW * len(places) + 76,
            shapes=joins,
            showlegend=True,
            xaxis=axis(
                ticksuffix="%", range=_around_zero(listed), zeroline=True, zerolinecolor=colours.INK, zerolinewidth=1.5
            ),
            yaxis=axis(tickvals=places, ticktext=names, range=[-0.6, len(places) - 0.4]),
            margin={"l": 8, "r": 16, "t": 32, "b": 8},
        ),
    }


def _around_zero(rows: pd.DataFrame) -> list[float]:
    """A range that holds zero and every change, with room for the marks at both ends."""
    known = [float(value) for key in ("yoy", "computed") for value in rows[key].dropna()]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = (high - low or 1.0) * 0.05
    return [low - room, high + room]


def _change_points(rows: pd.DataFrame, column: str, name: str, symbol: str) -> dict[str, Any]:
    values = [wording.number(value) for value in rows[column]]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [None if value is None else float(value) for value in values],
        "y": list(range(len(values))),
        "marker": {
            "symbol": symbol,
            "size": 11,
            "color": colours.ACCENT,
            "line": {"width": 2, "color": colours.ACCENT},
        },
        "hovertext": [f"{name} {wording.change(value)}" for value in values],
        "hoverinfo": "text",
        "customdata": [[int(value)] for value in rows["id"]],
    }


def paired_years(rows: pd.DataFrame, unit: str, years: tuple[str, str]) -> Figure:
    """Last year's (``last``) and this year's (``this``) value of each row, in the rows of :func:`changes`.

    A value nobody reported leaves its place empty. The bars hold the records behind them: ``id`` and ``last_id``
    (for last year's value that was implied, the record that implies it).
    """
    listed = rows.iloc[::-1]
    places = list(range(len(listed)))
    names = [shown(name) for name in listed["label"]]
    last, this = years
    top = max([float(value) for key in ("last", "this") for value in listed[key].dropna()] + [0.0])
    return {
        "data": [
            _year_bars(listed, ("this", "id"), this, colours.ACCENT, unit),
            _year_bars(listed, ("last", "last_id"), last, "#B4C0C6", unit),
        ],
        "layout": layout(
            ROW * len(places) + 76,
            barmode="group",
            bargap=0.22,
            bargroupgap=0.05,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "traceorder": "reversed"},
            xaxis=axis(range=[0, top * 1.15 or 1], tickformat=",~r"),
            yaxis=axis(tickvals=places, ticktext=names, range=[-0.6, len(places) - 0.4], showgrid=False),
            margin={"l": 8, "r": 8, "t": 32, "b": 8},
        ),
    }


def _year_bars(rows: pd.DataFrame, columns: tuple[str, str], name: str, colour: str, unit: str) -> dict[str, Any]:
    value_column, record_column = columns
    found = [wording.number(value) for value in rows[value_column]]
    records = rows[record_column].where(rows[record_column].notna(), rows["id"])
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": list(range(len(found))),
        "x": [None if value is None else float(value) for value in found],
        "marker": {"color": colour},
        "text": ["" if value is None else wording.plain(value) for value in found],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 10},
        "cliponaxis": False,
        "customdata": [[int(record)] for record in records],
        "hovertext": [f"{name} {wording.plain(value)}{unit}<br>点击查看原文" for value in found],
        "hoverinfo": "text",
    }
