"""The reading gives the same records whatever order the interpreter hashes words in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = (
    "import sys;from pathlib import Path;from extract import find;"
    "[print(p.name, repr(find(p.read_text(encoding='utf-8')))) for p in sorted(Path(sys.argv[1]).glob('u*.txt'))]"
)


def read_with(seed: str) -> str:
    """What the reports of one set give in a fresh process with a given hash seed."""
    return subprocess.run(
        [sys.executable, "-c", READ, str(ROOT / "tests/reports")],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_hash_seed_changes_no_record(seed: str) -> None:
    """Two towns of one weight are told apart by where they stand, not by the order of a set."""
    assert read_with(seed) == read_with("0")
