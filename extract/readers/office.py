"""Older Word files and their like (.doc, .wps, .rtf, .odt, Word XML): LibreOffice makes a .docx, the walker reads it.

LibreOffice runs with a profile of its own that never runs macros and never follows links, for so long at most,
and is ended by its own number.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from extract.models import Document, ReportError
from extract.readers.ending import in_good_order
from extract.readers.kinds import find_kind
from extract.readers.limits import limits
from extract.readers.word import read_word

PROGRAMS = ("soffice", "libreoffice")
SUFFIXES = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt", "wordxml": ".xml"}
NAMES = {"doc": "旧版 Word 文件（.doc 或 .wps）", "rtf": "RTF 文档", "odt": "ODT 文档", "wordxml": "Word 的 XML 文件"}
CONVERTED = "由 LibreOffice 转换"
SPARE_SECONDS = 5  # of the time for one file, kept for reading what was made

NOT_INSTALLED = (
    "这是{kind}，要用 LibreOffice 转换，而本机没有安装。请管理员安装（Debian：sudo apt-get install"
    " libreoffice-writer-nogui；Windows：从 LibreOffice 官网安装），或在 Word、WPS 里另存为 .docx 后再上传。"
)
FAILED = "这是{kind}，已损坏、设了密码或内容特殊，转换不了。请在 Word 或 WPS 里打开，另存为 .docx 后再上传。"
TOO_SLOW = "这是{kind}，转换超过了 {seconds} 秒，已停止。请在 Word 或 WPS 里打开，另存为 .docx 后再上传。"

# What LibreOffice must not do with a file from outside; the paths are its own names.
SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>
"""
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'


def read_office(name: str, content: bytes) -> Document:
    """The text of the file; raises ReportError where LibreOffice is missing, fails or takes too long."""
    kind = find_kind(name, content)
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise ReportError(NOT_INSTALLED.format(kind=NAMES[kind]))
    with in_good_order(), tempfile.TemporaryDirectory(prefix="town-progress-") as folder:
        made = _converted(program, Path(folder), kind, content)
    document = read_word(name, made)
    return replace(document, kind=kind, flags=(CONVERTED, *document.flags))


def _converted(program: str, folder: Path, kind: str, content: bytes) -> bytes:
    """The bytes of the .docx that LibreOffice makes."""
    source = folder / f"source{SUFFIXES[kind]}"
    source.write_bytes(content)
    _write_profile(folder / "profile" / "user")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)]
    seconds = max(1, limits().seconds - SPARE_SECONDS)
    nowhere, group = subprocess.DEVNULL, 0 if os.name == "posix" else None
    places = {**os.environ, "TMPDIR": str(folder), "HOME": str(folder)}
    with subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, process_group=group, env=places
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise ReportError(TOO_SLOW.format(kind=NAMES[kind], seconds=seconds)) from error
        finally:
            _end(process)
    made = folder / "out" / "source.docx"
    if not made.exists():
        raise ReportError(FAILED.format(kind=NAMES[kind]))
    return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program, if it still runs, with all that it started: they are a group of their own."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in SETTINGS)
    (folder / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
