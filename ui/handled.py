"""What 核查 and 预警 share: boxes and pills that filter a list, the answers of people, and their log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from store import StoreError
from ui import paging, person, reading, selection, wording

ALL = "全部"
OPEN = "open"
LOG_ROWS = 200
ROW, HEAD, SHOWN_ROWS = 28, 38, 8


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is handled: the store's word, each status in Chinese, and the icon of each answer.

    ``about`` tells the log in a line what a row is; ``head`` is the log's head of that line. ``hint`` stands in
    the empty field of the note.
    """

    subject: str
    statuses: Mapping[str, str]
    icons: Mapping[str, str]
    about: Callable[[Mapping[str, Any]], str]
    head: str
    hint: str
    note: str = "理由"

    @property
    def prefix(self) -> str:
        """What the keys of its boxes begin with."""
        return self.subject

    def with_handling(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with what was done about each ``key``: status, note, who, when; open where nothing was done."""
        return with_handling(rows, reading.store().handled(self.subject))


def with_handling(rows: pd.DataFrame, entries: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows with the columns of :meth:`Kind.with_handling`, from the newest entry of each key."""
    latest = {entry["key"]: entry for entry in entries}
    found = [latest.get(key, {}) for key in rows["key"]]
    told = {name: [entry.get(name, "") for entry in found] for name in ("note", "who", "when")}
    status = [entry.get("status", OPEN) for entry in found]
    return rows.assign(status=pd.Series(status, index=rows.index, dtype=object), **told)


def chosen(rows: pd.DataFrame, **wanted: str | None) -> pd.DataFrame:
    """The rows whose columns have the words wanted; a column with None is not looked at."""
    for column, word in wanted.items():
        rows = rows if word is None else rows[rows[column] == word]
    return rows.reset_index(drop=True)


def place(rows: pd.DataFrame, key: str | None) -> paging.Place:
    """The page of the list that the URL asks for, else the one with the row of that key."""
    named = (rows["key"] == key).to_numpy()
    return paging.place(len(rows), first=int(named.argmax()) if len(named) else 0)


def opened(rows: pd.DataFrame, key: str | None) -> dict[str, Any] | None:
    """The row with the key that the URL names, else the first of those shown; None where there is none."""
    named = rows[rows["key"] == key]
    found = named if len(named) else rows
    return None if found.empty else {str(name): value for name, value in found.iloc[0].to_dict().items()}


def turn(note: str, at: paging.Place) -> None:
    """The ways to the other pages of a long list, each of which opens the first row of its page."""
    paging.turn_if_long(note, at, finding=None)


def height(rows: int) -> int:
    """The height of a list of so many rows, in pixels: the first eight are seen at once."""
    return HEAD + ROW * min(rows, SHOWN_ROWS)


def counted(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """How many rows have each word of a column, the most frequent first."""
    return {str(word): int(count) for word, count in rows[column].value_counts().items()}


def pick(
    kind: Kind, name: str, label: str, counts: Mapping[str, int], asked: str | None, words: Callable[[str], str] = str
) -> None:
    """A box with the count of each choice, bound to a parameter of the URL."""
    key = f"{kind.prefix}-{name}"
    options = [ALL, *counts, *([asked] if asked and asked not in counts else [])]
    st.session_state[key] = asked or ALL
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda word: (
            f"{ALL}{label} {sum(counts.values())}" if word == ALL else f"{words(word)} {counts.get(word, 0)}"
        ),
        on_change=_picked,
        args=(name, key),
        label_visibility="collapsed",
    )


def _picked(name: str, key: str) -> None:
    word = st.session_state[key]
    selection.choose(**{name: None if word == ALL else word, "finding": None})


def pills(kind: Kind, rows: pd.DataFrame, status: str | None, default: str | None) -> None:
    """Pills with the count of each status; ``default`` is the status where the URL tells none."""
    counts = counted(rows, "status")
    words = {word: f"{told} {counts.get(word, 0)}" for word, told in kind.statuses.items()}
    words[ALL] = f"{ALL} {len(rows)}"
    key = f"{kind.prefix}-status"
    st.session_state[key] = status or ALL
    st.pills(
        "处理状态",
        list(words),
        key=key,
        format_func=words.__getitem__,
        on_change=_status_picked,
        args=(key, default or ALL),
        label_visibility="collapsed",
    )


def _status_picked(key: str, default: str) -> None:
    status = st.session_state[key] or default
    selection.choose(status=None if status == default else status, finding=None)


def asked_status(kind: Kind, default: str | None) -> str | None:
    """The status that the URL asks for; None for all of them."""
    status = st.query_params.get("status")
    if status == ALL:
        return None
    return status if status in kind.statuses else default


def open_clicked(button: str, rows: pd.DataFrame, row: Mapping[str, Any]) -> None:
    """Open the row of the list whose button was clicked, unless it is the one that is open; its key goes to the URL."""
    click = st.session_state.get(button)
    if click and click["row"] < len(rows) and rows["key"].iloc[click["row"]] != row["key"]:
        selection.choose(finding=rows["key"].iloc[click["row"]])
        st.rerun()


def answers(kind: Kind, row: Mapping[str, Any]) -> None:
    """Who, a note, and the answers; what was handled can be taken up again. Below, the answer that counts."""
    note = f"note-{row['key']}"
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=190):
            person.box()
        st.text_input(kind.note, key=note, placeholder=kind.hint, label_visibility="collapsed")
        for place, (status, icon) in enumerate(kind.icons.items()):
            st.button(
                kind.statuses[status],
                key=f"answer-{status}",
                icon=f":material/{icon}:",
                type="primary" if not place else "secondary",
                disabled=row["status"] == status,
                on_click=_answer,
                args=(kind, dict(row), status, note),
            )
        if row["status"] != OPEN:
            back = f"恢复{kind.statuses[OPEN]}"
            st.button(back, key="answer-open", on_click=_answer, args=(kind, dict(row), OPEN, note))
    if row["status"] != OPEN:
        told = f"{kind.statuses[row['status']]}：{row['note'] or f'未写{kind.note}'}（{row['who']}）"
        st.caption(wording.markdown_text(told))


