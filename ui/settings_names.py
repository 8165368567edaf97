"""设置: which way is better, what reports' own names mean, and the towns with their counties."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from extract.indicators import key_of
from extract.places import gazetteer
from ui import aliases, person, reading, rulings, wording
from ui.settings_parts import HEAD, ROW, done, indicator_box

HEIGHT = 420


def directions() -> None:
    """The indicators of which less is better: those of the vocabulary and those that people chose."""
    st.header("越低越好的指标", anchor=False)
    st.markdown("这些指标（能耗、信访量一类）的状态反过来判定：完成率低于序时进度才是好，而且没有“已完成”。")
    known, named = reading.directions(), reading.indicators()
    lower = [name for name, one in known.items() if one.lower_is_better]
    options = list(dict.fromkeys([*lower, *named]))
    current = [name for name in lower if name in named or name in reading.store().settings(rulings.LOWER)]
    chosen = st.multiselect(
        "越低越好的指标",
        options,
        default=current,
        key=f"lower-{reading.store().version}",
        placeholder="选择指标",
        label_visibility="collapsed",
    )
    st.button(
        "保存", key="save-lower", type="primary", icon=":material/save:", on_click=_save_lower, args=(current, chosen)
    )
    rest = sorted(set(lower) - set(current))
    if rest:
        st.caption(
            wording.markdown_text(f"词表里还有 {len(rest)} 项越低越好的，报告里没有出现：{wording.listed(rest, 20)}")
        )


def _save_lower(current: list[str], chosen: list[str]) -> None:
    values: dict[str, object] = {f"{rulings.LOWER}{name}": True for name in chosen if name not in current}
    values |= {f"{rulings.LOWER}{name}": False for name in current if name not in chosen}
    if not values:
        st.toast("没有改动。")
        return
    done(lambda: reading.store().set_settings(values, person.name(), "手工设定"), f"已保存 {len(values)} 项。")


def alias_list() -> None:
    """What reports' own names mean: learned from corrections or given here; each can be taken away."""
    kept = aliases.kept(reading.store())
    st.header(f"别名（{len(kept)} 个）", anchor=False)
    st.markdown("核对时把词表里没有的指标名改成别的指标，就记在这里；以后的报告照此归入，并在“提示”里注明。")
    if kept:
        _kept_aliases(kept)
    with st.form("one-alias", border=False, clear_on_submit=True):
        first, second, button = st.columns([2, 2, 1], vertical_alignment="bottom")
        first.text_input("报告里的写法", key="alias-name", placeholder="如：规上产值")
        indicator_box(second, "归入的指标", "alias-indicator")
        button.form_submit_button("增加", icon=":material/add:", on_click=_add_alias, key="add-alias")


def _kept_aliases(kept: dict[str, str]) -> None:
    rows = _unfiled(kept)
    table = pd.DataFrame(
        [{"报告里的写法": name, "归入的指标": kept[name], "库中还没有归入的": len(rows[name])} for name in kept]
    ).assign(已有的记录="也归入", 去掉="去掉")
    column, names = st.column_config, list(kept)
    st.dataframe(
        table,
        hide_index=True,
        row_height=ROW,
        height=min(HEIGHT, HEAD + ROW * len(table)),
        column_config={
            "已有的记录": column.ButtonColumn(
                width=90, type="tertiary", key="file-alias", on_click=_file_under, args=(names, kept, rows)
            ),
            "去掉": column.ButtonColumn(
                width=70, type="tertiary", key="drop-alias", on_click=_drop_alias, args=(names,)
            ),
        },
        alt="别名",
    )


def _unfiled(kept: dict[str, str]) -> dict[str, list[int]]:
    """For each alias the numbers of the records that are written so and filed under something else."""
    rows = reading.frame()
    written = pd.Series([key_of(name) for name in rows["indicator_text"].astype(str).unique()])
    written.index = rows["indicator_text"].astype(str).unique()
    keys = rows["indicator_text"].astype(str).map(written) if len(rows) else rows["indicator_text"]
    return {
        name: [int(number) for number in rows.loc[(keys == key_of(name)) & (rows["indicator"] != indicator), "id"]]
        for name, indicator in kept.items()
    }


