"""The house as a test: who may import whom, no room without a name of its own, no file that nobody can read."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 500
NAMELESS = {"utils", "util", "helpers", "helper", "common", "core", "misc"}

# Tools that benchmarks/speed.py compares the reading with, where they are installed.
PEERS = {"jieba", "jionlp", "recognizers_number", "recognizers_text"}

# What the readers of report files use; each behind the door of extract/readers/.
READING = {
    *("charset_normalizer", "lxml", "selectolax", "pypdfium2", "pdfplumber", "PIL", "openpyxl", "xlrd", "defusedxml"),
    *("olefile", "rapidocr", "numpy", "cv2"),
}

# Makers of files for benchmarks/formats.
MAKING = {"docx", "gb2260", "reportlab", "xlwt", "playwright", "PIL", "openpyxl", "pypdfium2", "numpy"}

# Room -> what it may import beside itself and the standard library: a package with all in it, or one module.
ALLOWED: dict[str, set[str]] = {
    "extract": {"jieba", "tqdm", *READING},
    "store": {"extract.models", "sqlalchemy"},
    "assess": {"extract.models", "extract.units", "numpy", "pandas"},
    "export": {"assess", "docx", "numpy", "pandas", "xlsxwriter"},
    "ui": {"store", "assess", "export", "extract", "numpy", "openpyxl", "pandas", "plotly", "starlette", "streamlit"},
    "pages": {"ui", "streamlit"},
    "dashboard.py": {"ui", "streamlit"},
    "serve.py": {"ui", "starlette", "streamlit"},
    "run.py": set(),
    "benchmarks": {"extract", "assess", "store", "ui", "run", "pandas", *PEERS, *MAKING},
}

# Modules of ui that know no Streamlit: tables and texts in, figures and texts out.
WITHOUT_STREAMLIT = ("charts", "figures", "findings", "marking", "timelines", "wording", "colours", "samples")

# Libraries that stay behind one door, or two.
ONLY_IN: dict[str, str | tuple[str, ...]] = {
    **dict.fromkeys(sorted(READING - {"numpy", "PIL", "openpyxl", "pypdfium2"}), "extract/readers/"),
    **dict.fromkeys(("PIL", "openpyxl", "pypdfium2"), ("extract/readers/", "benchmarks/")),
    "tqdm": "extract/",
    "jieba": ("extract/", "benchmarks/speed.py"),
    "sqlalchemy": "store/",
    "xlsxwriter": "export/",
    "docx": ("export/", "benchmarks/formats/"),
    "openpyxl": ("ui/target_files.py", "extract/readers/", "benchmarks/formats/", "benchmarks/hostile/"),
    "starlette": ("ui/serving.py", "serve.py"),
}


def _sources(room: str) -> list[Path]:
    place = ROOT / room
    return [place] if place.suffix == ".py" else sorted(place.rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every import of a file: ``from extract import units`` gives extract.units."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}:{node.lineno}: write the import with the room's name"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _within(name: str, allowed: set[str]) -> bool:
    return any(name == entry or name.startswith(f"{entry}.") for entry in allowed)


def _reaches(room: str, name: str) -> bool:
    top = name.split(".")[0]
    return top in sys.stdlib_module_names or top == room.removesuffix(".py") or _within(name, ALLOWED[room])


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_knows_only_the_rooms_before_it(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {room} may not import {name}"
        for path in _sources(room)
        for line, name in _imports(path)
        if not _reaches(room, name)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_folder_with_python_is_in_the_table() -> None:
    found = {path.parts[len(ROOT.parts)] for path in _tracked()}
    assert found - {"tests"} == set(ALLOWED)


@pytest.mark.parametrize("module", WITHOUT_STREAMLIT)
def test_figures_and_words_know_no_streamlit(module: str) -> None:
    names = [name for _, name in _imports(ROOT / "ui" / f"{module}.py")]
    assert not [name for name in names if _within(name, {"streamlit"})]


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_room(library: str) -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for room in ALLOWED
        for path in _sources(room)
        if not path.relative_to(ROOT).as_posix().startswith(ONLY_IN[library])
        and any(_within(name, {library}) for _, name in _imports(path))
    ]
    assert not wrong


def test_no_module_is_named_after_nothing() -> None:
    wrong = [path for path in _tracked() if NAMELESS & {path.stem, *path.relative_to(ROOT).parts}]
    assert not wrong


def test_no_file_is_too_long_to_read() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in _tracked()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_the_check_sees_a_wrong_import(tmp_path: Path) -> None:
    source = tmp_path / "wrong.py"
    source.write_text("import pandas\nfrom store import open_store\nfrom extract import find\n", encoding="utf-8")
    seen = [(line, name) for line, name in _imports(source) if not _reaches("assess", name)]
    assert seen == [(2, "store.open_store"), (3, "extract.find")]


def _tracked() -> list[Path]:
    """The Python files of the project: not those of virtual environments, caches and builds."""
    hidden = {"build", "dist", "node_modules"}
    return [
        path
        for path in sorted(ROOT.rglob("*.py"))
        if not any(part in hidden or part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]
