"""Units as reports print them: 万元, 亿美元, 万亩, 千瓦时, 户, ‰. Pure, Decimal in and Decimal out.

A printed unit is a magnitude (万, 亿, 千, 百万 …) before a unit. Units of one kind share a base, so two
figures compare once both went through :func:`in_base`. A unit that no table knows is its own base:
3 万盆 is 30,000 盆.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from extract.text import fold


class Unit(NamedTuple):
    """A printed unit taken apart: magnitude × (numerator ÷ denominator) of ``base``; ``name`` is its own word."""

    magnitude: Decimal
    name: str
    numerator: int
    denominator: int
    base: str


# Magnitudes, longest first, so that 千万 is not read as 千.
MAGNITUDES: Final[tuple[tuple[str, Decimal], ...]] = (
    ("万亿", Decimal(10) ** 12),
    ("千亿", Decimal(10) ** 11),
    ("百亿", Decimal(10) ** 10),
    ("十亿", Decimal(10) ** 9),
    ("千万", Decimal(10) ** 7),
    ("百万", Decimal(10) ** 6),
    ("十万", Decimal(10) ** 5),
    ("亿", Decimal(10) ** 8),
    ("万", Decimal(10) ** 4),
    ("千", Decimal(10) ** 3),
    ("百", Decimal(10) ** 2),
    ("十", Decimal(10)),
)

# One row a base: base unit -> its other words, each worth numerator ÷ denominator of the base.
FAMILIES: Final[dict[str, dict[str, tuple[int, int]]]] = {
    "元": {"元人民币": (1, 1), "人民币": (1, 1), "人民币元": (1, 1), "块钱": (1, 1), "角": (1, 10), "分钱": (1, 100)},
    "美元": {"美金": (1, 1)},
    "港元": {"港币": (1, 1), "元港币": (1, 1)},
    "欧元": {},
    "日元": {},
    "平方米": {
        "平米": (1, 1),
        "㎡": (1, 1),
        "m²": (1, 1),
        "m2": (1, 1),
        "平方": (1, 1),
        "亩": (2000, 3),
        "公亩": (100, 1),
        "公顷": (10_000, 1),
        "平方公里": (1_000_000, 1),
        "平方千米": (1_000_000, 1),
        "km²": (1_000_000, 1),
        "km2": (1_000_000, 1),
    },
    "米": {"m": (1, 1), "公里": (1000, 1), "千米": (1000, 1), "km": (1000, 1), "里": (500, 1), "厘米": (1, 100)},
    "吨": {"t": (1, 1), "公斤": (1, 1000), "千克": (1, 1000), "kg": (1, 1000), "斤": (1, 2000), "克": (1, 1_000_000)},
    "吨标准煤": {"吨标煤": (1, 1), "千克标准煤": (1, 1000)},
    "立方米": {"方": (1, 1), "立方": (1, 1), "m³": (1, 1), "m3": (1, 1), "升": (1, 1000)},
    "千瓦时": {"度": (1, 1), "度电": (1, 1), "kwh": (1, 1), "kWh": (1, 1)},
    "千瓦": {"kw": (1, 1), "kW": (1, 1), "兆瓦": (1000, 1), "MW": (1000, 1), "瓦": (1, 1000)},
    "人": {"名": (1, 1), "位": (1, 1)},
    "人次": {},
    "户": {},
    "个": {},
    "%": {"％": (1, 1), "‰": (1, 10)},
    "百分点": {"个百分点": (1, 1), "个点": (1, 1)},
    "小时": {"个小时": (1, 1)},
    "天": {"日": (1, 1)},
}

# Words that say "about" and stand between a number and its unit.
HEDGES: Final = ("余", "多", "来")

# Units that people do not shorten with 万 or 亿.
UNSCALED: Final = frozenset({"%", "百分点", "天", "小时"})
STEPS: Final[tuple[tuple[str, Decimal], ...]] = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4), ("", Decimal(1)))

# Words that begin with a magnitude and go on being shortened as a whole: 千瓦时 becomes 万千瓦时.
_WORDS: Final[dict[str, tuple[int, int, str]]] = {
    word: (*worth, base) for base, others in FAMILIES.items() for word, worth in ({base: (1, 1)} | others).items()
}


@lru_cache(maxsize=4096)
def parse_unit(unit: str) -> Unit:
    """``unit`` taken apart; never raises.

    >>> parse_unit("万亩").base, parse_unit("万亩").name
    ('平方米', '亩')
    """
    rest = fold(unit.strip())
    magnitude = Decimal(1)
    while rest not in _WORDS:
        shorter, factor = _without_prefix(rest)
        if shorter == rest:
            return Unit(magnitude, rest, 1, 1, rest)
        rest, magnitude = shorter, magnitude * factor
    return Unit(magnitude, rest, *_WORDS[rest])


def _without_prefix(unit: str) -> tuple[str, Decimal]:
    for hedge in HEDGES:
        if unit.startswith(hedge):
            return unit[len(hedge) :], Decimal(1)
    for word, factor in MAGNITUDES:
        if unit.startswith(word):
            return unit[len(word) :], factor
    return unit, Decimal(1)


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """``value`` in the base unit of its kind, and that base; an unknown unit keeps its word.

    >>> in_base(Decimal("4.36"), "亿元")
    (Decimal('436000000'), '元')
    >>> in_base(Decimal(15), "亩") == in_base(Decimal(1), "公顷")
    True
    """
    parsed = parse_unit(unit)
    return _plain(value * parsed.magnitude * parsed.numerator / parsed.denominator), parsed.base


def display(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The same amount in the magnitude that people read: 亿, 万 or none, whichever first gives 1 or more.

    The unit's own word stays (亩 stays 亩), only its magnitude changes; rates and times are left alone.

    >>> display(Decimal(436000000), "元")
    (Decimal('4.36'), '亿元')
    """
    parsed = parse_unit(unit)
    amount = value * parsed.magnitude
    if parsed.base in UNSCALED or not parsed.name:
        return _plain(amount), parsed.name
    for word, factor in STEPS:
        if abs(amount) >= factor:
            return _plain(amount / factor), word + parsed.name
    return _plain(amount), parsed.name


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 436000000, not 4.36E+8."""
    return Decimal(format(value.normalize(), "f"))