def _answer(kind: Kind, row: dict[str, Any], status: str, note: str) -> None:
    written = str(st.session_state.get(note, ""))
    what = kind.about(row)
    try:
        reading.store().handle(kind.subject, row["key"], status, who=person.name(), note=written, about=what)
    except StoreError as error:
        st.toast(str(error), icon=":material/warning:")
        return
    st.session_state[note] = ""
    selection.choose(finding=None)
    st.toast(f"已记入日志：{kind.statuses[status]}。")


def log(kind: Kind) -> None:
    """What was done, the newest first; also about what is gone since."""
    entries = reading.store().handlings(kind.subject, limit=LOG_ROWS)
    with st.expander(f"处理日志（{len(entries)}{' 条以上' if len(entries) == LOG_ROWS else ' 条'}）"):
        if entries:
            what = {kind.head: st.column_config.TextColumn(width=700)}
            st.dataframe(log_table(kind, entries), hide_index=True, row_height=ROW, column_config=what, alt="处理日志")
        else:
            st.markdown("还没有处理过。")


def log_table(kind: Kind, entries: list[dict[str, Any]]) -> pd.DataFrame:
    """Who did what about which, the newest first; the time is UTC."""
    heads = {"when": "时间（UTC）", "who": "操作人", "status": "处理", "note": kind.note, "about": kind.head}
    rows = [
        {**entry, "status": kind.statuses[entry["status"]], "when": entry["when"][:16].replace("T", " ")}
        for entry in entries
    ]
    return pd.DataFrame(rows, columns=list(heads), dtype=object).rename(columns=heads)
