"""Removing drafts that nobody touched for as long as the rulebook keeps one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.history.kinds import DraftForgotten
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages.drafts import forgotten_drafts
from jobpakke.packages.models import JobPackage, PlanVersion
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services.plan.drafting import remove_draft
from jobpakke.packages.services.writing import note


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many forgotten drafts went, and how many packages with them: those that held nothing else."""

    drafts: int
    packages: int


@transaction.atomic
def remove_forgotten_drafts(*, actor: User | None, municipality: Municipality, on: date) -> Tidied:
    """Removes the drafts of a municipality that have been kept as long as its rulebook says. Called again, it finds
    none. What was ever proposed or agreed stays, and so does a draft that somebody touches meanwhile.

    ``actor`` None is the system.

    Raises:
        Refused: ROLE_LACKS_ACT.
    """
    if actor is not None and not municipalities_for(actor, Act.MANAGE_USERS, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.MANAGE_USERS.value}))
    drafts = packages = 0
    for version in forgotten_drafts(municipality, rules_of(municipality.pk, on=on), on=on):
        if not _taken(version, on=on):
            continue
        package = version.package
        note(actor, package, version.ref, DraftForgotten(version.number), on)
        remove_draft(version)
        drafts += 1
        packages += not JobPackage.objects.filter(pk=package.pk).exists()
    return Tidied(drafts, packages)


def _taken(version: PlanVersion, *, on: date) -> bool:
    """Whether the draft is ours to remove: as it was read, so that nobody edits, proposes or works with it now."""
    rows = PlanVersion.objects.drafts().filter(pk=version.pk, edits=version.edits, touched_on=version.touched_on)
    if rows.update(edits=F("edits") + 1) != 1:
        return False
    now = PlanVersion.objects.with_last_touch(on).get(pk=version.pk)
    return now.last_touched_on == version.last_touched_on
