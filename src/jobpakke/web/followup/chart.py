"""The status table as stacked bars: drawn on the server by Vega-Lite, an SVG without script."""

from __future__ import annotations

import altair as alt

from jobpakke.followup.tables import COLUMNS, StatusTable
from jobpakke.web.labels import STATUS

COLOURS = ("#00655b", "#7ac3b5", "#2f6fb3", "#c9a227", "#6f6f6f", "#b8b8b8")
"""One a column, told apart by lightness too; the table beside says the same in figures."""


def stacked_bars(table: StatusTable) -> str:
    """One bar a municipality, one part a status, the number in the part."""
    names = [str(STATUS[column]) for column in COLUMNS]
    data = [
        {"municipality": str(row.municipality), "status": name, "order": order, "citizens": cell}
        for row in table.rows
        for order, (name, cell) in enumerate(zip(names, row.cells, strict=True))
        if cell
    ]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("citizens:Q", title=None, stack="zero", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("municipality:N", title=None, sort=[str(row.municipality) for row in table.rows]),
        order=alt.Order("order:Q"),
    )
    bars = base.mark_bar(stroke="white").encode(
        color=alt.Color(
            "status:N",
            title=None,
            scale=alt.Scale(domain=names, range=list(COLOURS)),
            legend=alt.Legend(orient="bottom", columns=3, labelLimit=260),
        )
    )
    return _svg(bars.properties(width=560, height=max(60, 46 * len(table.rows))))


def _svg(chart: alt.Chart) -> str:
    import vl_convert

    drawn = chart.configure(font="IBM Plex Sans, Arial, sans-serif").configure_view(stroke=None)
    svg: str = vl_convert.vegalite_to_svg(drawn.to_json())
    return svg
