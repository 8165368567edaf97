"""The wheel: it carries the vocabulary and reads a report where the checkout is not."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Runs without site (-S): no .pth file of an editable install can lead back to the checkout.
READ = """
import json, sys
sys.path[:0], sys.path[len(sys.path):] = [sys.argv[1]], [sys.argv[2]]
import extract
from extract import find, places, read_report, vocabulary
record = find("2016年上半年，柳溪镇完成有效投资5.2亿元，完成年度任务的61.3%。").records[0]
report = read_report("柳溪镇.txt", "2016年一季度，柳溪镇财政总收入1856万元，同比增长8.5%。".encode("gb18030"))
print(json.dumps({
    "from": [extract.__file__, str(vocabulary.folder())],
    "found": [record.town, record.indicator, str(record.value), record.unit, str(record.completion)],
    "read": [report.records[0].indicator, str(report.records[0].yoy), report.records[0].period_end],
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


def _pip(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, "--quiet"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_wheel_reads_a_report_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    _pip("install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    done = subprocess.run(
        [sys.executable, "-S", "-c", READ, str(target), sysconfig.get_paths()["purelib"]],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert all(place.startswith(str(target)) for place in told["from"])
    assert told["found"] == ["柳溪镇", "有效投资", "5.2", "亿元", "61.3"]
    assert told["read"] == ["财政总收入", "8.5", "2016-03"]


def test_the_wheel_carries_every_vocabulary_file_and_no_pages(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    wanted = {f"extract/data/vocabulary/{path.name}" for path in (ROOT / "data" / "vocabulary").glob("*.csv")}
    assert wanted | {"extract/data/places.csv"} <= names
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"extract", "store", "assess", "export"}
