"""核查: figures that cannot both be true, each with both sentences, the two numbers and what would make them agree.

A printed number stands for every number that rounds to it: two numbers disagree only where their intervals do
not meet. What is expected is never held against what was done. One cause gives one finding: a wrong unit or an
impossible year hides what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from assess import checks_course, checks_reports, checks_values, checks_words
from assess.checks_figures import HIT_COLUMNS, NOWHERE, actual, counted, figures, no_hits, plain
from assess.checks_rules import POWERS, RULES, Rule
from assess.checks_spared import Texts, named_in_texts, spared
from assess.checks_words import Sentences
from assess.tables import Directions, records_frame

FINDING_COLUMNS: tuple[str, ...] = (
    "key", "rule", "weight", "town", "indicator", "indicator_text", "period_start", "period_end",
    "first", "first_is", "second", "second_is", "unit", "difference", "difference_unit", "agree",
    "id", "other_id", "report_id", "other_report_id", "report_name", "other_report_name",
    "sentence", "other_sentence", "words", "other_words",
)  # fmt: skip
# A slip of the point or the unit gives these ratios within 5 %.
_EXACT = 0.021
_BY_RATIO = ("growth", "duplicate", "completion", "target")
# What follows from a wrong figure elsewhere in its year or the next.
_IN_TIME = ("growth", "base", "fell", "target")
GRAVE, MIDDLING = 65, 45


def contradictions(
    records: pd.DataFrame | Iterable[Mapping[str, object]],
    directions: Directions | None = None,
    *,
    texts: Texts | None = None,
    dates: Mapping[int, str] | None = None,
) -> pd.DataFrame:
    """All findings, the gravest first, one row each with the columns ``FINDING_COLUMNS``.

    ``first`` and ``second`` are the two numbers (what they are: ``first_is``, ``second_is``), ``difference`` =
    first − second; ``agree`` tells what would make them agree; ``weight`` is 0 to 100. ``id`` and ``other_id`` are
    the records (the same where one sentence contradicts itself, ``other_id`` missing where there is none).
    ``key`` is the same as long as the rule, the records and the numbers are.
    ``texts`` gives a report's text by its number: notes on a changed scope are looked for there, too.
    ``dates`` gives a report's day (ISO) where it is known better than the day it was received.
    """
    frame = records_frame(records)
    slim = figures(frame, directions)
    if slim.empty:
        return _table(no_hits(), frame)
    done = actual(slim)
    told = Sentences.of(frame, done)
    best = counted(done)
    jumps = checks_course.unit(done, best)
    others = pd.concat(
        [
            checks_reports.year(frame, slim, dates),
            checks_values.duplicate(done),
            checks_values.completion(slim),
            checks_values.part(best),
            checks_words.among(frame, told),
            checks_course.growth(done, best),
            checks_course.fell(done, best),
            checks_values.target(slim),
            checks_words.lead(frame, told),
            checks_words.rank(frame, told),
            checks_reports.stopped(slim),
        ],
        ignore_index=True,
    )
    found = _one_cause(jumps, _units_by_ratio(others))
    found = found[~spared(found, frame)] if len(found) else found
    table = _table(_once(found, frame), frame)
    return table[~named_in_texts(table, texts)].reset_index(drop=True) if texts and len(table) else table


def rules() -> tuple[Rule, ...]:
    """The rules, the gravest first."""
    return tuple(RULES.values())


def gravity(weight: float) -> str:
    """The weight in a word: 重, 中 or 轻."""
    return "重" if weight >= GRAVE else "中" if weight >= MIDDLING else "轻"


def _units_by_ratio(found: pd.DataFrame) -> pd.DataFrame:
    """Differences of exactly ten to ten thousand times are slips of the unit or the point."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.log10(np.abs(found["ratio"].to_numpy(float)))
    nearest = np.round(np.nan_to_num(power))
    slip = found["rule"].isin(_BY_RATIO) & np.isin(np.abs(nearest), POWERS) & (np.abs(power - nearest) < _EXACT)
    words = [f"恰好相差约{plain(10.0 ** abs(n))}倍，多半是单位或小数点写错。{text}"
             for n, text in zip(nearest, found["agree"], strict=True)]  # fmt: skip
    return found.assign(
        rule=found["rule"].mask(slip, "unit"),
        agree=found["agree"].where(~slip, pd.Series(words, index=found.index, dtype=object)),
        size=found["size"].mask(slip, 1.0),
    )


