"""Reports as text, web pages, Word files, PDFs: each maker takes a report's text and gives a file's name and bytes.

Layouts come from the random generator that is handed in: encodings, fonts, columns, running heads.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.formats.blocks import Block, blocks

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
CONVERT_SECONDS = 120

Maker = Callable[[str, Random], bytes]


def as_text(text: str, rng: Random) -> bytes:
    """Plain text in one of the encodings that offices use."""
    return text.encode(rng.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")))


def as_page(text: str, rng: Random) -> bytes:
    """A web page with a site's chrome around the article."""
    menu = "".join(f'<li><a href="#">{name}</a></li>' for name in ("首页", "政务公开", "办事服务", "互动交流"))
    more = "".join(f'<li><a href="#">{name}</a></li>' for name in ("某县召开会议", "某局开展检查", "通知公告一则"))
    body = "".join(_html(block) for block in blocks(text))
    charset = rng.choice(("utf-8", "gb18030"))
    page = (
        f'<html><head><meta charset="{charset}"><title>{escape(text.splitlines()[0])}-示例县人民政府网</title></head>'
        f'<body><div class="nav"><ul>{menu}</ul></div><div class="main"><div class="article">{body}</div>'
        f'<div class="related"><ul>{more}</ul></div></div><div class="footer">版权所有 示例县</div></body></html>'
    )
    return page.encode(charset)


def _html(block: Block) -> str:
    if block.kind == "table":
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
        return f"<table border=1>{rows}</table>"
    tag = "h1" if block.kind == "title" else "p"
    return f"<{tag}>{escape(block.text)}</{tag}>"


def as_saved_page(text: str, rng: Random) -> bytes:
    """A web page as one file (.mht), in quoted-printable or base64."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by a browser>"
    message["Subject"] = text.splitlines()[0]
    content = as_page(text, rng)
    transfer = rng.choice(("quoted-printable", "base64"))
    message.make_related()
    page = EmailMessage(policy=SMTP)
    page.set_content(content, "text", "html", cte=transfer)
    picture = EmailMessage(policy=SMTP)
    picture.set_content(b"GIF89a" + bytes(40), "image", "gif")
    message.attach(page)
    message.attach(picture)
    return message.as_bytes()


def as_mail(text: str, rng: Random) -> bytes:
    """A mail (.eml) with the report as its text, or attached to it as a Word file."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "报送员 <a@example.invalid>", "b@example.invalid"
    message["Subject"] = text.splitlines()[0]
    attached = rng.random() < 0.5
    message.set_content("附件请查收。" if attached else text, charset=rng.choice(("utf-8", "gb18030")))
    if attached:
        message.add_attachment(as_word(text, rng), "application", "octet-stream", filename="报告.docx")
    return message.as_bytes()


