"""Zips, saved web pages and what LibreOffice converts: their text, their limits, their sentences."""

from __future__ import annotations

import io
import shutil
import stat
import time
import zipfile
from pathlib import Path

import pytest
from papers import word

from extract.models import ReportError
from extract.readers import archives, load_report, office

TEXT = "青石镇一季度完成工业投资1.2亿元，同比增长5.5%，占年度计划的31.4%。"
PAGE = f"<html><head><meta charset='gbk'></head><body><h1>简报</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"

needs_office = pytest.mark.skipif(
    not shutil.which("soffice"), reason="没有 LibreOffice，请安装 libreoffice-writer-nogui"
)


def zipped(**files: bytes | str) -> bytes:
    return zipped_as({name.replace("__", "."): content for name, content in files.items()})


def zipped_as(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def names(content: bytes) -> list[str]:
    return [member.name for member in archives.members("a.zip", content)]


def test_every_file_of_a_zip_and_of_a_zip_in_it() -> None:
    inner = zipped_as({"二/白杨乡.docx": word(TEXT), "三.txt": TEXT})
    content = zipped_as(
        {"一/青石镇.txt": TEXT, "一/更多.zip": inner, "__MACOSX/._青石镇.txt": "x", "一/~$青石镇.docx": "x"}
    )
    found = archives.members("全部.zip", content)
    assert [member.name for member in found] == ["青石镇.txt", "白杨乡.docx", "三.txt"]
    assert [load_report(member.name, member.content).text.strip() for member in found] == [TEXT] * 3


def test_names_lose_their_folders_and_control_signs() -> None:
    content = zipped_as({"../../etc/一.txt": TEXT, "C:\\报告\\二.txt": TEXT, "/三\r\n\x07.txt": TEXT, "../..": TEXT})
    assert names(content) == ["一.txt", "二.txt", "三.txt", "未命名"]
    assert len(archives.plain_name("长" * 300 + ".docx")) <= archives.LONGEST_NAME
    assert archives.plain_name("长" * 300 + ".docx").endswith(".docx")


def test_names_in_gb18030_are_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("AAAAAA.txt", TEXT)
    content = buffer.getvalue().replace(b"AAAAAA", "青石镇".encode("gb18030"))
    assert names(content) == ["青石镇.txt"]


def test_limits_of_number_size_and_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = zipped_as({"报告.txt": TEXT})
    for _ in range(3):
        deep = zipped_as({"更深.zip": deep})
    monkeypatch.setenv("TOWN_PROGRESS_MEMBERS", "3")
    monkeypatch.setenv("TOWN_PROGRESS_UNPACKED_MB", "1")
    for content, words in (
        (deep, "超过 2 层"),
        (zipped_as({f"{n}.txt": TEXT for n in range(4)}), "4 个文件.*3 个"),
        (zipped_as({"大.txt": b"0" * (1024 * 1024 + 1)}), "超过 1 MB"),
        (zipped_as({"a.zip": zipped_as({"大.txt": b"0" * 700_000}), "b.txt": b"0" * 500_000}), "超过 1 MB"),
        (zipped_as({}), "没有文件"),
    ):
        with pytest.raises(ReportError, match=words):
            archives.members("a.zip", content)


def test_a_damaged_member_does_not_stop_the_others() -> None:
    content = bytearray(zipped_as({"一.txt": TEXT * 50, "二.txt": TEXT}))
    content[60] ^= 0xFF
    first, second = archives.members("a.zip", bytes(content))
    assert (first.name, bool(first.problem)) == ("一.txt", True)
    assert second.content.decode() == TEXT


def test_a_locked_zip_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped_as({"一.txt": TEXT}))
    content[6] |= 1
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1
    with pytest.raises(ReportError, match="密码"):
        archives.members("a.zip", bytes(content))


def test_a_word_file_is_no_zip_of_reports() -> None:
    assert not archives.is_bundle("a.docx", word(TEXT))
    assert archives.is_bundle("a.docx.zip", zipped_as({"a.txt": TEXT}))
    with pytest.raises(ReportError, match="ZIP 压缩包"):
        load_report("a.zip", zipped_as({"a.txt": TEXT}))


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_a_saved_page_is_read_as_the_page(transfer: str) -> None:
    from email.message import EmailMessage
    from email.policy import SMTP

    page = EmailMessage(policy=SMTP)
    page.set_content(PAGE.encode("gbk"), "text", "html", cte=transfer)
    whole = EmailMessage(policy=SMTP)
    whole["From"] = "<Saved by a browser>"
    whole.make_related()
    whole.attach(page)
    document = load_report("简报.mht", whole.as_bytes())
    assert document.kind == "mhtml"
    assert document.text.count(TEXT) == 2
    assert not document.flags
    assert "文件不完整，末尾缺失" in load_report("简报.mht", whole.as_bytes()[:-60]).flags


def test_a_saved_page_without_a_page_is_told() -> None:
    with pytest.raises(ReportError, match=r"\.mht"):
        load_report("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n")


RTF = "{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\u{ord(sign)}?" for sign in TEXT) + "\\par}"


@needs_office
def test_rtf_is_converted_and_read() -> None:
    document = load_report("报告.rtf", RTF.encode("ascii"))
    assert (document.kind, document.text.strip()) == ("rtf", TEXT)
    assert "由 LibreOffice 转换" in document.flags


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-office",))
    with pytest.raises(ReportError, match=r"libreoffice-writer-nogui.*另存为 \.docx"):
        load_report("报告.rtf", RTF.encode("ascii"))


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_a_conversion_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, alive = tmp_path / "hanging", tmp_path / "alive"
    program.write_text(f"#!/bin/sh\n(while :; do date >> {alive}; sleep 0.1; done) &\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "PROGRAMS", (str(program),))
    monkeypatch.setenv("TOWN_PROGRESS_SECONDS", str(office.SPARE_SECONDS + 1))
    with pytest.raises(ReportError, match="超过了 1 秒"):
        load_report("报告.rtf", RTF.encode("ascii"))
    size = alive.stat().st_size
    time.sleep(0.5)
    assert alive.stat().st_size == size
