"""Web pages: the whole article, its title and day; nothing of the page around it."""

from __future__ import annotations

import pytest

from extract.models import Document, ReportError
from extract.readers import load_report
from extract.readers.decoding import MISDECLARED
from extract.readers.markup import ODD_PAGE

ARTICLE = [
    "上半年,柳溪镇完成固定资产投资3.25亿元,占年度计划的54.2%,同比增长8.6%。",
    "一、工业经济",
    "规模以上工业总产值12.4亿元,增长9.1%;工业用电量同步增长。",
    "(一)主要做法",
    "下半年,全镇将继续推进重点项目建设,确保完成全年目标任务。",
]
NAVIGATION = [
    "首页",
    "政务公开",
    "办事服务",
    "青石镇召开项目推进会",
    "杏坞乡上半年税收增长",
    "版权所有",
    "ICP备",
    "分享到",
]

DIV_PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>柳溪镇上半年经济平稳_示例县人民政府</title>
<meta name="PubDate" content="2021-07-09 10:20"><style>p{{color:red}}</style>
<script>var a = "第一行<p>假正文</p>";</script></head>
<body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li>
<li><a href="/a">政务公开</a></li></ul></div>
<div class="breadcrumb">当前位置:<a href="/">首页</a> &gt; <a href="/x">镇街动态</a></div>
<div class="main"><div class="left"><h1>柳溪镇上半年经济平稳</h1>
<div class="info"><span>发布日期:2021-07-08</span> <span>来源:柳溪镇</span>
<a href="#">分享到</a> 【打印】 【关闭】</div>
<div class="content">
<p>上半年,柳溪镇完成固定资产投资<b>3.25</b>亿元,占年度计划的54.2%,
同比增长8.6%。</p><h2>一、工业经济</h2>
<p>规模以上工业总产值12.4亿元,增长9.1%;工业用电量同步&#22686;&#38271;。</p>
<p>(一)主要做法</p>
<table border="1"><caption>主要指标</caption>
<tr><th rowspan="2">指标</th><th colspan="2">1&mdash;6月</th></tr>
<tr><th>累计</th><th>增长(%)</th></tr><tr><td>税收<br>收入</td><td>4120</td><td>5.5</td></tr></table>
<p>下半年,全镇将继续推进重点项目建设,确保完成全年目标任务。</p></div>
<div class="related"><h3>相关新闻</h3>
<ul><li><a href="1">青石镇召开项目推进会</a></li>
<li><a href="2">杏坞乡上半年税收增长</a></li></ul></div>
</div>
<div class="right"><h3>热点</h3><a href="3">办事服务</a><br><a href="4">青石镇召开项目推进会</a></div></div>
<div class="footer">版权所有:示例县人民政府 示例ICP备12345678号</div></body></html>"""

TABLE_PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>示例县政府网</title></head><body><table width="980"><tr><td><a href="/">首页</a> | <a href="/a">政务公开</a> |
<a href="/b">办事服务</a></td></tr></table>
<table><tr><td width="200"><a href="1">青石镇召开项目推进会</a><br>
<a href="2">杏坞乡上半年税收增长</a></td>
<td><table><tr><td align="center"><font size="5">柳溪镇上半年经济平稳</font></td></tr>
<tr><td>来源:柳溪镇 日期:2021年7月8日 点击数:35</td></tr>
<tr><td><p>&nbsp;&nbsp;上半年,柳溪镇完成固定资产投资3.25亿元,占年度计划的54.2%,同比增长8.6%。</p>
<p>一、工业经济</p>
<p>规模以上工业总产值12.4亿元,增长9.1%;工业用电量同步增长。<br>(一)主要做法<br>
下半年,全镇将继续推进重点项目建设,确保完成全年目标任务。</p></td></tr></table></td></tr></table>
<table><tr><td>版权所有 示例县人民政府 ICP备12345678号</td></tr></table></body></html>"""


def read(page: str, encoding: str = "utf-8") -> Document:
    return load_report("页面.html", page.encode(encoding))


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "utf-8-sig")])
def test_the_article_of_a_page_of_divs(charset: str, encoding: str) -> None:
    document = read(DIV_PAGE.format(charset=charset), encoding)
    lines = document.text.split("\n")
    assert lines[0] == "柳溪镇上半年经济平稳"
    assert lines[1].startswith("发布日期:2021-07-08 来源:柳溪镇 ")
    assert [line for line in lines if line in ARTICLE] == ARTICLE
    assert document.text.count("柳溪镇上半年经济平稳") == 1
    assert document.title == "柳溪镇上半年经济平稳"
    assert document.date == "2021-07-09"
    assert document.flags == ()
    assert not [word for word in NAVIGATION if word in "\n".join(lines[2:])]
    assert lines[-1] == ARTICLE[-1]
    assert "假正文" not in document.text


