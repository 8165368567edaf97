"""Figures over the months of a year: pace line, years laid over each other, expected hollow, projection, targets.

Tables have ``year``, ``month`` (1 to 12), ``status``, ``value_from``, ``id`` and the drawn
column (``completion`` in per cent or ``value`` in the axis's unit). No Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ui import colours, wording
from ui.figures import MONTHS, Figure, axis, layout, shown

MAX_TOWNS = 12
COLUMNS = 4


def completion(points: pd.DataFrame, pace: Sequence[float], projected: float | None = None) -> Figure:
    """Cumulative completion by month against the pace line; ``pace`` has one value for each month."""
    years = sorted(points["year"].unique(), reverse=True)
    traces = [_pace(pace)]
    for place, year in reversed(list(enumerate(years))):
        traces += _year(points, year, "completion", place, "%")
    if projected is not None and years:
        traces.append(_projection(points, years[0], "completion", projected, "%"))
    return {
        "data": traces,
        "layout": _over_months(
            320, yaxis=axis(ticksuffix="%", rangemode="tozero", range=[0, _top(points["completion"], projected)])
        ),
    }


def values(points: pd.DataFrame, unit: str, targets: pd.DataFrame, projected: float | None = None) -> Figure:
    """Cumulative value by month, years overlaid, with the newest year's target as steps (``month``, ``target``)."""
    years = sorted(points["year"].unique(), reverse=True)
    traces: list[dict[str, Any]] = []
    for place, year in reversed(list(enumerate(years))):
        traces += _year(points, year, "value", place, unit)
    if len(targets):
        traces.append(_steps(targets, unit))
    if projected is not None and years:
        traces.append(_projection(points, years[0], "value", projected, unit))
    return {
        "data": traces,
        "layout": _over_months(320, yaxis=axis(rangemode="tozero", title={"text": unit, "font": {"size": 12}})),
    }


