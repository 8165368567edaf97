"""Zips of reports, and mails: each file in them on its own, under limits of size, number and depth.

Nothing is written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError

from extract.models import ReportError
from extract.readers.kinds import BROKEN_ZIP, BUNDLES, MAIL, ZIP_ERRORS, find_kind
from extract.readers.limits import limits
from extract.readers.mails import parts

LOCKED = "这个 ZIP 压缩包设了密码，打不开。请解压后再上传里面的报告。"
EMPTY = "这个压缩包或邮件里没有文件。"
BROKEN_MAIL = "这封邮件（.eml）已损坏，打不开。请在邮箱里打开它，把附件另存后上传。"
TOO_MANY_PARTS = "这封邮件的附件超过了 {limit} 个的上限。请把报告另存后分几次上传。"
TOO_MANY = "这个 ZIP 压缩包里有 {count} 个文件，超过了 {limit} 个的上限。请分成几个压缩包上传。"
TOO_LARGE = "这个 ZIP 压缩包解压后超过 {limit} MB 的上限，没有读取。请分成几个压缩包，或去掉图片和附件。"
TOO_DEEP = "这个压缩包里的压缩包套了超过 {limit} 层，没有读取。请解压后再上传。"

UTF8_NAMES = 0x800  # the flag of a member whose name is in UTF-8
SKIPPED = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\.[^./])")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 120
_PART = re.compile(rb"^--", re.M)
LOOSE = 20  # times the files that are read: lines that may part a mail before it is taken apart; a text has some too


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a zip: its own name without folders, and its bytes; or why it could not be taken out."""

    name: str
    content: bytes = b""
    problem: str = ""


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked, over all depths."""

    bytes_left: int
    members_left: int


def is_bundle(name: str, content: bytes) -> bool:
    """Whether the bytes are a zip of other files, and no document that is a zip inside; or a mail."""
    try:
        return find_kind(name, content) in BUNDLES
    except ReportError:
        return False


def members(name: str, content: bytes) -> list[Member]:
    """The files of a zip or a mail, those of zips inside it too.

    Raises ReportError for one that is broken, locked or too large. A member that is damaged is told by
    its ``problem`` and the others are given.
    """
    budget = _Budget(limits().unpacked_mb * 1024**2, limits().members)
    found = list(_members(name, content, budget, 1))
    if not found:
        raise ReportError(EMPTY)
    return found


def _members(name: str, content: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    if depth > limits().depth:
        raise ReportError(TOO_DEEP.format(limit=limits().depth))
    if find_kind(name, content) == MAIL:
        yield from _mailed(content, budget, depth)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not SKIPPED.search(_decoded(info))]
            _check(infos, budget)
            for info in infos:
                yield from _member(archive, info, budget, depth)
    except ZIP_ERRORS as error:
        raise ReportError(BROKEN_ZIP) from error


def _check(infos: list[zipfile.ZipInfo], budget: _Budget) -> None:
    """Raises ReportError before anything is unpacked that would be too much."""
    if len(infos) > budget.members_left:
        raise ReportError(TOO_MANY.format(count=len(infos), limit=limits().members))
    if sum(info.file_size for info in infos) > budget.bytes_left:
        raise ReportError(TOO_LARGE.format(limit=limits().unpacked_mb))
    if any(info.flag_bits & 1 for info in infos):
        raise ReportError(LOCKED)
    budget.members_left -= len(infos)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget, depth: int) -> Iterator[Member]:
    name = plain_name(_decoded(info))
    try:
        with archive.open(info) as stream:
            content = stream.read(budget.bytes_left + 1)
    except ZIP_ERRORS:
        yield Member(name, problem=BROKEN_ZIP)
        return
    if len(content) > budget.bytes_left:
        raise ReportError(TOO_LARGE.format(limit=limits().unpacked_mb))
    budget.bytes_left -= len(content)
    if is_bundle(name, content):
        yield from _members(name, content, budget, depth + 1)
    else:
        yield Member(name, content)


def _mailed(content: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    too_many = ReportError(TOO_MANY_PARTS.format(limit=limits().members))
    if len(_PART.findall(content)) > LOOSE * limits().members:
        raise too_many
    try:
        found = list(parts(content))
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise ReportError(BROKEN_MAIL) from error
    for given, part in found:
        name = plain_name(given)
        budget.members_left -= 1
        if budget.members_left < 0:
            raise too_many
        if is_bundle(name, part):
            yield from _members(name, part, budget, depth + 1)
        elif part.strip():
            yield Member(name, part)


def _decoded(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows in China writes GB18030 without saying so."""
    if info.flag_bits & UTF8_NAMES:
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def plain_name(name: str) -> str:
    """The last part of a path without control signs, at most 120 characters: ../../a.txt is a.txt."""
    last = _CONTROLS.sub("", re.split(r"[/\\]", name)[-1]).strip(" .")
    if len(last) > LONGEST_NAME:
        stem, dot, suffix = last.rpartition(".")
        last = f"{stem[: LONGEST_NAME - 10]}{dot}{suffix[:9]}" if dot else last[:LONGEST_NAME]
    return last or "未命名"
