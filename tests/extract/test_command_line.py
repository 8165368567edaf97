"""python -m extract: what is printed, where it goes, and with which exit status it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract import cli
from extract.cli import main
from extract.formats import Column, clip, columns_of, period_words, table
from extract.models import RECORD_KEYS, Findings

ROOT = Path(__file__).resolve().parents[2]
REPORT = "2016年上半年，柳溪镇完成固投5.2亿元，同比下降12.4%，占年计划的61.3%，占全县的12.6%，成交38.2%。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """柳溪镇.txt and, deeper, 白杨乡.html; beside them what is no report."""
    (tmp_path / "乙").mkdir()
    (tmp_path / "柳溪镇.txt").write_text(REPORT, encoding="utf-8")
    page = f"<html><body><p>{REPORT.replace('柳溪镇', '白杨乡')}</p></body></html>"
    (tmp_path / "乙" / "白杨乡.html").write_text(page, encoding="utf-8")
    (tmp_path / "~$柳溪镇.docx").write_bytes(b"lock")
    (tmp_path / ".隐藏.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "照片.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run([sys.executable, "-m", "extract", *arguments], cwd=ROOT, capture_output=True, **options)  # type: ignore[call-overload,no-any-return]


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_a_record_with_the_keys_in_their_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "柳溪镇.txt")]) == 0
    (record,) = printed(capsys)
    assert tuple(record) == RECORD_KEYS
    assert (record["report"], record["indicator"], record["completion"]) == ("柳溪镇.txt", "固定资产投资", 61.3)


def test_a_folder_is_read_with_what_lies_below_it_sorted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert [record["report"] for record in printed(capsys)] == ["白杨乡.html", "柳溪镇.txt"]


def test_files_come_in_the_order_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / "柳溪镇.txt"), str(folder / "乙" / "白杨乡.html")]
    main([*files, files[0]])
    assert [record["report"] for record in printed(capsys)] == ["柳溪镇.txt", "白杨乡.html", "柳溪镇.txt"]


def test_what_cannot_be_read_is_named_and_the_others_are_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "空").mkdir()
    wrong = [str(folder / name) for name in ("没有.txt", "照片.png", "空")]
    assert main([wrong[0], str(folder / "柳溪镇.txt"), *wrong[1:]]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    told = err.splitlines()
    assert [line.split("：")[0] for line in told] == wrong
    assert cli.MISSING in told[0]
    assert "图片" in told[1] or "文字识别" in told[1], "with and without the extra that reads pictures"
    assert cli.NOTHING_INSIDE in told[2]


def test_a_fault_of_the_program_leaves_the_other_files_alone(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cli.render

    def fail(findings: Findings, *rest: Any) -> str:
        if "白杨乡" in findings.document.text:
            raise ValueError("对不上")
        return whole(findings, *rest)

    monkeypatch.setattr(cli, "render", fail)
    assert main([str(folder)]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["report"] == "柳溪镇.txt"
    assert "ValueError: 对不上" in err


@pytest.mark.parametrize(
    "arguments", [[], ["--format", "xml", "a.txt"], ["a.txt", "--missed", "--coverage"], ["explain"], ["explain", " "]]
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main(arguments)
    assert error.value.code == 2


def test_an_output_that_cannot_be_written_is_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        main([str(folder), "--output", str(folder / "无此文件夹" / "记录.csv")])
    assert error.value.code == 2
    assert "写不了" in capsys.readouterr().err


def test_csv_in_a_file_has_a_bom_and_reads_back(folder: Path) -> None:
    target = folder / "记录.csv"
    assert main([str(folder), "--format", "csv", "--output", str(target)]) == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert tuple(rows[0]) == RECORD_KEYS
    assert [row["yoy"] for row in rows] == ["-12.4", "-12.4"]
    assert rows[1]["sentence"].startswith("2016年上半年，柳溪镇")


def test_csv_runs_no_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "甲.txt"
    report.write_text("=1+1税收收入完成3亿元，同比下降5%。", encoding="utf-8")
    main([str(report), "--format", "csv"])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["sentence"].startswith("'=1+1")
    assert row["yoy"] == "-5"


def test_missed_numbers_with_their_reasons(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(folder / "柳溪镇.txt"), "--missed"])
    told = [(entry["text"], entry["reason"], entry["understood"]) for entry in printed(capsys)]
    assert told == [("12.6%", "比重、份额", True), ("38.2%", "未看懂的比率", False)]


@pytest.mark.parametrize("arguments", [["coverage"], ["--coverage"]])
def test_coverage_counts_what_was_seen(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main([*arguments, str(folder / "柳溪镇.txt"), "--format", "jsonl"]) == 0
    (entry,) = printed(capsys)
    assert {key: entry[key] for key in ("seen", "recorded", "left_out", "not_understood")} == {
        "seen": 5,
        "recorded": 3,
        "left_out": 1,
        "not_understood": 1,
    }
    assert entry["left_out_reasons"] == {"比重、份额": 1}
    assert entry["not_understood_reasons"] == {"未看懂的比率": 1}


def test_coverage_of_several_reports_ends_with_the_sum(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["coverage", str(folder)])
    assert capsys.readouterr().out.splitlines()[-1] == "合计：见到 10 个率和数，记录 6，应不列入 2，未看懂 2"


def test_many_files_give_the_same_lines_in_the_same_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        (tmp_path / f"{number:03}.txt").write_text(f"上半年完成税收{number + 1}万元，增长5%。", encoding="utf-8")
    (tmp_path / "033.txt").write_bytes(b"")
    assert main([str(tmp_path)]) == 1
    parallel = capsys.readouterr()
    monkeypatch.setattr(cli, "PARALLEL_FILES", 1000)
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr() == parallel
    assert [json.loads(line)["value"] for line in parallel.out.splitlines()] == [n + 1 for n in range(70) if n != 33]


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    done = run(
        str(folder / "柳溪镇.txt"), env={"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    assert done.returncode == 0, done.stderr
    assert "固定资产投资" in done.stdout.decode("utf-8")


def test_no_progress_bar_where_stderr_is_no_terminal(folder: Path) -> None:
    assert run(str(folder)).stderr == b""


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    (folder / "长.txt").write_text("\n".join([REPORT] * 2000), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "extract", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_start_up_loads_neither_the_bar_nor_the_pool_nor_jieba() -> None:
    heavy = ("tqdm", "multiprocessing", "concurrent.futures", "jieba", "lxml", "pandas")
    code = f"import sys, extract.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- the table ------------------------------------------------------------------------------------


def test_chinese_characters_take_two_columns() -> None:
    assert columns_of("税收a1，") == 8
    assert columns_of("e\u0301") == 1


@pytest.mark.parametrize(("most", "cut"), [(8, "固定资产"), (7, "固定资…"), (6, "固定…"), (1, "…")])
def test_clip_counts_columns(most: int, cut: str) -> None:
    assert clip("固定资产", most) == cut


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2016-01", "2016-06", "2016-01~06"),
        ("2015-07", "2016-06", "2015-07~2016-06"),
        ("2016-06", "2016-06", "2016-06"),
        (None, None, ""),
    ],
)
def test_periods_in_short(start: str | None, end: str | None, words: str) -> None:
    assert period_words(start, end) == words


def test_columns_stand_under_each_other() -> None:
    lines = table((Column("名"), Column("数", right=True)), [("税收", "1.5"), ("a", "12")], 80).splitlines()
    assert lines == ["名     数", "税收  1.5", "a      12"]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_table_fits_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in ([], ["--missed"], ["--coverage"]):
        main([str(folder), "--format", "table", *arguments])
        lines = capsys.readouterr().out.splitlines()
        assert max(map(columns_of, lines)) <= width
        assert any("税收" in line or "固定资产投资" in line or "比重" in line for line in lines)
