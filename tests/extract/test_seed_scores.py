"""The scores of the five published reports, where the seeds and the scorer lie beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCORER, GOLD, TEXTS = SHARED / "score" / "score.py", SHARED / "gold", SHARED / "seeds"

pytestmark = pytest.mark.skipif(
    not all(path.exists() for path in (SCORER, GOLD, TEXTS)), reason="no seeds and scorer beside the checkout"
)


@cache
def figures() -> dict[str, Any]:
    """The scorer's figures."""
    command = [sys.executable, str(SCORER), "--gold", str(GOLD), "--texts", str(TEXTS), "--json"]
    command += ["--run", f"{sys.executable} -m extract --format jsonl"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("role", "figure", "least"),
    [
        ("completion", "found", 10),
        ("completion", "attributed_F1", 1.0),
        ("completion", "precision", 1.0),
        ("yoy", "found", 15),
        ("yoy", "attributed_loose", 0.93),
        ("yoy", "precision", 1.0),
        ("value", "found", 16),
        ("completion", "dated", 0.95),
        ("yoy", "dated", 0.95),
        ("headline", "recall", 0.70),
        ("headline", "attributed", 0.60),
        ("headline", "precision", 0.80),
    ],
)
def test_at_least(role: str, figure: str, least: float) -> None:
    assert figures()[role][figure] >= least


def test_every_report_is_read_and_placed() -> None:
    assert (figures()["documents"], figures()["broken"], figures()["place"]) == (5, 0, 1.0)
