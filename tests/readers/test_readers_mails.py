"""Mails: their text and what is attached to them come out one by one, like the files of a zip."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from papers import word

from extract.models import ReportError
from extract.readers import archives, kinds, load_report
from extract.readers.kinds import find_kind
from extract.reading import read_guarded

TEXT = "青石镇2024年上半年完成工业投资1.2亿元，同比增长5.5%，占年度计划的51.4%。"
TABLE = "<p>各位：附件请查收。</p><table><tr><td>税收收入</td><td>5200万元</td></tr></table>"


def mail(body: str = "附件请查收。", page: str = "", **attached: bytes) -> bytes:
    """A mail as mail programs save it; keywords are names of attachments with __ for the point."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = "<1@example.invalid>"
    message["From"] = "报送员 <a@example.invalid>"
    message["To"] = "b@example.invalid"
    message["Subject"] = "上半年情况"
    message.set_content(body, charset="gb18030")
    if page:
        message.add_alternative(page, subtype="html")
    for name, content in attached.items():
        message.add_attachment(content, "application", "octet-stream", filename=name.replace("__", "."))
    return message.as_bytes()


def members(content: bytes) -> dict[str, bytes]:
    return {member.name: member.content for member in archives.members("报送.eml", content)}


def test_the_text_and_the_attachments_come_out_under_their_names() -> None:
    found = members(mail(青石镇总结__docx=word(TEXT), 说明__txt=TEXT.encode("gb18030")))
    assert list(found) == ["邮件正文.txt", "青石镇总结.docx", "说明.txt"]
    assert found["邮件正文.txt"].decode().strip() == "附件请查收。"
    assert load_report("青石镇总结.docx", found["青石镇总结.docx"]).text == TEXT


def test_the_page_of_a_mail_goes_before_its_plain_text_for_its_tables() -> None:
    found = members(mail("附件请查收。", TABLE))
    assert list(found) == ["邮件正文.html"]
    assert "税收收入 | 5200万元" in load_report("邮件正文.html", found["邮件正文.html"]).text


def test_a_mail_and_a_zip_in_a_mail_are_taken_apart_and_read() -> None:
    inner = mail(里面__txt=TEXT.encode())
    found = read_guarded("报送.eml", mail(转发__eml=inner))
    assert [name for name, _ in found] == ["邮件正文.txt", "邮件正文.txt", "里面.txt"]
    findings = found[-1][1]
    assert not isinstance(findings, str)
    assert [str(record.value) for record in findings.records] == ["1.2"]


def test_names_lose_their_folders_and_too_many_parts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    content = mail(一__txt=TEXT.encode(), 二__txt=TEXT.encode())
    evil = content.replace("一.txt".encode(), b"x")
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "a@example.invalid", "b@example.invalid"
    message.set_content("x")
    message.add_attachment(TEXT.encode(), "text", "plain", filename="../../etc/逃.txt")
    assert list(members(message.as_bytes()))[-1] == "逃.txt"
    monkeypatch.setenv("TOWN_PROGRESS_MEMBERS", "2")
    with pytest.raises(ReportError, match="2 个的上限"):
        members(evil)


def test_an_empty_mail_says_so_and_a_broken_one_is_read_as_far_as_it_goes() -> None:
    bare = b"From: a@example.invalid\r\nTo: b@example.invalid\r\nSubject: x\r\n\r\n"
    with pytest.raises(ReportError, match="没有文件"):
        members(bare)
    content = mail(青石镇总结__txt=TEXT.encode())
    assert list(members(content[: len(content) * 9 // 10])) == ["邮件正文.txt", "青石镇总结.txt"]
    for tenth in range(1, 10):
        with suppress(ReportError):
            assert all(members(content[: len(content) * tenth // 10]))


def test_what_only_looks_like_a_mail_is_none() -> None:
    page = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    )
    assert find_kind("a.mht", page) == "mhtml"
    assert find_kind("a.txt", f"From: 青石镇\nTo: 县政府办\n{TEXT}".encode()) == kinds.MAIL
    assert find_kind("a.txt", f"指标: 工业投资\n单位: 亿元\n{TEXT}".encode()) == "text"
