"""Courses as rows of plain cells. Column names are part of the interface; shares are of 1."""

from __future__ import annotations

from collections.abc import Sequence

from jobpakke.followup.bands import Bands, BandWeek
from jobpakke.followup.export import TOTAL, UNKNOWN, Cells
from jobpakke.followup.first_jobs import CAUSES, Curves
from jobpakke.followup.flow import MOVES, FlowTable, GroupFlow, State
from jobpakke.followup.tables import COLUMNS
from jobpakke.followup.whose import Whose

NOT_COUNTED = "not_counted"
"""Instead of a status: had not begun on the first date, or counts elsewhere on the second."""


def curve_cells(curves: Curves) -> Cells:
    """A row a group, week and cause; empty where nobody is followed any more, or where it must not be shown."""
    cells: Cells = [[curves.by.value, "weeks", "at_risk", "cause", "share", "low", "high"]]
    for row in curves.rows:
        for cause, estimate in zip(CAUSES, row.estimates, strict=True):
            values = (estimate.share, estimate.low, estimate.high) if estimate else (None, None, None)
            cells.append([_name(row.whose), row.weeks, row.at_risk, cause.value, *values])
    return cells


def band_cells(bands: Sequence[BandWeek]) -> Cells:
    """A row a week since the package began: how many are followed, and how many have each status."""
    cells: Cells = [["week", "persons", *(status.value for status in COLUMNS)]]
    cells += [[band.week, band.persons, *(band.counts.get(status, 0) for status in COLUMNS)] for band in bands]
    return cells


def group_band_cells(bands: Bands) -> Cells:
    """A row a group and week of READ; empty where it must not be shown."""
    cells: Cells = [[bands.by.value, "week", "persons", *(status.value for status in COLUMNS)]]
    cells += [[_name(row.whose), row.week, row.persons, *row.counts] for row in bands.groups]
    return cells


def group_flow_cells(flow: GroupFlow) -> Cells:
    """A row a group and move: whether in a job on either date; empty where it must not be shown."""
    cells: Cells = [[flow.by.value, "from_on", "from", "to_on", "to", "persons"]]
    for row in flow.rows:
        for (source, target), number in zip(MOVES, row.counts, strict=True):
            days = (flow.then.isoformat(), flow.now.isoformat())
            cells.append([_name(row.whose), days[0], source.value, days[1], target.value, number])
    return cells


def flow_cells(flow: FlowTable) -> Cells:
    """A row for each status on the first date and each on the second."""
    cells: Cells = [["from_on", "from_status", "to_on", "to_status", "persons"]]
    for source in flow.sources:
        for target in flow.targets:
            number = flow.count(source, target)
            cells.append([flow.then.isoformat(), _state(source), flow.now.isoformat(), _state(target), number])
    return cells


def _name(whose: Whose) -> str:
    if whose.is_everyone:
        return TOTAL
    return whose.municipality.code if whose.municipality else whose.code or UNKNOWN


def _state(state: State) -> str:
    return NOT_COUNTED if state is None else state.value
