"""The parts of 核查: what does not agree, both sentences side by side, and what was done about it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from assess.checks import contradictions
from ui import checks_tables, evidence, handled, navigation, reading, wording

KIND = handled.Kind(
    subject="check",
    statuses=checks_tables.STATUS_WORDS,
    icons={"confirmed": "flag", "explained": "chat", "dismissed": "block"},
    about=checks_tables.about,
    head="对不上的数字",
    hint="理由（说明、排除时必填，记入日志）",
)


@dataclass(frozen=True, slots=True)
class View:
    """What the URL asks for: rule, town, status of handling (None: all), and the finding that is open."""

    rule: str | None
    town: str | None
    status: str | None
    finding: str | None


def asked() -> View:
    """The filters in the URL; unknown ones do not count. Without a status, what is open."""
    query = st.query_params
    town = query.get("town")
    return View(
        rule=query.get("rule") if query.get("rule") in checks_tables.RULE_NAMES else None,
        town=town if town in reading.towns() else None,
        status=handled.asked_status(KIND, handled.OPEN),
        finding=query.get("finding"),
    )


def findings(as_of: str) -> pd.DataFrame:
    """The findings whose period ends by the cut-off (impossible years always), with what was done about them."""
    found = _findings((os.environ.get(reading.PLACE), reading.store().version))
    found = found[(found["period_end"] <= as_of) | (found["rule"] == "year")]
    return KIND.with_handling(found)


@st.cache_resource(show_spinner="正在核对数字…", max_entries=2)
def _findings(key: reading.Key) -> pd.DataFrame:
    """All findings of the store at ``key``: its place and version."""
    dates = {report["id"]: report["published"] for report in reading.reports() if report["published"]}
    texts = reading.store().report_text
    return contradictions(reading.frame(), reading.directions(), texts=texts, dates=dates)


def chosen(found: pd.DataFrame, view: View) -> pd.DataFrame:
    """The findings that meet all filters of the view."""
    return handled.chosen(found, rule=view.rule, town=view.town, status=view.status)


def filters(found: pd.DataFrame, view: View) -> None:
    """Boxes for rule and town, pills for the handling, each with its counts; bound to the URL."""
    rules = handled.counted(chosen(found, View(None, view.town, view.status, None)), "rule")
    towns = handled.counted(chosen(found, View(view.rule, None, view.status, None)), "town")
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=270):
            handled.pick(KIND, "rule", "规则", rules, view.rule, checks_tables.RULE_NAMES.__getitem__)
        with st.container(width=210):
            handled.pick(KIND, "town", "乡镇", towns, view.town)
        handled.pills(KIND, chosen(found, View(view.rule, view.town, None, None)), view.status, handled.OPEN)


def table(found: pd.DataFrame, row: dict[str, Any] | None) -> None:
    """A page of the findings, the gravest first; the button of a row opens it below."""
    if row is None:
        st.info("没有符合条件的。可以改看全部，或换一个乡镇、规则。", icon=":material/check_circle:")
        return
    shown = checks_tables.listed(found, row["key"]).assign(对照="看原文")
    column = st.column_config
    widths = {"轻重": 64, "对不上的是": 190, "乡镇": 110, "指标": 170, "时段": 130, "数字一": 130, "数字二": 130,
              "相差": 140, "处理": 90}  # fmt: skip
    right = {"数字一", "数字二", "相差"}
    st.dataframe(
        shown,
        hide_index=True,
        row_height=handled.ROW,
        height=handled.height(len(shown)),
        column_config={
            **{name: column.TextColumn(width=width, alignment="right" if name in right else "left")
               for name, width in widths.items()},
            "对照": column.ButtonColumn(width=90, type="tertiary", key="open-finding"),
        },
        placeholder=wording.NONE,
        alt="对不上的数字",
    )  # fmt: skip
    handled.open_clicked("open-finding", found, row)


def detail(row: dict[str, Any]) -> None:
    """Both sentences side by side with their words marked, what would make them agree, and the three answers."""
    escaped = wording.markdown_text
    place = f"{row['town']} · {row['indicator']}　{wording.span(row['period_start'], row['period_end'])}"
    st.header(f"{checks_tables.RULE_NAMES[row['rule']]}：{escaped(place)}", anchor=False)
    st.markdown(f"**{escaped(checks_tables.compared(row))}**　{escaped(row['agree'])}")
    alone = row["other_id"] != row["other_id"] or row["other_id"] == row["id"]
    sides = [st.container()] if alone else st.columns(2)
    _side(sides[0], row["id"], row["words"], row["first_is"])
    if not alone:
        _side(sides[1], row["other_id"], row["other_words"], row["second_is"])
    handled.answers(KIND, row)
    navigation.link("data", "更正记录", town=row["town"], indicator=row["indicator"])


def _side(place: Any, record_id: float, words: str, meaning: str) -> None:
    record = reading.record(str(int(record_id)))
    if record is None:
        return
    text, spans = reading.source(record)
    with place:
        st.html(checks_tables.passage(text, record, spans, words))
        evidence.origin(record, f"side-{record['id']}-{meaning}", f"{meaning}　")


def rules(found: pd.DataFrame) -> None:
    """Every rule: what it compares, what it lets pass, what would make the two agree."""
    with st.expander("核查规则"):
        st.table(checks_tables.rule_table(found), border="horizontal")
