"""通报: how all towns stand in the main indicators at a cut-off, in the form in which offices write it.

Assessed figures go in; out come tables (:func:`tables`, the same for Word and xlsx) and the Word document
(:func:`to_docx`). Every figure carries the number of a note in the last table, which names its report and
its sentence. Every town × indicator is counted once, in one state, so that all counts add up. Expected
figures (预计) stand in a table of their own and are never ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from assess import Settings, State, month_number, pace, status_counts
from assess.states import BANDS
from assess.towns import FRESH_MONTHS
from export import word
from export.columns import WORDS, labelled, number_text

NOTE = "注"
RULES, TOWNS, FIGURES, EXPECTED, SOURCES = "口径与界限", "各乡镇状态统计", "各指标完成情况", "预计数", "数据出处"
# Tables that the Word document has as annexes; the rules stand in its text.
ANNEXES = (TOWNS, FIGURES, EXPECTED, SOURCES)
REMARKS: dict[str, str] = {
    TOWNS: "由附件2各项状态计数得出，每个乡镇的每项指标计一次。",
    FIGURES: "同一指标内按领先序时进度的多少排名，相同并列；不适用和未报的不排名。标“计算”的完成率由数值÷目标值算出。",
    EXPECTED: "报告写明是预计的数，不参加排名，不计入状态统计。",
    SOURCES: "正文和各附件中的数字，都按注号列出所在报告和原文。",
}
AHEAD, BEHIND = (State.DONE, State.AHEAD), (State.RED, State.YELLOW)
# What stands in the text for one band of those behind; the rest is in the annex, and the text says so.
MOST_LISTED = 40
_RATES = ("%", "％", "百分点", "个百分点")
_BASES = WORDS["basis"] | {"plan": "年度计划", "budget": "年度预算"}
_CELL = ["town", "indicator"]
_NEEDED = (
    *_CELL, "id", "value", "value_text", "unit", "completion", "completion_text", "completion_from", "basis", "target",
    "target_text", "target_unit", "target_from", "yoy", "yoy_text", "pace", "pace_from", "gap", "gap_from", "lead",
    "state", "status", "period_start", "period_end", "sentence", "report_name", "review", "origin",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """What a 通报 tells, ready to be written.

    ``figures`` has one row for each town and indicator, by indicator and rank: the assessed figure, or 未报
    with the month of an older one as ``last_report``. ``figures`` and ``expected`` have the number of each
    figure's note under ``note``.
    """

    as_of: str
    area: str
    towns: tuple[str, ...]
    indicators: tuple[str, ...]
    settings: Settings
    figures: pd.DataFrame
    expected: pd.DataFrame

    @property
    def title(self) -> str:
        """``关于示例县各乡镇截至2025年9月主要指标完成情况的通报``."""
        return f"关于{self.area}各乡镇截至{_month(self.as_of)}主要指标完成情况的通报"

    @property
    def noted(self) -> pd.DataFrame:
        """Every figure that is shown, by the number of its note."""
        shown = pd.concat([self.figures[self.figures["note"].notna()], self.expected])
        return shown.sort_values("note", kind="stable")


def bulletin(
    newest: pd.DataFrame,
    as_of: str,
    *,
    towns: Sequence[str],
    indicators: Sequence[str],
    expected: pd.DataFrame | None = None,
    settings: Settings | None = None,
    area: str = "",
) -> Bulletin:
    """The 通报 of ``towns`` (those that should report) and ``indicators``, both in this order.

    ``newest``: :func:`assess.assessed` of :func:`assess.latest`, so one actual figure for each town and
    indicator, judged by the same ``settings``. As in :func:`assess.overview`, a figure more than
    ``FRESH_MONTHS`` months older than ``as_of`` (``2025-09``) counts as 未报. ``expected``: further assessed
    records, of which the expected ones of these towns and indicators are taken. Raises ValueError where
    ``as_of`` is no month, a town has two figures for one indicator, or the states do not follow from the
    settings, as the document would then state rules that are not in force.
    """
    if month_number(as_of) < 0:
        raise ValueError(f"月份应写作 2025-09,实为 {as_of}")
    rules = settings or Settings()
    chosen = _chosen(newest, "actual", towns, indicators)
    chosen = chosen[chosen["period_end"] <= as_of]
    _check(chosen, rules)
    figures = _ranked(_in_cells(chosen, as_of, towns, indicators), indicators)
    hoped = _chosen(pd.DataFrame() if expected is None else expected, "expected", towns, indicators)
    hoped = _still_open(hoped, chosen)
    figures, hoped = _numbered(figures, hoped)
    return Bulletin(
        as_of=as_of,
        area=area.strip(),
        towns=tuple(towns),
        indicators=tuple(indicators),
        settings=rules,
        figures=figures,
        expected=hoped,
    )


def _chosen(rows: pd.DataFrame, status: str, towns: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    rows = rows.reindex(columns=list(_NEEDED)).astype(dict.fromkeys((*_CELL, "period_end"), object))
    kept = (rows["status"] == status) & rows["town"].isin(list(towns)) & rows["indicator"].isin(list(indicators))
    return rows[kept & rows["id"].notna()]


def _check(rows: pd.DataFrame, settings: Settings) -> None:
    if rows.duplicated(_CELL).any():
        raise ValueError("同一乡镇的同一指标只能有一个最新实际数")
    for row in rows[rows["state"].isin([str(state) for state in BANDS])].to_dict("records"):
        rules = settings.of(row["town"])
        bands = rules.growth if row["gap_from"] == "growth" else rules.thresholds
        if bands.band(Decimal(str(row["lead"]))) != row["state"]:
            raise ValueError(f"{row['town']}{row['indicator']}的状态与所列界限不符")


def _in_cells(rows: pd.DataFrame, as_of: str, towns: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """One row for each town and indicator; without a fresh figure 未报."""
    cells = pd.DataFrame([(town, name) for name in indicators for town in towns], columns=_CELL, dtype=object)
    rows = rows.assign(last_report=rows["period_end"])
    ends = np.array([month_number(end) for end in rows["period_end"]], dtype=np.int64)
    fresh = rows[ends >= month_number(as_of) - FRESH_MONTHS]
    table = cells.merge(fresh.drop(columns="last_report"), on=_CELL, how="left")
    table = table.merge(rows[[*_CELL, "last_report"]], on=_CELL, how="left")
    return table.assign(state=table["state"].astype(object).where(table["id"].notna(), str(State.UNREPORTED)))


def _still_open(expected: pd.DataFrame, actual: pd.DataFrame) -> pd.DataFrame:
    """The expected figures of periods for which there is no actual figure yet."""
    ends = expected[_CELL].merge(actual[[*_CELL, "period_end"]], on=_CELL, how="left")["period_end"].to_numpy()
    later = [not isinstance(end, str) or end < own for end, own in zip(ends, expected["period_end"], strict=True)]
    kept = expected[np.array(later, dtype=bool)]
    return kept.sort_values([*_CELL, "period_end", "id"], kind="stable").reset_index(drop=True)


def _ranked(table: pd.DataFrame, indicators: Sequence[str]) -> pd.DataFrame:
    order = {name: place for place, name in enumerate(indicators)}
    lead = pd.to_numeric(table["lead"])
    rank = lead.groupby(table["indicator"]).rank(method="min", ascending=False)
    unreported = table["state"] == State.UNREPORTED
    table = table.assign(rank=rank, _order=table["indicator"].map(order), _last=unreported)
    table = table.sort_values(["_order", "rank", "_last", "town"], na_position="last", kind="stable")
    return table.drop(columns=["_order", "_last"]).reset_index(drop=True)


def _numbered(figures: pd.DataFrame, expected: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Notes in the order in which the document first names the figures."""
    told = [_of_states(figures, AHEAD), *(_by_gap(figures, state) for state in BEHIND), expected, figures]
    numbers = pd.concat([rows["id"] for rows in told]).dropna().drop_duplicates()
    place = {number: at for at, number in enumerate(numbers, start=1)}
    return figures.assign(note=figures["id"].map(place)), expected.assign(note=expected["id"].map(place))


