"""Every figure of the note, fetched once; the prose and the tables take theirs from here and from nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from jobpakke.access.models import Municipality
from jobpakke.followup.context.beside import Beside, beside, series_of, window_of
from jobpakke.followup.context.models import BenefitCount
from jobpakke.followup.groups import Grouping
from jobpakke.followup.lives import lives_of
from jobpakke.followup.results import Results, results_in
from jobpakke.followup.splits import Split, split_of
from jobpakke.network.reach import Network, network_of
from jobpakke.packages.models import Programme


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note tells of a programme on a date. ``beside``: counts of benefit recipients over the programme's time,
    where any are known. ``network``: of the whole programme, whichever municipalities it tells of, in a file; no
    citizens are in it. ``split``: the same by one more grouping, where that is asked for."""

    results: Results
    beside: Beside | None
    network: Network | None = None
    split: Split | None = None

    @property
    def programme(self) -> Programme:
        """Of which it tells."""
        return self.results.programme

    @property
    def on(self) -> date:
        """The date of its tables."""
        return self.results.on

    def hiding_small(self, *, least: int) -> NoteFacts:
        """The same to be sent to anybody: small numbers, and what would give them away, are in no part of it."""
        results = self.results.hiding_small(least=least)
        split = None if self.split is None else split_of(results, self.split.by, least=least)
        if self.beside is None:
            return replace(self, results=results, split=split)
        total = replace(self.beside.total, status=results.status.total)
        rows = tuple(
            replace(row, status=status) for row, status in zip(self.beside.rows, results.status.rows, strict=True)
        )
        return replace(self, results=results, split=split, beside=replace(self.beside, total=total, rows=rows))


def facts(
    programme: Programme, *, on: date, among: QuerySet[Municipality] | None = None, before: date | None = None
) -> NoteFacts:
    """The figures of the municipalities in ``among`` (without it: of all), in a fixed number of queries; ``before``:
    the date that they are compared with."""
    results = results_in(lives_of(programme, until=on, among=among), on=on, before=before)
    return facts_of(results)


def facts_of(results: Results) -> NoteFacts:
    """The same of results that are read already."""
    return NoteFacts(results, _beside(results))


def facts_of_file(results: Results, *, by: Grouping | None = None, least: int = 1) -> NoteFacts:
    """The same with what only a file tells: the network and, ``by`` one more grouping, the results, without numbers
    below ``least``."""
    split = None if by is None else split_of(results, by, least=least)
    return NoteFacts(results, _beside(results), _network(results), split)


def _network(results: Results) -> Network:
    """Against the end of the programme, once that has passed; else against the date that the results are."""
    ended, changes = results.programme.ends_on, results.changes
    compared = changes.moved.then if changes else None
    before = ended if ended is not None and ended < results.on else compared
    return network_of(results.programme, on=results.on, before=before, known_at=results.known_at)


def _beside(results: Results) -> Beside | None:
    """Beside the benefit that is known for the longest time, from the programme's start to the date; None where no
    counts reach into that time."""
    codes = [row.municipality.code for row in results.status.rows if row.municipality]
    known_at, counts = results.known_at, BenefitCount.objects.all()
    counts = counts.current() if known_at is None else counts.known_at(known_at)
    counts = counts.filter(municipality__code__in=codes)
    known = sorted(series_of(counts), key=lambda each: each.first - each.last)
    windows = (window_of(each, results.programme.starts_on, results.on) for each in known)
    window = next((each for each in windows if each is not None), None)
    return None if window is None else beside(window, counts, results.status)
