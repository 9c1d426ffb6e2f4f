"""What became of a file: what was taken in and left out, or what is wrong with its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobpakke.followup.context.reading import CountFile
from jobpakke.followup.context.refusals import CountsRefusal, Problem, RowFault
from jobpakke.followup.context.services import Imported
from jobpakke.lib.refusal import Refused

FAULTS: Mapping[RowFault, Promise | str] = {
    RowFault.WRONG_WIDTH: gettext_lazy("The row has another number of cells than the headings"),
    RowFault.NO_AREA: gettext_lazy("The area is missing"),
    RowFault.NO_BENEFIT: gettext_lazy("The benefit is missing"),
    RowFault.BENEFIT_TOO_LONG: gettext_lazy("The name of the benefit is longer than 120 characters"),
    RowFault.NO_MONTH: gettext_lazy("No month or quarter, such as 2009M01 or 2009K1"),
    RowFault.NO_COUNT: gettext_lazy("No whole number"),
    RowFault.TWICE: gettext_lazy("The same municipality, benefit and month stands above already"),
}
_AREAS_TOLD = 6
_LONGEST = 40


def problems_of(refused: Refused) -> tuple[Problem, ...]:
    """The faults that a refused file has, at most the first thousand."""
    for refusal in refused.refusals:
        found = refusal.args.get("problems")
        if refusal.code == CountsRefusal.COUNTS_ROWS_WRONG and isinstance(found, tuple):
            return found
    return ()


def problem_lines(refused: Refused) -> str:
    """The faults as CSV. Column names are part of the interface."""
    rows = [f"{each.row},{each.column},{each.fault}\n" for each in problems_of(refused)]
    return "row,column,fault\n" + "".join(rows)


def faults_told(refused: Refused) -> list[str]:
    """A line for each kind of fault: which rows have it in which column, rows that follow each other as one."""
    rows: dict[tuple[RowFault, int], list[int]] = defaultdict(list)
    for problem in problems_of(refused):
        rows[problem.fault, problem.column].append(problem.row)
    kinds: dict[RowFault, list[str]] = defaultdict(list)
    for (fault, column), numbers in sorted(rows.items(), key=lambda each: each[1]):
        kinds[fault].append(_("column %(column)s, row %(rows)s") % {"column": column, "rows": spread(numbers)})
    return [f"{FAULTS[fault]}: {'; '.join(places)}." for fault, places in kinds.items()]


def spread(numbers: Iterable[int]) -> str:
    """ "2-4, 7" for 2, 3, 4, 7."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def outcome(done: Imported, file: CountFile) -> str:
    """What was taken in, and what was left out."""
    counts = {"new": done.new, "changed": done.changed, "same": done.same}
    found = [_("Taken in: %(new)s new counts, %(changed)s corrected; %(same)s were here already.") % counts]
    if file.skipped:
        rows = sum(file.skipped.values())
        text = ngettext(
            "Left out: %(rows)s row of other areas (%(areas)s).",
            "Left out: %(rows)s rows of other areas (%(areas)s).",
            rows,
        )
        found.append(text % {"rows": rows, "areas": areas_told(file)})
    if file.missing:
        found.append(_("Not known in the file itself (..): %(count)s.") % {"count": file.missing})
    return " ".join(found)


def areas_told(file: CountFile) -> str:
    """The first of the areas that were left out, as the file calls them."""
    names = [name[:_LONGEST] for name in list(file.skipped)[:_AREAS_TOLD]]
    return ", ".join([*names, *(["…"] if len(file.skipped) > _AREAS_TOLD else [])])