def _of_states(figures: pd.DataFrame, states: Iterable[State]) -> pd.DataFrame:
    return figures[figures["state"].isin([str(state) for state in states])]


def _by_gap(figures: pd.DataFrame, state: State) -> pd.DataFrame:
    """The figures in one state, the furthest behind first."""
    return _of_states(figures, [state]).sort_values(["lead", *_CELL[::-1]], kind="stable")


def tables(said: Bulletin) -> dict[str, pd.DataFrame]:
    """The tables of the 通报 with Chinese heads, by name, for :func:`export.to_xlsx`; the Word document has the same.

    The notes are numbers under 注; the last table tells what each number stands for.
    """
    return {
        RULES: _rules(said),
        TOWNS: _town_counts(said),
        FIGURES: _figure_table(said.figures),
        EXPECTED: _expected_table(said.expected),
        SOURCES: _sources(said.noted),
    }


def _rules(said: Bulletin) -> pd.DataFrame:
    paces = said.figures["pace_from"]
    by_curve = int((paces == "last_year").sum())
    curve = f"其中 {by_curve} 项按上年同期实际进度。" if by_curve else ""
    rows = [
        ("数据截止", _month(said.as_of)),
        (
            "序时进度",
            f"{_month(said.as_of)}末为 {pace(int(said.as_of[5:7]))}%，按月平均，各数按自己的时段计算。{curve}",
        ),
        ("完成率", "照报告写明的数；没有写明而有数值和目标值的，按数值÷目标值计算并注明。"),
        ("与序时进度差", "完成率－序时进度，单位为百分点；越低越好的指标，低于序时为快。"),
        *_bands(said),
        ("目标取用", f"{said.settings.order.partition('：')[2]}。{_by_hand(said)}"),
        ("未报的时限", f"最近一次报告早于截止月 {FRESH_MONTHS} 个月以上的，按未报计。"),
    ]
    return pd.DataFrame(rows, columns=["项目", "内容"])


