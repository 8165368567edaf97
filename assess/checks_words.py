"""Rules of 核查 that read sentences: 高于序时进度…个百分点, 居全县第…位, and what follows 其中."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess.checks_figures import POINTS, hits, no_hits, sentences
from assess.checks_values import exceeding, graveness
from assess.months import Ints, pace_array

FULL_WIDTH = str.maketrans("０１２３４５６７８９．％，；：（）－＋", "0123456789.%,;:()-+")
_AHEAD, _BEHIND = "高快超领", "低慢落滞"
_PACE = "(?:序时|时序|时间)进度(?:要求|目标|计划)?"
_BY = r"(?:了|出|约)?(\d+(?:\.\d+)?)个?(?:百分点|点|%)"
LEAD = re.compile(
    rf"(高于|快于|高出|超过|超出|超前于?|超|领先于?|低于|慢于|落后于?|滞后于?)(?:全年|年度)?{_PACE}{_BY}"
    rf"|[比较]{_PACE}(高|快|超前|超|领先|低|慢|落后|滞后){_BY}"
)
_LEAD_WORDS = ("序时", "时序", "时间进度")
# How far a pace of one decimal may be from the true one, in points.
PACE_HALF = 0.05

RANK = re.compile(
    r"(全[县市区省州旗])([^,。;、第]{0,12}?)(?:第([一二三四五六七八九十]{1,3}|\d{1,3})"
    r"(?!产业|季度|批|轮|届|次|方阵|梯队|个|期)(?:位|名)?|(首位|榜首))"
)
_RANK_WORDS = ("第", "首位", "榜首")
_NOT_SCOPE = re.compile("排名|排|居|列|位|名|各|所有|乡镇|镇街|镇乡|街道|街镇|镇|乡|的|中|为|内|第")
_ASPECTS = (("增速", "增速|增幅|涨幅|增长"), ("总量", "总量|总额|规模"), ("完成率", "完成率|完成进度|完成比例|进度"))
_TIED = "并列"
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", 1)}

AMONG = "其中"
_STOPS = ";。"
# A part of a value added, a profit or a tax is one too: 其中总产值 under 增加值 is another figure, no part.
_OWN_KIND = ("增加值", "利润", "利税", "生产总值", "余额")


@dataclass(slots=True)
class Told:
    """A sentence of a report, full width made half, with the places in ``slim`` of its records by their order."""

    text: str
    places: list[int]


def folded(text: str) -> str:
    """The text with digits and signs in half width, of the same length."""
    return text.translate(FULL_WIDTH)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The distinct sentences of the actual figures ``rows``; each row's sentence and report by number."""

    rows: pd.DataFrame
    texts: list[str]
    codes: Ints
    reports: Ints
    starts: npt.NDArray[np.float64]

    @classmethod
    def of(cls, frame: pd.DataFrame, rows: pd.DataFrame) -> Sentences:
        """Of actual figures on a plain index."""
        at = rows["row"].to_numpy()
        codes, texts = pd.factorize(frame["sentence"].array[at])
        reports, _ = pd.factorize(frame["report_id"].array[at])
        starts = pd.to_numeric(frame["start"], errors="coerce").fillna(0).to_numpy(np.float64)[at]
        return cls(rows, [str(text) for text in texts], codes.astype(np.int64), reports.astype(np.int64), starts)

    def told(self, words: Sequence[str], column: str) -> Iterator[Told]:
        """The sentences that hold any of the words, once for each report, with the rows that have a number there."""
        has = np.array([*(any(word in text for word in words) for text in self.texts), False], dtype=bool)
        kept = np.flatnonzero(has[self.codes] & self.rows[column].notna().to_numpy())
        kept = kept[np.lexsort((kept, self.starts[kept], self.reports[kept], self.codes[kept]))]
        same = (np.diff(self.codes[kept]) == 0) & (np.diff(self.reports[kept]) == 0)
        for places in np.split(kept, np.flatnonzero(~same) + 1) if len(kept) else ():
            yield Told(folded(self.texts[self.codes[places[0]]]), places.tolist())


_compiled = lru_cache(maxsize=8192)(re.compile)


def _found_in_order(text: str, patterns: Sequence[str]) -> list[int]:
    """Where each pattern stands after the one before it; -1 for those that do not."""
    places, cursor = [], 0
    for pattern in patterns:
        match = _compiled(pattern).search(text, cursor)
        places.append(match.start() if match else -1)
        cursor = match.end() if match else cursor
    return places


def _named(told: Told, names: npt.NDArray[np.object_]) -> list[int]:
    """Where the names of a sentence's records stand in it."""
    return _found_in_order(told.text, [re.escape(folded(str(names[place]))) for place in told.places])


