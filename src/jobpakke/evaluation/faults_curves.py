"""Why a curve, a flow or an effect cannot be made: a code, and its sentence in English (the command line's)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CurveFault(StrEnum):
    """What the curves and effects refuse."""

    BAD_DURATION = "BAD_DURATION"
    BAD_EVENT = "BAD_EVENT"
    ENTRY_NOT_BEFORE_EXIT = "ENTRY_NOT_BEFORE_EXIT"
    UNKNOWN_CAUSE = "UNKNOWN_CAUSE"
    BAD_LEVEL = "BAD_LEVEL"
    BAD_SHARE = "BAD_SHARE"
    NO_PERSONS = "NO_PERSONS"
    UNKNOWN_STATUS = "UNKNOWN_STATUS"
    TWO_STATUSES = "TWO_STATUSES"
    DATES_IN_ORDER = "DATES_IN_ORDER"
    TOO_MANY_WEEKS = "TOO_MANY_WEEKS"
    UNKNOWN_METHOD = "UNKNOWN_METHOD"
    NOT_A_TREATMENT = "NOT_A_TREATMENT"
    TOO_FEW = "TOO_FEW"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    MISSING_VALUES = "MISSING_VALUES"
    NEEDS_COVARIATES = "NEEDS_COVARIATES"
    CONSTANT_COVARIATE = "CONSTANT_COVARIATE"
    COLLINEAR_COVARIATES = "COLLINEAR_COVARIATES"
    CONSTANT_OUTCOME = "CONSTANT_OUTCOME"
    SAME_COLUMN = "SAME_COLUMN"
    BAD_TRIM = "BAD_TRIM"
    TRIM_UNUSED = "TRIM_UNUSED"
    SEPARATED = "SEPARATED"
    NO_OVERLAP = "NO_OVERLAP"
    BAD_THRESHOLD = "BAD_THRESHOLD"
    TABLES_DISAGREE = "TABLES_DISAGREE"
    NEGATIVE_COUNT = "NEGATIVE_COUNT"


CURVE_SENTENCES: Mapping[str, str] = {
    CurveFault.BAD_DURATION: "%(count)d rows have no duration, or one below 0; it must be a number from 0 up",
    CurveFault.BAD_EVENT: "%(count)d rows have no event, or one below 0; it must be 0 (censored) or a cause from 1 up",
    CurveFault.ENTRY_NOT_BEFORE_EXIT: (
        "%(count)d rows enter at or after their end; leave them out, or mend entry: it must be before duration"
    ),
    CurveFault.UNKNOWN_CAUSE: "there is no cause %(cause)r; use one of: %(known)s",
    CurveFault.BAD_LEVEL: "a level of %(value)s cannot be used; it must be between 0 and 1, for example 0.95",
    CurveFault.BAD_SHARE: "a share of %(value)s cannot be used; it must be between 0 and 1, for example 0.5",
    CurveFault.NO_PERSONS: "there is nobody to count: the table has no row that fits",
    CurveFault.UNKNOWN_STATUS: "no spell has the status %(status)s; the table has: %(known)s",
    CurveFault.TWO_STATUSES: "%(status)s cannot be both what is left and what is come back to",
    CurveFault.DATES_IN_ORDER: "the first date must be before the last: %(start)s is not before %(end)s",
    CurveFault.TOO_MANY_WEEKS: "%(weeks)s weeks are too many; ask for %(most)s at the most, with --from and --to",
    CurveFault.UNKNOWN_METHOD: "unknown method %(method)r; use one of: %(known)s",
    CurveFault.NOT_A_TREATMENT: "%(column)s must hold 0 (comparison) and 1 (treated), both; it holds: %(found)s",
    CurveFault.TOO_FEW: "%(treated)d treated and %(control)d for comparison are too few; %(needed)s",
    CurveFault.NOT_A_NUMBER: "%(column)s holds %(value)r, which is not a number",
    CurveFault.MISSING_VALUES: (
        "%(count)d rows lack a value in %(columns)s; leave them out, or fill them in, and say so beside the figure"
    ),
    CurveFault.NEEDS_COVARIATES: "the method %(method)s needs --covariates: what may differ between the groups",
    CurveFault.CONSTANT_COVARIATE: "%(columns)s is the same for everybody and explains nothing; leave it out",
    CurveFault.COLLINEAR_COVARIATES: "%(columns)s follows exactly from the other covariates; leave it out",
    CurveFault.CONSTANT_OUTCOME: "%(column)s is the same for everybody: there is no effect to estimate",
    CurveFault.SAME_COLUMN: "%(columns)s cannot be more than one of treatment, outcome and covariate; choose others",
    CurveFault.BAD_TRIM: "a trim of %(value)s cannot be used; it must be below 0.5 and not below 0, such as 0.05",
    CurveFault.TRIM_UNUSED: "the method %(method)s does not use --trim; leave it out, or take --method ipw or aipw",
    CurveFault.SEPARATED: "the covariates tell exactly who is treated, so nobody is comparable; use fewer of them",
    CurveFault.NO_OVERLAP: (
        "%(outside)d of %(size)d persons have a chance of treatment below %(least)s or above %(most)s: the groups are "
        "not comparable; use fewer covariates, a closer comparison group, or --trim"
    ),
    CurveFault.BAD_THRESHOLD: "a threshold of %(value)s cannot be used; it must be 1 or more, for example 5",
    CurveFault.TABLES_DISAGREE: "two tables of one note disagree: %(cell)s is %(one)s in one, %(other)s in another",
    CurveFault.NEGATIVE_COUNT: "%(cell)s holds %(count)s persons; a count cannot be below 0",
}
