"""Automatic paragraph numbers of Word: 一、 (一) 1. ① and so on, which stand in no text of the file.

``Numbering`` reads numbering.xml and the numbers that styles carry, and counts paragraphs as Word does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
MAX_NUMBER = 9999
MAX_LEVELS = 9
MAX_STYLE_CHAIN = 20


def local(element: etree._Element) -> str:
    """The tag without its namespace (transitional and strict documents differ in it); "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant by this path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def integer(text: str | None, default: int = 0) -> int:
    """A small number of the file; ``default`` where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default


def chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """12 -> 十二, 20 -> 二十, 105 -> 一百〇五; 1 to 9999."""
    parts: list[str] = []
    for power, digit in enumerate(map(int, reversed(str(number)))):
        unit = units[power - 1] if power and digit else ""
        parts.append(digits[digit] + unit)
    text = "".join(reversed(parts)).rstrip(digits[0])
    while digits[0] * 2 in text:
        text = text.replace(digits[0] * 2, digits[0])
    leading = digits[1] + units[0]
    return text[1:] if text.startswith(leading) and number < 20 else text


def letters(number: int) -> str:
    """1 -> a, 27 -> aa, as Word repeats letters."""
    repeat, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(repeat + 1, 9)


def roman(number: int) -> str:
    """4 -> iv."""
    text = ""
    for amount, sign in ROMAN:
        count, number = divmod(number, amount)
        text += sign * count
    return text


def circled(number: int) -> str:
    """1 -> ①; plain digits above 20."""
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "chineseLegalSimplified": lambda number: chinese(number, LEGAL_DIGITS, "拾佰仟"),
    "ideographDigital": lambda number: "".join(DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": lambda number: STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: BRANCHES[(number - 1) % 12],
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
}
NO_SPACE_AFTER = ("、", "）", ")", "：", "．", "章", "节", "条")


@dataclass(slots=True)
class Level:
    """One level of a list: its format (``chineseCounting``), its template (``（%1）``) and where it starts."""

    form: str = "decimal"
    template: str = ""
    start: int = 1
    plain_digits: bool = False


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    default_style: str | None = None
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, properties: etree._Element | None) -> str:
        """What Word prints before the paragraph with these properties (``一、``); "" for none."""
        number_id, level = self._of_paragraph(properties)
        if number_id is None or number_id not in self.lists:
            return ""
        group, levels = self.lists[number_id]
        form = levels.get(level)
        if form is None:
            return ""
        counts = self._count(number_id, group, levels, level)
        return "• " if form.form == "bullet" else _printed(form, levels, counts)

    def _of_paragraph(self, properties: etree._Element | None) -> tuple[str | None, int]:
        own = child(properties, "numPr")
        style = value(child(properties, "pStyle")) or self.default_style
        style_id, style_level = self.styles.get(style or "", (None, None))
        number_id = value(child(own, "numId")) or style_id
        stated = value(child(own, "ilvl"))
        level = integer(stated) if stated is not None else style_level or 0
        return number_id, min(level, MAX_LEVELS - 1)

    def _count(self, number_id: str, group: str, levels: dict[int, Level], level: int) -> dict[int, int]:
        counts = self.counters.setdefault(group, {})
        restart = self.restarts.get((number_id, level))
        if restart is not None and (number_id, level) not in self.begun:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        self.begun.add((number_id, level))
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return counts


def _printed(form: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    text = form.template
    for index in range(MAX_LEVELS):
        if f"%{index + 1}" in text:
            shown = levels.get(index, Level())
            number = max(0, min(counts.get(index, shown.start), MAX_NUMBER))
            kind = "decimal" if form.plain_digits else shown.form
            text = text.replace(f"%{index + 1}", FORMATS.get(kind, str)(number) if number else "0")
    text = text.strip()
    return text if not text or text.endswith(NO_SPACE_AFTER) else f"{text} "


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of numbering.xml and the styles that use them; either part may be missing."""
    result = Numbering()
    named = {value(item, "styleId") or "": item for item in _items(styles, "style")}
    for name, style in named.items():
        result.styles[name] = _style_numbers(style, named)
        if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true"):
            result.default_style = name
    abstract = {value(item, "abstractNumId"): item for item in _items(numbering, "abstractNum")}
    for item in _items(numbering, "num"):
        _add_list(result, item, abstract)
    return result


def _items(parent: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if parent is None else [item for item in parent if local(item) == name]


def _style_numbers(style: etree._Element, named: dict[str, etree._Element]) -> tuple[str | None, int | None]:
    """List and level that a style gives its paragraphs, its own or those of the style it is based on."""
    number_id = level = None
    current: etree._Element | None = style
    for _ in range(MAX_STYLE_CHAIN):
        if current is None:
            break
        numbers = child(current, "pPr", "numPr")
        number_id = number_id or value(child(numbers, "numId"))
        level = level or value(child(numbers, "ilvl"))
        current = named.get(value(child(current, "basedOn")) or "")
    return number_id, integer(level) if level is not None else None


def _add_list(result: Numbering, item: etree._Element, abstract: dict[str | None, etree._Element]) -> None:
    number_id, group = value(item, "numId"), value(child(item, "abstractNumId"))
    if number_id is None or group is None or group not in abstract:
        return
    levels = _levels(abstract[group])
    for override in _items(item, "lvlOverride"):
        levels.update(_levels(override))
        start = value(child(override, "startOverride"))
        if start is not None:
            result.restarts[number_id, integer(value(override, "ilvl"))] = integer(start, 1)
    result.lists[number_id] = (group, levels)


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {integer(value(item, "ilvl")): _level(item) for item in _items(parent, "lvl")}


def _level(item: etree._Element) -> Level:
    return Level(
        form=value(child(item, "numFmt")) or "decimal",
        template=value(child(item, "lvlText")) or "",
        start=integer(value(child(item, "start")), 0),
        plain_digits=child(item, "isLgl") is not None,
    )