def _one_cause(jumps: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """All hits without those that follow from an impossible year, a wrong unit, or two figures for one thing."""
    late = others[others["rule"] == "year"]
    rest = pd.concat([jumps, others[others["rule"] != "year"]], ignore_index=True)
    rest = rest[~_touches(rest, late["row"])]
    jumps, rest = rest[rest["rule"] == "unit"], rest[rest["rule"] != "unit"]
    jumps = _first_of_each(jumps)
    either = pd.concat([jumps["row"], jumps["other"]])
    follows = rest["rule"].isin(_IN_TIME).to_numpy() & _touches(rest, either)
    rest = rest[~follows & ~rest["row"].isin(jumps["row"]).to_numpy()]
    double = rest[rest["rule"].eq("duplicate")]
    wrong = pd.concat([double["row"], double["other"], rest.loc[rest["rule"].eq("completion"), "row"]])
    settled = rest["rule"].isin(("growth", "fell")).to_numpy() & _touches(
        rest, pd.concat([double["row"], double["other"]])
    )
    settled |= rest["rule"].eq("target").to_numpy() & _touches(rest, wrong)
    return pd.concat([late, jumps, rest[~settled]], ignore_index=True)


def _touches(hits: pd.DataFrame, rows: pd.Series) -> npt.NDArray[np.bool_]:
    return (hits["row"].isin(rows) | hits["other"].isin(rows)).to_numpy(bool)


def _first_of_each(jumps: pd.DataFrame) -> pd.DataFrame:
    """Hits that share no record with one before them: the neighbours of a wrong figure are not wrong, too."""
    seen: set[int] = set()
    kept: list[bool] = []
    for row, other in zip(jumps["row"].tolist(), jumps["other"].tolist(), strict=True):
        new = row not in seen and other not in seen
        seen.update((row, other) if new else ())
        kept.append(new)
    return jumps[np.array(kept, dtype=bool)]


def _once(found: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """A pair of records once for a rule; an impossible year once for a report."""
    late = found["rule"] == "year"
    reports = pd.Series(frame["report_id"].array[found["row"].to_numpy(np.int64)], index=found.index)
    again = late & pd.DataFrame({"report": reports, "year": found["first"], "late": late}).duplicated()
    return found[~again & ~found.duplicated(["rule", "row", "other"])]


def _table(found: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    rows, others = found["row"].to_numpy(np.int64), found["other"].to_numpy(np.int64)
    own = ["id", "town", "indicator", "indicator_text", "period_start", "period_end", "report_id", "report_name"]
    table = frame[[*own, "sentence"]].iloc[rows].reset_index(drop=True)
    beside = frame[["id", "report_id", "report_name", "sentence"]].iloc[others.clip(min=0)].reset_index(drop=True)
    beside = beside.where(pd.Series(others != NOWHERE)).add_prefix("other_")
    numbers = found[[name for name in HIT_COLUMNS if name not in ("row", "other", "size", "ratio")]]
    table = pd.concat([table, beside, numbers.reset_index(drop=True)], axis=1)
    base = np.array([RULES[rule].weight for rule in found["rule"]], dtype=np.float64)
    table["weight"] = np.round(base * (0.6 + 0.4 * found["size"].to_numpy(float))).astype(np.int64)
    table["key"] = _keys(table)
    order = np.lexsort((table["id"].to_numpy(float), -table["weight"].to_numpy()))
    return table.iloc[order].reset_index(drop=True)[list(FINDING_COLUMNS)]


def _keys(table: pd.DataFrame) -> pd.Series:
    pairs = zip(table["rule"], table["id"], table["other_id"], table["first"], table["second"], strict=True)
    keys = [
        f"{rule}-{_number(one)}-{_number(two)}-{plain(first)}-{plain(second)}"
        for rule, one, two, first, second in pairs
    ]
    return pd.Series(keys, index=table.index, dtype=object)


def _number(value: object) -> str:
    return str(int(value)) if isinstance(value, int | float | np.integer) and value == value else "0"
