"""The network of VIP2: its ambassadors, the courses they took, the newsletters.

Source of the figures: the follow-up of September 2009 tells of 33 ambassadors in 23 municipalities when the project
ended, of 70 people in a little over 40 municipalities and other actors four months later, of an extra course run in
September because so many wanted the one in August, and of a newsletter to 2,700 subscribers. Who they are, where else
than in VIP2's municipalities they work, and the seats of each run, is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jobpakke.demo import vip2
from jobpakke.demo.bulk import Ground
from jobpakke.network.services import join_network, open_run, record_newsletter, take_seat

COURSE = "Kursus for jobpakkeambassadører"
_GIVEN = ("Anders", "Birgit", "Carsten", "Dorthe", "Ejnar", "Freja", "Gerda", "Henrik", "Inge", "Jesper", "Karin")
_FAMILY = ("Bak", "Dahl", "Eskildsen", "Friis", "Holst", "Juul", "Lund")
_WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One run: announced, begun, its seats, and where those who took one work: codes of municipalities, names of
    others."""

    opened_on: date
    starts_on: date
    place: str
    seats: int
    of: tuple[str, ...]


_VIP2 = tuple(part.code for part in vip2.PARTS)
RUNS = (
    Run(
        date(2008, 9, 1),
        date(2008, 10, 22),
        "Århus",
        18,
        (*_VIP2, *_VIP2, "0461", "0561", "0630", "0851", "0101", "0265", "0740"),
    ),
    Run(
        date(2009, 1, 12),
        date(2009, 2, 25),
        "Slagelse",
        18,
        (*_VIP2, "0615", "0621", "0657", "0661", "0730", "0791", "0779", "0540", "0370", "0316", "0217"),
    ),
    Run(
        date(2009, 8, 3),
        date(2009, 8, 26),
        "Århus",
        20,
        (*_VIP2, "0461", "0561", "0851", "0101", "0265", "0615", "0657", "0217")
        + ("0147", "0169", "0219", "0329", "0376", "0410", "Sprogcentret Ved Åen"),
    ),
    Run(
        date(2009, 8, 18),
        date(2009, 9, 16),
        "Slagelse",
        20,
        ("0751", "0580", "0630", "0730", "0370")
        + ("0440", "0479", "0510", "0607", "0706", "0746", "0773", "0810", "0860")
        + ("Foreningen Nye Veje", "Kursuscentret Broen", "Udbyderen Vejviser"),
    ),
)
_NEWSLETTERS = (
    ("Nyhedsbrev nr. 5", date(2008, 11, 20), 1900),
    ("Nyhedsbrev nr. 6", date(2009, 5, 28), 2400),
    ("Nyhedsbrev nr. 7", date(2009, 8, 27), 2700),
)


def tell(ground: Ground) -> None:
    """The evaluator keeps it, each thing on its day."""
    finn, programme = ground.users["finn"], ground.programmes[vip2.CODE]
    names = _names()
    for each in RUNS:
        opened = each.opened_on
        run = open_run(
            actor=finn,
            programme=programme,
            title=COURSE,
            seats=each.seats,
            opened_on=opened,
            starts_on=each.starts_on,
            place=each.place,
            on=opened,
        )
        for number, where in enumerate(each.of):
            day = _after(opened, number)
            code = where if where.isdecimal() else ""
            who = join_network(
                actor=finn,
                programme=programme,
                name=next(names),
                municipality=code,
                organisation="" if code else where,
                joined_on=day,
                on=day,
            )
            take_seat(actor=finn, run=run, ambassador=who, taken_on=day, on=day)
    for title, day, subscribers in _NEWSLETTERS:
        record_newsletter(actor=finn, programme=programme, title=title, sent_on=day, subscribers=subscribers, on=day)


def _names() -> Iterator[str]:
    """Given and family names in turn: 7 and 11 have no factor in common, so each pair comes once."""
    for number in range(len(_GIVEN) * len(_FAMILY)):
        yield f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number % len(_FAMILY)]}"


def _after(opened: date, number: int) -> date:
    """The working day on which the one of the number says yes: two a day, from the day after the announcement."""
    day = opened
    for _ in range(number // 2 + 1):
        day += timedelta(days=1 if day.isoweekday() < _WEEKDAYS else 3)
    return day
