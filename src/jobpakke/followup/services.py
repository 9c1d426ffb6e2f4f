"""Freezing a follow-up."""

from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.followup.frozen import Label, content_of, digest, facts_of
from jobpakke.followup.groups import Grouping, groups_of
from jobpakke.followup.hiding import least_shown, without_small_cells
from jobpakke.followup.models import FollowUp, FollowUpPart
from jobpakke.followup.standings import Standings, standings
from jobpakke.followup.tables import parts, status_from, status_grouped, targets_from
from jobpakke.history.kinds import FollowUpFrozen
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.packages.models import JobPackage, Programme


class FreezeRefusal(StrEnum):
    """Why a follow-up was not frozen."""

    CUT_OFF_AHEAD = "CUT_OFF_AHEAD"


@transaction.atomic
def freeze_follow_up(*, actor: User, programme: Programme, cut_off_on: date, on: date, note: str = "") -> FollowUp:
    """Keeps both tables of a programme on a date as they are known now, for the municipalities the actor evaluates, and
    the status table by each group, without the small numbers that are hidden today.

    What is frozen is never changed: a new look at the same date is another one.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, CUT_OFF_AHEAD (cut_off_on, today), the codes of plain.
    """
    among = _evaluated(actor, programme, on=on)
    if cut_off_on > on:
        raise Refused(Refusal(FreezeRefusal.CUT_OFF_AHEAD, {"cut_off_on": cut_off_on, "today": on}))
    text = plain(note, FollowUp.note.field, needed=False)
    covered = list(parts(programme, among))
    found = standings(programme, on=cut_off_on).within([part.municipality.code for part in covered])
    label = Label(programme.code, now(), actor, text)
    codes = _codes(programme, found, on=cut_off_on)
    facts, least = facts_of(found, codes), least_shown([part.municipality_id for part in covered], on=on)
    tables = status_from(found, covered, on=cut_off_on), targets_from(found, covered, on=cut_off_on)
    by_group = (status_grouped(found, codes[by], on=cut_off_on, by=by) for by in codes)
    groups = [without_small_cells(table, least=least) for table in by_group]
    content = content_of(label, *tables, groups, facts, least=least)
    row = FollowUp.objects.create(
        programme=programme,
        cut_off_on=cut_off_on,
        content=content,
        facts=facts,
        sha256=digest(content),
        note=text,
        frozen_at=label.frozen_at,
        frozen_by=actor,
    )
    FollowUpPart.objects.bulk_create(FollowUpPart(follow_up=row, municipality=part.municipality) for part in covered)
    record(Happening(FollowUpFrozen(programme.code, cut_off_on), actor.ref, row.ref, programme.ref, on))
    return row


def _evaluated(actor: User, programme: Programme, *, on: date) -> QuerySet[Municipality]:
    """The municipalities of the programme in which the actor may freeze. Raises Refused (NOT_FOUND, ROLE_LACKS_ACT)."""
    if not Programme.objects.visible_to(actor, on=on).filter(pk=programme.pk).exists():
        raise Refused(Refusal(AccessRefusal.NOT_FOUND, {}))
    among = municipalities_for(actor, Act.FREEZE_FOLLOW_UP, on=on)
    if not parts(programme, among).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.FREEZE_FOLLOW_UP.value}))
    return among


def _codes(programme: Programme, found: Standings, *, on: date) -> dict[Grouping, dict[str, str]]:
    """The group on the date of everybody who counts, for each grouping but the municipality."""
    packages = JobPackage.objects.filter(programme=programme).started_by(on)
    keys = {str(ref): key for ref, key in packages.order_by().values_list("citizen__ref", "citizen")}
    known = [groups_of(by, packages) for by in Grouping if by is not Grouping.MUNICIPALITY]
    return {groups.by: {ref: groups.on(keys[ref], on) for ref in found.citizens} for groups in known}
