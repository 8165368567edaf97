"""HTML pages: the article by the density of its text, its title and its day; navigation and link lists left out.

The article is the deepest element that holds nearly all sentences of the page. Inside it, link lists,
breadcrumbs and the site's own lines go; tables become rows ``cell | cell | cell``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser

from extract.models import Document, ReportError
from extract.readers.decoding import decode
from extract.readers.markup import Element, Line, Markup, parse_markup, read_markup
from extract.readers.repair import repair

NO_TEXT = "这个网页里没有正文（可能由脚本显示或只有图片）。请在浏览器里打开它，复制正文存为文本，或直接粘贴文字。"

CONTAINERS = frozenset(
    {"html", "body", "main", "section", "article", "header", "div", "center", "form", "fieldset", "td"}
)
ARTICLE_SHARE = 0.9  # of the page's sentences that the article's element holds
NOISE_SHARE = 0.3  # an element with more of the sentences is never thrown away by its name
LINKED = 0.6  # a line or list with a larger share of links is navigation

DATE_METAS = (
    "pubdate",
    "publishdate",
    "publish_date",
    "article:published_time",
    "og:release_date",
    "publication_date",
    "dc.date",
)
TITLE_METAS = ("articletitle", "og:title")

# Words in an element's class or id that tell what it is for; as the beginning of a word, then as a whole word.
NOISE_BEGINNINGS = ("nav", "menu", "bread", "foot", "side", "related", "share", "comment", "hot", "recommend", "friend")
NOISE_WORDS = ("crumb", "crumbs", "copyright", "toolbar", "page", "pager", "pagination", "link", "links", "login")
MORE_NOISE_WORDS = ("search", "searchbox", "banner", "topbar", "location", "position", "weizhi", "dqwz", "fenxiang")
# What the site's own lines begin with, and the words that make up its lines of buttons.
SITE_STARTS = (
    *("当前位置", "当前的位置", "您现在的位置", "您的位置", "您所在的位置", "您当前的位置", "你的位置", "所在位置"),
    *(
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "上一页",
        "下一页",
        "相关链接",
        "相关阅读",
        "相关新闻",
        "相关文章",
        "相关稿件",
    ),
    *("延伸阅读", "责任编辑", "责编", "浏览次数", "点击数", "阅读次数", "版权所有", "Copyright", "©", "网站标识码"),
)
BUTTONS = (
    *(
        "打印",
        "关闭",
        "分享",
        "收藏",
        "返回",
        "顶部",
        "字号",
        "字体",
        "大小",
        "大",
        "中",
        "小",
        "本页",
        "本文",
        "窗口",
        "页面",
    ),
    *("到", "至", "扫一扫", "在手机打开当前页", "微信", "微博", "空间", "首页", "首 页", "默认", "超大", "朗读"),
)
_NOISE_NAME = re.compile(
    rf"(?:^|[\s_-])(?:(?:{'|'.join(NOISE_BEGINNINGS)})\w*|{'|'.join((*NOISE_WORDS, *MORE_NOISE_WORDS))})(?=[\s_-]|$)",
    re.I,
)
_SITE_LINE = re.compile(rf"[\s\[【]*(?:{'|'.join(SITE_STARTS)})", re.I)
_BUTTON_LINE = re.compile(rf"(?:{'|'.join(BUTTONS)}|[\s\[\]【】()（）:：|>,、])+")
_RECORD_NUMBER = re.compile(r"ICP备|公网安备|网站标识码")
_SENTENCE = re.compile(r"[。，；,;！？]")
_FULL_STOP = re.compile(r"[。；;]")
_KEPT = re.compile(r"[。%％]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_DAY = r"((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})"
_DATE_LINE = re.compile(
    rf"(?:发布(?:日期|时间)|发文(?:日期|时间)|成文(?:日期|时间)|(?:日期|时间))\s*[:：]?\s*[\[【]?\s*{_DAY}"
)
_SOURCE = re.compile(r"(?:来源|信息来源|稿源)\s*[:：]")
_ANY_DAY = re.compile(_DAY)
_TITLE_TAIL = re.compile(r"\s*(?:[-_|–—]{1,2}|>>|»)\s*[^-_|–—»>]{0,40}$")
_SITE_NAME = re.compile(r"(?:网|网站|门户|门户网站|人民政府|政府)\s*$")
MAX_META_LINE, MAX_TITLE = 120, 60
LINES_ABOVE = 4


def read_web(name: str, content: bytes) -> Document:
    """The article of a page, title first; raises ReportError where there is none."""
    declared = _META_CHARSET.search(content[:4000])
    decoded = decode(content, declared[1].decode("ascii") if declared else None)
    tree = parse_markup(decoded.text)
    metas = _metas(tree)
    page = read_markup(tree)
    article, above = _article(page)
    if not article:
        raise ReportError(NO_TEXT)
    title = _title(tree, page, metas, [*article[:1], *reversed(above)])
    lines = _with_head(title, _meta_line(page.lines), [line.text for line in article])
    text, repairs = repair("\n".join(lines))
    flags = (*decoded.flags, *repairs)
    return Document(name=name, text=text, kind="html", title=title, date=_published(metas, page.lines), flags=flags)


def table_lines(html: str) -> list[str]:
    """The rows of a piece of HTML that holds a table."""
    return [line.text for line in read_markup(parse_markup(html)).lines]


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        key = attributes.get("name") or attributes.get("property") or ""
        found.setdefault(key.lower(), (attributes.get("content") or "").strip())
    return found


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums over the lines of a page: running text, all characters, linked characters."""

    weights: list[int]
    lengths: list[int]
    links: list[int]

    @classmethod
    def of(cls, lines: list[Line]) -> _Sums:
        return cls(
            weights=[0, *accumulate(map(_weight, lines))],
            lengths=[0, *accumulate(len(line.text) for line in lines)],
            links=[0, *accumulate(line.linked for line in lines)],
        )

    def holds(self, element: Element) -> int:
        return self.weights[element.end] - self.weights[element.start]

    def is_linked(self, element: Element) -> bool:
        links = self.links[element.end] - self.links[element.start]
        return links > LINKED * (self.lengths[element.end] - self.lengths[element.start])


