"""Invented people: names, and replacement CPR numbers (day of birth raised by 60), which no real person has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

GIVEN = (
    "Aisha Amina Fatma Hanan Layla Mariam Nadia Rania Samira Zahra Ayse Elif Emine Gülsen Hatice Zeynep Arjeta Besa"
    " Drita Flora Shpresa Valbona Amela Jasmina Senada Lejla Thi Linh Mai Nga Rupa Shanti Sunita Halima Hodan Ifrah"
    " Abdi Ahmed Ali Bashir Farid Hassan Ibrahim Jamal Karim Mahmoud Omar Samir Yusuf Cemal Erkan Hakan Mehmet Murat"
    " Arben Besnik Dardan Ilir Emir Goran Mirsad Zoran Duc Hung Minh Ravi Suresh Dawit Tesfay Åse Øjvind Ærna"
).split()
FAMILY = (
    "Abdi Ahmadi Akbari Aksoy Al-Amin Ali Arslan Aydin Bajrami Barzani Berisha Demirci Dogan Farah Gashi Ghazali"
    " Haddad Hadzic Hamid Hashemi Hoti Hussein Ibrahimi Jama Kaya Khalil Khan Kilic Krasniqi Le Mahmoud Mansour"
    " Mohamud Mujic Nguyen Noori Omar Osman Özdemir Pham Polat Rahimi Rexhepi Sahin Saleh Shala Sharif Suljic Tran"
    " Warsame Yildiz Yusuf Zaman Åberg Østergård Ærø"
).split()


@dataclass(frozen=True, slots=True)
class Person:
    """A name and a number."""

    given_name: str
    family_name: str
    cpr: str


def people(rng: Random, *, first_serial: int) -> Iterator[Person]:
    """People without end, each number once; ``first_serial`` keeps two streams apart (0 to 3999)."""
    serial = first_serial
    while True:
        born_on = date(1951, 1, 1) + timedelta(days=rng.randrange(365 * 36))
        yield Person(rng.choice(GIVEN), rng.choice(FAMILY), replacement_cpr(born_on, serial))
        serial += 1


def replacement_cpr(born_on: date, serial: int) -> str:
    """A replacement number for somebody born 1937-1999; the serial's first digit (0-3) tells the century."""
    return f"{born_on.day + 60:02d}{born_on:%m%y}{serial:04d}"