def _file_under(names: list[str], kept: dict[str, str], rows: dict[str, list[int]]) -> None:
    name = names[st.session_state["file-alias"]["row"]]
    numbers = rows[name]
    if not numbers:
        st.toast("库中没有这样写而还没有归入的记录。")
        return
    change = {"indicator": kept[name]}
    done(
        lambda: reading.store().correct_records(numbers, change, who=person.name(), why=f"别名：{name}"),
        f"已把 {len(numbers)} 条记录归入{kept[name]}，逐条记入更正日志。",
    )


def _drop_alias(names: list[str]) -> None:
    name = names[st.session_state["drop-alias"]["row"]]
    done(lambda: aliases.forget(reading.store(), name, person.name()), f"已去掉“{name}”，可在日志里撤销。")


def _add_alias() -> None:
    name, indicator = (str(st.session_state[key] or "").strip() for key in ("alias-name", "alias-indicator"))
    if not name or not indicator:
        st.toast("请写明报告里的写法和归入的指标。", icon=":material/error:")
        return
    done(
        lambda: aliases.learn(reading.store(), name, indicator, person.name(), "手工设定"),
        f"已记住：“{name}”就是{indicator}。",
    )


def towns() -> None:
    """Every town with its county and whether it is waited for; edited in place, kept by the button."""
    st.header("乡镇", anchor=False)
    st.markdown("县区决定用哪一套界限；不纳入的乡镇不参加总览、预警和未报统计，报告和数字照旧保留。")
    table = town_table()
    if table.empty:
        st.info("还没有报告，也就还没有乡镇。", icon=":material/info:")
        return
    edited = st.data_editor(
        table,
        hide_index=True,
        row_height=ROW,
        height=min(HEIGHT, HEAD + ROW * len(table)),
        key=f"towns-{reading.store().version}",
        disabled=["乡镇", "记录数", "最近报告", "地名表所载"],
        column_config={
            "县区": st.column_config.TextColumn(width=160),
            "纳入": st.column_config.CheckboxColumn(width=70),
            "地名表所载": st.column_config.TextColumn(width=300),
        },
    )
    st.button(
        "保存", key="save-towns", type="primary", icon=":material/save:", on_click=_save_towns, args=(table, edited)
    )


def town_table() -> pd.DataFrame:
    """The towns of the store with county, whether waited for, records, newest month, and what the gazetteer knows."""
    kept, rows = reading.store().settings(rulings.TOWN), reading.frame()
    counts = rows["town"].value_counts()
    newest = rows[rows["status"] == "actual"].groupby("town")["period_end"].max()
    lines: list[dict[str, Any]] = []
    for town in reading.towns():
        own = kept.get(town, {})
        lines.append(
            {
                "乡镇": town,
                "县区": own.get("county", ""),
                "纳入": bool(own.get("tracked", True)),
                "记录数": int(counts.get(town, 0)),
                "最近报告": wording.month(newest.get(town)),
                "地名表所载": wording.listed(_parents(town), 4),
            }
        )
    return pd.DataFrame(lines)


def _parents(town: str) -> list[str]:
    """The counties that the gazetteer knows a town of this name in, with the city."""
    places = gazetteer().get(town, ())
    return [f"{city}{county}" for level, county, city in places if level == "town"] if places else []


def _save_towns(before: pd.DataFrame, after: pd.DataFrame) -> None:
    values: dict[str, object] = {}
    for old, new in zip(before.to_dict("records"), after.to_dict("records"), strict=True):
        county = str(new["县区"] or "").strip()
        if (county, bool(new["纳入"])) != (old["县区"], old["纳入"]):
            values[f"{rulings.TOWN}{new['乡镇']}"] = {"county": county, "tracked": bool(new["纳入"])}
    if not values:
        st.toast("没有改动。")
        return
    done(lambda: reading.store().set_settings(values, person.name(), "手工设定"), f"已保存 {len(values)} 个乡镇。")
