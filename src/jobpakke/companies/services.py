"""Verbs for the company register."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from stdnum.dk import cvr as stdnum_cvr
from stdnum.exceptions import ValidationError

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for, require
from jobpakke.companies.models import (
    Company,
    Mentor,
    NeedReason,
    Sector,
    StaffingNeed,
    WorkFunction,
    Workplace,
    WorkplaceDetails,
)
from jobpakke.history.kinds import (
    CompanyRegistered,
    EventKind,
    FunctionAdded,
    MentorNamed,
    NeedRecorded,
    WorkplaceAdded,
    WorkplaceChanged,
    WorkplaceClosed,
    WorkplaceReopened,
)
from jobpakke.history.periods import with_end
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.names import sort_key
from jobpakke.lib.refs import Ref
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain


class CompanyRefusal(StrEnum):
    """Why something was not entered in the company register."""

    CVR_WRONG = "CVR_WRONG"
    P_NUMBER_WRONG = "P_NUMBER_WRONG"
    P_NUMBER_IS_CVR = "P_NUMBER_IS_CVR"
    COMPANY_KNOWN_ALREADY = "COMPANY_KNOWN_ALREADY"
    WORKPLACE_KNOWN_ALREADY = "WORKPLACE_KNOWN_ALREADY"
    WORKPLACE_CHANGED_MEANWHILE = "WORKPLACE_CHANGED_MEANWHILE"
    WORKPLACE_CLOSED_ALREADY = "WORKPLACE_CLOSED_ALREADY"
    WORKPLACE_NOT_CLOSED = "WORKPLACE_NOT_CLOSED"


@transaction.atomic
def register_company(*, actor: User, municipality: Municipality, cvr: str, name: str, on: date) -> Company:
    """Enters a company in the municipality's register.

    Raises:
        Refused: ROLE_LACKS_ACT, CVR_WRONG, the codes of plain, COMPANY_KNOWN_ALREADY (name).
    """
    if not municipalities_for(actor, Act.WORK_COMPANIES, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.WORK_COMPANIES.value}))
    number = check_cvr(cvr)
    name = plain(name, Company.name.field)
    known = Company.objects.filter(municipality=municipality, cvr=number).first()
    if known is not None:
        raise Refused(Refusal(CompanyRefusal.COMPANY_KNOWN_ALREADY, {"name": known.name}))
    company = Company.objects.create(municipality=municipality, cvr=number, name=name, sort_key=sort_key(name))
    _record(actor, company, company.ref, CompanyRegistered(), on)
    return company


@transaction.atomic
def add_workplace(
    *,
    actor: User,
    company: Company,
    p_number: str,
    name: str,
    sector: Sector,
    on: date,
    ordinary_employees: int | None = None,
    contact_name: str = "",
    contact_phone: str = "",
) -> Workplace:
    """Adds a workplace (production unit) to a company.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, P_NUMBER_IS_CVR, P_NUMBER_WRONG, the codes of plain,
            WORKPLACE_KNOWN_ALREADY.
    """
    require(actor, Act.WORK_COMPANIES, company, on=on)
    number = check_p_number(p_number)
    if Workplace.objects.filter(company=company, p_number=number).exists():
        raise Refused(Refusal(CompanyRefusal.WORKPLACE_KNOWN_ALREADY, {}))
    workplace = Workplace.objects.create(
        company=company,
        p_number=number,
        name=plain(name, Workplace.name.field),
        sector=sector,
    )
    said = _details(ordinary_employees, contact_name, contact_phone)
    WorkplaceDetails.objects.create(workplace=workplace, starts_on=on, **said)
    _record(actor, company, workplace.ref, WorkplaceAdded(), on)
    return workplace


@transaction.atomic
def change_workplace(
    *,
    actor: User,
    workplace: Workplace,
    ordinary_employees: int | None,
    contact_name: str,
    contact_phone: str,
    on: date,
    seen: str | None = None,
) -> WorkplaceDetails:
    """Another contact person, or another number of ordinary employees, from the day on; what was said of the days
    before stays.

    ``seen``: the ``mark`` of the details that the actor had read (None: it does not matter).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, the codes of plain, WORKPLACE_CHANGED_MEANWHILE.
    """
    require(actor, Act.WORK_COMPANIES, workplace, on=on)
    said = _details(ordinary_employees, contact_name, contact_phone)
    was = WorkplaceDetails.objects.current().get(workplace=workplace, ends_on__isnull=True)
    stale = seen is not None and seen != was.mark
    if stale or not _ended(was, on):
        raise Refused(Refusal(CompanyRefusal.WORKPLACE_CHANGED_MEANWHILE, {}))
    row = WorkplaceDetails.objects.create(workplace=workplace, starts_on=max(on, was.starts_on), **said)
    kind = WorkplaceChanged(was.contact_name != row.contact_name, ordinary_employees)
    _record(actor, workplace.company, workplace.ref, kind, on)
    return row


def _details(ordinary_employees: int | None, contact_name: str, contact_phone: str) -> dict[str, Any]:
    return {
        "ordinary_employees": ordinary_employees,
        "contact_name": plain(contact_name, WorkplaceDetails.contact_name.field, needed=False),
        "contact_phone": plain(contact_phone, WorkplaceDetails.contact_phone.field, needed=False),
    }


def _ended(was: WorkplaceDetails, on: date) -> bool:
    """Closes what held: it ends on the day, or never held where it had just begun. False: closed meanwhile."""
    if was.starts_on < on:
        return with_end(was, on) is not None
    rows = WorkplaceDetails.objects.current().filter(pk=was.pk)
    return rows.update(superseded_at=now()) == 1


@transaction.atomic
def close_workplace(*, actor: User, workplace: Workplace, closed_on: date, on: date) -> None:
    """From the day nobody can be there; it may lie ahead, when a closing is announced.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, WORKPLACE_CLOSED_ALREADY (closed_on).
    """
    require(actor, Act.WORK_COMPANIES, workplace, on=on)
    if Workplace.objects.filter(pk=workplace.pk, closed_on__isnull=True).update(closed_on=closed_on) != 1:
        workplace.refresh_from_db(fields=["closed_on"])
        raise Refused(_closed(workplace))
    workplace.closed_on = closed_on
    _record(actor, workplace.company, workplace.ref, WorkplaceClosed(closed_on), on)


@transaction.atomic
def reopen_workplace(*, actor: User, workplace: Workplace, on: date) -> None:
    """Corrects a closing that was not one, or came to nothing.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, WORKPLACE_NOT_CLOSED.
    """
    require(actor, Act.WORK_COMPANIES, workplace, on=on)
    if Workplace.objects.filter(pk=workplace.pk, closed_on__isnull=False).update(closed_on=None) != 1:
        raise Refused(Refusal(CompanyRefusal.WORKPLACE_NOT_CLOSED, {}))
    workplace.closed_on = None
    _record(actor, workplace.company, workplace.ref, WorkplaceReopened(), on)


@transaction.atomic
def add_function(*, actor: User, workplace: Workplace, title: str, on: date, demands: str = "") -> WorkFunction:
    """Describes what is done at a workplace. Raises Refused (NOT_FOUND, ROLE_LACKS_ACT, the codes of plain)."""
    require(actor, Act.WORK_COMPANIES, workplace, on=on)
    function = WorkFunction.objects.create(
        workplace=workplace,
        title=plain(title, WorkFunction.title.field),
        demands=plain(demands, WorkFunction.demands.field, needed=False),
    )
    _record(actor, workplace.company, function.ref, FunctionAdded(), on)
    return function


@transaction.atomic
def record_need(
    *, actor: User, function: WorkFunction, reason: NeedReason, wanted_from: date, on: date, people: int = 1
) -> StaffingNeed:
    """Records that staff is wanted in a function from a date.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, WORKPLACE_CLOSED_ALREADY (closed_on).
    """
    require(actor, Act.WORK_COMPANIES, function.workplace, on=on)
    _require_there(function.workplace, at=max(wanted_from, on))
    need = StaffingNeed.objects.create(function=function, reason=reason, wanted_from=wanted_from, people=people)
    _record(actor, function.workplace.company, need.ref, NeedRecorded(reason.value, wanted_from), on)
    return need


@transaction.atomic
def name_mentor(*, actor: User, workplace: Workplace, name: str, on: date, phone: str = "") -> Mentor:
    """Names a colleague as mentor.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, WORKPLACE_CLOSED_ALREADY (closed_on), the codes of plain.
    """
    require(actor, Act.WORK_COMPANIES, workplace, on=on)
    _require_there(workplace, at=on)
    mentor = Mentor.objects.create(
        workplace=workplace, name=plain(name, Mentor.name.field), phone=plain(phone, Mentor.phone.field, needed=False)
    )
    _record(actor, workplace.company, mentor.ref, MentorNamed(), on)
    return mentor


def check_cvr(text: str) -> str:
    """The eight digits of a CVR number. Raises Refused (CVR_WRONG)."""
    try:
        return stdnum_cvr.validate(text)
    except ValidationError as error:
        raise Refused(Refusal(CompanyRefusal.CVR_WRONG, {})) from error


def check_p_number(text: str) -> str:
    """The ten digits of a P number. Raises Refused (P_NUMBER_IS_CVR, P_NUMBER_WRONG)."""
    number = "".join(text.split())
    digits = number.isascii() and number.isdigit()
    if (digits and len(number) == 8) or stdnum_cvr.is_valid(number):
        raise Refused(Refusal(CompanyRefusal.P_NUMBER_IS_CVR, {}))
    if not digits or len(number) != 10:
        raise Refused(Refusal(CompanyRefusal.P_NUMBER_WRONG, {}))
    return number


def _require_there(workplace: Workplace, *, at: date) -> None:
    if workplace.closed_on is not None and workplace.closed_on <= at:
        raise Refused(_closed(workplace))


def _closed(workplace: Workplace) -> Refusal:
    return Refusal(CompanyRefusal.WORKPLACE_CLOSED_ALREADY, {"closed_on": workplace.closed_on})


def _record(actor: User, company: Company, subject: Ref, kind: EventKind, on: date) -> None:
    record(Happening(kind, actor.ref, subject, company.ref, on))
