"""The municipalities of the country, of which ambassadors may come; only some of them use this system."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jobpakke.access.models import Municipality
from jobpakke.lib.names import sort_key


@cache
def municipalities() -> Mapping[str, str]:
    """Name by code: the 98 since 1 January 2007, as Danmarks Statistik calls them, in Danish order."""
    text = files("jobpakke.network").joinpath("municipalities.csv").read_text(encoding="utf-8")
    rows = [(row["code"], row["name"]) for row in csv.DictReader(text.splitlines())]
    return dict(sorted(rows, key=lambda row: sort_key(row[1])))


def name_of(code: str) -> str | None:
    """What a municipality is called: as it calls itself where it uses the system. None: there is none of the code."""
    known = municipalities().get(code)
    return known and (Municipality.objects.filter(code=code).values_list("name", flat=True).first() or known)
