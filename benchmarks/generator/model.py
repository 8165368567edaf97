"""The types of the generator: a world of facts on one side, a report and what it states on the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class ExpectedRecord:
    """A statement that the generator wrote and that reading must give back.

    Numbers stand as printed; ``None`` where the text does not print them. ``period_start`` and
    ``period_end`` are months (``2023-01``). ``template`` names the phrase that was used, ``sentence``
    is the statement's text before a report's own spelling (half-width signs, full-width digits).
    """

    indicator: str
    indicator_text: str
    value: Decimal | None
    unit: str | None
    completion: Decimal | None
    basis: str | None
    target: Decimal | None
    target_unit: str | None
    yoy: Decimal | None
    period_start: str
    period_end: str
    town: str
    status: str
    template: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    """A report with everything that it states; ``traps`` are figures that must give no record."""

    name: str
    text: str
    records: list[ExpectedRecord]
    traps: list[str]


@dataclass(frozen=True, slots=True)
class Town:
    """``size`` scales every total, ``pace`` is how many points a year the town tends to be ahead (or behind)."""

    name: str
    size: Decimal
    pace: int

    @property
    def kind(self) -> str:
        """镇, 乡 or 街道."""
        return "街道" if self.name.endswith("街道") else self.name[-1]


@dataclass(frozen=True, slots=True)
class Fact:
    """What is true of one indicator from January to the end of a quarter, in the indicator's base unit.

    ``completion`` is value ÷ target and ``yoy`` is value ÷ last year's value − 1, per cent, to one decimal.
    ``month_value`` and ``month_yoy`` are the quarter's last month alone.
    """

    indicator: str
    value: Decimal
    target: Decimal
    last: Decimal
    completion: Decimal
    yoy: Decimal
    month_value: Decimal
    month_yoy: Decimal


@dataclass(frozen=True, slots=True)
class Situation:
    """Which report is being written: a town, a year and a quarter."""

    town: Town
    year: int
    quarter: int

    @property
    def last_month(self) -> int:
        return self.quarter * 3

    @property
    def period(self) -> tuple[str, str]:
        """First and last month of the figures: from January, as such reports count."""
        return f"{self.year}-01", f"{self.year}-{self.last_month:02d}"

    @property
    def month(self) -> tuple[str, str]:
        """The last month alone."""
        return (f"{self.year}-{self.last_month:02d}",) * 2