def lead(frame: pd.DataFrame, told_in: Sentences) -> pd.DataFrame:
    """The stated lead on 序时进度 against completion − pace, in points."""
    rows = told_in.rows
    pace = pace_array(rows["first"].to_numpy(), rows["last"].to_numpy(), rows["months"].to_numpy())
    printed = _texts(frame, "completion_text", rows)
    names = _texts(frame, "indicator_text", rows)
    claims: list[tuple[int, float, float, str]] = []
    for told in told_in.told(_LEAD_WORDS, "completion"):
        if not LEAD.search(told.text):
            continue
        rates = _found_in_order(told.text, [_percent_pattern(printed[place]) for place in told.places])
        claims += _leads(told, rates, _named(told, names) if -1 in rates else rates)
    if not claims:
        return no_hits()
    table = pd.DataFrame(claims, columns=["place", "stated", "half", "words"])
    place = table["place"].to_numpy()
    table["row"], table["pace"] = rows["row"].to_numpy()[place], pace[place]
    table["completion"] = rows["completion"].to_numpy()[place]
    table["computed"] = (table["completion"] - table["pace"]).round(4)
    tolerance = rows["share_half"].to_numpy()[place] + table["half"] + PACE_HALF + 1e-9
    return _false_leads(table[(table["stated"] - table["computed"]).abs() > tolerance])


def _texts(frame: pd.DataFrame, column: str, rows: pd.DataFrame) -> npt.NDArray[np.object_]:
    return np.asarray(frame[column].array[rows["row"].to_numpy()], dtype=object)


def _percent_pattern(printed: object) -> str:
    return rf"(?<![\d.]){re.escape(printed)} ?%?" if isinstance(printed, str) else r"(?!)"


def _leads(told: Told, rates: list[int], names: list[int]) -> Iterator[tuple[int, float, float, str]]:
    """Each stated lead with the completion that it is about: the last one before it, else the only one after it.

    A completion that is not found as digits (百分之七十六) stands where its indicator does.
    """
    spots = [rate if rate >= 0 else name for rate, name in zip(rates, names, strict=True)]
    known = sorted((at, place) for at, place in zip(spots, told.places, strict=True) if at >= 0)
    for match in LEAD.finditer(told.text):
        before = [place for at, place in known if at < match.start()]
        alone = len(told.places) == len(known) == 1 and not any(
            s in told.text[match.end() : known[0][0]] for s in ";。"
        )
        about = before[-1] if before else known[0][1] if alone else None
        if about is None or "分别" in told.text[max(0, match.start() - 4) : match.end()]:
            continue
        word, number = match[1] or match[3], match[2] or match[4]
        sign = 1 if word[0] in _AHEAD else -1
        yield about, sign * float(number), 0.5 * 10.0 ** -len(number.partition(".")[2]), match[0]


def _false_leads(bad: pd.DataFrame) -> pd.DataFrame:
    difference = (bad["stated"] - bad["computed"]).round(4)
    return hits(
        "lead",
        row=bad["row"].to_numpy(np.int64),
        other=bad["row"].to_numpy(np.int64),
        first=bad["stated"].to_numpy(),
        first_is="所称与序时进度差",
        second=bad["computed"].to_numpy(),
        second_is="完成率 - 序时进度",
        unit=POINTS,
        difference=difference.to_numpy(),
        difference_unit=POINTS,
        size=graveness(difference * 2),
        agree=sentences(
            "序时进度为{pace}%，完成率{completion}%应{word}序时进度{computed}个百分点；若所称的差对，完成率应为{other}%。",
            pace=bad["pace"],
            completion=bad["completion"],
            word=np.where(bad["computed"] >= 0, "高于", "低于"),
            computed=bad["computed"].abs(),
            other=bad["pace"] + bad["stated"],
        ),
        words=bad["words"].to_numpy(object),
        other_words="",
    )


def rank(frame: pd.DataFrame, told_in: Sentences) -> pd.DataFrame:
    """Two towns that claim one rank, and a town that claims two, for one indicator, months, scope and aspect."""
    rows = told_in.rows
    names = _texts(frame, "indicator_text", rows)
    claims: list[tuple[int, str, str, int, str]] = []
    for told in told_in.told(_RANK_WORDS, "row"):
        if RANK.search(told.text):
            claims += _ranks(told, _named(told, names))
    if not claims:
        return no_hits()
    table = pd.DataFrame(claims, columns=["place", "scope", "aspect", "rank", "words"])
    at = table["place"].to_numpy()
    for key in ("row", "first", "last"):
        table[key] = rows[key].to_numpy()[at]
    for key in ("town", "indicator"):
        table[key] = rows[key].iloc[at].astype(str).to_numpy()
    same = ["indicator", "first", "last", "scope", "aspect"]
    table = table.sort_values("row", kind="stable")
    shared = _pairs(table, [*same, "rank"], "town")
    double = _pairs(table, [*same, "town"], "rank")
    return pd.concat(
        [_rank_hits(shared, "两个乡镇自称"), _rank_hits(double, "同一乡镇自称两个名次：")], ignore_index=True
    )