def _article(page: Markup) -> tuple[list[Line], list[Line]]:
    """The lines of the article and the few that stand above it (a title may).

    Where nothing reads like an article, it is every line that is not the site's own.
    """
    sums = _Sums.of(page.lines)
    chosen = _container(page, sums)
    noise = [element for element in page.elements if element is not chosen and _is_noise(element, sums)]
    dropped = _covered(noise, len(page.lines))
    kept = [index for index, line in enumerate(page.lines) if not dropped[index] and not _is_noise_line(line)]
    inside = [index for index in kept if chosen.start <= index < chosen.end]
    above = [index for index in kept if index < chosen.start][-LINES_ABOVE:] if inside else []
    return [page.lines[index] for index in inside or kept], [page.lines[index] for index in above]


def _weight(line: Line) -> int:
    """Characters of running text in a line; none in a link, a label or a menu entry."""
    own = len(line.text) - line.linked
    if line.linked > LINKED * len(line.text) or _is_noise_line(line):
        return 0
    return own if line.row or own >= 30 or (own >= 10 and _SENTENCE.search(line.text)) else 0


def _container(page: Markup, sums: _Sums) -> Element:
    """The deepest container with ARTICLE_SHARE of the running text and more than one line of it."""
    best = Element("html", "", False, 0, len(page.lines))
    total = sums.weights[-1]
    several = sum(1 for line in page.lines if _weight(line)) > 1
    for element in page.elements if total else ():
        lone = several and element.end - element.start < 2
        if element.tag in CONTAINERS and sums.holds(element) >= ARTICLE_SHARE * total and not lone:
            best = element
    return best


