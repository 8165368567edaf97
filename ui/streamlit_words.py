"""Streamlit's own English words in Chinese: a table, and the script that puts them on the page.

Streamlit has no setting for its language. The script tells the browser that the page is Chinese and renames
what the table knows, wherever Streamlit writes it; anything else, also every word of a report, stays as it is.
"""

from __future__ import annotations

import json

import streamlit as st

WORDS: dict[str, str] = {
    "Skip to main content": "跳到正文",
    "Page not found": "没有这个页面",
    "The page that you have requested does not seem to exist. Running the app's main page.": "已打开起始页。",
    "Connection error": "连接断开",
    "Connecting": "正在连接",
    "Connecting to Streamlit server": "正在连接服务器",
    "Unable to connect to Streamlit server": "连不上服务器",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有回应，请检查网络。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "看板程序可能已停止，请重新启动："
    ),
    "streamlit run yourscript.py": "python3 run.py",
    "Running...": "正在计算",
    "Close": "关闭",
    "Open": "展开",
    "Stop": "停止",
    "Error:": "错误：",
    "Upload": "选择文件",
    "file upload": "选择文件",
    "Add files": "再选文件",
    "add icon": "增加",
    "No results": "没有符合的选项",
    "Select all": "全选",
    "Clear all": "全部清除",
    "No data": "没有数据",
    "Selectbox options": "选项",
    "Clear value": "清除",
    "Choose an option": "请选择",
    "Choose or add an option": "选择或输入",
    "Choose date": "选择日期",
    "Next month": "下个月",
    "Previous month": "上个月",
    "Increment": "加",
    "Decrement": "减",
    "Dismiss": "关闭",
    "Fullscreen": "全屏",
    "Search": "查找",
    "Show/hide columns": "显示或隐藏列",
    "Press Enter to apply": "按回车生效",
    "Press Enter to submit form": "按回车提交",
    "yyyy": "年",
    "mm": "月",
    "dd": "日",
    "Clear selection": "清除选择",
    "Dataframe column menu": "本列菜单",
    "Sort ascending": "升序排列",
    "Sort descending": "降序排列",
    "Autosize": "自动列宽",
    "Autosize column": "自动列宽",
    "Pin column": "固定本列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏本列",
    "Copy column name": "复制列名",
    "Format": "数字格式",
    "Statistics": "统计",
    "Column statistics": "本列统计",
    "Based on sample": "按抽样计算",
    "Automatic": "自动",
    "Localized": "本地格式",
    "Plain": "不带分隔符",
    "Compact": "缩写",
    "Dollar": "美元",
    "Euro": "欧元",
    "Yen": "日元",
    "Percent": "百分数",
    "Scientific": "科学计数",
    "Accounting": "会计格式",
    "Values": "有值",
    "Empty": "空值",
    "Distinct": "不同值",
    "Minimum": "最小",
    "Maximum": "最大",
    "Average": "平均",
    "Median": "中位数",
    "Sum": "合计",
    "Range": "范围",
    "Standard deviation": "标准差",
    "Minimum length": "最短",
    "Maximum length": "最长",
    "Average length": "平均长度",
}

# Regular expression of the browser -> what stands in its place.
PATTERNS: tuple[tuple[str, str], ...] = (
    (r"^File must be ([\d.]+) ?MB or smaller\.$", "文件超过 $1 MB，没有上传。"),
    (r"^(\d+)MB per file$", "每份不超过 $1 MB"),
    (r"^Remove (.+)$", "移除 $1"),
    (r"^Shortcut (.+)$", "快捷键 $1"),
    (r"^Add: (.+)$", "增加：$1"),
    (r"^Help for (.+)$", "$1的说明"),
    (r"^Fullscreen: (.+)$", "全屏：$1"),
    (r"^Search: (.+)$", "查找：$1"),
    (r"^Show/hide columns: (.+)$", "显示或隐藏列：$1"),
    (r"^Choose date, (.+)$", "选择日期，$1"),
    (r"^year, (.+)$", "$1，年"),
    (r"^month, (.+)$", "$1，月"),
    (r"^day, (.+)$", "$1，日"),
    (r"^(\d+) options? available\.$", "$1 个选项"),
    (r"^You have requested page /(.*?), but no corresponding file was found.*$", "没有页面 $1，已打开起始页。"),
)

SCRIPT = """
<script>
(() => {
  document.documentElement.lang = "zh-CN";
  if (window.streamlitWordsMended) return;
  window.streamlitWordsMended = true;
  const words = new Map(Object.entries(%s));
  const patterns = %s.map(([from, to]) => [new RegExp(from), to]);
  const attributes = ["aria-label", "title", "placeholder"];
  const chinese = (text) => {
    const known = words.get(text.trim());
    if (known) return known;
    const rule = patterns.find(([from]) => from.test(text));
    return rule ? text.replace(rule[0], rule[1]) : null;
  };
  const mendText = (node) => {
    const found = node.nodeValue && !node.parentElement?.closest("[data-testid=stIconMaterial], [translate=no]")
      && chinese(node.nodeValue);
    if (found) node.nodeValue = found;
  };
  const mendElement = (element) => {
    for (const name of attributes) {
      const text = element.getAttribute(name);
      const found = text && chinese(text);
      if (found) element.setAttribute(name, found);
    }
  };
  const mend = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return mendText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    mendElement(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      node.nodeType === Node.TEXT_NODE ? mendText(node) : mendElement(node);
    }
  };
  mend(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") mendText(change.target);
      else change.addedNodes.forEach(mend);
    }
  }).observe(document.body, {childList: true, characterData: true, subtree: true});
})();
</script>
"""


def script() -> str:
    """The script with the tables in it, as one ``<script>`` element."""
    return SCRIPT % tuple(json.dumps(table, ensure_ascii=False) for table in (WORDS, PATTERNS))


def speak_chinese() -> None:
    """Put the script on the page; the browser runs it once for each opened page."""
    st.html(script(), unsafe_allow_javascript=True)
