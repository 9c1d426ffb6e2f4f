"""Counts of benefit recipients around VIP2, 2008-2009: invented, from a file as Statistikbanken gives it.

Source of their shape: the follow-up of September 2009 tells that the number of unemployed recipients of cash benefit in
VIP2's municipalities had risen by 30 to 50 % in a year. Every single count is made up.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jobpakke.access.models import Municipality
from jobpakke.demo.bulk import Ground
from jobpakke.followup.context.areas import Areas
from jobpakke.followup.context.reading import read_counts
from jobpakke.followup.context.services import Imported, import_benefit_counts

FILE = Path(__file__).parent / "benefit_counts.csv"
SOURCE = "Opdigtede tal til demonstrationen, ikke Danmarks Statistik"


def take_in(ground: Ground, today: date) -> Imported:
    """The evaluator takes the file in."""
    areas = Areas(list(Municipality.objects.values_list("code", "name")))
    file = read_counts(FILE.read_bytes(), areas)
    return import_benefit_counts(actor=ground.users["finn"], file=file, source=SOURCE, on=today)
