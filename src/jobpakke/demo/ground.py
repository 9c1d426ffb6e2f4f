"""Municipalities, users, programmes and workplaces of the demonstration, made by the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobpakke.access.models import Municipality, Role, User
from jobpakke.access.services import add_user, give_role, put_in_team
from jobpakke.companies.models import Sector, Workplace
from jobpakke.companies.services import add_function, add_workplace, register_company
from jobpakke.demo import vip2
from jobpakke.demo.bulk import Ground
from jobpakke.packages.services import open_programme

PASSWORD = "jobpakke-demo"  # noqa: S105  # printed at every start: it opens a demonstration only
SINCE = date(2007, 1, 1)
TODAY_CODE = "DRIFT"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who can sign in to the demonstration."""

    username: str
    full_name: str
    role: Role
    municipalities: tuple[str, ...]


EVERYWHERE = tuple(part.code for part in vip2.PARTS)
SIGN_INS = (
    SignIn("bo", "Bo Bertelsen", Role.CASEWORKER, ("0751",)),
    SignIn("erik", "Erik Enevoldsen", Role.CASEWORKER, ("0751",)),
    SignIn("tove", "Tove Thygesen", Role.TEAM_LEADER, ("0751",)),
    SignIn("finn", "Finn Frandsen", Role.EVALUATOR, EVERYWHERE),
    SignIn("dan", "Dan Dalgaard", Role.DPO, ("0751",)),
    SignIn("anna", "Anna Andersen", Role.ADMIN, ("0751",)),
    SignIn("fie", "Fie Falk", Role.CASEWORKER, ("0210",)),
    SignIn("gert", "Gert Gade", Role.CASEWORKER, ("0159",)),
    SignIn("signe", "Signe Skov", Role.CASEWORKER, ("0330",)),
    SignIn("aase", "Aase Abel", Role.CASEWORKER, ("0580",)),
    SignIn("thora", "Thora Thomsen", Role.TEAM_LEADER, ("0580",)),
    SignIn("kaj", "Kaj Kjær", Role.CASEWORKER, ("0751",)),
    SignIn("aksel", "Aksel Aagaard", Role.CASEWORKER, ("0751",)),
)
TEAMS = (
    ("bo", "0751", "Team Nord"),
    ("erik", "0751", "Team Nord"),
    ("kaj", "0751", "Team Syd"),
    ("aksel", "0751", "Team Syd"),
    ("fie", "0210", "Jobteamet"),
    ("gert", "0159", "Integration"),
    ("signe", "0330", "Integration"),
    ("aase", "0580", "Virksomhedsteamet"),
)
"""Who is in which team from the beginning."""
ADVERTISED = ("bo", "tove", "finn", "dan", "anna")
"""One sign-in for each role, printed when the demonstration starts."""

_PLACES = (
    ("Plejehjemmet Lindebo", Sector.PUBLIC, 64, "Rengøringsassistent"),
    ("Kantinen Det Runde Bord", Sector.PRIVATE, 45, "Køkkenmedhjælper"),
    ("Købmandsgården", Sector.PRIVATE, 46, "Butiksmedhjælper"),
    ("Lageret ved Havnen", Sector.PRIVATE, 48, "Lagermedarbejder"),
    ("Hotel Åkanden", Sector.PRIVATE, 47, "Stuepige"),
    ("Plejecenter Solgården", Sector.PUBLIC, 85, "Omsorgshjælper"),
)


_TODAY = "0751"
_BRANCHES = ("Nord", "Syd", "Øst", "Vest")
"""Where the caseload of today is, there are more workplaces: each takes only so many supported people."""


def lay(today: date) -> Ground:
    """Creates everything that lives stand on."""
    municipalities = {
        part.code: Municipality.objects.get_or_create(code=part.code, defaults={"name": part.name})[0]
        for part in vip2.PARTS
    }
    users = {each.username: _user(each, municipalities) for each in SIGN_INS}
    for username, code, team in TEAMS:
        place = municipalities[code]
        put_in_team(actor=None, user=users[username], municipality=place, team=team, on=SINCE)
    vip = open_programme(
        actor=None,
        code=vip2.CODE,
        name="Virksomhedsrettet Integration Projekt 2",
        starts_on=vip2.STARTS_ON,
        ends_on=vip2.ENDS_ON,
        targets=[(municipalities[part.code], part.target) for part in vip2.PARTS],
        counted_on=vip2.COUNTED_ON,
        followed_up_on=vip2.FOLLOWED_UP_ON,
        on=vip2.STARTS_ON,
    )
    everyday = open_programme(
        actor=None,
        code=TODAY_CODE,
        name="Jobpakker i daglig drift",
        starts_on=date(today.year - 1, 1, 1),
        ends_on=None,
        targets=[(municipalities["0751"], 150)],
        on=today,
    )
    owners = {part.code: users[part.caseworker] for part in vip2.PARTS}
    return Ground(
        municipalities=municipalities,
        users=users,
        programmes={vip2.CODE: vip, TODAY_CODE: everyday},
        workplaces={
            code: _workplaces(number, municipalities[code], owner)
            for number, (code, owner) in enumerate(owners.items())
        },
    )


def _user(sign_in: SignIn, municipalities: dict[str, Municipality]) -> User:
    first, *others = (municipalities[code] for code in sign_in.municipalities)
    user = add_user(
        actor=None,
        username=sign_in.username,
        full_name=sign_in.full_name,
        password=PASSWORD,
        role=sign_in.role,
        municipality=first,
        on=SINCE,
    )
    for municipality in others:
        give_role(actor=None, user=user, role=sign_in.role, municipality=municipality, on=SINCE)
    return user


def _workplaces(number: int, municipality: Municipality, owner: User) -> list[Workplace]:
    found = []
    branches = _BRANCHES if municipality.code == _TODAY else ()
    more = [
        (f"{name} {branch}", sector, employees, function)
        for branch in branches
        for name, sector, employees, function in _PLACES
    ]
    for index, (name, sector, employees, function) in enumerate((*_PLACES, *more)):
        serial = number * 10 + index if index < len(_PLACES) else 200 + index
        company = register_company(
            actor=owner,
            municipality=municipality,
            cvr=invented_cvr(serial),
            name=f"{name} {municipality.name}",
            on=SINCE,
        )
        place = add_workplace(
            actor=owner,
            company=company,
            p_number=f"99{serial:08d}",
            name=company.name,
            sector=sector,
            ordinary_employees=employees,
            contact_name="Birthe Holm",
            contact_phone="00 00 00 00",
            on=SINCE,
        )
        add_function(actor=owner, workplace=place, title=function, demands="Stabilt fremmøde", on=SINCE)
        found.append(place)
    return found


def invented_cvr(serial: int) -> str:
    """A CVR number with the right control digit in a series that is not in use (99...), one for each serial."""
    found = -1
    for middle in range(10_000, 100_000):
        digits = f"99{middle:05d}"
        control = -sum(weight * int(digit) for weight, digit in zip((2, 7, 6, 5, 4, 3, 2), digits, strict=True)) % 11
        found += control < 10
        if found == serial:
            return f"{digits}{control}"
    raise ValueError(f"no invented CVR number for {serial}")
