"""Wadeera: the nursing home, from its kitchen to its cleaning, and an ordinary job with aftercare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobpakke.citizens.models import LimitKind
from jobpakke.companies.models import NeedReason, Sector, Workplace
from jobpakke.companies.services import record_need
from jobpakke.demo.cases.teller import Laid, Met, Teller
from jobpakke.demo.people import replacement_cpr
from jobpakke.method.step_kinds import EvidenceKind, StepKind
from jobpakke.packages.models import CareTopic, GoalForm, Outcome, Parties, Party, PlanVersion, Trade
from jobpakke.packages.services import agree_aftercare


@dataclass(frozen=True, slots=True)
class _Staircase:
    version: PlanVersion
    practice: Laid
    course: Laid
    subsidy: Laid
    holiday: Laid
    cover: Laid


_OPENED = date(2008, 1, 7)
_JOB_FROM = date(2009, 6, 1)
_STORY = """\
Salma har stået foran en klasse i mange år, men det var i et andet land. Her har hun to gange været med i en skole \
i nogle måneder, og begge gange gik hun hjem igen uden udsigt til mere. Så skrev hun tre ting på et stykke papir: \
grønt, plejehjem, symaskine.

Plejehjemmet tog imod. I køkkenet bliver der lavet mad af alle slags kød, og svinekød rører hun ikke ved, så dér \
endte det ene spor. I døren spurgte jobkonsulenten, hvad huset ellers manglede. Det manglede folk til at gøre rent.

Tre måneders praktik, to uger med hygiejne, et job med løntilskud. Om sommeren var hun afløser i ferien til samme \
løn som alle andre, og om vinteren fik hun et vikariat på en af gangene. Den 1. juni blev hun fastansat.

