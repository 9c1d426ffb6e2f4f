"""The registry's entries of curves: incidence, durations, transitions, sequences, effects."""

from __future__ import annotations

from jobpakke.evaluation.figure import Ask, Figure, Option
from jobpakke.evaluation.layouts import DURATIONS, SPELLS, STUDY

BY = Option("--by", "by", Ask.COLUMN, "group by this column")
LEVEL = Option("--level", "level", Ask.NUMBER, "how sure the interval is (0.95)")
PRECEDENCE = Option("--precedence", "precedence", Ask.NAMES, "statuses, the first that holds counts")
DEFAULT = Option("--default-status", "default_status", Ask.TEXT, "the status of persons without a spell on the date")
FROM = Option("--from", "start", Ask.DATE, "YYYY-MM-DD; the first date (the first start)")
TO = Option("--to", "end", Ask.DATE, "YYYY-MM-DD; the last date (the last day that FILE tells of)")
BEFORE = Option("--to", "end", Ask.DATE, "YYYY-MM-DD; the day after the last (that FILE tells of)")
ON = Option(
    "--on",
    "on",
    Ask.DATE,
    "YYYY-MM-DD; what is known on this date, later counts as not yet seen (the last day that FILE tells of)",
)
LASTING = (
    Option("--status", "statuses", Ask.NAMES, "the status, or statuses, that last (flex_job,ordinary_job)"),
    ON,
    Option("--since", "since", Ask.DATE, "YYYY-MM-DD; only what could be seen from this day on"),
    BY,
)
TREATMENT = Option(
    "--treatment", "treatment", Ask.COLUMN, "the column that is 1 for treated, 0 for comparison", required=True
)
TRIM = Option(
    "--trim", "trim", Ask.NUMBER, "leave out those whose chance of treatment is below this, or above 1 less it"
)

CURVES: tuple[Figure, ...] = (
    Figure(
        name="incidence",
        function="incidence.incidence",
        help="the share for whom each cause has happened by a time, with an interval (Aalen-Johansen)",
        example="jobpakke evaluate incidence durations.csv --by municipality --at 182 365 --format csv",
        reads=DURATIONS,
        options=(
            BY,
            Option("--at", "at", Ask.NUMBER, "only at these times", repeated=True, several=True),
            Option("--cause", "cause", Ask.TEXT, "only this cause, or: any (Kaplan-Meier: survival is 1 - cif)"),
            LEVEL,
        ),
    ),
    Figure(
        name="quantile",
        function="durations.quantiles",
        help="the time by which a share (half) have had an event, with an interval",
        example="jobpakke evaluate quantile durations.csv --by municipality --share 0.5",
        reads=DURATIONS,
        options=(BY, Option("--share", "share", Ask.NUMBER, "the share (0.5, the median)"), LEVEL),
    ),
    Figure(
        name="durations",
        function="durations.durations",
        help="how long persons stay in a status, and what came next: a table for incidence",
        example="jobpakke evaluate durations spells.csv --status ordinary_job,flex_job --on 2010-09-01 --format csv",
        reads=SPELLS,
        options=(*LASTING, PRECEDENCE),
    ),
    Figure(
        name="median-duration",
        function="durations.median_duration",
        help="how long the half stay in a status, with an interval",
        example="jobpakke evaluate median-duration spells.csv --status ordinary_job --on 2010-09-01 --by municipality",
        reads=SPELLS,
        options=(*LASTING, Option("--share", "share", Ask.NUMBER, "the share that has left (0.5)"), LEVEL),
    ),
    Figure(
        name="transitions",
        function="transitions.transitions",
        help="how many persons went from each status on one date to each status on another",
        example="jobpakke evaluate transitions spells.csv --from 2009-01-01 --to 2009-09-01 --by municipality",
        reads=SPELLS,
        options=(FROM, TO, BY, PRECEDENCE, DEFAULT),
    ),
    Figure(
        name="turnover",
        function="transitions.turnover",
        help="into and out of jobs between two dates, from where and to where",
        example="jobpakke evaluate turnover spells.csv --from 2009-01-01 --to 2009-09-01",
        reads=SPELLS,
        options=(FROM, TO, Option("--status", "statuses", Ask.NAMES, "(flex_job,ordinary_job)"), BY, PRECEDENCE),
    ),
    Figure(
        name="relapse",
        function="transitions.relapse",
        help="the share back on benefit within so many months after the first job, with an interval",
        example="jobpakke evaluate relapse spells.csv --on 2010-09-01 --months 3 6 12 --clock end",
        reads=SPELLS,
        options=(
            ON,
            Option("--months", "months", Ask.WHOLE, "(3 6 12)", repeated=True, several=True),
            Option(
                "--clock",
                "clock",
                Ask.TEXT,
                "counted from the end of the job (end), or its start",
                choices=("end", "start"),
            ),
            Option("--jobs", "jobs", Ask.NAMES, "(flex_job,ordinary_job)"),
            Option("--benefits", "benefits", Ask.NAMES, "(cash_benefit)"),
            BY,
            LEVEL,
        ),
    ),
    Figure(
        name="sequences",
        function="sequences.sequences",
        help="statuses week by week: persons, shares, the most common, and how mixed the week is",
        example="jobpakke evaluate sequences spells.csv --from 2009-01-01 --to 2010-01-01 --format csv",
        reads=SPELLS,
        options=(FROM, BEFORE, BY, PRECEDENCE, DEFAULT),
    ),
    Figure(
        name="index-plot",
        function="sequences.index_plot",
        help="the weeks of each person as a line, alike beside each other; no line has a name",
        example="jobpakke evaluate index-plot spells.csv --from 2009-01-01 --to 2010-01-01 --format csv",
        reads=SPELLS,
        options=(FROM, BEFORE, BY, PRECEDENCE, DEFAULT),
    ),
    Figure(
        name="effect",
        function="effects.effect",
        help="the effect of a treatment on an outcome, against a comparison group",
        example="jobpakke evaluate effect persons.csv --treatment package --outcome weeks --covariates age",
        reads=STUDY,
        options=(
            TREATMENT,
            Option("--outcome", "outcome", Ask.COLUMN, "the column of the outcome, a number", required=True),
            Option("--covariates", "covariates", Ask.COLUMNS, "columns of what may differ between the groups"),
            Option(
                "--method",
                "method",
                Ask.TEXT,
                "difference (the default), regression, ipw or aipw",
                choices=("difference", "regression", "ipw", "aipw"),
            ),
            TRIM,
            LEVEL,
        ),
    ),
    Figure(
        name="balance",
        function="effects.balance",
        help="how alike treated and comparison are, before and after weighting: to be read before an effect",
        example="jobpakke evaluate balance persons.csv --treatment package --covariates age,sex",
        reads=STUDY,
        options=(
            TREATMENT,
            Option("--covariates", "covariates", Ask.COLUMNS, "columns of what may differ", required=True),
            TRIM,
        ),
    ),
)
