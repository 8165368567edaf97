"""Where the year would end 按目前进度: by run rate, and by last year's curve.

run rate   = figure so far ÷ months gone × 12
recent     = figure so far + growth a month over the last three points × months left
seasonal   = figure so far × last year's December ÷ last year's figure of the same month
range      = the least and the greatest of these
needed     = (target − figure so far) ÷ months left
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assess.targets import HUNDRED

LEAST_POINTS = 3
DECEMBER = 12
_TENTH = Decimal("0.1")

Point = tuple[int, Decimal]


@dataclass(frozen=True, slots=True)
class Projection:
    """Figures for the end of ``month``, in ``unit``, as exact quotients; ``seasonal`` and ``needed`` may be None.

    ``so_far`` and ``last_month`` are the newest point; ``monthly`` is the mean month until then, ``needed``
    the mean month from now to reach the target (0 when it is reached, None without a target or months left).
    """

    last_month: int
    so_far: Decimal
    month: int
    run_rate: Decimal
    recent: Decimal
    seasonal: Decimal | None
    low: Decimal
    high: Decimal
    monthly: Decimal
    needed: Decimal | None
    unit: str

    @property
    def estimate(self) -> Decimal:
        """The figure to name first: last year's curve where there is one, else the run rate."""
        return self.run_rate if self.seasonal is None else self.seasonal

    @property
    def wording(self) -> str:
        """One Chinese sentence: 按目前进度,到12月底可达 96.0%(区间 …);今后每月需 9.3 个百分点,此前…"""
        step = "个百分点" if self.unit == "%" else self.unit
        gap = "" if self.unit == "%" else " "
        text = (
            f"按目前进度,到{self.month}月底可达 {_shown(self.estimate)}{gap}{self.unit}"
            f"(区间 {_shown(self.low)}—{_shown(self.high)}{gap}{self.unit})"
        )
        if self.needed is None:
            return text + "。"
        if not self.needed:
            return text + ";目标已经达到。"
        return text + f";今后每月需 {_shown(self.needed)} {step},此前每月 {_shown(self.monthly)} {step}。"


def project(
    points: Iterable[Point],
    month: int = DECEMBER,
    *,
    target: Decimal | None = HUNDRED,
    last_year: Iterable[Point] = (),
    unit: str = "%",
) -> Projection | None:
    """Projects figures that are cumulative from January, given as (month, figure), to the end of ``month``.

    ``last_year`` may be in another unit (values beside completions), as only its shape counts. None with
    fewer than three points, or when the newest is past ``month``. Raises ValueError for a month twice or
    outside 1 to 12.
    """
    known = sorted(points)
    months = [at for at, _ in known]
    if len(set(months)) != len(months) or any(not 1 <= at <= DECEMBER for at in (*months, month)):
        raise ValueError(f"月份重复或超出 1 到 12:{months}")
    if len(known) < LEAST_POINTS or months[-1] > month:
        return None
    last_month, so_far = known[-1]
    left = month - last_month
    monthly = so_far / last_month
    earlier_month, earlier = known[-LEAST_POINTS]
    recent = so_far + (so_far - earlier) / (last_month - earlier_month) * left
    seasonal = _seasonal(so_far, last_month, month, dict(last_year))
    estimates = [monthly * month, recent, *([] if seasonal is None else [seasonal])]
    return Projection(
        last_month=last_month,
        so_far=so_far,
        month=month,
        run_rate=monthly * month,
        recent=recent,
        seasonal=seasonal,
        low=min(estimates),
        high=max(estimates),
        monthly=monthly,
        needed=_needed(so_far, target, left),
        unit=unit,
    )


def _seasonal(so_far: Decimal, last_month: int, month: int, last_year: dict[int, Decimal]) -> Decimal | None:
    then, final = last_year.get(last_month), last_year.get(month)
    return so_far * final / then if then is not None and then > 0 and final is not None else None


def _needed(so_far: Decimal, target: Decimal | None, left: int) -> Decimal | None:
    if target is None:
        return None
    if so_far >= target:
        return Decimal(0)
    return (target - so_far) / left if left else None


def _shown(value: Decimal) -> str:
    return f"{value.quantize(_TENTH, ROUND_HALF_UP):,}"
