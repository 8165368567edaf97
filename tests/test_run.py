"""run.py: what it says where it cannot go on, and that it installs only when something changed."""

from __future__ import annotations

import ast
import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent


def test_an_old_python_gets_a_message(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "version", "3.9.2 (default)")
    assert run.main([]) == 1
    assert capsys.readouterr().err == "需要 Python 3.11 或更新的版本，现在是 3.9.2。\n"


def test_an_old_python_gets_as_far_as_the_message() -> None:
    tree = ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    notes = [note for function in functions for note in (function.returns, *_notes(function)) if note]
    assert notes
    assert [ast.unparse(note) for note in notes if not isinstance(note, ast.Name | ast.Constant)] == []


def _notes(function: ast.FunctionDef) -> list[ast.expr | None]:
    return [argument.annotation for argument in function.args.args]


def test_a_port_in_use_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(run, "install", lambda: pytest.fail("nothing may be installed for a port that is taken"))
    with socket.create_server((run.ADDRESS, 0)) as taken:
        port = taken.getsockname()[1]
        assert run.main(["--port", str(port)]) == 1
    assert f"端口 {port} 已被占用" in capsys.readouterr().err


def test_without_venv_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert not run.make_venv()
    said = capsys.readouterr()
    assert "sudo apt-get install python3-venv" in said.out
    assert "请安装后重新运行" in said.err


@pytest.mark.parametrize(("installed", "wanted", "again"), [("", "", 0), ("test", "", 0), ("", "test", 1)])
def test_it_installs_only_what_is_not_there(
    installed: str, wanted: str, again: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(run, "STAMP", tmp_path / "installed.txt")
    monkeypatch.setattr(run, "runs", lambda python: True)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    assert run.install(installed)
    assert run.install(wanted)
    assert len(ran) == 1 + again
    assert ran[-1][-1] == (f".[{installed or wanted}]" if installed or wanted else ".")


def test_a_changed_project_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / "installed.txt"
    stamp.write_text(hashlib.sha256(b"an older pyproject.toml").hexdigest())
    ran: list[object] = []
    monkeypatch.setattr(run, "STAMP", stamp)
    monkeypatch.setattr(run, "runs", lambda python: True)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    assert run.install()
    assert len(ran) == 1


def test_what_the_browser_tests_lack_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "chromium", lambda: None)
    monkeypatch.setattr(run, "has_chinese_font", lambda: False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    run.prepare_browser()
    said = capsys.readouterr().out
    assert "Chromium、中文字体" in said
    assert f"sudo apt-get install {' '.join(run.BROWSER_PACKAGES)}" in said


def test_a_check_that_fails_fails_the_run_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def fake(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(command[2])
        return subprocess.CompletedProcess(command, int(command[2] == "mypy"))

    monkeypatch.setattr(run, "install", lambda extra: True)
    monkeypatch.setattr(run, "prepare_browser", lambda: None)
    monkeypatch.setattr(subprocess, "run", fake)
    assert run.main(["test"]) == 1
    assert ran == ["ruff", "ruff", "mypy", "pytest"]
    assert capsys.readouterr().err == "没有通过：类型\n"


def test_ci_runs_the_test_command_and_skips_nothing() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines[-2:] == ["export CI=true", "exec python3 run.py test"]


def test_no_download_address_is_written_down() -> None:
    for name in ("run.py", "pyproject.toml", ".ci/run"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "https://" not in text
        assert "index-url" not in text