def _ranks(told: Told, places: list[int]) -> Iterator[tuple[int, str, str, int, str]]:
    for match in RANK.finditer(told.text):
        before = [place for at, place in zip(places, told.places, strict=True) if 0 <= at < match.start()]
        clause = re.split("[,;。、]", told.text[: match.start()])[-1]
        if before and _TIED not in clause + told.text[match.start() : match.end() + 3]:
            lead_in = clause + match[2]
            aspect = next((name for name, words in _ASPECTS if re.search(words, lead_in)), "")
            yield before[-1], match[1] + _NOT_SCOPE.sub("", match[2]), aspect, _ordinal(match[3] or "一"), match[0]


def _ordinal(word: str) -> int:
    """第十二 is 12.

    >>> _ordinal("十二"), _ordinal("二十"), _ordinal("3")
    (12, 20, 3)
    """
    if word.isdecimal():
        return int(word)
    tens, mark, ones = word.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if mark else 0) + _DIGITS.get(ones, 0)


def _pairs(table: pd.DataFrame, same: list[str], other: str) -> pd.DataFrame:
    """Each later claim that agrees in ``same`` with the first one and differs in ``other``, beside that first one."""
    first = table.drop_duplicates(same)
    later = table.drop_duplicates([*same, other]).merge(first, on=same, suffixes=("", "_of"))
    return later[later[other] != later[f"{other}_of"]].assign(rank_of=lambda t: t.get("rank_of", t["rank"]))


def _rank_hits(pairs: pd.DataFrame, words: str) -> pd.DataFrame:
    return hits(
        "rank",
        row=pairs["row"].to_numpy(np.int64),
        other=pairs["row_of"].to_numpy(np.int64),
        first=pairs["rank"].to_numpy(float),
        first_is="自称名次",
        second=pairs["rank_of"].to_numpy(float),
        second_is="另一处自称",
        unit="位",
        difference=(pairs["rank"] - pairs["rank_of"]).abs().to_numpy(float),
        difference_unit="位",
        size=1 / pairs["rank"].to_numpy(float),
        agree=sentences(
            words + "{words}：请以统计部门公布的名次为准；如名次并列，或一个是总量、一个是增速，请写明。",
            words=pairs["words"],
        ),
        words=pairs["words"].to_numpy(object),
        other_words=pairs["words_of"].to_numpy(object),
    )


def among(frame: pd.DataFrame, told_in: Sentences) -> pd.DataFrame:
    """Figures after 其中 that exceed the figure of the same kind and months right before it in the sentence."""
    rows = told_in.rows
    names = _texts(frame, "indicator_text", rows)
    pairs: list[tuple[int, int]] = []
    for told in told_in.told((AMONG,), "value"):
        if len(told.places) > 1:
            pairs += _part_and_whole(told, _named(told, names))
    if not pairs:
        return no_hits()
    part, whole = (rows.iloc[list(places)].reset_index(drop=True) for places in zip(*pairs, strict=True))
    names_of = ("indicator", "town")
    part, whole = (side.assign(**{key: side[key].astype(str) for key in names_of}) for side in (part, whole))
    joined = pd.concat([part, whole.add_suffix("_of")], axis=1)
    same = [(part[key] == whole[key]).to_numpy(bool) for key in ("first", "last", "base", "town")]
    own_kind = [_of_one_kind(*names) for names in zip(part["indicator"], whole["indicator"], strict=True)]
    return exceeding(joined[np.logical_and.reduce(same) & np.array(own_kind, dtype=bool)])


def _part_and_whole(told: Told, places: list[int]) -> Iterator[tuple[int, int]]:
    known = [(at, place) for at, place in zip(places, told.places, strict=True) if at >= 0]
    for match in re.finditer(AMONG, told.text):
        stop = min((told.text.find(s, match.end()) for s in _STOPS if s in told.text[match.end() :]), default=-1)
        end = stop if stop >= 0 else len(told.text)
        wholes = [place for at, place in known if at < match.start()]
        yield from ((place, wholes[-1]) for at, place in known if wholes and match.end() <= at < end)


def _of_one_kind(part: str, whole: str) -> bool:
    return part != whole and all(word in part for word in _OWN_KIND if word in whole)
