"""Who speaks, as addresses and forms say it: a party, and which company where several are asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlencode

from django.http import Http404

from jobpakke.companies.models import Company
from jobpakke.lib.refs import Ref, parse_ref
from jobpakke.method.agreement import Voice
from jobpakke.method.parties import Side
from jobpakke.packages.answers import Asked, Companies
from jobpakke.packages.models import Party
from jobpakke.web.labels import party_label

_APART = ":"


def spoken(voice: Voice) -> str:
    """The part of an address that names who speaks."""
    return urlencode({"part": voice.side.value, **({"firma": voice.company} if voice.company else {})})


def speaker(asked: Iterable[Asked], query: Mapping[str, str]) -> Asked:
    """Who of those asked an address names; the municipality where it names nobody. Raises Http404 where it names a
    company that is not asked, or does not say which of several."""
    lines = list(asked)
    mine = [each for each in lines if each.voice.side == query.get("part", "")]
    company = parse_ref(query.get("firma"))
    if len(mine) > 1 or company is not None:
        mine = [each for each in mine if each.voice.company == company]
        if not mine:
            raise Http404
    return mine[0] if mine else lines[-1]


def key_of(voice: Voice) -> str:
    """As a choice in a form."""
    return f"{voice.side.value}{_APART}{voice.company}" if voice.company else voice.side.value


def choices_of(companies: Companies, *, municipality: bool = False) -> Iterator[tuple[str, str]]:
    """Citizen, each company by name, perhaps the municipality; where there is only one company, simply the company."""
    yield Party.CITIZEN.value, party_label(Party.CITIZEN.value)
    for ref, name in companies.items():
        voice = Voice(Side.COMPANY, ref if len(companies) > 1 else None)
        yield key_of(voice), party_label(Party.COMPANY.value, name)
    if municipality:
        yield Party.MUNICIPALITY.value, party_label(Party.MUNICIPALITY.value)


def chosen(key: str) -> tuple[Party, Ref | None]:
    """The party of a choice, and which company."""
    party, _apart, ref = key.partition(_APART)
    return Party(party), parse_ref(ref)


def company_of(ref: Ref | None) -> Company | None:
    """The company with a ref; None where none is named."""
    return Company.objects.filter(ref=ref).first() if ref else None
