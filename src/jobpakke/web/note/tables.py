"""The tables of the note."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jobpakke.followup.first_jobs import CAUSES, Curves
from jobpakke.followup.results import Results
from jobpakke.followup.tables import COLUMNS, StatusRow
from jobpakke.print.document import Cell, Figures
from jobpakke.web.followup.wording import day_text
from jobpakke.web.followup.words import estimate_text, hidden_note, hidden_word
from jobpakke.web.labels import STATUS


def target_table(results: Results) -> Figures:
    """Targets against what was started; by the day of counting and by the date, where the two differ."""
    counts = [results.counted, results.targets] if results.counted else [results.targets]
    started = list(zip(*([_number(row.shown) for row in (*table.rows, table.total)] for table in counts), strict=True))
    return Figures(
        name=_("Table 1"),
        caption=_("Table 1: Packages started against targets"),
        header=(
            _("Municipality"),
            _("Target"),
            *(_("Started by %(day)s") % {"day": day_text(table.on)} for table in counts),
        ),
        rows=tuple(
            (str(row.municipality), row.target, *cells)
            for row, cells in zip(results.targets.rows, started[:-1], strict=True)
        ),
        total=(_("Total"), results.targets.total.target, *started[-1]),
        summed=(1, *(column + 1 for column in _whole(started))),
        notes=(
            _("Counted in packages: a citizen who has had two counts twice. A dash: no target was set."),
            *_hidden_note(results),
        ),
    )


def status_table(results: Results) -> Figures:
    """Where the citizens are; a workbook draws it too."""
    table = results.status
    return Figures(
        name=_("Table 2"),
        caption=_("Table 2: Labour-market status of the citizens on %(day)s") % {"day": day_text(results.on)},
        header=(_("Municipality"), *(str(STATUS[column]) for column in COLUMNS), _("Total")),
        rows=tuple((str(row.municipality), *_counts(row)) for row in table.rows),
        total=(_("Total"), *_counts(table.total)),
        summed=_whole([_counts(row) for row in (*table.rows, table.total)]),
        drawn=(1, len(COLUMNS)),
        notes=(
            _(
                "Still in package: a step is under way that day, such as clarification, internship, wage subsidy, "
                "upskilling or Danish lessons."
            ),
            _(
                "Other: another reason is registered, such as a pension case begun, treatment, parental leave, moving "
                "to another municipality or imprisonment."
            ),
            *_hidden_note(results),
        ),
    )


def rate_table(results: Results) -> Figures:
    """Self-support with its interval."""
    table = results.status
    return Figures(
        name=_("Table 3"),
        caption=_("Table 3: Self-support effect on %(day)s, with its interval of 95 %% certainty")
        % {"day": day_text(results.on)},
        header=(
            _("Municipality"),
            _("Self-supporting"),
            _("Citizens"),
            _("Self-support effect"),
            _("Lower bound"),
            _("Upper bound"),
        ),
        rows=tuple((str(row.municipality), *_rate(row)) for row in table.rows),
        total=(_("Total"), *_rate(table.total)),
        summed=_whole([_rate(row)[:2] for row in (*table.rows, table.total)]),
        notes=_hidden_note(results),
    )


def wait_table(curves: Curves, *, number: int) -> Figures:
    """What everybody came to first, a row a week that anybody was followed for."""
    everyone = [row for row in curves.rows if row.whose.is_everyone and row.at_risk != 0]
    return Figures(
        name=_("Table %(number)s") % {"number": number},
        caption=_("Table %(number)s: What the citizens came to first, so many weeks after the package began")
        % {"number": number},
        header=(_("Weeks"), _("Still waiting"), *(str(STATUS[cause]) for cause in CAUSES)),
        rows=tuple(
            (
                str(row.weeks),
                _number(row.at_risk),
                *(estimate_text(each, row.at_risk) for each in row.estimates),
            )
            for row in everyone
        ),
        notes=(
            _(
                "From the day the first package began to the first day in a job, on a disability pension or outside "
                "for another reason. Shares by Aalen and Johansen, intervals of 95 percent certainty in brackets."
            ),
        ),
    )


def _rate(row: StatusRow) -> tuple[Cell, ...]:
    if row.hides_rate:
        return (hidden_word(), _number(row.shown_citizens), hidden_word(), hidden_word(), hidden_word())
    share, interval = row.self_support_rate, row.interval or (None, None)
    return (row.self_supporting, row.citizens, None if share is None else float(share), *interval)


def _counts(row: StatusRow) -> tuple[Cell, ...]:
    return (*(_number(number) for number in row.shown), _number(row.shown_citizens))


def _number(shown: int | None) -> Cell:
    return hidden_word() if shown is None else shown


def _whole(rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """The columns of which every number is shown, and the total is their sum; the first of a table is its names."""
    columns = enumerate(zip(*rows, strict=True), start=1)
    return tuple(number for number, cells in columns if not any(isinstance(cell, str) for cell in cells))


def _hidden_note(results: Results) -> tuple[str, ...]:
    return tuple(filter(None, [hidden_note(results.least)]))
