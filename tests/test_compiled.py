"""The reading compiled to C gives the same records; needs a C compiler and a minute."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from benchmarks import compiled

REPORTS = Path(__file__).parent / "reports"


@pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler")
@pytest.mark.skipif(not os.environ.get("CI"), reason="takes a minute: set CI=true")
def test_the_compiled_wheel_gives_the_same_records(capsys: pytest.CaptureFixture[str]) -> None:
    assert compiled.main(["--reports", "12", "--texts", str(REPORTS)]) == 0
    assert capsys.readouterr().out.count("the same records") == 2