Går noget i stykker de næste fem år, er der et nummer, hun kan ringe til. Hun har det hængende på køleskabet."""


def tell(teller: Teller) -> None:
    """The whole case."""
    met = _meet(teller, date(2007, 11, 12))
    stairs = _lay(teller, met)
    _agree(teller, stairs.version)
    _learn(teller, stairs)
    _work(teller, stairs, met)


def _meet(teller: Teller, met: date) -> Met:
    citizen = teller.citizen("Wadeera", "Al-Tai", replacement_cpr(date(1966, 8, 21), 2), met)
    teller.facts(
        citizen,
        met,
        ["Frugt og grønt", "Køkkenmedhjælper på et plejehjem", "Syning"],
        [(LimitKind.SUBSTANCE, "Ingen berøring med svinekød")],
        "Bachelor i geografi; flere års arbejde som lærer. To praktikker i skoler",
    )
    home = teller.workplace(91, "Plejehjemmet Bøgelunden", Sector.PUBLIC, 72, "Grete Friis", met)
    teller.function(home, "Køkkenmedhjælper", "Tilbereder alle slags kød", met)
    cleaning = teller.function(home, "Rengøringsassistent", "Hygiejnebevis", met)
    record_need(
        actor=teller.bo,
        function=cleaning,
        reason=NeedReason.SHORTAGE,
        wanted_from=date(2008, 1, 1),
        people=2,
        on=met,
    )
    teller.contact(citizen, date(2007, 11, 26), Parties.COMPANY, "Køkkenet går ikke. Der mangler folk til rengøring.")
    teller.contact(citizen, date(2007, 12, 10), Parties.CITIZEN, "Siger ja til rengøring: det er plejehjem, hun vil.")
    return Met(citizen, home, cleaning)


def _lay(teller: Teller, met: Met) -> _Staircase:
    version = teller.draft(
        met.citizen,
        "Rengøringsassistent på plejehjemmet",
        GoalForm.ORDINARY,
        met.function,
        date(2007, 12, 17),
        trade=Trade.CLEANING,
    )
    practice, course = _learning(teller, version, met.place)
    subsidy, holiday, cover = _working(teller, version, met.place, course)
    return _Staircase(version, practice, course, subsidy, holiday, cover)


def _learning(teller: Teller, version: PlanVersion, place: Workplace) -> tuple[Laid, Laid]:
    practice = teller.step(
        version,
        StepKind.INTERNSHIP,
        "Praktik i rengøringen",
        (_OPENED, date(2008, 4, 7)),
        [
            ("Møder stabilt: mindst 90 % fremmøde", EvidenceKind.ATTENDANCE),
            ("Gør rent efter plan på egen hånd", EvidenceKind.CARD_LEVEL),
        ],
        place=place,
    )
    course = teller.step(
        version,
        StepKind.UPSKILLING,
        "Hygiejnekursus",
        (date(2008, 4, 7), date(2008, 4, 21)),
        [("Hygiejnebevis", EvidenceKind.CERTIFICATE)],
        [practice],
    )
    return practice, course


def _working(teller: Teller, version: PlanVersion, place: Workplace, course: Laid) -> tuple[Laid, Laid, Laid]:
    subsidy = teller.step(
        version,
        StepKind.WAGE_SUBSIDY,
        "Løntilskudsjob i rengøringen",
        (date(2008, 4, 21), date(2009, 2, 2)),
        [("Klarer en afdeling alene", EvidenceKind.CARD_LEVEL)],
        [course],
        place,
    )
    holiday = teller.step(
        version,
        StepKind.PAID_HOURS,
        "Ferievikar med almindelig løn",
        (date(2008, 7, 1), date(2008, 8, 11)),
        [("Udtalelse fra afdelingen", EvidenceKind.STATEMENT)],
        [course],
        place,
    )
    cover = teller.step(
        version,
        StepKind.PAID_HOURS,
        "Tidsbegrænset vikariat",
        (date(2009, 2, 2), date(2009, 6, 1)),
        [("Afdelingen vil ansætte fast", EvidenceKind.STATEMENT)],
        [subsidy, holiday],
        place,
    )
    return subsidy, holiday, cover


def _agree(teller: Teller, version: PlanVersion) -> None:
    teller.agree(version, _OPENED)
    teller.promise(version, Party.MUNICIPALITY, "Betaler hygiejnekurset", _OPENED, date(2008, 4, 7), date(2008, 3, 31))
    job = "Tilbyder en stilling, når delmålene er nået"
    teller.promise(version, Party.COMPANY, job, _OPENED, _JOB_FROM, date(2009, 5, 25))


def _learn(teller: Teller, stairs: _Staircase) -> None:
    shown = [(date(2008, 3, 31), "96 % fremmøde"), (date(2008, 4, 2), "Niveau 3 af 4")]
    teller.climb(stairs.practice, _OPENED, shown, date(2008, 4, 7))
    teller.climb(stairs.course, date(2008, 4, 7), [(date(2008, 4, 18), "")], date(2008, 4, 21))


def _work(teller: Teller, stairs: _Staircase, met: Met) -> None:
    begun, ended = date(2008, 4, 21), date(2009, 2, 2)
    teller.begin(stairs.subsidy, begun)
    teller.mentor(stairs.subsidy, met.place, "Karen Vang", begun, ended)
    teller.climb(stairs.holiday, date(2008, 7, 1), [(date(2008, 8, 8), "")], date(2008, 8, 11))
    teller.contact(met.citizen, date(2008, 10, 6), Parties.COMPANY, "En afdeling får brug for en vikar først på året.")
    teller.finish(stairs.subsidy, [(date(2009, 1, 20), "")], ended)
    teller.climb(stairs.cover, ended, [(date(2009, 5, 25), "")], _JOB_FROM)
    _measure(teller, met)
    teller.job(stairs.version, Outcome.ORDINARY_JOB, _JOB_FROM, "37")
    _look_after(teller, stairs.version)
    teller.story(stairs.version, "Salma", _STORY, date(2009, 8, 18), date(2009, 8, 25))


def _look_after(teller: Teller, version: PlanVersion) -> None:
    """Five years: calls by plan, use when something happens, and some calls that nobody made."""
    care = agree_aftercare(
        actor=teller.bo, package=version.package, starts_on=_JOB_FROM, ends_on=date(2014, 6, 1), on=_JOB_FROM
    )
    her = version.package.citizen
    teller.contact(her, date(2009, 6, 11), Parties.CITIZEN, "Første uger i det faste job. Har fået sin egen afdeling.")
    teller.contact(her, date(2009, 8, 31), Parties.CITIZEN, "Ferien er holdt, og timerne passer til familien.")
    text = "Ny afdelingsleder vil lægge vagterne om. Talte om, hvad hun selv kan foreslå."
    teller.used(care, date(2009, 10, 5), Party.CITIZEN, CareTopic.HOURS, text)
    teller.contact(her, date(2009, 12, 21), Parties.CITIZEN, "Vagterne faldt på plads, som hun foreslog.")
    text = "Lederen ringede: hun lærer nye kolleger op og vil gerne have timer til det."
    teller.used(care, date(2010, 3, 2), Party.COMPANY, CareTopic.TASKS, text)
    teller.contact(her, date(2010, 5, 25), Parties.CITIZEN, "Lærer nu to nye kolleger op. Glad.")
    teller.contact(her, date(2011, 3, 14), Parties.CITIZEN, "Ringede efter et stykke tid uden kontakt. Alt går godt.")
    text = "Spørgsmål til overenskomsten; henvist til tillidsrepræsentanten."
    teller.used(care, date(2011, 5, 9), Party.CITIZEN, CareTopic.PAY, text)
    for day in (date(2011, 8, 1), date(2011, 10, 24), date(2012, 1, 16), date(2012, 4, 10), date(2012, 7, 2)):
        teller.contact(her, day, Parties.CITIZEN, "Ringede efter planen. Det går, som det skal.")
    teller.contact(her, date(2013, 9, 2), Parties.CITIZEN, "Er blevet arbejdsmiljørepræsentant.")


def _measure(teller: Teller, met: Met) -> None:
    """Steady at work all the time; what grows is knowing what work, and believing in it."""
    teller.measure(met.citizen, date(2008, 1, 14), mine="2244434432", theirs="2144434422")
    teller.measure(met.citizen, date(2008, 4, 14), mine="3354434432", theirs="3254434433")
    teller.measure(met.citizen, date(2008, 7, 14), mine="3455444433", theirs="42544-4433")
    teller.measure(met.citizen, date(2008, 10, 13), mine="4454444443", theirs="4354434443")
    teller.measure(met.citizen, date(2009, 1, 12), mine="4555444443", theirs="5455444444")
    teller.measure(met.citizen, date(2009, 4, 13), mine="5555544544", theirs="5555544454")