def as_word(text: str, rng: Random) -> bytes:
    """A .docx by python-docx: indented paragraphs, tables with borders, perhaps two columns and a running head."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = "WenQuanYi Micro Hei"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "WenQuanYi Micro Hei")
    style.font.size = Pt(rng.choice((10.5, 12, 16)))
    if rng.random() < 0.5:
        style.font.name = "Liberation Serif"
    style.paragraph_format.line_spacing = rng.choice((1.0, 1.5, 2.0, Pt(28)))
    style.paragraph_format.space_after = Pt(rng.choice((0, 6)))
    if rng.random() < 0.5:
        section = document.sections[0]
        section.header.paragraphs[0].text = "示例县镇街工作简报"
        _page_field(section.footer.paragraphs[0], OxmlElement, qn)
    two_columns = rng.random() < 0.2 and not any(block.kind == "table" for block in blocks(text))
    for block in blocks(text):
        if block.kind == "table":
            _word_table(document, block.rows)
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(block.text)
        if block.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size, run.bold = Pt(18), True
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = style.font.size * 2
    if two_columns:
        columns = OxmlElement("w:cols")
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "420")
        document.sections[0]._sectPr.append(columns)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page_field(paragraph: Any, element: Callable[[str], Any], qn: Callable[[str], str]) -> None:
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        part = element("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = "PAGE"
        run._r.append(part)


def _word_table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=True):
            cell.text = value


def office() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(content: bytes, suffix: str, target: str) -> bytes:
    """A file (``suffix`` .docx) in another format by LibreOffice (``target``: pdf, doc, odt, rtf)."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(content)
        command = [str(office()), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", target, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=CONVERT_SECONDS)
        return source.with_suffix(f".{target.split(':')[0]}").read_bytes()


def as_office(target: str) -> Maker:
    """A maker of what LibreOffice makes of the Word file."""
    return lambda text, rng: converted(as_word(text, rng), ".docx", target)


def as_printed_page(text: str, rng: Random) -> bytes:
    """The PDF that Chromium prints of a page without chrome, with its own head and foot."""
    from playwright.sync_api import sync_playwright

    body = "".join(_html(block) for block in blocks(text))
    size = rng.choice((12, 14, 16))
    page = (
        f'<html><head><meta charset="utf-8"><style>body{{font-size:{size}px;line-height:1.7}}p{{text-indent:2em;'
        f"text-align:justify}}table{{border-collapse:collapse}}</style></head><body>{body}</body></html>"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--disable-gpu"])
        shown = browser.new_page()
        shown.set_content(page)
        content: bytes = shown.pdf(
            format="A4",
            display_header_footer=True,
            header_template='<div style="font-size:8px;width:100%;text-align:center">示例县政府网</div>',
            footer_template='<div style="font-size:8px;margin-left:40px"><span class="pageNumber"></span>/'
            '<span class="totalPages"></span></div>',
            margin={"top": "60px", "bottom": "60px", "left": "60px", "right": "60px"},
        )
        browser.close()
    return content


def as_typeset(text: str, rng: Random) -> bytes:
    """A PDF by reportlab: one column or two, running head, page numbers, ruled tables."""
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    if "song" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("song", str(FONT), subfontIndex=0))
    size = rng.choice((10, 12, 15))
    count = rng.choice((1, 1, 2))
    plain = ParagraphStyle(
        "plain", fontName="song", fontSize=size, leading=size * 1.6, firstLineIndent=size * 2, wordWrap="CJK",
        alignment=TA_JUSTIFY,
    )  # fmt: skip
    title = ParagraphStyle("title", parent=plain, fontSize=18, leading=30, firstLineIndent=0, alignment=TA_CENTER)
    buffer = io.BytesIO()
    width, height = A4
    room = (width - 120 - 20 * (count - 1)) / count
    frames = [Frame(60 + index * (room + 20), 60, room, height - 130, 0, 0, 0, 0) for index in range(count)]
    document = BaseDocTemplate(buffer, pagesize=A4, title="")
    document.addPageTemplates(PageTemplate("page", frames, onPage=_page_marks))
    story = [
        _ruled(Table, block, size, room) if block.kind == "table"
        else Paragraph(escape(block.text), title if block.kind == "title" else plain)
        for block in blocks(text)
    ]  # fmt: skip
    document.build(story)
    return buffer.getvalue()


def _page_marks(canvas: Any, document: Any) -> None:
    canvas.setFont("song", 9)
    canvas.drawString(60, 800, "示例县经济运行简报")
    canvas.drawCentredString(297, 30, f"- {document.page} -")


def _ruled(table: Any, block: Block, size: int, room: float) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    small = min(size, room / len(block.rows[0]) / 7)
    columns = [room / len(block.rows[0])] * len(block.rows[0])
    cell = ParagraphStyle("cell", fontName="song", fontSize=small, leading=small * 1.3, wordWrap="CJK")
    rows = [[Paragraph(escape(text), cell) for text in row] for row in block.rows]
    drawn = table(rows, colWidths=columns, repeatRows=1)
    drawn.setStyle([("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))])
    return drawn
