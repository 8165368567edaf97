"""Texts for property tests: sentences as reports write them, with any names and figures, and any characters at all."""

from __future__ import annotations

from hypothesis import strategies as st

from extract.indicators import taxonomy
from extract.vocabulary import units, words

NAMES = st.sampled_from(sorted(name for name in taxonomy() if len(name) > 3 and name.isalpha()))
NUMBERS = st.decimals(min_value="0.1", max_value="9999", places=2).map(lambda number: f"{number:f}")
RATES = st.decimals(min_value="0.1", max_value="180", places=1).map(lambda number: f"{number:f}%")
AMOUNTS = st.builds(str.__add__, NUMBERS, st.sampled_from(["亿元", "万元", "万吨", "万美元"]))
VALUES = st.builds("{}{}".format, st.sampled_from(["", "完成", "实现", "达到"]), AMOUNTS)
CHANGES = st.builds(
    "{}{}".format, st.sampled_from(["增长", "同比下降", "比上年同期增长", "同比增加", "较去年同期下降"]), RATES
)
COMPLETIONS = st.builds(
    "{}{}".format, st.sampled_from(["占年计划的", "完成年度任务的", "为全年目标的", "完成半年任务的"]), RATES
)
FACTS = st.lists(st.one_of(CHANGES, COMPLETIONS), min_size=1, max_size=2).map(",".join)
CLAUSES = st.builds("{}{},{}".format, NAMES, VALUES, FACTS)
STARTS = st.sampled_from(["", "2016年上半年,", "1-9月,", "截至8月底,", "其中,", "全镇"])
SENTENCES = st.builds("{}{}。".format, STARTS, st.lists(CLAUSES, min_size=1, max_size=3).map(";".join))
REPORTS = st.lists(SENTENCES, min_size=1, max_size=4).map("\n".join)

PIECES = [
    *sorted(word for listed in words().values() for word in listed if word)[::9],
    *sorted(units())[::9],
    *"，。、；：（）()|\n\t 　.,%％-—～~+“”《》/0123456789１２３一二三十百千万亿〇点多余约近年月日镇乡县其中分别的",
    "百分之",
    "翻一番",
    "2016年",
    "1-6月",
    "12.5%",
    "3.2亿元",
    "柳溪镇",
    "税收",
    "|---|---|",
    "增长19.\n3、75%",
]
SCRAPS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join)
"""Words of reports in any order, with any characters between them."""
