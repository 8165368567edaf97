"""The parts of 预警: what is behind, the report's own reason and measure, and what was done about it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

import assess
from assess.reasons import Account, Said
from ui import alerts_tables, evidence, frame, handled, marking, navigation, reading, tables, wording

KIND = handled.Kind(
    subject="alert",
    statuses=alerts_tables.STATUS_WORDS,
    icons={"reminded": "notifications", "answered": "reply", "closed": "task_alt"},
    about=alerts_tables.about,
    head="落后的指标",
    hint="说明（反馈时必填，记入日志）",
    note="说明",
)


@dataclass(frozen=True, slots=True)
class View:
    """What the URL asks for: state, town, status of handling (None: all), and the alert that is open."""

    state: str | None
    town: str | None
    status: str | None
    finding: str | None


def asked() -> View:
    """The filters in the URL; unknown ones do not count."""
    query = st.query_params
    state, town = query.get("state"), query.get("town")
    return View(
        state=state if state in alerts_tables.STATES else None,
        town=town if town in reading.towns() else None,
        status=handled.asked_status(KIND, None),
        finding=query.get("finding"),
    )


def rows_of(as_of: str) -> pd.DataFrame:
    """Every alert of the towns that are waited for, see :func:`assess.alerts`, with what was done about it."""
    rows = _rows((os.environ.get(reading.PLACE), reading.store().version), as_of)
    return KIND.with_handling(rows)


@st.cache_resource(show_spinner=False, max_entries=4)
def _rows(key: reading.Key, as_of: str) -> pd.DataFrame:
    settings, directions = reading.settings(), reading.directions()
    found = assess.alerts(reading.newest(as_of), reading.year_until(as_of), as_of, settings, directions)
    return found[found["town"].isin(reading.overview(as_of)["town"])].reset_index(drop=True)


def chosen(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """The alerts that meet all filters of the view."""
    return handled.chosen(rows, state=view.state, town=view.town, status=view.status)


def filters(rows: pd.DataFrame, view: View) -> None:
    """Boxes for state and town, pills for the handling, each with its counts; bound to the URL."""
    states = handled.counted(chosen(rows, View(None, view.town, view.status, None)), "state")
    towns = handled.counted(chosen(rows, View(view.state, None, view.status, None)), "town")
    with st.container(width=190):
        handled.pick(KIND, "state", "状态", states, view.state)
    with st.container(width=190):
        handled.pick(KIND, "town", "乡镇", towns, view.town)
    handled.pills(KIND, chosen(rows, View(view.state, view.town, None, None)), view.status, None)


def table(rows: pd.DataFrame, row: Mapping[str, Any] | None) -> None:
    """A page of the alerts, red first; the button of a row opens it below."""
    if row is None:
        st.info("没有符合条件的。可以改看全部，或换一个乡镇、状态。", icon=":material/check_circle:")
        return
    shown = alerts_tables.listed(rows, row["key"]).assign(详情="看详情")
    heads, column = alerts_tables.HEADS, st.column_config
    st.dataframe(
        tables.lamps(shown),
        hide_index=True,
        row_height=handled.ROW,
        height=handled.height(len(shown)),
        column_config={
            heads["lamp"]: column.TextColumn(width=115),
            heads["town"]: column.TextColumn(width=120),
            heads["indicator"]: column.TextColumn(width=190),
            heads["period"]: column.TextColumn(width=120),
            heads["completion"]: column.NumberColumn(format="%.1f%%", width=80),
            heads["gap"]: column.NumberColumn(format="%+.1f", width=140),
            heads["needed"]: column.NumberColumn(format="%.1f", width=100, help="百分点；目标期末以前平均每月"),
            heads["so_far"]: column.NumberColumn(format="%.1f", width=90, help="百分点；年初以来平均每月"),
            heads["times"]: column.TextColumn(width=120),
            heads["handling"]: column.TextColumn(width=80),
            "详情": column.ButtonColumn(width=80, type="tertiary", key="open-alert"),
        },
        placeholder=wording.NONE,
        alt="落后于序时进度的指标",
    )
    handled.open_clicked("open-alert", rows, row)


def detail(row: Mapping[str, Any]) -> None:
    """The sentence with its words marked, what the report says about it, and the answers."""
    escaped = wording.markdown_text
    span = wording.span(row["period_start"], row["period_end"])
    st.header(f"{escaped(row['town'])} · {escaped(row['indicator'])}　{span}：{row['state']}", anchor=False)
    st.markdown(f"**{escaped(alerts_tables.distance(row))}**　{escaped(alerts_tables.rest_of_year(row))}")
    left, right = st.columns(2)
    record = reading.record(str(row["id"]))
    if record is not None:
        with left:
            _sentence(record)
        with right:
            _account(accounts(pd.DataFrame([row]))[int(row["id"])])
    handled.answers(KIND, row)
    _before(row)
    with st.container(horizontal=True):
        navigation.link("timeline", "看时间线", town=row["town"], indicator=row["indicator"])
        navigation.link("indicator", "各乡镇这项指标", indicator=row["indicator"])


def _sentence(record: Mapping[str, Any]) -> None:
    text, spans = reading.source(dict(record))
    st.html(f'<div class="evidence">{marking.passage(text, record, spans, 40)}</div>')
    evidence.origin(record, f"alert-source-{record['id']}")


def _account(told: Account) -> None:
    for word, sentences in (("报告所述原因", told.reasons), ("报告所述措施", told.measures)):
        st.markdown(f"**{word}**　{_quoted(sentences)}")


def _quoted(sentences: tuple[Said, ...]) -> str:
    if not sentences:
        return "报告没有写。"
    return "　".join(wording.markdown_text(alerts_tables.said_line(said)) for said in sentences)


def _before(row: Mapping[str, Any]) -> None:
    """What was done about the same indicator of the town in earlier periods."""
    same = f"{row['town']}|{row['indicator']}|"
    entries = reading.store().handlings(KIND.subject, starting=same, limit=handled.LOG_ROWS)
    older = [entry for entry in entries if entry["key"] != row["key"]]
    if older:
        words = [
            f"{wording.month(entry['key'].rpartition('|')[2])} {KIND.statuses[entry['status']]}"
            f"{'：' + entry['note'] if entry['note'] else ''}（{entry['who']}）"
            for entry in older[:3]
        ]
        st.caption(wording.markdown_text(f"此前各期的处理：{'；'.join(words)}"))


def accounts(rows: pd.DataFrame) -> dict[int, Account]:
    """What the reports say about these alerts, by the number of each record."""
    every, store = reading.frame(), reading.store()
    told = every.loc[
        every["report_id"].isin(rows["report_id"]), ["id", "report_id", "indicator", "indicator_text", "start"]
    ]
    found: dict[int, Account] = {}
    for report_id, group in told.groupby("report_id"):
        text = store.report_text(int(str(report_id)))
        others = list(zip(group["start"].astype(int), group["indicator"], strict=True))
        for one in group[group["id"].isin(rows["id"])].to_dict("records"):
            names = (str(one["indicator"]), str(one["indicator_text"]))
            found[int(one["id"])] = assess.account(text, int(one["start"]), names, others)
    return found


def with_accounts(rows: pd.DataFrame) -> pd.DataFrame:
    """The alerts with what the reports say about them."""
    return alerts_tables.with_account(rows, accounts(rows))


def download(rows: pd.DataFrame, as_of: str) -> None:
    """A button that gives these alerts as CSV, worked out when it is pressed."""
    frame.download(lambda: alerts_tables.for_download(with_accounts(rows)), f"预警{as_of}")
