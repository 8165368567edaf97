"""设置, 目标: targets by town, indicator and year, from a file or by hand, beside what the reports say."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st

import assess
import export
from extract.indicators import resolve
from store import Target
from ui import bulletin_parts, navigation, person, reading, target_files, wording
from ui.settings_parts import HEAD, ROW, done, indicator_box

HEIGHT = 320
LISTED = 500


def show() -> None:
    """The template and the upload on the left, one target by hand on the right, and below all that are set."""
    left, right = st.columns(2, gap="large")
    with left:
        _upload()
    with right:
        _by_hand()
    _listed()


def _upload() -> None:
    st.header("从文件导入", anchor=False)
    st.markdown("每行一个目标；年中调整的另写一行，起始月份写从几月起；增速目标的单位写 %。CSV 和 xlsx 都可以。")
    bulletin_parts.downloads(
        "目标导入模板",
        {
            "xlsx": lambda: export.to_xlsx({"目标": target_files.template()}),
            "csv": lambda: export.to_csv(target_files.template()),
        },
        "target-template",
        "模板",
    )
    file = st.file_uploader("选择填好的文件（CSV 或 xlsx）", type=["csv", "xlsx", "txt"], key=_turn_key())
    if file is None:
        return
    try:
        read = target_files.read(file.name, file.getvalue())
    except target_files.Unreadable as error:
        st.error(str(error), icon=":material/error:")
        return
    _preview(file.name, read)


def _turn_key() -> str:
    return f"target-file-{st.session_state.get('target-turn', 0)}"


def _preview(name: str, read: target_files.Read) -> None:
    """What would be kept, what is refused and why, which names no report has; nothing is kept before the button."""
    if read.refused:
        st.error(f"{len(read.refused)} 行不能导入，改正后可以再导入一次：", icon=":material/error:")
        refused = pd.DataFrame(read.refused, columns=["行", "原因"])
        st.dataframe(
            refused, hide_index=True, row_height=ROW, height=HEAD + ROW * min(len(refused), 5), alt="不能导入的行"
        )
    targets = [target for _, target in read.targets]
    for label, told, known in (
        ("乡镇", {target.town for target in targets}, set(reading.towns())),
        ("指标", {target.indicator for target in targets}, set(reading.indicators())),
    ):
        if told - known:
            st.warning(wording.markdown_text(f"报告里还没有这些{label}：{wording.listed(sorted(told - known))}"))
    st.button(
        f"导入 {len(targets)} 个目标",
        key="import-targets",
        type="primary",
        icon=":material/upload:",
        disabled=not targets,
        on_click=_import,
        args=(targets, name),
    )


def _import(targets: list[Target], name: str) -> None:
    changed = 0

    def write() -> None:
        nonlocal changed
        changed = reading.store().set_targets(targets, who=person.name(), why=f"导入《{name}》")

    if done(write, f"已读入 {len(targets)} 个目标。"):
        st.session_state["target-turn"] = st.session_state.get("target-turn", 0) + 1
        st.toast(f"新增或改变 {changed} 个，其余与原来相同。")


def _by_hand() -> None:
    st.header("设定一个目标", anchor=False)
    with st.form("one-target", border=False):
        first, second = st.columns(2)
        first.selectbox(
            "乡镇", reading.towns(), index=None, key="one-town", accept_new_options=True, placeholder="选择或输入"
        )
        indicator_box(second, "指标", "one-indicator")
        boxes = st.columns(4)
        newest = next(iter(reading.periods()), "2025-12")
        boxes[0].number_input("年份", 1990, 2100, int(newest[:4]), key="one-year")
        boxes[1].number_input("起始月份", 1, 12, 1, key="one-month")
        boxes[2].text_input("目标值", key="one-amount", placeholder="如 13.4")
        boxes[3].text_input("单位", key="one-unit", placeholder="亿元、% …")
        st.text_input("出处", key="one-source", placeholder="文件号和原文，如 县委〔2025〕3号：全年完成13.4亿元")
        st.form_submit_button("设定", type="primary", icon=":material/add:", on_click=_set_one, key="set-target")


def _set_one() -> None:
    state = st.session_state
    told: dict[str, Any] = {name: state[f"one-{name}"] for name in ("town", "indicator", "year", "month", "amount")}

    def write() -> None:
        indicator = str(told["indicator"] or "").strip()
        unit = str(state["one-unit"]).strip()
        if not unit:
            raise ValueError("请写明单位；增速目标写 %。")
        try:
            amount = Decimal(str(told["amount"]).strip().replace(",", ""))
        except InvalidOperation as error:
            raise ValueError("目标值应是数字，如 13.4。") from error
        target = Target(
            str(told["town"] or ""),
            resolve(indicator) or indicator,
            int(told["year"]),
            amount,
            unit,
            int(told["month"]),
            str(state["one-source"]),
        )
        reading.store().set_targets([target], who=person.name(), why="手工设定")

    done(write, "已设定，各页立即按新目标计算。")


def _listed() -> None:
    rows = beside_reports()
    st.header(f"人工设定的目标（{len(rows)} 条）", anchor=False)
    if rows.empty:
        st.markdown("还没有。没有设定的，按报告写明的目标，再没有的按数值÷完成率推算。")
        navigation.link("data", "看报告里的目标")
        return
    shown = rows.head(LISTED)
    chosen = st.dataframe(
        shown.drop(columns="key"),
        hide_index=True,
        row_height=ROW,
        height=min(HEIGHT, HEAD + ROW * len(shown)),
        key=f"targets-{reading.store().version}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={"出处": st.column_config.TextColumn(width=300)},
        placeholder=wording.NONE,
        alt="人工设定的目标",
    )
    if len(rows) > LISTED:
        st.caption(f"只列出前 {LISTED} 条；下载的文件里有全部。")
    keys = [shown["key"].iloc[at] for at in chosen["selection"]["rows"]]
    with st.container(horizontal=True):
        st.button(
            f"删除选中的 {len(keys)} 条" if keys else "删除（先在左边勾选）",
            key="remove-targets",
            icon=":material/delete:",
            disabled=not keys,
            on_click=_remove,
            args=(keys,),
        )
        bulletin_parts.downloads("人工设定的目标", {"csv": lambda: export.to_csv(rows.drop(columns="key"))}, "targets")


def _remove(keys: list[tuple[str, str, int, int]]) -> None:
    done(lambda: reading.store().remove_targets(keys, who=person.name()), f"已删除 {len(keys)} 条，可在日志里撤销。")


def beside_reports() -> pd.DataFrame:
    """The targets set by hand, each beside what the reports state or imply for the same year."""
    kept = reading.store().targets()
    keys = {(row["town"], row["indicator"]) for row in kept}
    rows = reading.frame()
    names = pd.MultiIndex.from_frame(rows[["town", "indicator"]])
    told = assess.target_table(rows[names.isin(list(keys))]) if keys else pd.DataFrame()
    words = (
        {}
        if told.empty
        else {(one["town"], one["indicator"], one["year"]): _told(one) for one in told.to_dict("records")}
    )
    return pd.DataFrame(
        [
            {
                "乡镇": row["town"],
                "指标": row["indicator"],
                "年份": str(row["year"]),
                "起始月份": row["from_month"],
                "目标值": row["target_text"],
                "单位": row["unit"],
                "报告所说": words.get((row["town"], row["indicator"], row["year"]), wording.NONE),
                "出处": row["source"],
                "设定人": row["who"],
                "key": (row["town"], row["indicator"], row["year"], row["from_month"]),
            }
            for row in kept
        ]
    )


def _told(one: dict[Any, Any]) -> str:
    conflict = "，各报告不一" if one["conflict"] else ""
    return f"{wording.amount(one['target'], one['unit'])}（{wording.TARGET_WORDS[one['target_from']]}{conflict}）"