def _bands(said: Bulletin) -> list[tuple[str, str]]:
    """Every state with its rule, for each county whose towns are told; for rates of growth where there are any."""
    judged_by_growth = bool((said.figures["gap_from"] == "growth").any())
    lines = []
    used = said.settings.used(said.towns)
    for county, rules in used.items():
        place = f"（{county}）" if len(used) > 1 else ""
        lines += [(f"{state}{place}", rule) for state, rule in rules.thresholds.describe().items()]
        if judged_by_growth:
            growth = rules.growth.describe()
            lines += [
                (f"{state}，增速{place}", growth[state].replace("与序时进度差", "增速与目标之差")) for state in BANDS
            ]
    return lines


def _by_hand(said: Bulletin) -> str:
    count = int((said.figures["target_from"] == "set").sum())
    return f"其中 {count} 项按人工设定的目标计算。" if count else ""


def _town_counts(said: Bulletin) -> pd.DataFrame:
    lines = []
    for town in said.towns:
        counts = status_counts(said.figures[said.figures["town"] == town])
        kept = counts[State.DONE] + counts[State.AHEAD] + counts[State.ON]
        lines.append((kept, {"乡镇": town, **{str(state): count for state, count in counts.items()}}))
    lines.sort(key=lambda line: (-line[0], line[1][str(State.RED)]))
    table = pd.DataFrame([line for _, line in lines], columns=["乡镇", *map(str, State)])
    table = table.assign(合计=table[[*map(str, State)]].sum(axis=1).astype(int))
    total = table.drop(columns="乡镇").sum()
    return pd.concat([table, pd.DataFrame([{"乡镇": "合计", **total}])], ignore_index=True)


def _figure_table(rows: pd.DataFrame) -> pd.DataFrame:
    return _headed(rows, ("indicator", "rank", "town"), ("pace", "gap", "state"))


def _expected_table(rows: pd.DataFrame) -> pd.DataFrame:
    return _headed(rows, ("indicator", "town"), ("status",))


def _headed(rows: pd.DataFrame, first: Sequence[str], last: Sequence[str]) -> pd.DataFrame:
    spans = [_span(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)]
    table = rows.assign(
        时段=spans,
        说明=[_remark(row) for row in rows.to_dict("records")],
        **{key: pd.to_numeric(rows[key]).round(2) for key in ("completion", "gap")},
        **{NOTE: rows["note"]},
        basis=rows["basis"].where(rows["completion"].notna()),
    )
    keys = [*first, "时段", "value", "unit", "completion", "basis", *last, "说明", NOTE]
    return labelled(table[keys].reset_index(drop=True))


def _remark(row: Mapping[Any, Any]) -> str:
    if row["state"] == State.UNREPORTED:
        last = row["last_report"]
        return f"最近为{_month(last)}" if isinstance(last, str) else "本年没有报告"
    if row["gap_from"] == "growth":
        return f"增速目标{_printed(row, 'target')}{row['target_unit'] or ''}"
    return "计算" if row["completion_from"] == "computed" else ""


