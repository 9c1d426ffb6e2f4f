"""The status table as stacked bars: drawn on the server by Vega-Lite, an SVG without script."""

from __future__ import annotations

import altair as alt
from altair.utils import schemapi

from jobpakke.followup.tables import COLUMNS, StatusTable
from jobpakke.web.followup.words import row_name
from jobpakke.web.labels import STATUS

COLOURS = ("#00655b", "#7ac3b5", "#2f6fb3", "#c9a227", "#6f6f6f", "#b8b8b8")
"""One a column, told apart by lightness too; the table beside says the same in figures."""
MARGIN = {"left": 34, "right": 5, "top": 5, "bottom": 5}
"""Room for names whose letters are wider where they are read than where they are drawn."""

schemapi.disable_debug_mode()
"""Altair's check of each part of a chart takes as long as drawing it; the tests make it instead."""


def stacked_bars(table: StatusTable) -> str:
    """One bar a municipality (or another group), one part a status; what must not be shown is not drawn."""
    names = [str(STATUS[column]) for column in COLUMNS]
    groups = [row_name(row, table.by) for row in table.rows]
    data = [
        {"group": group, "status": name, "order": order, "citizens": cell}
        for group, row in zip(groups, table.rows, strict=True)
        for order, (name, cell) in enumerate(zip(names, row.shown, strict=True))
        if cell
    ]
    base = alt.Chart(alt.InlineData(values=data), padding=MARGIN).encode(
        x=alt.X("citizens:Q", title=None, stack="zero", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("group:N", title=None, sort=groups, axis=alt.Axis(labelLimit=240)),
        order=alt.Order("order:Q"),
    )
    bars = base.mark_bar(stroke="white").encode(
        color=alt.Color(
            "status:N",
            title=None,
            scale=alt.Scale(domain=names, range=list(COLOURS)),
            legend=alt.Legend(orient="bottom", columns=2, columnPadding=48, labelLimit=260),
        )
    )
    return svg(bars.properties(width=560, height=max(60, 46 * len(table.rows))))


def svg(chart: alt.TopLevelMixin) -> str:
    """Any chart of ours, drawn."""
    import vl_convert

    drawn = chart.configure(font="IBM Plex Sans, Arial, sans-serif").configure_view(stroke=None)
    picture: str = vl_convert.vegalite_to_svg(drawn.to_json(validate=False))
    return picture
