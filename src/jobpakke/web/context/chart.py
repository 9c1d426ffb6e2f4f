"""The counts as an index: one line a municipality, drawn on the server by Vega-Lite."""

from __future__ import annotations

import altair as alt

from jobpakke.followup.context.beside import Beside
from jobpakke.web.followup.chart import svg

COLOURS = ("#00655b", "#2f6fb3", "#a3501f", "#6b4c9a", "#3d3d3d", "#9a7d0a")
DASHES = ([1, 0], [8, 3], [2, 2], [10, 3, 2, 3], [5, 5], [12, 2])
"""A line is told apart by its dashes too."""


def index_lines(shown: Beside) -> str:
    """The first month or quarter is 100."""
    names = [line.municipality.name for line in shown.lines]
    data = [
        {"municipality": line.municipality.name, "month": f"{span.start}T00:00:00", "index": round(float(value), 1)}
        for line in shown.lines
        for span, value in zip(shown.window.spans, line.values, strict=True)
        if value is not None
    ]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(format="%m.%Y", labelAngle=0, tickCount=6)),
        y=alt.Y("index:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1), scale=alt.Scale(zero=False)),
    )
    colours = [COLOURS[number % len(COLOURS)] for number in range(len(names))]
    dashes = [DASHES[(number + number // len(DASHES)) % len(DASHES)] for number in range(len(names))]
    legend = alt.Legend(orient="bottom", columns=3, labelLimit=200, symbolSize=500, symbolStrokeWidth=3)
    lines = base.mark_line(strokeWidth=2.5).encode(
        color=alt.Color("municipality:N", title=None, legend=legend, scale=alt.Scale(domain=names, range=colours)),
        strokeDash=alt.StrokeDash("municipality:N", title=None, scale=alt.Scale(domain=names, range=dashes)),
    )
    hundred = alt.Chart(alt.InlineData(values=[{"index": 100}])).mark_rule(color="#6f6f6f").encode(y="index:Q")
    return svg(alt.layer(hundred, lines).properties(width=600, height=280))
