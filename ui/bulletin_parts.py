"""The 通报 of a cut-off: what it shall cover, and its Word document and xlsx with the same tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

import export
from export import bulletin as bulletins
from ui import frame, reading, selection, wording

ICON = ":material/description:"
# The choice of the 通报 in the URL of its print view; names stand apart by commas, the default stands for none.
PARAMETERS = ("towns", "indicators", "area")
# Ending -> what the button says, and the kind of file.
KINDS = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def button(as_of: str) -> None:
    """A button that opens the 通报 of the cut-off."""
    if st.button("生成通报", key="make-bulletin", icon=ICON, help="Word 通报和同样表格的 Excel"):
        _opened(as_of)


def made(as_of: str, towns: Sequence[str], indicators: Sequence[str], area: str = "") -> bulletins.Bulletin:
    """The 通报 of these towns and indicators at the cut-off, from what the pages show."""
    rows = reading.year_until(as_of)
    hoped = rows[(rows["status"] == "expected") & rows["indicator"].isin(list(indicators))]
    return bulletins.bulletin(
        reading.newest(as_of),
        as_of,
        towns=towns,
        indicators=indicators,
        expected=reading.judged(hoped),
        settings=reading.settings(),
        area=area,
    )


def asked(as_of: str) -> tuple[list[str], list[str], str]:
    """The towns, indicators and area of the 通报 that the URL asks for; without it all towns, the main indicators."""
    chosen = {name: st.query_params.get(name, "") for name in PARAMETERS}
    towns, indicators = _offered(as_of)
    return (
        [name for name in chosen["towns"].split(",") if name in reading.towns()] or towns,
        [name for name in chosen["indicators"].split(",") if name in reading.indicators()] or indicators,
        chosen["area"],
    )


def _offered(as_of: str) -> tuple[list[str], list[str]]:
    return sorted(reading.overview(as_of)["town"]), reading.headlines(as_of)


def _print(towns: Sequence[str], indicators: Sequence[str], area: str, as_of: str) -> None:
    """A button to the print view of what was chosen."""
    offered = _offered(as_of)
    st.button(
        "打印",
        key="print-bulletin",
        icon=":material/print:",
        on_click=selection.choose,
        kwargs={
            frame.PRINT: "bulletin",
            "towns": "" if list(towns) == offered[0] else ",".join(towns),
            "indicators": "" if list(indicators) == offered[1] else ",".join(indicators),
            "area": area,
        },
    )


@st.dialog("通报", width="large", icon=ICON)
def _opened(as_of: str) -> None:
    offered = _offered(as_of)
    area = st.text_input("地区名称", key="bulletin-area", placeholder="如：示例县，写入标题；可不填")
    towns = st.multiselect(
        "乡镇",
        reading.towns(),
        default=offered[0],
        key="bulletin-towns",
        placeholder="选择乡镇",
    )
    indicators = st.multiselect(
        "指标",
        reading.indicators(),
        default=offered[1],
        key="bulletin-indicators",
        placeholder="选择指标",
    )
    if not towns or not indicators:
        st.info("请至少选择一个乡镇和一项指标。", icon=":material/info:")
        return
    said = made(as_of, towns, indicators, area)
    st.markdown(f"**{wording.markdown_text(said.title)}**")
    st.markdown(wording.markdown_text(bulletins.summary(said)))
    st.caption("每个数字都注明所在报告和原文；界限、口径写在文中；预计数另列，不参加排名。")
    downloads(
        said.title,
        {"docx": lambda: bulletins.to_docx(said), "xlsx": lambda: export.to_xlsx(bulletins.tables(said))},
        "bulletin",
    )
    _print(towns, indicators, area, as_of)


def downloads(title: str, files: Mapping[str, Callable[[], bytes]], key: str, what: str = "") -> None:
    """Buttons side by side that give ``what`` as Word (docx), Excel (xlsx) or CSV, each made when it is pressed."""
    with st.container(horizontal=True):
        for ending, content in files.items():
            program, kind = KINDS[ending]
            st.download_button(
                f"下载{what} {program}",
                content,
                file_name=f"{title}.{ending}",
                mime=kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}-{ending}",
            )
