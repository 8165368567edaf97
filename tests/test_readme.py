"""What the README says is true: commands, examples, fields, the map, the pages."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import run
from extract import find
from extract.models import RECORD_KEYS
from store.connect import DEFAULT_PLACE, SETTING
from ui import navigation

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.en.md")
PYTHON = ".venv/bin/python"
# What the tests are part of, what changes the machine, and what needs a C compiler and has a test of its own.
PROGRAMS = ("ruff", "mypy", "pytest", "pip", "benchmarks.compiled")
MORE = {
    "benchmarks.roundtrip": ("--least", "0"),  # how much comes back equal is the business of another test
    "benchmarks.formats": ("--files", "1", "--format", "xlsx"),
    "benchmarks.hostile": ("--only", "wrong name"),
    "benchmarks.fuzz_readers": ("--minutes", "0.02", "--kind", "txt"),
}

both = pytest.mark.parametrize("name", READMES)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", _text(name), re.MULTILINE | re.DOTALL)


def _commands(name: str) -> list[list[str]]:
    lines = [line for block in _blocks(name, "sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines]


def _table(name: str, head: str) -> list[list[str]]:
    """The rows of the table whose head line contains ``head``."""
    lines = _text(name).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("|") and head in line)
    rows = []
    for line in lines[place + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


OURS = sorted(
    {
        tuple(command[1:])
        for name in (*READMES, "CONTRIBUTING.md")
        for command in _commands(name)
        if command[0] == PYTHON and not any(program in command for program in PROGRAMS)
    }
)


@pytest.mark.parametrize("arguments", OURS, ids=" ".join)
def test_every_command_works(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where data leads to the checkout's data, so that what a command writes lands in the test's folder."""
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv(SETTING, str(tmp_path / "readme.db"))
    command = [sys.executable, *arguments, *MORE.get(arguments[1], ())]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    written = [tmp_path / after for before, after in pairwise(arguments) if before == "--output"]
    assert done.stdout or written or any(tmp_path.glob("*.db")), "the command shows nothing"
    assert all(path.stat().st_size > 0 for path in written)


def test_the_two_commands_are_those_of_run_py(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(run, "start", lambda port: called.append(port) or 0)
    monkeypatch.setattr(run, "test", lambda: called.append("test") or 0)
    commands = [command for command in _commands("README.md") if command[:2] == ["python3", "run.py"]]
    assert [run.main(command[2:]) for command in commands] == [0, 0]
    assert called == [8501, "test"]
    assert run.main(["--port", "8600"]) == 0
    assert called[-1] == 8600


def test_both_languages_give_the_same_commands_and_examples() -> None:
    for language in ("sh", "python"):
        assert _blocks("README.md", language) == _blocks("README.en.md", language)


@both
def test_the_library_examples_are_right(name: str) -> None:
    result = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert result.attempted >= 5
    assert result.failed == 0


@both
def test_the_example_sentence_gives_the_record_shown(name: str) -> None:
    sentence = re.search(r"^> (.+)$", _text(name), re.MULTILINE)
    assert sentence
    (record,) = find(sentence.group(1)).records
    shown = _table(name, {"README.md": "完成率(%)", "README.en.md": "completion (%)"}[name])[0]
    numbers = [str(record.value), record.unit, str(record.completion)]
    assert shown[:5] == [record.town, record.indicator, *numbers]
    assert shown[6] == str(record.yoy)
    assert re.findall(r"\d{4}-\d\d", shown[7]) == [record.period_start, record.period_end]
    assert (record.basis, record.status) == ("annual", "actual")


@both
def test_the_fields_are_those_of_a_record(name: str) -> None:
    rows = _table(name, {"README.md": "| 键 |", "README.en.md": "| key |"}[name])
    assert tuple(row[0].strip("`") for row in rows) == RECORD_KEYS


@both
def test_the_setting_and_the_default_place_are_right(name: str) -> None:
    assert f"`{SETTING}`" in _text(name)
    assert f"`{DEFAULT_PLACE.relative_to(ROOT).as_posix()}`" in _text(name)


@both
def test_the_map_shows_what_is_there(name: str) -> None:
    shown = [line.split()[0] for line in _blocks(name, "text")[0].splitlines()]
    assert [place for place in shown if not (ROOT / place).exists()] == []
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms - {"tests"} <= {place.strip("/") for place in shown}


@both
def test_the_pages_are_those_of_the_navigation(name: str) -> None:
    rows = _table(name, {"README.md": "| 页面 |", "README.en.md": "| page |"}[name])
    assert [row[0].split()[0] for row in rows] == [entry.title for entry in navigation.existing()]


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_to_files(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", _text(name))
    assert [link for link in links if not link.startswith("https://") and not (ROOT / link).exists()] == []


def test_what_contributing_names_is_there() -> None:
    named = re.findall(r"`((?:data|extract|ui|tests|benchmarks|pages)/[\w./-]+)`", _text("CONTRIBUTING.md"))
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_contributing_names_every_vocabulary_file_with_its_columns() -> None:
    rows = {row[0].strip("`"): row[1].strip("`") for row in _table("CONTRIBUTING.md", "| file |")}
    elsewhere = ("indicators.csv", "aliases.csv")  # told under "A new indicator or alias"
    files = [path for path in (ROOT / "data" / "vocabulary").glob("*.csv") if path.name not in elsewhere]
    assert {path.name: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in files} == rows