def _is_noise(element: Element, sums: _Sums) -> bool:
    """A hidden or tell-tale named element with little of the text, or a list of links."""
    holds = sums.holds(element)
    if holds > NOISE_SHARE * sums.weights[-1]:
        return False
    if element.hidden or _NOISE_NAME.search(element.names):
        return True
    return element.tag in ("ul", "ol", "dl") and not holds and sums.is_linked(element)


def _covered(elements: Iterable[Element], count: int) -> list[bool]:
    """Which lines lie in one of the elements."""
    steps = [0] * (count + 1)
    for element in elements:
        steps[element.start] += 1
        steps[element.end] -= 1
    return [depth > 0 for depth in accumulate(steps)]


def _is_noise_line(line: Line) -> bool:
    """A link, a button or a line of the site's own; never a table row or a line with a full stop or a rate."""
    if line.row or _KEPT.search(line.text):
        return False
    if line.linked > LINKED * len(line.text):
        return True
    if len(line.text) > MAX_META_LINE:
        return False
    patterns = (_SITE_LINE.match, _BUTTON_LINE.fullmatch, _RECORD_NUMBER.search)
    return any(matches(line.text) for matches in patterns)


def _title(tree: LexborHTMLParser, page: Markup, metas: dict[str, str], near: list[Line]) -> str | None:
    """The title that the page gives its article: meta, the one h1, else the window's without the site's name, else
    a line ``near`` the article's beginning."""
    for key in TITLE_METAS:
        if metas.get(key):
            return _one_line(metas[key])
    covered = [
        page.lines[element.start : min(element.end, element.start + 3)]
        for element in page.elements
        if element.tag == "h1"
    ]
    headings = [_one_line("".join(line.text for line in lines)) for lines in covered]
    headings = [text for text in headings if len(text) > 3 and not _SITE_NAME.search(text)]
    if len(headings) == 1:
        return headings[0]
    window = tree.css_first("title")
    text = _one_line(window.text()) if window is not None else ""
    shorter = _TITLE_TAIL.sub("", text)
    named = (shorter if len(shorter) > 5 else text) or (headings[0] if headings else "")
    if named and not _SITE_NAME.search(named):
        return named
    return next((_one_line(line.text) for line in near if _reads_like_title(line)), named or None)


def _reads_like_title(line: Line) -> bool:
    return 5 < len(line.text) <= MAX_TITLE and not _FULL_STOP.search(line.text) and not _is_meta_line(line)


def _one_line(text: str) -> str:
    return repair(" ".join(text.split()))[0].strip()


def _meta_line(lines: list[Line]) -> str | None:
    """The visible line with the day and the source of the article."""
    return next((line.text for line in lines if _is_meta_line(line)), None)


def _is_meta_line(line: Line) -> bool:
    text = line.text
    if len(text) > MAX_META_LINE:
        return False
    return bool(_DATE_LINE.search(text) or (_SOURCE.search(text) and _ANY_DAY.search(text)))


def _with_head(title: str | None, meta_line: str | None, lines: list[str]) -> list[str]:
    """Title first, then the line with day and source, each once, then the article."""
    first = [text for text in (title, meta_line) if text]
    same = {_bare(text) for text in first}
    return [*first, *(text for index, text in enumerate(lines) if index > 6 or _bare(text) not in same)]


def _bare(text: str) -> str:
    return "".join(text.split())


def _published(metas: dict[str, str], lines: list[Line]) -> str | None:
    """ISO day of publication, from the head, else from a visible line."""
    stated = [metas[key] for key in DATE_METAS if metas.get(key)]
    visible = _meta_line(lines)
    for text in (*stated, visible or ""):
        found = _DATE_LINE.search(text) or _ANY_DAY.search(text)
        day = _iso_day(found) if found else None
        if day:
            return day
    return None


def _iso_day(found: re.Match[str]) -> str | None:
    """The day as 2023-07-05; None for a day that the calendar does not have (2月30日)."""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None
