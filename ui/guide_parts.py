"""The parts of 说明: formulas, states, coverage of the reading, limits, the log of changes, version."""

from __future__ import annotations

import tomllib
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

import assess
import export
from assess import backtest
from extract.indicators import taxonomy
from ui import archive, guide_tables, navigation, reading, record_page, wording

NEWEST_CHANGES = 50
MOST_UNCLEAR = 30
STYLE = """<style>
.guide {border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.55;}
.guide th {background: #EEF2F3; text-align: left; white-space: nowrap;}
.guide th, .guide td {border: 1px solid #E3E8EA; padding: 0.25rem 0.55rem; vertical-align: top;}
.guide td:first-child {font-weight: 600; white-space: nowrap;}
.guide td.last {color: #5B6B73; font-size: 0.82rem;}
</style>"""


def title() -> str:
    """What was read, in one sentence that adds up; before the first report what the page is for."""
    count = len(reading.reports())
    if not count:
        return "说明：数字怎样算出，界限在哪里"
    found = counted()
    return (
        f"说明：{count} 份报告见到 {found['seen']:,} 个数，读出 {found['recorded']:,} 个，"
        f"略去 {found['left_out']:,} 个，没有看懂 {found['not_understood']:,} 个"
    )


def counted() -> dict[str, int]:
    """The coverage of the reading over all live reports."""
    return guide_tables.coverage(reading.reports(), reading.frame())


