"""Who a citizen is, name and address protection, and the caseworker."""

from datetime import date
from enum import StrEnum

from django.db import transaction

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.cpr import encrypt, fingerprint, parse
from jobpakke.citizens.models import CaseAssignment, Citizen
from jobpakke.history.kinds import CaseAssigned, CitizenRegistered, EventKind, ProtectionChanged
from jobpakke.history.services import Happening, record
from jobpakke.lib.names import sort_key
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain


class CitizenRefusal(StrEnum):
    """Why something about a citizen was not recorded."""

    CITIZEN_KNOWN_ALREADY = "CITIZEN_KNOWN_ALREADY"
    NAME_MISSING = "NAME_MISSING"
    NOT_A_CASEWORKER = "NOT_A_CASEWORKER"
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"


@transaction.atomic
def register_citizen(
    *,
    actor: User,
    municipality: Municipality,
    cpr: str,
    given_name: str,
    family_name: str,
    on: date,
    phone: str = "",
    address_protected: bool | None = None,
) -> Citizen:
    """Registers a citizen; the caseworker who does it becomes the citizen's caseworker from the date.

    Raises:
        Refused: ROLE_LACKS_ACT, CPR_WRONG, CPR_NOT_BORN, NAME_MISSING, the codes of plain,
            CITIZEN_KNOWN_ALREADY.
    """
    if not municipalities_for(actor, Act.WORK_CASES, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.WORK_CASES.value}))
    number, born_on = parse(cpr, on=on)
    if not given_name.strip() or not family_name.strip():
        raise Refused(Refusal(CitizenRefusal.NAME_MISSING, {}))
    given_name = plain(given_name, Citizen.given_name.field)
    family_name = plain(family_name, Citizen.family_name.field)
    if Citizen.objects.filter(cpr_fingerprint=fingerprint(number)).exists():
        raise Refused(Refusal(CitizenRefusal.CITIZEN_KNOWN_ALREADY, {}))
    citizen = Citizen.objects.create(
        municipality=municipality,
        given_name=given_name,
        family_name=family_name,
        sort_key=sort_key(f"{family_name} {given_name}"),
        cpr_token=encrypt(number),
        cpr_fingerprint=fingerprint(number),
        born_on=born_on,
        phone=plain(phone, Citizen.phone.field, needed=False),
        address_protected=address_protected,
    )
    _record(actor, citizen, citizen.ref, CitizenRegistered(municipality.code), on)
    CaseAssignment.objects.create(citizen=citizen, caseworker=actor, starts_on=on)
    _record(actor, citizen, citizen.ref, CaseAssigned(actor.ref), on)
    return citizen


@transaction.atomic
def change_protection(
    *, actor: User, citizen: Citizen, protected: bool | None, on: date, seen: str | None = None
) -> Citizen:
    """Sets or lifts name and address protection; None says that it is not known (and counts as protected).

    ``seen``: the ``protection`` that the actor had read (None: what ``citizen`` was read with).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, CHANGED_MEANWHILE.
    """
    require_case_work(actor, citizen, on=on)
    stale = seen is not None and seen != citizen.protection
    was = Citizen.objects.filter(pk=citizen.pk, address_protected=citizen.address_protected)
    if stale or was.update(address_protected=protected) != 1:
        raise Refused(Refusal(CitizenRefusal.CHANGED_MEANWHILE, {}))
    citizen.address_protected = protected
    word = {True: "protected", False: "open", None: "unknown"}[protected]
    _record(actor, citizen, citizen.ref, ProtectionChanged(word), on)
    return citizen


def _record(actor: User, citizen: Citizen, subject: Ref, kind: EventKind, on: date) -> None:
    record(Happening(kind, actor.ref, subject, citizen.ref, on))
