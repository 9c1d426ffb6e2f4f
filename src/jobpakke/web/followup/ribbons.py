"""The flow between two dates as a drawing: a column of statuses for each date, and ribbons between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.formats import date_format

from jobpakke.followup.flow import FlowTable, State
from jobpakke.followup.tables import COLUMNS
from jobpakke.web.followup.chart import COLOURS
from jobpakke.web.followup.words import state_name

LEFT, RIGHT, BAR = 236.0, 484.0, 16.0
TOP, HEIGHT, GAP = 34.0, 380.0, 7.0
LINE = 17.0
"""How far apart two labels stand at least."""
ELSEWHERE = "#e4ddd0"


@dataclass(frozen=True, slots=True)
class Block:
    """A status on one of the dates, with where its label stands."""

    label: str
    persons: int
    colour: str
    y: float
    height: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Those who went from one status to another: an outline."""

    path: str
    colour: str


def flow_drawing(flow: FlowTable) -> str:
    """The drawing as SVG, without script: as wide as many."""
    then = _blocks(flow.sources, flow.from_, lambda state: state_name(state, then=True))
    now = _blocks(flow.targets, flow.to, lambda state: state_name(state, then=False))
    context = {
        "then": list(then.values()),
        "now": list(now.values()),
        "ribbons": _ribbons(flow, then, now),
        "then_on": date_format(flow.then, "DATE_FORMAT"),
        "now_on": date_format(flow.now, "DATE_FORMAT"),
        "left": LEFT,
        "right": RIGHT,
        "bar": BAR,
        "left_label": LEFT - 8,
        "right_label": RIGHT + BAR + 8,
    }
    return render_to_string("followup/flow.svg", context)


def _blocks(states: Sequence[State], count: Callable[[State], int], name: Callable[[State], str]) -> dict[State, Block]:
    """The statuses that anybody has, from the top, as high as they are many; labels pushed apart."""
    held = [(state, count(state)) for state in states if count(state)]
    scale = (HEIGHT - GAP * (len(held) - 1)) / (sum(persons for _, persons in held) or 1)
    found: dict[State, Block] = {}
    y, label_y = TOP, TOP - LINE
    room = TOP + HEIGHT - LINE * (len(held) - 1)
    for number, (state, persons) in enumerate(held):
        height = persons * scale
        label_y = min(max(y + height / 2, label_y + LINE), room + LINE * number)
        found[state] = Block(name(state), persons, colour_of(state), _round(y), _round(height), _round(label_y))
        y += height + GAP
    return found


def _ribbons(flow: FlowTable, then: dict[State, Block], now: dict[State, Block]) -> list[Ribbon]:
    """In order of the statuses at both ends, so that those of one status do not cross."""
    from_y, to_y = ({state: block.y for state, block in side.items()} for side in (then, now))
    found = []
    for source, left_block in then.items():
        for target, right_block in now.items():
            persons = flow.count(source, target)
            if not persons:
                continue
            left = left_block.height * persons / left_block.persons
            right = right_block.height * persons / right_block.persons
            path = _outline(from_y[source], from_y[source] + left, to_y[target], to_y[target] + right)
            found.append(Ribbon(path, colour_of(source)))
            from_y[source] += left
            to_y[target] += right
    return found


def _outline(top: float, bottom: float, to_top: float, to_bottom: float) -> str:
    start, end, middle = LEFT + BAR, RIGHT, (LEFT + BAR + RIGHT) / 2
    above = f"M{start:.0f},{top:.1f} C{middle:.0f},{top:.1f} {middle:.0f},{to_top:.1f} {end:.0f},{to_top:.1f}"
    below = (
        f"L{end:.0f},{to_bottom:.1f} C{middle:.0f},{to_bottom:.1f} {middle:.0f},{bottom:.1f} {start:.0f},{bottom:.1f}Z"
    )
    return f"{above} {below}"


def colour_of(state: State) -> str:
    """The same colour as in every chart of statuses."""
    return ELSEWHERE if state is None else COLOURS[COLUMNS.index(state)]


def _round(number: float) -> float:
    return round(number, 1)