def head() -> None:
    """The title and the way to the data dictionary."""
    st.title(wording.markdown_text(title()), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        newest = reading.periods()
        when = f"数据截止 {wording.month(newest[0])}" if newest else "还没有数据"
        st.markdown(f"{when} · 依据 {len(reading.reports())} 份报告", width="content")
        st.download_button(
            "下载本页",
            download,
            file_name="说明.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            key="download-guide",
        )


def download() -> bytes:
    """What the page tells as xlsx, with the data dictionary."""
    return export.to_xlsx(
        {
            "公式": guide_tables.formulas(),
            "界限与状态": guide_tables.bands(reading.settings()),
            "核查规则": guide_tables.checks(),
            "预测的检验": guide_tables.back_test(_back_test(archive.key())),
            "读取覆盖": coverage_table(),
            "未成为记录的数": _reasons(archive.key()),
            "限制": guide_tables.limits(),
            "数据字典": export.dictionary(),
        }
    )


def formulas() -> None:
    """Every formula with what it means, an example and where it comes from."""
    st.header("公式", anchor=False)
    _table(guide_tables.formulas())


def states() -> None:
    """The thresholds in force: every state with its rule."""
    st.header("界限与状态（现在执行的）", anchor=False)
    _table(guide_tables.bands(reading.settings()))
    navigation.link("settings", "改界限、序时和目标")


def checks() -> None:
    """The rules by which figures are found that cannot both be true."""
    st.header("核查规则", anchor=False)
    _table(guide_tables.checks())


def back_test() -> None:
    """How far off the projection was in the years of the store that are complete."""
    st.header("年底预测的检验（库中完整的年份）", anchor=False)
    found = _back_test(archive.key())
    if found.empty:
        st.markdown("还没有完整的年份：一项指标在一年里有三个以上月份的完成率，并且有 12 月的，才能检验。")
        return
    st.markdown(wording.markdown_text(guide_tables.back_test_line(found)))
    _table(guide_tables.back_test(found))


@st.cache_data(show_spinner="正在检验预测…", max_entries=2)
def _back_test(key: archive.Key) -> pd.DataFrame:
    points = backtest.projected(reading.frame(), reading.settings(), reading.directions())
    return backtest.summary(points)


def coverage_table() -> pd.DataFrame:
    """How many numbers were seen and what became of them, and which records can be compared with nothing."""
    found, rows = counted(), reading.frame()
    left = assess.left_out(rows)
    checked = int(rows["review"].isin(["accepted", "corrected"]).sum())
    lines = [
        ("见到的数", found["seen"], "= 读出 + 略去 + 没有看懂"),
        ("读出", found["recorded"], f"成为 {len(rows):,} 条记录的数值、完成率、目标和同比"),
        ("略去", found["left_out"], "看懂了，但不是要记录的数，原因另列"),
        ("没有看懂", found["not_understood"], "逐条列在下面，应有人看一看"),
        ("核对过的记录", checked, f"已确认或已更正；另有 {len(rows) - checked:,} 条未核对"),
        ("地名不明的记录", left["no_town"], "不参加比较"),
        ("时段不明的记录", left["no_period"], "不参加比较"),
    ]
    return pd.DataFrame(lines, columns=["项目", "个数", "说明"])


def coverage() -> None:
    """What became of every number of the reports, why some gave no record, and those nobody understood."""
    st.header("读取覆盖（库中现有的报告）", anchor=False)
    if not reading.reports():
        st.info("还没有报告。上传之后，这里列出见到、读出、略去和没有看懂的数各有多少。", icon=":material/info:")
        navigation.link("upload", "上传报告")
        return
    left, right = st.columns(2)
    with left:
        _table(coverage_table())
    with right:
        _table(_reasons(archive.key()))
    unclear = reading.store().missed(understood=False, limit=MOST_UNCLEAR)
    if unclear:
        total = counted()["not_understood"]
        more = f"，先列 {MOST_UNCLEAR} 个" if total > MOST_UNCLEAR else ""
        st.markdown(f"没有看懂的数（{total:,} 个{more}）")
        _table(pd.DataFrame([_unclear(one) for one in unclear]))


@st.cache_data(show_spinner="正在统计…", max_entries=2)
def _reasons(key: archive.Key) -> pd.DataFrame:
    return guide_tables.reasons(reading.store().missed())


def _unclear(one: dict[str, Any]) -> dict[str, str]:
    return {"数": one["text"], "原因": one["reason"], "句子": one["sentence"], "报告": one["report_name"]}


def limits() -> None:
    """Every limit."""
    st.header("限制", anchor=False)
    _table(guide_tables.limits())


def changes() -> None:
    """The newest entries of the log: who changed what, when, from what to what, and why."""
    entries = reading.store().changes(limit=NEWEST_CHANGES)
    st.header("更正日志", anchor=False)
    if not entries:
        st.markdown("还没有更正。每次更正、驳回、撤销和设置的改动都记在这里：谁、何时、原值、新值、原因。")
        return
    st.markdown(f"最近 {len(entries)} 条，新的在前；撤销也是一条新记录。")
    lines = pd.DataFrame(
        [{"记录编号": str(entry["record_id"] or wording.NONE), **record_page.log_line(entry)} for entry in entries]
    )
    st.dataframe(lines, hide_index=True, row_height=28, height=min(300, 38 + 28 * len(lines)), alt="更正日志")


def version() -> None:
    """The program's version, the vocabulary's size and the state of the data."""
    st.header("版本", anchor=False)
    told = f"程序 {_version()} · 标准指标 {len(taxonomy()):,} 项 · 数据第 {reading.store().version} 版（每次写入加一）"
    st.markdown(wording.markdown_text(told))
    st.markdown("各列的含义见数据页的数据字典。", width="content")
    navigation.link("data", "看数据字典", view="dictionary")


@st.cache_data(show_spinner=False)
def _version() -> str:
    with (navigation.ROOT / "pyproject.toml").open("rb") as handle:
        return str(tomllib.load(handle)["project"]["version"])


def _table(rows: pd.DataFrame) -> None:
    """A table whose cells wrap; every text escaped."""
    heads = "".join(f"<th>{escape(str(head))}</th>" for head in rows.columns)
    body = "".join(f"<tr>{_cells(cells)}</tr>" for cells in rows.itertuples(index=False, name=None))
    st.html(f'{STYLE}<table class="guide"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>')


def _cells(cells: tuple[object, ...]) -> str:
    last = len(cells) - 1
    kinds = [' class="last"' if at == last > 1 else "" for at in range(len(cells))]
    texts = [wording.plain(cell) if isinstance(cell, int) else str(cell) for cell in cells]
    return "".join(f"<td{kind}>{escape(text)}</td>" for kind, text in zip(kinds, texts, strict=True))
