"""How findings are written for people."""

from __future__ import annotations

import pandas as pd
import pytest

from ui import checks_tables, handled


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [(62.4, "%", "62.4%"), (31100.0, "万元", "31,100万元"), (2042.0, "年", "2042年"), (3.0, "位", "第3位")],
)
def test_a_figure(number: float, unit: str, words: str) -> None:
    assert checks_tables.figure(number, unit) == words


def test_a_difference_has_its_sign() -> None:
    assert checks_tables.signed(-1300.0, "万元") == "−1,300万元"
    assert checks_tables.signed(0.2, "个百分点") == "+0.2个百分点"


def test_the_newest_entry_is_the_status_and_others_are_open() -> None:
    found = pd.DataFrame({"key": ["a", "b"]})
    told = handled.with_handling(found, [{"key": "b", "status": "dismissed", "note": "误读", "who": "甲", "when": "x"}])
    assert told["status"].tolist() == ["open", "dismissed"]
    assert told["note"].tolist() == ["", "误读"]
    assert handled.with_handling(found.head(0), []).columns.tolist()[-4:] == ["status", "note", "who", "when"]


def test_further_words_are_marked_within_their_sentence_only() -> None:
    text = "居全县第２位。财政总收入增长８%，居全县第２位。"
    record = {"sentence": "财政总收入增长８%，居全县第２位。", "start": 7, "end": 16}
    html = checks_tables.passage(text, record, [(7, 12, "indicator")], "全县第2位")
    assert html.count("<mark") == 2
    assert html.index("全县第２位</mark>") > html.index("财政总收入")
