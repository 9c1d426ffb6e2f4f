"""The growth of the network as a staircase, drawn on the server by Vega-Lite."""

from __future__ import annotations

import altair as alt
from django.utils.translation import gettext as _

from jobpakke.network.reach import Network
from jobpakke.web.followup.chart import MARGIN, svg

COLOUR = "#00655b"


def growth_steps(network: Network) -> str:
    """The number of ambassadors from the first to the date."""
    steps = [*network.growth, (network.on, network.now.people)]
    data = [{"day": f"{day}T00:00:00", "people": people} for day, people in steps]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%m.%Y", labelAngle=0, tickCount=6)),
        y=alt.Y("people:Q", title=_("Ambassadors"), axis=alt.Axis(format="d", tickMinStep=1)),
    )
    area = base.mark_area(interpolate="step-after", color=COLOUR, opacity=0.18)
    line = base.mark_line(interpolate="step-after", color=COLOUR, strokeWidth=2.5)
    return svg(alt.layer(area, line, padding=MARGIN).properties(width=560, height=220))
