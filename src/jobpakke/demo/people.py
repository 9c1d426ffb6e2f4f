"""Invented people: names, and replacement CPR numbers (day of birth raised by 60), which no real person has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random


@dataclass(frozen=True, slots=True)
class Person:
    """A name and a number."""

    given_name: str
    family_name: str
    cpr: str


def people(rng: Random, *, first_serial: int, oldest: int = 1951) -> Iterator[Person]:
    """People without end, each number once, born in 36 years from ``oldest`` on; ``first_serial`` keeps two streams
    apart (0 to 3999)."""
    serial = first_serial
    while True:
        born_on = date(oldest, 1, 1) + timedelta(days=rng.randrange(365 * 36))
        yield Person(rng.choice(_names()["given"]), rng.choice(_names()["family"]), replacement_cpr(born_on, serial))
        serial += 1


def replacement_cpr(born_on: date, serial: int) -> str:
    """A replacement number for somebody born 1937-1999; the serial's first digit (0-3) tells the century."""
    return f"{born_on.day + 60:02d}{born_on:%m%y}{serial:04d}"


@cache
def _names() -> dict[str, list[str]]:
    return tomllib.loads(files("jobpakke.demo").joinpath("names.toml").read_text(encoding="utf-8"))
