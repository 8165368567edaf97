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

Row = dict[Any, Any]

MAX_TOWNS = 12
COLUMNS = 4


def completion(points: pd.DataFrame, pace: Sequence[float], projected: float | None = None) -> Figure:
    """Cumulative completion by month against the pace line; ``pace`` has one value for each month."""
    rows = _rows(points, "completion")
    years = _years(rows)
    traces = [_pace(pace)]
    for place, year in reversed(list(enumerate(years))):
        traces += _year(rows, year, place, "%")
    if projected is not None and years:
        traces += _projection(rows, years[0], projected, "%")
    return {
        "data": traces,
        "layout": _over_months(
            320, yaxis=axis(ticksuffix="%", rangemode="tozero", range=[0, _top(points["completion"], projected)])
        ),
    }


def values(points: pd.DataFrame, unit: str, targets: pd.DataFrame, projected: float | None = None) -> Figure:
    """Cumulative value by month, years overlaid, with the newest year's target as steps (``month``, ``target``)."""
    rows = _rows(points, "value")
    years = _years(rows)
    traces: list[dict[str, Any]] = []
    for place, year in reversed(list(enumerate(years))):
        traces += _year(rows, year, place, unit)
    if len(targets):
        traces.append(_steps(targets, unit))
    if projected is not None and years:
        traces += _projection(rows, years[0], projected, unit)
    return {
        "data": traces,
        "layout": _over_months(
            320,
            yaxis=axis(
                range=[0, _highest(rows, targets, projected) * 1.12 or 1],
                tickformat=",~r",
                title={"text": unit, "font": {"size": 12}},
            ),
        ),
    }


def small_multiples(points: pd.DataFrame, towns: Sequence[str], pace: Sequence[float]) -> Figure:
    """Up to twelve towns, each in its own field, all on the same axes: pace, last year thin, this year bold."""
    listed = list(towns)[:MAX_TOWNS]
    depth = max(1, -(-len(listed) // COLUMNS))
    top = _top(points["completion"], None)
    rows = _rows(points, "completion")
    years = _years(rows)[:2]
    figure: Figure = {"data": [], "layout": layout(172 * depth + 24, annotations=[])}
    for place, town in enumerate(listed):
        _field(figure, place, depth, top)
        own = [row for row in rows if row["town"] == town]
        number = str(place + 1) if place else ""
        lines = [line for index, year in enumerate(years) for line in _year(own, year, index, "%")]
        figure["data"] += [{**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"} for trace in (_pace(pace), *lines)]
        figure["layout"]["annotations"].append(_field_title(town, number))
    return figure


def _rows(points: pd.DataFrame, column: str) -> list[Row]:
    """The points that have a figure in the column, by time, as plain rows; the figure stands under ``y``."""
    keys = [key for key in ("town", "year", "month", "status", "value_from", "id") if key in points]
    slim = points.loc[points[column].notna(), [*keys, column]].rename(columns={column: "y"})
    return slim.sort_values(["year", "month"], kind="stable").to_dict("records")


def _years(rows: list[Row]) -> list[int]:
    return sorted({int(row["year"]) for row in rows}, reverse=True)


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


def _highest(rows: list[Row], targets: pd.DataFrame, projected: float | None) -> float:
    """The highest thing that is drawn; the axis goes a little beyond it, so that the words on it are not cut."""
    aims = map(float, targets["target"]) if len(targets) else ()
    return max([0.0, projected or 0.0, *(float(row["y"]) for row in rows), *aims])


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


def _kind(row: Row) -> str:
    """Which mark a point takes: reported, expected (hollow) or implied (推算, a cross)."""
    if row["value_from"] == "implied":
        return "implied"
    return str(row["status"])


def _year(rows: list[Row], year: int, place: int, unit: str) -> list[dict[str, Any]]:
    own = [row for row in rows if row["year"] == year]
    colour = colours.YEAR_LINES[place % len(colours.YEAR_LINES)]
    newest = place == 0
    looks: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("actual", f"{year}年", "lines+markers", {"color": colour, "size": 9 if newest else 5}),
        ("expected", f"{year}年预计", "markers", _outlined(colours.PAPER, colour, size=11)),
        ("implied", f"{year}年推算", "markers", _outlined(colour, colour, size=8, symbol="x-thin")),
    )
    traces = []
    for kind, name, mode, marker in looks:
        chosen = [row for row in own if _kind(row) == kind]
        if chosen:
            line = {"color": colour, "width": 3 if newest else 1.6}
            traces.append({**_points(chosen, name, unit), "mode": mode, "marker": marker, "line": line})
    return traces


def _outlined(fill: str, colour: str, **more: Any) -> dict[str, Any]:
    return {"color": fill, "line": {"color": colour, "width": 2}, **more}


def _points(rows: list[Row], name: str, unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "x": [int(row["month"]) for row in rows],
        "y": [float(row["y"]) for row in rows],
        "customdata": [[int(row["id"])] for row in rows],
        "hovertext": [f"{name}{row['month']}月　{_with_unit(row['y'], unit)}<br>点击查看原文" for row in rows],
        "hoverinfo": "text",
    }


def _with_unit(value: float, unit: str) -> str:
    return wording.percent(value) if unit == "%" else f"{wording.plain(value)}{unit}"


def _projection(rows: list[Row], year: int, end: float, unit: str) -> list[dict[str, Any]]:
    """The way from the newest actual point of the year to its end; none where the year has no such point."""
    actual = [row for row in rows if row["year"] == year and _kind(row) == "actual"]
    if not actual:
        return []
    last = actual[-1]
    trace = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": "按目前进度",
        "x": [int(last["month"]), 12],
        "y": [float(last["y"]), float(end)],
        "line": {"color": colours.YEAR_LINES[0], "width": 2, "dash": "dot"},
        "marker": {"symbol": "diamond-open", "size": [1, 12], "color": colours.YEAR_LINES[0]},
        "text": ["", _with_unit(end, unit)],
        "textposition": "top left",
        "hoverinfo": "skip",
    }
    return [trace]


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
