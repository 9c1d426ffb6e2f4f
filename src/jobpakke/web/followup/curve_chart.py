"""Curves to the first job, and the bands of statuses, over the weeks since the package began: SVG without script."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from django.utils.translation import gettext as _

from jobpakke.followup.bands import FEW, LONGEST, Bands, BandWeek
from jobpakke.followup.first_jobs import DAYS, JOBS, Curves
from jobpakke.followup.tables import COLUMNS
from jobpakke.method.status import LabourMarketStatus
from jobpakke.web.followup.chart import COLOURS, svg
from jobpakke.web.followup.words import hidden_word, whose_name
from jobpakke.web.labels import STATUS

LINES = ("#1a1a1a", "#00655b", "#d08700", "#2f6fb3", "#a3455e", "#6bb8a9", "#8a8a8a")
DASHES = ([1, 0], [8, 2], [2, 2], [10, 3, 2, 3], [5, 3], [1, 0], [3, 5])
"""One a line, everybody first: told apart by lightness and by dashes too. More groups stand in the table only."""
WIDTH, HEIGHT = 520, 220
TICKS = [0, 13, 26, 39, 52, 65, 78, 91, 104]
HIDDEN = "#efe9dd"
LEAST_HIGH = 0.1
"""The axis of shares reaches so far at least, so that what happens to hardly anybody looks so."""
_PERCENT = "format(datum.value * 100, '.0f') + ' %'"


def first_job_curves(curves: Curves) -> str:
    """A panel for each kind of job: a line for everybody, with its interval as a band, and one for each group."""
    whose = list(dict.fromkeys(row.whose for row in curves.rows))[: len(LINES)]
    names = [whose_name(each, curves.by) for each in whose]
    panels = [_panel(curves, cause, names) for cause in JOBS]
    stacked: alt.VConcatChart = alt.vconcat(*panels, spacing=26)
    return svg(stacked.configure_title(anchor="start", fontSize=13))


def _panel(curves: Curves, cause: LabourMarketStatus, names: Sequence[str]) -> alt.LayerChart:
    shown = [
        point
        for point in curves.points
        if point.cause is cause and point.days <= DAYS * LONGEST and whose_name(point.whose, curves.by) in names
    ]
    drawn = [
        {
            "group": whose_name(point.whose, curves.by),
            "week": point.days / DAYS,
            "share": point.share,
            "low": point.low,
            "high": point.high,
            "all": point.whose.is_everyone,
        }
        for point in shown
    ]
    weeks = _weeks(max((point.days / DAYS for point in shown), default=0), titled=cause is JOBS[-1])
    base = alt.Chart(alt.InlineData(values=drawn)).encode(x=weeks)
    highest = alt.Scale(domain=[0, max([LEAST_HIGH, *(point.share for point in shown)])], clamp=True)
    shares = alt.Axis(labelExpr=_PERCENT, tickCount=5, grid=True)
    domain, many = list(names), len(names)
    lines = base.mark_line(interpolate="step-after").encode(
        y=alt.Y("share:Q", title=None, axis=shares, scale=highest),
        color=alt.Color("group:N", title=None, scale=alt.Scale(domain=domain, range=list(LINES[:many])), legend=_key()),
        strokeDash=alt.StrokeDash("group:N", scale=alt.Scale(domain=domain, range=list(DASHES[:many])), legend=_key()),
        size=alt.condition("datum.all", alt.value(3), alt.value(1.8)),
    )
    interval = base.transform_filter("datum.all && isValid(datum.low)").mark_area(
        interpolate="step-after", color=LINES[0], opacity=0.13
    )
    band = interval.encode(y=alt.Y("low:Q", title=None), y2="high:Q")
    panel: alt.LayerChart = (band + lines).properties(width=WIDTH, height=HEIGHT, title=str(STATUS[cause]))
    return panel


def status_bands(weeks: Sequence[BandWeek]) -> str:
    """The share in each status, one above the other, week by week; weeks in which few are followed are not drawn."""
    names = [str(STATUS[column]) for column in COLUMNS]
    shown = [band for band in weeks if band.persons >= FEW]
    data = [
        {"week": band.week, "status": name, "order": order, "share": band.share(column) or 0}
        for band in shown
        for order, (name, column) in enumerate(zip(names, COLUMNS, strict=True))
    ]
    area = alt.Chart(alt.InlineData(values=data)).mark_area(stroke="white", strokeWidth=0.6)
    bands = area.encode(
        x=_weeks(max((band.week for band in shown), default=0), titled=True),
        y=alt.Y(
            "share:Q",
            title=None,
            stack="zero",
            axis=alt.Axis(labelExpr=_PERCENT, tickCount=5),
            scale=alt.Scale(domain=[0, 1]),
        ),
        order=alt.Order("order:Q"),
        color=alt.Color(
            "status:N",
            title=None,
            scale=alt.Scale(domain=names, range=list(COLOURS)),
            legend=alt.Legend(orient="bottom", columns=2, columnPadding=48, labelLimit=260),
        ),
    )
    return svg(bands.properties(width=WIDTH, height=260))


def group_bars(bands: Bands) -> str:
    """For each of the first groups a bar a week: the share in each status, and what is not shown as one part."""
    names = [str(STATUS[column]) for column in COLUMNS]
    names += [hidden_word()] if any(None in row.counts for row in bands.groups) else []
    groups = list(dict.fromkeys(whose_name(row.whose, bands.by) for row in bands.groups))[: len(LINES) - 1]
    data = []
    for row in bands.groups:
        name = whose_name(row.whose, bands.by)
        if name in groups and row.persons is not None and row.persons >= FEW:
            numbers = [*(each or 0 for each in row.counts), row.persons - sum(each or 0 for each in row.counts)]
            data += [
                {"group": name, "week": row.week, "status": status, "order": order, "share": number / row.persons}
                for order, (status, number) in enumerate(zip(names, numbers, strict=False))
                if number
            ]
    bars = alt.Chart(alt.InlineData(values=data)).mark_bar(stroke="white", strokeWidth=0.6)
    drawn = bars.encode(
        x=alt.X("share:Q", title=None, stack="zero", axis=alt.Axis(labelExpr=_PERCENT, tickCount=5)),
        y=alt.Y("week:O", title=None),
        order=alt.Order("order:Q"),
        color=alt.Color(
            "status:N",
            title=None,
            scale=alt.Scale(domain=names, range=[*COLOURS, HIDDEN]),
            legend=alt.Legend(orient="bottom", columns=2, columnPadding=48, labelLimit=260),
        ),
        row=alt.Row(
            "group:N",
            title=None,
            sort=groups,
            spacing=14,
            header=alt.Header(labelOrient="top", labelAnchor="start", labelFontSize=12, labelFontWeight="bold"),
        ),
    )
    return svg(drawn.properties(width=WIDTH, height={"step": 15}))


def _weeks(last: float, *, titled: bool) -> alt.X:
    """Quarters of a year, up to the one that the data reach."""
    title = _("weeks since the package began") if titled else None
    reached = next((tick for tick in TICKS[1:] if tick >= last), LONGEST)
    return alt.X(
        "week:Q",
        title=title,
        axis=alt.Axis(values=[tick for tick in TICKS if tick <= reached], grid=False),
        scale=alt.Scale(domain=[0, reached], nice=False),
    )


def _key() -> alt.Legend:
    return alt.Legend(orient="bottom", columns=3, labelLimit=240, symbolSize=300, symbolStrokeWidth=2)
