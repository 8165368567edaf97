"""Who is at the keyboard: the name that every correction is logged under."""

from __future__ import annotations

import streamlit as st

UNNAMED = "未署名"
_KEPT, _BOX = "person", "person-box"


def name() -> str:
    """The name given in this session, 未署名 until there is one."""
    return str(st.session_state.get(_KEPT, "")).strip() or UNNAMED


def box() -> None:
    """The field for the name; it is kept when the page changes."""
    st.session_state.setdefault(_BOX, st.session_state.get(_KEPT, ""))
    st.text_input(
        "操作人",
        key=_BOX,
        placeholder="操作人姓名（记入日志）",
        label_visibility="collapsed",
        max_chars=20,
        on_change=_keep,
    )


def _keep() -> None:
    st.session_state[_KEPT] = st.session_state[_BOX]
