"""On what a follow-up's results rest: on what is known now, on what was known on an earlier day, or on a frozen one."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict

from jobpakke.access.models import Municipality
from jobpakke.followup.groups import Grouping
from jobpakke.followup.hiding import without_small_cells
from jobpakke.followup.lives import grouped, lives_of
from jobpakke.followup.models import FollowUp
from jobpakke.followup.results import Results, results_frozen, results_in, results_known
from jobpakke.followup.tables import StatusTable, status_in
from jobpakke.lib.refs import parse_ref
from jobpakke.packages.models import Programme
from jobpakke.web.http import Visitor, seen_or_404
from jobpakke.web.viewing import viewable_day

FROZEN, KNOWN = "frosset", "kendt"
"""What an address asks by."""


def grouping_asked(asked: QueryDict) -> Grouping:
    """By what an address wants it grouped. Raises Http404 for what is no grouping."""
    by = asked.get("by") or Grouping.MUNICIPALITY.value
    if by not in set(Grouping):
        raise Http404
    return Grouping(by)


def results_of(
    request: HttpRequest,
    who: Visitor,
    programme: Programme,
    *,
    on: date,
    among: QuerySet[Municipality],
    before: date | None = None,
) -> Results:
    """What the address asks for, of the programme on the date where that is not frozen.

    Raises:
        Http404: a frozen one that is not to be seen.
        Refused: as frozen.read.
    """
    known_on = viewable_day(request.GET.get(KNOWN))
    if request.GET.get(FROZEN):
        return frozen_of(request, who)
    if known_on is not None:
        return results_known(programme, on=on, known_on=known_on, among=among, before=before)
    return results_in(lives_of(programme, until=on, among=among), on=on, before=before)


def frozen_of(request: HttpRequest, who: Visitor) -> Results:
    """Of the frozen follow-up that the address asks for. Raises as results_of."""
    found = parse_ref(request.GET.get(FROZEN, ""))
    if found is None:
        raise Http404
    rows = FollowUp.objects.visible_to(who.user, on=who.viewing.today).select_related("programme", "frozen_by")
    return results_frozen(seen_or_404(rows, found))


def status_by(results: Results, by: Grouping, *, least: int) -> StatusTable:
    """The status table by a grouping, of what lives are known of: by any but the municipality without numbers below
    ``least`` and what would give them away. Of what was frozen it is by municipality."""
    if by is Grouping.MUNICIPALITY or results.lives is None or results.frozen is not None:
        return results.status
    return without_small_cells(status_in(grouped(results.lives, by), on=results.on), least=least)


def query_of(results: Results) -> dict[str, str]:
    """The same as an address asks for it."""
    if results.frozen is not None:
        return {FROZEN: str(results.frozen.ref)}
    asked = {"programme": results.programme.code, "on": results.on.isoformat()}
    if results.changes is not None:
        asked["before"] = results.changes.moved.then.isoformat()
    return {**asked, KNOWN: results.known_on.isoformat()} if results.known_on else asked
