"""The registry's entries of tables: status on dates, rates, targets, gaps, and the spells themselves."""

from __future__ import annotations

from jobpakke.evaluation.figure import BY, Ask, Figure, MoreTable, Option
from jobpakke.evaluation.layouts import ACTIVITIES, PACKAGES, PERSONS, ROWS, SPELLS, TARGETS

ON = Option("--on", "dates", Ask.DATE, "YYYY-MM-DD; may be repeated", required=True, repeated=True)
PRECEDENCE = Option("--precedence", "precedence", Ask.NAMES, "statuses, the first that holds counts")
DEFAULT = Option("--default-status", "default_status", Ask.TEXT, "the status of persons without a spell on the date")
POPULATION = MoreTable("--population", "population", PERSONS, "count these persons only", grouped=True)
STEPS = MoreTable("--activities", "activities", ACTIVITIES, "what was under way (else FILE itself)")
UNTIL = Option("--until", "until", Ask.DATE, "YYYY-MM-DD; the day after the last that is looked at")
SINCE = Option("--since", "since", Ask.DATE, "YYYY-MM-DD; the first day that is looked at")

TABLES: tuple[Figure, ...] = (
    Figure(
        name="status-at",
        function="status_at.status_at",
        help="how many persons have each status on a date",
        example="jobpakke evaluate status-at spells.csv --on 2009-09-01 --by municipality --format csv",
        reads=SPELLS,
        options=(ON, BY, PRECEDENCE, DEFAULT),
        more=(POPULATION,),
    ),
    Figure(
        name="self-support",
        function="rates.self_support_rate",
        help="the share of persons who support themselves on a date, with an interval",
        example="jobpakke evaluate self-support spells.csv --on 2009-09-01 --default-status cash_benefit",
        reads=SPELLS,
        options=(
            ON,
            BY,
            Option("--numerator", "numerator", Ask.NAMES, "statuses of self-support (flex_job,ordinary_job)"),
            PRECEDENCE,
            DEFAULT,
            Option("--level", "level", Ask.NUMBER, "how sure the interval is (0.95)"),
        ),
        more=(POPULATION,),
    ),
    Figure(
        name="targets",
        function="targets.targets_by",
        help="packages started by a date, against their targets",
        example="jobpakke evaluate targets packages.csv --targets targets.csv --on 2009-04-30 --by municipality",
        reads=PACKAGES,
        options=(
            Option("--on", "on", Ask.DATE, "YYYY-MM-DD", required=True),
            Option(
                "--by", "by", Ask.COLUMN, "the column of both files that says the group", required=True, repeated=True
            ),
        ),
        more=(MoreTable("--targets", "targets", TARGETS, "what was promised", required=True, grouped=True),),
    ),
    Figure(
        name="gaps",
        function="gaps.gaps",
        help="when a package was open and nothing was under way",
        example="jobpakke evaluate gaps packages.csv --activities steps.csv --until 2009-09-01",
        reads=PACKAGES,
        alone=ROWS,
        options=(UNTIL, SINCE, BY),
        more=(STEPS,),
    ),
    Figure(
        name="coverage",
        function="gaps.coverage",
        help="the share of the days of open packages on which something was under way",
        example="jobpakke evaluate coverage packages.csv --activities steps.csv --until 2009-09-01 --by municipality",
        reads=PACKAGES,
        alone=ROWS,
        options=(UNTIL, SINCE, BY),
        more=(STEPS,),
    ),
    Figure(
        name="spells",
        function="spells.as_recorded",
        help="the checked spells themselves: a weekly register as spells",
        example="jobpakke evaluate spells register.csv --weekly --codes codes.csv --format csv --out spells.csv",
        reads=SPELLS,
        options=(BY,),
    ),
)
