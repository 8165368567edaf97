"""The colours of the product and the lamp of every state: colour, sign and word together, never colour alone.

红, 黄 and 绿 can be told apart by people with red-green blindness. Text on the full 绿 is hard to read in
either black or white, so table cells take light shades of it: the contrast of text is 4.5 or more everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from assess.states import State

RED = "#9B1C1C"
YELLOW = "#F2B705"
GREEN = "#0F8B8D"
INK = "#1B2B34"
MUTED = "#5B6B73"
GRID = "#E3E8EA"
TRACK = "#EEF2F3"
NEUTRAL = "#8A99A1"
PAPER = "#FFFFFF"
ACCENT = "#2F5D8A"


@dataclass(frozen=True, slots=True)
class Lamp:
    """How one state looks: ``▼ 欠序时(红)`` in white on red.

    ``colour`` fills bars and gauges; ``cell`` and ``text`` are the background and letters of a table cell.
    """

    state: str
    sign: str
    colour: str
    cell: str
    text: str

    @property
    def label(self) -> str:
        """Sign and word, as shown in tables: ``▲ 超序时``."""
        return f"{self.sign} {self.state}"


LAMPS: dict[str, Lamp] = {
    str(state): Lamp(str(state), state.sign, colour, cell, text)
    for state, colour, cell, text in (
        (State.DONE, GREEN, "#8FCFD0", "#000000"),
        (State.AHEAD, GREEN, "#B9E1E2", "#000000"),
        (State.ON, GREEN, "#DDF0F0", "#000000"),
        (State.YELLOW, YELLOW, YELLOW, "#000000"),
        (State.RED, RED, RED, "#FFFFFF"),
        (State.UNREPORTED, NEUTRAL, "#D9DFE2", "#000000"),
        (State.NOT_APPLICABLE, NEUTRAL, "#F3F6F7", "#000000"),
    )
}

YEAR_LINES: tuple[str, ...] = ("#2F5D8A", "#C4701B", "#7A5C99", "#5B6B73", "#A0522D")


def lamp(state: object) -> Lamp:
    """The lamp of a state; what is no known state is 不适用."""
    return LAMPS.get(str(state), LAMPS[str(State.NOT_APPLICABLE)])


def gap_shade(gap: float | None) -> tuple[str, str]:
    """Background and text colour of a heat map cell for a gap in 百分点; steps, not a continuous scale."""
    if gap is None or gap != gap:
        return PAPER, MUTED
    for limit, background, text in GAP_STEPS:
        if gap < limit:
            return background, text
    return GAP_STEPS[-1][1], GAP_STEPS[-1][2]


GAP_STEPS: tuple[tuple[float, str, str], ...] = (
    (-20.0, "#9B1C1C", "#FFFFFF"),
    (-10.0, "#D98A8A", "#000000"),
    (-5.0, "#F2B705", "#000000"),
    (0.0, "#FBE7A8", "#000000"),
    (5.0, "#DDF0F0", "#000000"),
    (15.0, "#9FD3D4", "#000000"),
    (float("inf"), "#4FB0B1", "#000000"),
)
