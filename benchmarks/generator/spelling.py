"""How numbers are written: 43600万元 or 4.36亿元, 12,345 or 12345, 53.0% or 53% or 百分之五十三."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
HALF_WIDTH_SIGNS = str.maketrans("，；：（）", ",;:()")
LARGE_UNITS = {
    "万元": ("亿元", Decimal(10000)),
    "平方米": ("万平方米", Decimal(10000)),
    "万千瓦时": ("亿千瓦时", Decimal(10000)),
}
SHARE_OF_CHINESE_NUMERALS = 0.012
SHARE_OF_SEPARATORS = 0.3
SHARE_OF_SMALL_UNITS = 0.25
SHARE_OF_KEPT_ZEROS = 0.4


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, and the words for both."""

    text: str
    number: Decimal
    unit: str


def chinese_numeral(number: Decimal) -> str:
    """A number below 1,000 as it is read: 55.2 is 五十五点二."""
    whole, _, rest = f"{number.normalize():f}".partition(".")
    text = _chinese_whole(int(whole))
    return text + ("点" + "".join(DIGITS[int(digit)] for digit in rest) if rest else "")


def _chinese_whole(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones or not text else "")


class Spelling:
    """Spells numbers by chance, so that one report mixes habits as several hands do."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.separators = rng.random() < SHARE_OF_SEPARATORS

    def amount(self, number: Decimal, unit: str) -> Amount:
        """An amount of a base unit, in that unit or the larger one that print uses."""
        if unit in LARGE_UNITS:
            large, factor = LARGE_UNITS[unit]
            fits = number >= factor and number % 100 == 0
            if fits and self.rng.random() >= SHARE_OF_SMALL_UNITS:
                scaled = number / factor
                return Amount(self._decimals(scaled, 2) + large, scaled, large)
        grouped = self.separators and number >= 1000
        return Amount((f"{int(number):,}" if grouped else str(int(number))) + unit, number, unit)

    def rate(self, number: Decimal, signed: bool = False) -> str:
        """A percentage of one decimal; one in a hundred in Chinese numerals unless a sign may precede it."""
        if not signed and number < 1000 and self.rng.random() < SHARE_OF_CHINESE_NUMERALS:
            return "百分之" + chinese_numeral(number)
        return self._decimals(number, 1) + "%"

    def _decimals(self, number: Decimal, places: int) -> str:
        padded = f"{number:.{places}f}"
        keep = self.rng.random() < SHARE_OF_KEPT_ZEROS
        return padded if keep else f"{Decimal(padded).normalize():f}"


def respell(text: str, rng: Random) -> str:
    """A whole report in another hand: half-width signs in some, full-width digits or ％ in a few."""
    if rng.random() < 0.15:
        text = text.translate(HALF_WIDTH_SIGNS)
    if rng.random() < 0.04:
        text = text.translate(FULL_WIDTH).replace("%", "％")
    elif rng.random() < 0.08:
        text = text.replace("%", "％")
    return text
