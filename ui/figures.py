"""What all Plotly figures share: layout, axes, the Chinese dictionary. Plain dicts; no Plotly and no Streamlit here."""

from __future__ import annotations

from html import escape
from typing import Any

from ui import colours

Figure = dict[str, Any]

FONT = "system-ui, 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"

MONTHS: tuple[str, ...] = tuple(f"{number}月" for number in range(1, 13))

LOCALE: dict[str, Any] = {
    "dictionary": {
        "Autoscale": "自动缩放",
        "Box Select": "框选",
        "Click to enter Plot title": "图表标题",
        "Compare data on hover": "悬停时比较数据",
        "Double-click on legend to isolate one trace": "双击图例只看一组",
        "Double-click to zoom back out": "双击还原",
        "Download plot as a PNG": "下载为图片",
        "Download plot as a png": "下载为图片",
        "Download plot": "下载图片",
        "Lasso Select": "套索选择",
        "Pan": "平移",
        "Produced with Plotly.js": "图表",
        "Reset": "还原",
        "Reset axes": "还原坐标轴",
        "Show closest data on hover": "悬停时显示最近的数据",
        "Snapshot succeeded": "图片已生成",
        "Sorry, there was a problem downloading your snapshot!": "图片没有生成，请再试一次。",
        "Taking snapshot - this may take a few seconds": "正在生成图片，请稍候",
        "Toggle Spike Lines": "显示或隐藏参考线",
        "Toggle show closest data on hover": "切换悬停方式",
        "Zoom": "缩放",
        "Zoom in": "放大",
        "Zoom out": "缩小",
        "close": "收盘",
        "high": "高",
        "low": "低",
        "max": "最大",
        "mean": "平均",
        "median": "中位数",
        "min": "最小",
        "trace": "数据",
    },
    "format": {
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["日", "一", "二", "三", "四", "五", "六"],
        "months": [f"{name}月" for name in (*"一二三四五六七八九十", "十一", "十二")],
        "shortMonths": list(MONTHS),
        "date": "%Y-%m-%d",
    },
}

CONFIG: dict[str, Any] = {
    "locale": "zh-CN",
    "locales": {"zh-CN": LOCALE},
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
}


def layout(height: int, **changes: Any) -> dict[str, Any]:
    """The layout of every figure: our font, thin margins, no drag, legend on top."""
    return {
        "template": {},
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": FONT, "size": 13, "color": colours.INK},
        "paper_bgcolor": colours.PAPER,
        "plot_bgcolor": colours.PAPER,
        "dragmode": False,
        "hovermode": "closest",
        "showlegend": False,
        "legend": {"orientation": "h", "x": 0, "y": 1.0, "xanchor": "left", "yanchor": "bottom", "font": {"size": 12}},
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
        **changes,
    }


def axis(**changes: Any) -> dict[str, Any]:
    """An axis that does not zoom, with a light grid."""
    return {
        "fixedrange": True,
        "gridcolor": colours.GRID,
        "zeroline": False,
        "linecolor": colours.GRID,
        "automargin": True,
        **changes,
    }


def shown(text: object, width: int = 0) -> str:
    """A name for Plotly, escaped; broken after ``width`` characters into two lines, the rest cut with …."""
    name = str(text)
    if not width or len(name) <= width:
        return escape(name)
    second = name[width : 2 * width]
    if len(name) > 2 * width:
        second = second[:-1] + "…"
    return f"{escape(name[:width])}<br>{escape(second)}"


def clipped(value: float, top: float) -> float:
    """The value as far as the scale goes."""
    return min(max(value, 0.0), top)
