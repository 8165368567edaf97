"""Every line of tests/corpus: what it wants comes out, and nothing else.

Lines that are known to fail stand in tests/corpus/gaps.json and are strict expected failures: one that passes
fails the run. ``python -m tests.extract.gaps --write`` writes the list anew.
"""

from __future__ import annotations

import pytest

from tests.extract.compare import CORPUS, ROLES, Line, failures, read, read_corpus
from tests.extract.gaps import known_gaps

LINES = [line for lines in read_corpus().values() for line in lines]
GAPS = known_gaps()
WANT_KEYS = set("indicator also value unit completion basis target target_unit yoy town status period".split())  # noqa: SIM905
STATUSES = {"actual", "expected", "planned"}
BASES = {"annual", "half", "quarter", "plan", "budget", "project", "multi-year", "other"}


def _parameter(line: Line) -> object:
    gap = GAPS.get(line.text)
    marks = [pytest.mark.xfail(strict=True, reason=gap)] if gap else []
    return pytest.param(line, id=f"{line.file}:{line.number}", marks=marks)


@pytest.mark.parametrize("line", [_parameter(line) for line in LINES])
def test_line(line: Line) -> None:
    told = failures(line, read(line).records)
    assert not told, f"{line.place}\n{line.text}\n" + "\n".join(told)


def test_gaps_are_lines_of_the_corpus() -> None:
    texts = {line.text for line in LINES}
    stale = [text for text in GAPS if text not in texts]
    assert stale == [], "no line has this text any more; run python -m tests.extract.gaps --write"


def test_no_line_stands_twice() -> None:
    places: dict[str, list[str]] = {}
    for line in LINES:
        places.setdefault(line.text, []).append(line.place)
    assert [found for found in places.values() if len(found) > 1] == []


def _form(line: Line) -> list[str]:
    told = []
    for want in line.want:
        told += [f"{line.place}: no such key: {key}" for key in sorted(set(want) - WANT_KEYS)]
        checks = (
            ("indicator" in want, "a record without indicator"),
            (want.get("status", "actual") in STATUSES, f"no such status: {want.get('status')}"),
            (want.get("basis") in {None, *BASES}, f"no such basis: {want.get('basis')}"),
            (any(want.get(role) is not None for role in ROLES), "a record without a figure"),
        )
        told += [f"{line.place}: {words}" for holds, words in checks if not holds]
    return told


def test_lines_keep_to_the_form() -> None:
    assert [words for line in LINES for words in _form(line)] == []


def test_the_corpus_is_large_and_has_texts_that_give_nothing() -> None:
    assert len(LINES) >= 700
    assert sum(not line.want for line in LINES) >= 80
    assert len(list(CORPUS.glob("*.jsonl"))) >= 10
