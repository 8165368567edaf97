"""What a count is of, where the words behind it tell: 7家企业被评为市百强企业, 2家企业顺利投产, 22户89人撤离."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from extract.vocabulary import name_words, trie_pattern

_WHOLE: Final = re.compile(r"[^,;。:\n]{0,60}")
_PEOPLE: Final = {"people": "人数", "household": "户数"}
_YEAR: Final = re.compile(r"^(?:19|20)\d\d年?度?")
_HONOUR_END: Final = re.compile(r"(?:榜单|名单|称号|荣誉|荣誉称号|认定|认证)$")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    honour, state = trie_pattern(name_words("honour")), trie_pattern(name_words("state"))
    return (
        re.compile(rf"(?P<who>[\u4e00-\u9fff]{{1,6}}?)(?:{honour})(?P<what>.{{3,30}})$"),
        re.compile(
            rf"(?P<who>[\u4e00-\u9fff]{{0,6}}?(?:企业|项目|工程|小区|门店|公司)|)"
            rf"(?:顺利|如期|陆续|相继|全部|已经?|正式|实现|成功)*(?P<state>{state})$"
        ),
        re.compile(r"(?P<act>(?:参与|参加|参训|受益|撤离|搬迁|转移|脱贫|安置|入住)[\u4e00-\u9fff“”]{0,16})(?=$|、)"),
        re.compile(
            r"(?P<who>[\u4e00-\u9fff]{1,4}?)(?=[、和及]|以及|实施|进行|开展)"
            r".*?(?:实施|进行|开展)(?P<work>[\u4e00-\u9fff]{2,10}(?:改造|整治|治理|提升|修缮))"
        ),
    )


def name_behind(folded: str, start: int, end: int, kind: str, unit: str) -> tuple[str, int]:
    """The name that the words behind a count give it, and where those words end; empty where they give none.

    7家|企业被评为市百强企业 is 市百强企业; 2家|企业顺利投产 is 投产企业; 1300人|参与志愿活动 is 参与志愿活动人数;
    对13处|小区、11处公建实施雨污分流改造 is 雨污分流改造小区.
    """
    match = _WHOLE.match(folded, end)
    stop = match.end() if match else end
    behind = match.group().replace("的", "", 1).strip() if match else ""
    act = _patterns()[2]
    if kind in _PEOPLE:
        done = act.match(re.sub(r"^\d+[人户名]", "", behind))
        return (done.group("act") + _PEOPLE[kind] if done else "", stop)
    return (_of_things(behind, folded[max(start - 30, 0) : start], unit) if kind == "count" else "", stop)


def _of_things(behind: str, before: str, unit: str) -> str:
    """What a count of companies, projects or places is of, by the words behind it."""
    honour, state, _, work = _patterns()
    if found := honour.match(behind):
        what = _HONOUR_END.sub("", _YEAR.sub("", found.group("what").strip("“”\"'").replace("”", ""))).strip("“”")
        return what if what.endswith(found.group("who")) else what + found.group("who")
    if (found := state.match(behind)) and (found.group("who") or unit.endswith("家")):
        return found.group("state") + (found.group("who") or "企业")
    if "对" in before.rpartition("。")[2] and (found := work.match(behind)):
        return found.group("work") + found.group("who")
    return ""