def small_multiples(points: pd.DataFrame, towns: Sequence[str], pace: Sequence[float]) -> Figure:
    """Up to twelve towns, each in its own field, all on the same axes: pace, last year thin, this year bold."""
    listed = list(towns)[:MAX_TOWNS]
    rows = max(1, -(-len(listed) // COLUMNS))
    top = _top(points["completion"], None)
    years = sorted(points["year"].unique(), reverse=True)[:2]
    figure: Figure = {"data": [], "layout": layout(172 * rows + 24, annotations=[])}
    for place, town in enumerate(listed):
        _field(figure, place, rows, top)
        own = points[points["town"] == town]
        number = str(place + 1) if place else ""
        for trace in (
            _pace(pace),
            *(line for index, year in enumerate(years) for line in _year(own, year, "completion", index, "%")),
        ):
            figure["data"].append({**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"})
        figure["layout"]["annotations"].append(_field_title(town, number))
    return figure


def _field(figure: Figure, place: int, rows: int, top: float) -> None:
    number = str(place + 1) if place else ""
    column, row = place % COLUMNS, place // COLUMNS
    width, height = 1 / COLUMNS, 1 / rows
    bottom = 1 - (row + 1) * height
    figure["layout"][f"xaxis{number}"] = axis(
        anchor=f"y{number}",
        domain=[column * width + 0.03, (column + 1) * width - 0.005],
        range=[0.5, 12.5],
        tickvals=[3, 6, 9, 12],
        ticktext=["3月", "6月", "9月", "12月"],
        tickfont={"size": 11},
    )
    figure["layout"][f"yaxis{number}"] = axis(
        anchor=f"x{number}",
        domain=[bottom + height * 0.16, bottom + height * 0.86],
        range=[0, top],
        tickvals=[0, 50, 100],
        ticksuffix="%",
        tickfont={"size": 11},
        automargin=False,
    )


def _field_title(town: str, number: str) -> dict[str, Any]:
    return {
        "text": f"<b>{shown(town)}</b>",
        "xref": f"x{number} domain",
        "yref": f"y{number} domain",
        "x": 0,
        "y": 1.0,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12},
    }


def _over_months(height: int, **changes: Any) -> dict[str, Any]:
    months = list(range(1, 13))
    return layout(
        height,
        showlegend=True,
        xaxis=axis(range=[0.5, 12.5], tickvals=months, ticktext=list(MONTHS)),
        margin={"l": 8, "r": 12, "t": 34, "b": 8},
        **changes,
    )


def _top(column: pd.Series, projected: float | None) -> float:
    largest = max([float(value) for value in column.dropna()] + [projected or 0.0, 0.0])
    return max(120.0, largest * 1.08)


def _pace(pace: Sequence[float]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "序时进度",
        "x": list(range(1, 13)),
        "y": list(pace),
        "line": {"color": colours.NEUTRAL, "width": 1.5, "dash": "dash"},
        "hoverinfo": "skip",
    }


def _year(points: pd.DataFrame, year: int, column: str, place: int, unit: str) -> list[dict[str, Any]]:
    own = points[(points["year"] == year) & points[column].notna()].sort_values("month")
    implied = own["value_from"] == "implied"
    final = own[(own["status"] == "actual") & ~implied]
    expected = own[own["status"] == "expected"]
    colour = colours.YEAR_LINES[place % len(colours.YEAR_LINES)]
    width = 3 if place == 0 else 1.6
    traces = []
    if len(final):
        solid = {"color": colour, "size": 9 if place == 0 else 5}
        traces.append(_points(final, column, f"{year}年", unit, solid, "lines+markers"))
        traces[0]["line"] = {"color": colour, "width": width}
    if implied.any():
        cross = {"color": colour, "symbol": "x-thin", "size": 8, "line": {"color": colour, "width": 1.5}}
        traces.append(_points(own[implied], column, f"{year}年推算", unit, cross, "markers"))
    if len(expected):
        hollow = {"color": colours.PAPER, "size": 11, "line": {"color": colour, "width": 2}}
        traces.append(_points(expected, column, f"{year}年预计", unit, hollow, "markers"))
    return traces


def _points(rows: pd.DataFrame, column: str, name: str, unit: str, marker: dict[str, Any], mode: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": [int(value) for value in rows["month"]],
        "y": [float(value) for value in rows[column]],
        "marker": marker,
        "customdata": [[int(value)] for value in rows["id"]],
        "hovertext": [
            f"{name}{row.month}月　{_with_unit(getattr(row, column), unit)}<br>点击查看原文"
            for row in rows.itertuples()
        ],
        "hoverinfo": "text",
    }


def _with_unit(value: float, unit: str) -> str:
    return wording.percent(value) if unit == "%" else f"{wording.plain(value)}{unit}"


def _projection(points: pd.DataFrame, year: int, column: str, end: float, unit: str) -> dict[str, Any]:
    own = points[(points["year"] == year) & (points["status"] == "actual") & points[column].notna()]
    last = own.sort_values("month").iloc[-1]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": "按目前进度",
        "x": [int(last["month"]), 12],
        "y": [float(last[column]), float(end)],
        "line": {"color": colours.YEAR_LINES[0], "width": 2, "dash": "dot"},
        "marker": {"symbol": "diamond-open", "size": [1, 12], "color": colours.YEAR_LINES[0]},
        "text": ["", _with_unit(end, unit)],
        "textposition": "top left",
        "hoverinfo": "skip",
    }


def _steps(targets: pd.DataFrame, unit: str) -> dict[str, Any]:
    rows = targets.sort_values("month")
    months = [int(value) for value in rows["month"]]
    heights = [float(value) for value in rows["target"]]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "目标值",
        "x": [*months, 12],
        "y": [*heights, heights[-1]],
        "line": {"color": colours.INK, "width": 1.5, "shape": "hv"},
        "hovertext": [f"目标值 {wording.plain(value)}{unit}" for value in [*heights, heights[-1]]],
        "hoverinfo": "text",
    }
