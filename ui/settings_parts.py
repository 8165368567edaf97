"""The parts of 设置: bands and pace of each county, which target counts, what is in force, the log with its undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import assess
import export
from assess import PACES, PRESETS, Rules, Thresholds
from assess.settings import EVERYWHERE
from store import StoreError
from ui import bulletin_parts, colours, person, reading, record_page, rulings, selection, wording

VIEWS: dict[str, str] = {
    "rules": "界限与序时",
    "targets": "目标",
    "directions": "指标方向",
    "aliases": "别名",
    "towns": "乡镇",
    "log": "日志与撤销",
}
OWN = "自定"
INHERITED = "同各县区"
BANDS = (("ahead", "超序时 ≥"), ("on", "达序时 ≥"), ("yellow", "欠序时(黄) ≥"))
LOG_ROWS = 200
TARGET_HEADS = {
    "town": "乡镇", "indicator": "指标", "year": "年份", "from_month": "起始月份", "target": "目标值", "unit": "单位",
    "source": "出处", "who": "设定人", "changed_at": "设定时间（UTC）",
}  # fmt: skip
ROW, HEAD = 28, 38


def head() -> str:
    """The title, who is at work, and the choice of what to set; gives the view that the URL asks for."""
    asked = st.query_params.get("view")
    view = asked if asked in VIEWS else "rules"
    st.title("设置：改动立即生效，逐条记入日志，可以撤销", anchor=False)
    st.session_state["settings-view"] = view
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "内容",
            list(VIEWS),
            key="settings-view",
            format_func=VIEWS.__getitem__,
            on_change=_view_chosen,
            label_visibility="collapsed",
        )
        with st.container(width=230):
            person.box()
        st.download_button(
            "下载本页",
            download,
            file_name="设置.xlsx",
            mime=bulletin_parts.KINDS["xlsx"][1],
            icon=":material/download:",
            on_click="ignore",
            key="download-settings",
        )
    cut_off = next(iter(reading.periods()), None)
    when = f"数据截止 {wording.month(cut_off)}" if cut_off else "还没有数据"
    st.caption(
        wording.markdown_text(f"{when} · 依据 {len(reading.reports())} 份报告 · 现行：{reading.settings().line()}")
    )
    return view


def download() -> bytes:
    """All settings as xlsx: what is in force, targets, directions, aliases, towns, and the log."""
    store = reading.store()
    lower = [name for name, one in reading.directions().items() if one.lower_is_better]
    kept = [
        (name, own.get("county", ""), own.get("tracked", True)) for name, own in store.settings(rulings.TOWN).items()
    ]
    sheets = {
        "执行口径": reading.settings().described(),
        "目标": pd.DataFrame(store.targets(), columns=list(rulings.TARGET_COLUMNS)).rename(columns=TARGET_HEADS),
        "越低越好的指标": pd.DataFrame({"指标": lower}),
        "别名": pd.DataFrame(store.settings(rulings.ALIAS).items(), columns=["报告里的写法", "归入的指标"]),
        "乡镇": pd.DataFrame(kept, columns=["乡镇", "县区", "纳入"]),
        "日志": pd.DataFrame([record_page.log_line(entry) for entry in _entries()]),
    }
    return export.to_xlsx(sheets)


def _entries() -> list[dict[str, Any]]:
    entries = reading.store().changes(subjects=("setting", "target"), limit=LOG_ROWS)
    return [entry for entry in entries if entry["subject"] == "target" or rulings.told(entry["field"], None)]


def _view_chosen() -> None:
    chosen = st.session_state["settings-view"]
    selection.choose(view=None if chosen in (None, "rules") else chosen)


def done(write: Callable[[], object], told: str) -> bool:
    """Do a write of the store and say so; a refusal is told, nothing is kept. Whether it was done."""
    try:
        write()
    except (StoreError, ValueError) as error:
        st.toast(str(error), icon=":material/error:")
        return False
    st.toast(told)
    return True


def rules() -> None:
    """Bands and pace, for all counties or for one; which target counts; what is in force and what it makes."""
    left, right = st.columns([5, 4], gap="large")
    with left:
        county = _county()
        _rules_form(county)
        _order()
    with right:
        _effect(county)


def _county() -> str:
    """The county whose rules are set; '' for the rules of all."""
    known = sorted({*reading.settings().counties, *reading.settings().county_of.values()})
    chosen = st.selectbox(
        "适用范围",
        ["", *known],
        key="settings-county",
        format_func=lambda name: name or "各县区（没有单独规定的都按这一套）",
        accept_new_options=True,
        help="要给一个县区单独规定，可以直接输入它的名称；乡镇属于哪个县区，在“乡镇”里设。",
    )
    return str(chosen or "").strip()


def _rules_form(county: str) -> None:
    settings = reading.settings()
    current = settings.counties.get(county, settings.rules) if county else settings.rules
    prefix = f"rules-{county}-{reading.store().version}"
    preset = assess.preset_of(current) or OWN
    picked = st.radio(
        "界限", [*PRESETS, OWN], index=[*PRESETS, OWN].index(preset), key=f"{prefix}-preset", horizontal=True
    )
    bands = PRESETS.get(picked, (current.thresholds, current.growth))
    completion = _band_fields(
        f"{prefix}-{picked}-completion", "完成率目标（百分点，完成率减序时进度）", bands[0], picked
    )
    growth = _band_fields(f"{prefix}-{picked}-growth", "增速目标（百分点，实际增速减目标增速）", bands[1], picked)
    pace = st.radio(
        "序时进度", list(PACES), index=list(PACES).index(current.pace), key=f"{prefix}-pace", format_func=PACES.get
    )
    st.session_state["rules-draft"] = (county, completion, growth, pace)
    why = st.text_input(
        "改动的理由", key=f"{prefix}-why", placeholder="理由（可不填，记入日志）", label_visibility="collapsed"
    )
    with st.container(horizontal=True):
        st.button("保存", key="save-rules", type="primary", icon=":material/save:", on_click=_save_rules, args=(why,))
        if county in settings.counties:
            st.button(f"取消单独规定（{INHERITED}）", key="drop-rules", on_click=_drop_rules, args=(county, why))


def _band_fields(prefix: str, label: str, bands: Thresholds, preset: str) -> tuple[str, ...]:
    st.markdown(f"**{label}**")
    boxes = st.columns(3)
    return tuple(
        box.text_input(head, value=format(getattr(bands, name), "f"), key=f"{prefix}-{name}", disabled=preset != OWN)
        for box, (name, head) in zip(boxes, BANDS, strict=True)
    )


def _draft() -> tuple[str, Rules]:
    """What the form holds; raises ValueError, in words for people, where it cannot be."""
    county, completion, growth, pace = st.session_state["rules-draft"]
    try:
        bands = [
            Thresholds(*(Decimal(text.strip().replace("−", "-")) for text in texts)) for texts in (completion, growth)
        ]
    except InvalidOperation as error:
        raise ValueError("界限应填数字，如 5、0、-10。") from error
    return county, Rules(bands[0], bands[1], pace)


def _save_rules(why: str) -> None:
    def write() -> None:
        county, drafted = _draft()
        key = f"{rulings.COUNTY}{county}" if county else rulings.RULES
        reading.store().set_setting(key, rulings.rules_value(drafted), person.name(), why)

    done(write, "已保存，各页立即按新的界限计算。")


def _drop_rules(county: str, why: str) -> None:
    done(
        lambda: reading.store().set_setting(f"{rulings.COUNTY}{county}", None, person.name(), why),
        f"{county}改按各县区的界限。",
    )


def _order() -> None:
    settings = reading.settings()
    current = rulings.SET_FIRST if settings.set_first else rulings.REPORT_FIRST
    st.session_state["target-order"] = current
    st.radio(
        "几种目标都有时，取用哪一个",
        list(rulings.ORDERS),
        key="target-order",
        format_func=rulings.ORDERS.get,
        on_change=_order_chosen,
    )


def _order_chosen() -> None:
    order = st.session_state["target-order"]
    done(lambda: reading.store().set_setting(rulings.TARGET_ORDER, order, person.name()), "已改变目标取用的次序。")


def _effect(county: str) -> None:
    """How many newest figures are in each state now and would be by the form; below, all that is in force."""
    try:
        _, drafted = _draft()
    except ValueError as error:
        st.error(str(error), icon=":material/error:")
        drafted = None
    cut_off = next(iter(reading.periods()), None)
    if cut_off and drafted is not None:
        st.markdown(f"**按左边的界限，截至{wording.month(cut_off)}的各项指标**")
        st.dataframe(_counts(county, drafted, cut_off), hide_index=True, row_height=ROW, alt="各状态的项数")
    st.markdown("**现行口径**")
    described = reading.settings().described()
    st.dataframe(described, hide_index=True, row_height=ROW, height=HEAD + ROW * min(len(described), 9), alt="现行口径")


def _counts(county: str, drafted: Rules, cut_off: str) -> pd.DataFrame:
    settings = reading.settings()
    changed = (
        replace(settings, counties={**settings.counties, county: drafted})
        if county
        else replace(settings, rules=drafted)
    )
    if changed.needs_curve and changed.curve is None:
        changed = replace(changed, curve=reading.curves())
    newest = reading.newest(cut_off)
    plain = assess.latest(reading.year_until(cut_off), cut_off, reading.directions())
    after = assess.assessed(plain, changed, reading.directions())
    now, then = assess.status_counts(newest), assess.status_counts(after)
    rows = [(colours.lamp(state).label, now[state], then[state], then[state] - now[state]) for state in now]
    rows.append(("合计", sum(now.values()), sum(then.values()), 0))
    return pd.DataFrame(rows, columns=["状态", "现在", "保存后", "增减"])


def log() -> None:
    """What was changed in the settings, the newest first; each entry can be taken back, which is a new entry."""
    shown = _entries()
    st.header(f"设置的改动（{len(shown)} 条，新的在前）", anchor=False)
    if not shown:
        st.markdown("还没有改动过。")
        return
    lines = pd.DataFrame([record_page.log_line(entry) for entry in shown]).assign(撤销="撤销")
    column = st.column_config
    st.dataframe(
        lines,
        hide_index=True,
        row_height=ROW,
        height=min(460, HEAD + ROW * len(lines)),
        column_config={
            "内容": column.TextColumn(width=250),
            "原值": column.TextColumn(width=250),
            "新值": column.TextColumn(width=250),
            "撤销": column.ButtonColumn(
                width=70,
                type="tertiary",
                key="undo-setting",
                on_click=_undo,
                args=([int(entry["id"]) for entry in shown],),
            ),
        },
        alt="设置的改动",
    )
    st.caption(f"适用于{EVERYWHERE}的界限、各县区的界限、目标、别名、乡镇和指标方向；撤销也是一条新记录。")


def indicator_box(place: DeltaGenerator, label: str, key: str) -> None:
    """A box of all indicators that also takes a name that no report has yet."""
    place.selectbox(label, reading.indicators(), index=None, key=key, accept_new_options=True, placeholder="选择或输入")


def _undo(numbers: list[int]) -> None:
    number = numbers[st.session_state["undo-setting"]["row"]]
    done(lambda: reading.store().undo_change(number, person.name()), "已撤销。")
