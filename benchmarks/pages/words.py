"""Words in Latin letters that a page shows or tells a screen reader, and that are no name of a format."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.sync_api import Page

# What stands in Latin letters in Chinese official writing, and what is no word.
FORMATS = frozenset(
    ("csv", "docx", "eml", "excel", "html", "ocr", "odt", "ofd", "pdf", "postgresql", "rtf", "sqlite", "txt", "utf",
     "word", "wps", "xls", "xlsx", "zip")
)  # fmt: skip
UNITS = frozenset(("bom", "gdp", "kwh", "mb", "pm", "utc", "a", "v", "mit", "python"))
KEYS = frozenset(("alt", "ctrl", "enter", "tab", "q", "w", "x", "z"))
# How a table tells a ticked or empty box to a screen reader; Streamlit's own.
TICKS = frozenset(("true", "false"))
ALLOWED = FORMATS | UNITS | KEYS | TICKS
FILE_NAME = re.compile(r"\S+\.(?:txt|docx?|wps|pdf|xlsx?|csv|html?|mht|zip|rtf|odt|jpe?g|png|py|db)\b", re.IGNORECASE)
ADDRESS = re.compile(r"\b\w+://\S+|`[^`]*`")
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")

# What is seen, what tables tell instead of their drawing, and what is read out: names, hints, descriptions.
TEXTS = """() => {
  const texts = [];
  const icon = '[data-testid="stIconMaterial"], [translate="no"], script, style, noscript, code';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(icon) || !(element.checkVisibility() || element.closest('canvas'))) continue;
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.nodeValue);
    else for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription'])
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
  }
  return [...new Set(texts.map(text => text.trim()).filter(text => /[A-Za-z]/.test(text)))];
}"""


def foreign(page: Page) -> list[str]:
    """``Choose in: Choose an option`` for every word in Latin letters that is not allowed; nothing on a good page."""
    return list(strangers(page.evaluate(TEXTS)))


def strangers(texts: Iterable[str]) -> Iterable[str]:
    """The words of these texts that are not allowed, each with its text; names of files and addresses are none."""
    for text in texts:
        rest = ADDRESS.sub("", FILE_NAME.sub("", text))
        for word in WORD.findall(rest):
            if word.lower() not in ALLOWED:
                yield f"{word} in: {text[:80]}"
