"""What is aimed at beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = "| | goal | measured | met |\n| --- | --- | --- | --- |"


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table: what, how much at most (or at least), what came out, and the unit of both."""

    name: str
    limit: float
    measured: float
    unit: str = ""
    at_least: bool = False

    def line(self) -> str:
        """``| first chart, warm | ≤ 1.5 s | 0.9 s | yes |``, as Markdown."""
        met = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        sign = "≥" if self.at_least else "≤"
        aimed, found = f"{self.limit:g} {self.unit}".strip(), f"{self.measured:.3g} {self.unit}".strip()
        return f"| {self.name} | {sign} {aimed} | {found} | {'yes' if met else '**no**'} |"
