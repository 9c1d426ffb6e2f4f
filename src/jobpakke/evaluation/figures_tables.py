"""The registry's entries of tables: status on dates, rates, targets, gaps."""

from __future__ import annotations

from jobpakke.evaluation.figure import BY, Ask, Figure, Option
from jobpakke.evaluation.layouts import SPELLS

STATUS_AT = Figure(
    name="status-at",
    function="status_at.status_at",
    help="how many persons have each status on a date",
    example="jobpakke evaluate status-at spells.csv --on 2009-09-01 --by municipality --format csv",
    reads=SPELLS,
    options=(
        Option("--on", "dates", Ask.DATE, "YYYY-MM-DD; may be repeated", required=True, repeated=True),
        BY,
        Option("--precedence", "precedence", Ask.NAMES, "statuses, the first that holds counts"),
        Option("--default-status", "default_status", Ask.TEXT, "the status of persons without a spell on the date"),
    ),
)
TABLES: tuple[Figure, ...] = (STATUS_AT,)