def _sources(rows: pd.DataFrame) -> pd.DataFrame:
    spans = [_span(start, end) for start, end in zip(rows["period_start"], rows["period_end"], strict=True)]
    table = rows.assign(时段=spans, **{NOTE: rows["note"]})
    keys = [NOTE, "report_name", "town", "indicator", "时段", "status", "review", "sentence"]
    return labelled(table[keys].reset_index(drop=True))


def to_docx(said: Bulletin) -> bytes:
    """The 通报 as a Word document on A4: text, then the annex tables with repeated head rows on wide pages."""
    return word.to_docx(said.title, *document(said))


def document(said: Bulletin) -> tuple[list[word.Block], list[list[word.Block]]]:
    """The 通报 in the order of reading, for Word and for print: the text, and each annex that begins a wide page."""
    shown = tables(said)
    return _text(said, shown[RULES]), [_annex(name, shown[name]) for name in ANNEXES]


def _annex(name: str, table: pd.DataFrame) -> list[word.Block]:
    number = ANNEXES.index(name) + 1
    if table.empty:
        return [word.Heading(f"附件{number}　{name}"), word.Text([f"{REMARKS[name]}本期没有。"])]
    anchored = name == SOURCES
    return [
        word.Heading(f"附件{number}　{name}"),
        word.Text([REMARKS[name]]),
        word.Table(table, note_column=None if name == TOWNS else NOTE, anchors=anchored),
    ]


def _text(said: Bulletin, rules: pd.DataFrame) -> list[word.Block]:
    sample = "（含演示数据，仅供试用）" if (said.noted["origin"] == "sample").any() else ""
    return [
        word.Title(said.title),
        *([word.Subtitle(sample)] if sample else []),
        word.Text([_opening(said)]),
        word.Heading("一、范围和口径"),
        *(word.Text([line]) for line in _scope(said)),
        word.Table(rules),
        word.Heading("二、总体情况"),
        word.Text([f"{summary(said)}各乡镇分布见附件1，逐项数字见附件2。"]),
        *_ahead(said),
        *_behind(said),
        *_unreported(said),
        *_expected(said),
    ]


def _opening(said: Bulletin) -> str:
    return (
        f"现将{said.area}{len(said.towns)} 个乡镇（街道、园区）截至{_month(said.as_of)}的主要指标完成情况通报如下。"
        "数字后方括号内为注号，所在报告和原文见附件4。"
    )


def _scope(said: Bulletin) -> list[str]:
    used = said.noted
    checked = int(used["review"].isin(["accepted", "corrected"]).sum())
    return [
        f"范围：{'、'.join(said.towns)}，共 {len(said.towns)} 个。",
        f"指标：{'、'.join(said.indicators)}，共 {len(said.indicators)} 项。",
        f"数据截止{_month(said.as_of)}，依据 {used['report_name'].nunique()} 份报告中的 {len(used)} 条记录，"
        f"其中人工核对过的 {checked} 条，未核对的 {len(used) - checked} 条。",
        "口径与界限如下表。",
    ]


def summary(said: Bulletin) -> str:
    """The counts of all states in one sentence; they add up to the number of towns times indicators."""
    counts = status_counts(said.figures)
    parts = "、".join(f"{state} {count} 项" for state, count in counts.items())
    total = len(said.figures)
    return (
        f"{len(said.towns)} 个乡镇、每个 {len(said.indicators)} 项指标，共 {total} 项：{parts}，"
        f"合计 {sum(counts.values())} 项。"
    )


def _ahead(said: Bulletin) -> list[word.Block]:
    rows = _of_states(said.figures, AHEAD)
    blocks: list[word.Block] = [word.Heading(f"三、进度较快的（{len(rows)} 项）")]
    for name, group in rows.groupby("indicator", sort=False):
        pieces: list[word.Piece] = [f"{name}（{len(group)} 个）："]
        for place, row in enumerate(group.to_dict("records")):
            pieces += ["；" if place else "", f"{row['town']}{_progress(row)}", int(row["note"])]
        blocks.append(word.Text([*pieces, "。"]))
    return blocks if len(rows) else [*blocks, word.Text(["没有已完成和超序时的指标。"])]


