"""Cases of today that change hands, by the verbs: handed over, offered, sent back, and some that nobody has; and a
workplace that has closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from jobpakke.access.models import Membership, User
from jobpakke.citizens.models import CaseAssignment, Citizen, TransferGround
from jobpakke.citizens.services import hand_over, register_citizen, return_transfer
from jobpakke.companies.models import Sector
from jobpakke.companies.services import add_workplace, close_workplace
from jobpakke.demo.bulk import Ground
from jobpakke.demo.people import Person, people
from jobpakke.packages.services import transfer_case
from jobpakke.packages.services.moving import Move

_SEED = 2027
_HERE, _THERE = "0751", "0580"


def change(ground: Ground, today: date) -> int:
    """Everything about hands; returns how many citizens are new."""
    rng = Random(_SEED)  # noqa: S311  # invented lives, not secrets
    crowd = people(rng, first_serial=3800, oldest=1964)
    _among_colleagues(ground, today)
    _closed(ground, today)
    found = [*_offered_here(ground, crowd, today), *_sent_back(ground, crowd, today), *_nobodys(ground, crowd, today)]
    return len(found)


def _among_colleagues(ground: Ground, today: date) -> None:
    """Two of bo's cases went to erik lately, and two of erik's to bo."""
    for giver, receiver, days in (("bo", "erik", 3), ("erik", "bo", 4)):
        day = today - timedelta(days=days)
        held = CaseAssignment.objects.on(day).filter(
            caseworker=ground.users[giver], starts_on__gt=today - timedelta(days=400), citizen__address_protected=False
        )
        hand_over(
            actor=ground.users["tove"],
            citizens=[row.citizen for row in held.select_related("citizen").order_by("citizen")[:2]],
            giver=ground.users[giver],
            receiver=ground.users[receiver],
            starts_on=day,
            note="Sagen skifter hænder på grund af barsel. Ring til arbejdspladsen i den første uge; de venter på det.",
            on=day,
        )


def _closed(ground: Ground, today: date) -> None:
    """A branch that has been closed since last summer, at a company that goes on."""
    owner, company = ground.users["bo"], ground.workplaces[_HERE][2].company
    branch = add_workplace(
        actor=owner,
        company=company,
        p_number="9900000999",
        name=f"{company.name}, Havnen",
        sector=Sector.PRIVATE,
        on=today - timedelta(days=600),
    )
    close_workplace(
        actor=owner, workplace=branch, closed_on=today - timedelta(days=150), on=today - timedelta(days=170)
    )


def _offered_here(ground: Ground, crowd: Iterator[Person], today: date) -> Iterator[Citizen]:
    """Two who moved here and wait for an answer; one of them is protected."""
    for protected, days in ((False, 4), (True, 2)):
        citizen = _register(ground, "aase", _THERE, next(crowd), today, protected=protected)
        move = Move(
            receiver=ground.municipalities[_HERE],
            moved_on=today - timedelta(days=days + 1),
            ground=TransferGround.CONSENT,
            note="Har været i gang med danskuddannelse og vil gerne fortsætte hos jer.",
        )
        transfer_case(actor=ground.users["aase"], citizen=citizen, move=move, on=today - timedelta(days=days))
        yield citizen


def _sent_back(ground: Ground, crowd: Iterator[Person], today: date) -> Iterator[Citizen]:
    """One of bo's and one of erik's that came back."""
    for caseworker in ("bo", "erik"):
        citizen = _register(ground, caseworker, _HERE, next(crowd), today)
        day = today - timedelta(days=9)
        move = Move(ground.municipalities[_THERE], day, TransferGround.ACT)
        transfer = transfer_case(actor=ground.users[caseworker], citizen=citizen, move=move, on=day)
        return_transfer(
            actor=ground.users["thora"],
            transfer=transfer,
            reason="Borgeren er ikke tilmeldt en adresse her.",
            on=today - timedelta(days=2),
        )
        yield citizen


def _nobodys(ground: Ground, crowd: Iterator[Person], today: date) -> Iterator[Citizen]:
    """Kaj has left, and with him the caseworker of two citizens, one of them protected."""
    for protected in (False, True):
        yield _register(ground, "kaj", _HERE, next(crowd), today, protected=protected)
    left: User = ground.users["kaj"]
    Membership.objects.current().filter(user=left).update(ends_on=today - timedelta(days=1))


def _register(
    ground: Ground, caseworker: str, place: str, person: Person, today: date, *, protected: bool = False
) -> Citizen:
    return register_citizen(
        actor=ground.users[caseworker],
        municipality=ground.municipalities[place],
        cpr=person.cpr,
        given_name=person.given_name,
        family_name=person.family_name,
        address_protected=protected,
        on=today - timedelta(days=90),
    )
