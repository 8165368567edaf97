"""Documents that are a zip inside: how much they unpack to, whether they carry macros, the XML in them."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from extract.models import ReportError
from extract.readers.limits import limits

TOO_LARGE = "这个文件解压后有 {size:.0f} MB，超过了 {limit} MB 的上限，不像正常的报告，没有读取。请另存后再上传。"
LOCKED = "这个文件设了密码，读不出内容。请去掉密码另存后再上传。"


def check_unpacked(content: bytes) -> bool:
    """Whether the package carries macros; raises ReportError for one that is locked or unpacks to too much."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = archive.infolist()
    size = sum(info.file_size for info in infos)
    if size > limits().unpacked_mb * 1024**2:
        raise ReportError(TOO_LARGE.format(size=size / 1024**2, limit=limits().unpacked_mb))
    if any(info.flag_bits & 1 for info in infos):
        raise ReportError(LOCKED)
    return any(info.filename.endswith("vbaProject.bin") for info in infos)


def parsed(content: bytes, broken: str) -> etree._Element:
    """The root of a member's XML, nothing outside it asked for; raises ReportError(``broken``) where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        raise ReportError(broken) from error