def _behind(said: Bulletin) -> list[word.Block]:
    groups = {state: _by_gap(said.figures, state) for state in BEHIND}
    blocks: list[word.Block] = [word.Heading(f"四、进度落后的（{sum(map(len, groups.values()))} 项）")]
    for mark, (state, rows) in zip("一二", groups.items(), strict=True):
        blocks.append(word.Subheading(f"（{mark}）{state}（{len(rows)} 项）"))
        for row in rows.head(MOST_LISTED).to_dict("records"):
            blocks.append(
                word.Text([f"{row['indicator']}：{_progress(row)}", int(row["note"]), f"。责任单位：{row['town']}。"])
            )
        rest = len(rows) - MOST_LISTED
        if rest > 0:
            blocks.append(word.Text([f"以上为差距最大的 {MOST_LISTED} 项，其余 {rest} 项见附件2。"]))
        if rows.empty:
            blocks.append(word.Text([f"没有{state}的指标。"]))
    return blocks


def _unreported(said: Bulletin) -> list[word.Block]:
    rows = _of_states(said.figures, [State.UNREPORTED])
    heading = word.Heading(f"五、未报的（{len(rows)} 项）")
    lines = [
        word.Text([f"{town}（{len(group)} 项）：{'、'.join(group['indicator'])}。"])
        for town, group in rows.groupby("town", sort=True)
    ]
    return [heading, *(lines or [word.Text(["各乡镇的各项指标都已报告。"])])]


def _expected(said: Bulletin) -> list[word.Block]:
    if said.expected.empty:
        return []
    blocks: list[word.Block] = [
        word.Heading(f"六、预计数（{len(said.expected)} 项）"),
        word.Text([REMARKS[EXPECTED]]),
    ]
    for row in said.expected.to_dict("records"):
        words = _progress(row | {"gap": np.nan}, expected=True)
        span = _span(row["period_start"], row["period_end"])
        blocks.append(word.Text([f"{row['town']}{row['indicator']}：{span}{words}", int(row["note"]), "（预计）。"]))
    return blocks


def _progress(row: Mapping[Any, Any], *, expected: bool = False) -> str:
    """``完成5.2亿元，完成年度目标的43.3%，低于序时31.7个百分点``, of what the record tells."""
    lower = row["gap"] * row["lead"] < 0
    parts = [
        _amount(row, lower),
        _share(row, lower),
        _growth(row) if row["gap_from"] == "growth" else "",
        _distance(row),
    ]
    text = "，".join(part for part in parts if part) or f"同比{_printed(row, 'yoy')}%"
    return f"预计{text}" if expected else text


def _amount(row: Mapping[Any, Any], lower: bool) -> str:
    rate = row["gap_from"] == "growth" and row["unit"] in _RATES
    if pd.isna(row["value"]) or rate:
        return ""
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    return f"{'已达' if lower else '完成'}{_printed(row, 'value')}{unit}"


def _share(row: Mapping[Any, Any], lower: bool) -> str:
    if pd.isna(row["completion"]):
        return ""
    basis = _BASES.get(row["basis"], WORDS["basis"]["other"] + "目标")
    computed = row["completion_from"] == "computed"
    share = number_text(round(row["completion"], 2)) if computed else _printed(row, "completion")
    return f"{'占' if lower else '完成'}{basis}的{share}%{'（计算）' if computed else ''}"


def _growth(row: Mapping[Any, Any]) -> str:
    reached = _printed(row, "value") if row["unit"] in _RATES else _printed(row, "yoy")
    return f"增速{reached}%，目标{_printed(row, 'target')}%"


def _distance(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["gap"]):
        return ""
    aim = "目标" if row["gap_from"] == "growth" else "序时"
    points = number_text(abs(round(row["gap"], 2)))
    return f"与{aim}持平" if points == "0" else f"{'高' if row['gap'] > 0 else '低'}于{aim}{points}个百分点"


def _printed(row: Mapping[Any, Any], key: str) -> str:
    """The number as the report prints it, else with every digit that it has."""
    text = row[f"{key}_text"]
    return text if isinstance(text, str) and text else number_text(row[key])


def _month(month: str) -> str:
    return f"{int(month[:4])}年{int(month[5:7])}月"


def _span(start: object, end: object) -> str:
    """``2025年1—9月``, ``2025年9月``; nothing where there is no figure."""
    if not isinstance(end, str):
        return ""
    if not isinstance(start, str) or start == end:
        return _month(end)
    if start[:4] != end[:4]:
        return f"{_month(start)}—{_month(end)}"
    return f"{int(end[:4])}年{int(start[5:7])}—{int(end[5:7])}月"