def test_a_table_in_the_article_becomes_rows_with_merged_cells_repeated() -> None:
    lines = read(DIV_PAGE.format(charset="utf-8")).text.split("\n")
    start = lines.index("主要指标")
    assert lines[start + 1 : start + 4] == ["指标 | 1—6月 | 1—6月", "指标 | 累计 | 增长(%)", "税收 收入 | 4120 | 5.5"]


def test_the_article_of_a_page_laid_out_by_tables() -> None:
    document = read(TABLE_PAGE, "gb18030")
    lines = [line.strip() for line in document.text.split("\n")]
    assert [line for line in lines if line in ARTICLE] == ARTICLE
    assert lines[0] == document.title == "柳溪镇上半年经济平稳"
    assert document.date == "2021-07-08"
    assert not [word for word in ("办事服务", "青石镇召开项目推进会", "ICP备", "版权所有") if word in document.text]
    assert " | " not in document.text


def test_a_page_that_lies_about_its_encoding_is_read_and_flagged() -> None:
    document = read(DIV_PAGE.format(charset="gb2312"), "utf-8")
    assert "占年度计划的54.2%" in document.text
    assert document.flags == (MISDECLARED,)


def test_a_short_bulletin_keeps_every_line() -> None:
    body = "".join(
        f"<p>{line}</p>" for line in ["柳溪镇情况通报", "税收 3200万元", "用电量增长5%", "柳溪镇党政办", "2021年7月8日"]
    )
    assert read(f"<html><body>{body}</body></html>").text.split("\n") == [
        "柳溪镇情况通报",
        "税收 3200万元",
        "用电量增长5%",
        "柳溪镇党政办",
        "2021年7月8日",
    ]


def test_list_items_that_begin_like_buttons_stay() -> None:
    items = ["关闭砖瓦窑3座", "打印制度汇编200册", "中小企业新增12家", "返回原籍就业350人"]
    listed = "".join(f"<li>{item}</li>" for item in items)
    page = f"<html><body><div><p>{ARTICLE[0]}</p><ul>{listed}</ul></div></body></html>"
    assert read(page).text.split("\n") == [ARTICLE[0], *items]


def test_paragraphs_in_boxes_of_their_own_stay_together() -> None:
    boxes = "".join(f"<div><p>{line}</p></div>" for line in [ARTICLE[0] * 12, *ARTICLE[1:]])
    assert read(f"<html><body><div>{boxes}</div></body></html>").text.split("\n")[1:] == ARTICLE[1:]


def test_line_breaks_of_the_source_are_none_in_chinese_but_pre_keeps_them() -> None:
    page = f"<html><body><p>全镇经济运\n  行平稳,{ARTICLE[0]}</p><pre>税收 3200\n用电 4100</pre></body></html>"
    assert read(page).text.split("\n") == [f"全镇经济运行平稳,{ARTICLE[0]}", "税收 3200", "用电 4100"]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布时间:2022-03-05 09:10", "2022-03-05"),
        ("【发布日期】 2022/3/5", None),
        ("发布日期：2022年3月5日", "2022-03-05"),
        ("来源:柳溪镇 2022.03.05", "2022-03-05"),
        ("发布日期:2022-02-30", None),
        ("上半年情况", None),
    ],
)
def test_the_visible_day(line: str, day: str | None) -> None:
    assert read(f"<html><body><h1>柳溪镇情况通报</h1><p>{line}</p><p>{ARTICLE[0]}</p></body></html>").date == day


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>空</title></head><body></body></html>",
        "<html><body><script>document.write('上半年完成5%')</script></body></html>",
        "<html><frameset><frame src='a.htm'></frameset></html>",
        "<!DOCTYPE html>",
    ],
)
def test_a_page_without_text_says_so(page: str) -> None:
    with pytest.raises(ReportError, match="网页里没有正文"):
        read(page)


@pytest.mark.parametrize("tag", ["div", "ul", "table", "aside", "form"])
def test_a_page_nested_without_end_is_refused(tag: str) -> None:
    with pytest.raises(ReportError) as caught:
        read("<html>" + f"<{tag}>" * 5000 + ARTICLE[0])
    assert str(caught.value) == ODD_PAGE


def test_unclosed_style_tags_are_not_repeated_in_every_paragraph() -> None:
    tags = "".join(f"<font color={number}>" for number in range(2000))
    assert len(read(f"<html><p>{tags}" + f"<p>{ARTICLE[0]}" * 500).text) == (len(ARTICLE[0]) + 1) * 500 - 1


def test_spans_of_any_size_are_cut_to_a_table_that_a_person_reads() -> None:
    rows = "".join(f"<tr><td rowspan=99999 colspan=99999>甲{n}</td><td>乙</td></tr>" for n in range(50))
    assert max(len(line) for line in read(f"<html><table>{rows}</table></html>").text.split("\n")) < 400
