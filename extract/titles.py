"""What a title is about, without its year, its place and the words that frame it."""

from __future__ import annotations

import re
from typing import Final

_TITLE_FRAME: Final = re.compile(
    r"[(].*?[)]|(?:19|20)\d\d年度?|\d{1,2}(?:-\d{1,2})?月份?|[上下]半年|[一二三四]季度|前三季度|全年|关于|截[至止]|"
    r"(?:建设|推进|工作|开工|完工|任务)*(?:完成情况|进展情况|执行情况|运行情况|情况|进度|进展|推进|通报|快报|简报|简况|总结|报告|汇报|提纲|分析|一览|统计|表)+|现将|现把|通报如下|如下|汇报|[全我各][市县区镇](?:街|乡)?|各乡镇|各镇街|各街道|单位:.*|的|,"
)


_BUREAU: Final = re.compile(
    r"^.{2,14}?(?:[国地]税局|税务局|财政局|统计局|发改局|发改委|水[利务]局|交通运输局|商务局|供电公司)(?=..)"
)
_NO_TITLE: Final = re.compile(r"[。;%]|[万亿]元|增长\d|下降\d|完成\d+(?!\d|年)")


_NUMBERED: Final = re.compile(r"[(]?[一二三四五六七八九十]+[)、.]")


def title_line(folded: str) -> str:
    """The first line of a report where it is a title and no sentence with figures; else nothing."""
    line = folded.lstrip()[:61].split("\n")[0]
    return "" if len(line) > 60 or _NO_TITLE.search(line) or _NUMBERED.match(line) else line


def title_subject(line: str) -> str:
    """What a title is about: 2021年重点工程(建设类)进度 -> 重点工程; empty where it is too long to tell."""
    line = line.strip()
    if len(line) > 60 or "。" in line:
        return ""
    subject = _BUREAU.sub("", _TITLE_FRAME.sub("", line)).strip()
    return subject if 2 <= len(subject) <= 10 else ""
