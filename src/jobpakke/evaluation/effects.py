"""What a treatment did to an outcome, against a comparison group: by statsmodels, and whether to believe it.

None of these makes a comparison group alike in what was not measured. ``difference`` is an effect only where chance
decided who was treated; the others only where the covariates hold all that decided both treatment and outcome.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import statsmodels.api as sm
from ibis.expr.types import Table
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW
from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning
from statsmodels.treatment.treatment_effects import TreatmentEffect

from jobpakke.evaluation.faults import refused
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.persons import Flags, Floats, Persons, check_arms, check_covariates, persons

LEAST_CHANCE = 0.01
"""Below it, and above 1 less it, statsmodels cuts propensities off in its standard errors; we refuse instead."""

EFFECT = pa.schema(
    {
        "method": pa.string(),
        "estimate": pa.float64(),
        "se": pa.float64(),
        "lower": pa.float64(),
        "upper": pa.float64(),
        "n_treated": pa.int64(),
        "n_control": pa.int64(),
    }
)
BALANCE = pa.schema({"measure": pa.string(), "name": pa.string(), "before": pa.float64(), "after": pa.float64()})
Estimate = tuple[float, float, float, float]
"""Estimate, standard error, and the interval's ends."""


def effect(
    table: Table,
    *,
    treatment: str,
    outcome: str,
    covariates: Sequence[str] = (),
    method: str = "difference",
    trim: float = 0.0,
    level: float = 0.95,
) -> Table:
    """The average effect of a treatment (1 treated, 0 comparison) on an outcome, in the outcome's unit.

    * ``difference``: the difference of the means; Welch's standard error, sqrt(s1^2/n1 + s0^2/n0), which does not take
      the spreads to be equal, and his t interval (statsmodels CompareMeans). Covariates have no part in it.
    * ``regression``: the treatment's coefficient in OLS on treatment and covariates; heteroskedasticity-robust HC1
      standard error (MacKinnon and White 1985; Stata's ``robust``), t interval.
    * ``ipw``: each weighted by 1 / the chance of what they got, weights of each side adding up to all (Hajek); chances
      by logistic regression on the covariates (statsmodels TreatmentEffect.ipw).
    * ``aipw``: as ipw, together with a regression of the outcome in each group: right when either model is (Robins,
      Rotnitzky and Zhao 1994; TreatmentEffect.aipw). Both: average effect over everybody in the table; sandwich
      standard errors of means, regressions and chances together (HC0, derivatives by central differences of the
      standardised outcome: within 1e-8 of exact ones), normal interval. The chances must lie in [0.01, 0.99].

    A covariate of texts becomes indicators. ``trim``, for ipw and aipw: leave out those whose chance is below it or
    above 1 less it, and estimate again; the effect is then about those who are left. See ``balance`` before believing.

    Columns: method, estimate, se, lower, upper, n_treated, n_control: one row. The time of ipw and aipw is
    statsmodels', and grows with persons and covariates.

    Refused: UNKNOWN_METHOD, BAD_LEVEL, BAD_TRIM, TRIM_UNUSED, NEEDS_COVARIATES, NO_OVERLAP, SEPARATED, TOO_FEW, and as
    ``persons``.
    """
    if method not in METHODS:
        raise refused(CurveFault.UNKNOWN_METHOD, method=method, known=", ".join(METHODS))
    if not 0 < level < 1:
        raise refused(CurveFault.BAD_LEVEL, value=level)
    if trim and method not in WEIGHTED:
        raise refused(CurveFault.TRIM_UNUSED, method=method)
    if method in WEIGHTED and not covariates:
        raise refused(CurveFault.NEEDS_COVARIATES, method=method)
    used = () if method == "difference" else covariates
    found = persons(table, treatment=treatment, outcome=outcome, covariates=used)
    if method in WEIGHTED:
        found = trimmed(found, trim)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a root of less than nothing: it is refused below
        estimate, se, lower, upper = METHODS[method](found, 1 - level)
    treated, control = found.sizes
    if not np.isfinite((estimate, se, lower, upper)).all():
        needed = "how sure the effect is cannot be told of so few; use fewer covariates, or another method"
        raise refused(CurveFault.TOO_FEW, treated=treated, control=control, needed=needed)
    row = [method, estimate, se, lower, upper, treated, control]
    return ibis.memtable(pa.Table.from_pylist([dict(zip(EFFECT.names, row, strict=True))], schema=EFFECT))


def balance(table: Table, *, treatment: str, covariates: Sequence[str], trim: float = 0.0) -> Table:
    """How alike treated and comparison are, before and after the weights of ``ipw``.

    ``smd`` of a covariate: difference of means / sqrt((s1^2 + s0^2) / 2), with the unweighted spreads both times
    (Austin 2009); beyond 0.1 either way is worth a word. ``effective_size``: persons before; (sum w)^2 / sum w^2 after.
    ``outside_support``: share of a group whose chance lies outside the range of the other group's. ``largest_weight``:
    as a multiple of the group's mean weight. ``chance``: the least and the most of the chances of treatment.
    ``beyond_limits``: persons with a chance outside [0.01, 0.99], for whom ``ipw`` and ``aipw`` refuse.

    Columns: measure, name, before, after (null where it has no meaning). Refused: NEEDS_COVARIATES, BAD_TRIM,
    SEPARATED, and as ``persons``.
    """
    if not covariates:
        raise refused(CurveFault.NEEDS_COVARIATES, method="balance")
    found = trimmed(persons(table, treatment=treatment, outcome=None, covariates=covariates), trim)
    chance = chances(found)
    weights = np.where(found.treated, 1 / chance, 1 / (1 - chance))
    rows: list[tuple[str, str, float | None, float | None]] = [
        ("smd", name, *_smd(found.covariates[:, place], found.treated, weights))
        for place, name in enumerate(found.names)
    ]
    for name, arm in (("treated", found.treated), ("control", ~found.treated)):
        mine, other, weight = chance[arm], chance[~arm], weights[arm]
        outside = (mine < other.min()) | (mine > other.max())
        rows += [
            ("effective_size", name, float(arm.sum()), float(weight.sum() ** 2 / (weight**2).sum())),
            ("outside_support", name, float(outside.mean()), None),
            ("largest_weight", name, None, float(weight.max() / weight.mean())),
        ]
    rows += [("chance", "least", float(chance.min()), None), ("chance", "most", float(chance.max()), None)]
    rows += [("beyond_limits", "persons", float(_beyond(chance, LEAST_CHANCE).sum()), None)]
    listed = [dict(zip(BALANCE.names, row, strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(listed, schema=BALANCE))


def _smd(values: Floats, treated: Flags, weights: Floats) -> tuple[float | None, float | None]:
    """Before and after weighting; none where neither group varies."""
    spread = np.sqrt((values[treated].var(ddof=1) + values[~treated].var(ddof=1)) / 2)
    if spread == 0:
        return None, None
    plain = values[treated].mean() - values[~treated].mean()
    weighted = np.average(values[treated], weights=weights[treated]) - np.average(
        values[~treated], weights=weights[~treated]
    )
    return float(plain / spread), float(weighted / spread)


# -- chances of treatment


def chances(found: Persons) -> Floats:
    """Each person's chance of treatment by logistic regression, shape (n,). Refused: SEPARATED."""
    return np.asarray(_selection(found).predict())


def trimmed(found: Persons, trim: float) -> Persons:
    """Those whose chance is neither below ``trim`` nor above 1 less it. Refused: BAD_TRIM, and as ``persons``."""
    if not 0 <= trim < 0.5:  # noqa: PLR2004
        raise refused(CurveFault.BAD_TRIM, value=trim)
    if trim == 0:
        return found
    kept = found.only(~_beyond(chances(found), trim))
    check_arms(kept)
    check_covariates(kept)
    return kept


def _beyond(chance: Floats, least: float) -> Flags:
    return np.asarray((chance < least) | (chance > 1 - least))


def _selection(found: Persons) -> Any:
    design = sm.add_constant(found.scaled)
    with warnings.catch_warnings():
        for kind in (PerfectSeparationWarning, ConvergenceWarning, RuntimeWarning):
            warnings.simplefilter("error", kind)
        try:
            return sm.Logit(found.treated.astype(int), design).fit(disp=0)
        except (PerfectSeparationWarning, ConvergenceWarning, RuntimeWarning, np.linalg.LinAlgError) as error:
            raise refused(CurveFault.SEPARATED) from error


# -- the estimates, statsmodels' own


def _difference(found: Persons, alpha: float) -> Estimate:
    arms = CompareMeans(DescrStatsW(found.outcome[found.treated]), DescrStatsW(found.outcome[~found.treated]))
    lower, upper = arms.tconfint_diff(alpha=alpha, usevar="unequal")
    return float(arms.d1.mean - arms.d2.mean), float(arms.std_meandiff_separatevar), float(lower), float(upper)


def _regression(found: Persons, alpha: float) -> Estimate:
    design: Floats = np.column_stack((np.ones(len(found.treated)), found.treated, found.scaled))
    if len(design) <= design.shape[1]:
        raise _too_few(found)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise refused(CurveFault.SEPARATED)
    fitted = sm.OLS(found.outcome, design).fit(cov_type="HC1", use_t=True)
    lower, upper = fitted.conf_int(alpha)[1]
    return float(fitted.params[1]), float(fitted.bse[1]), float(lower), float(upper)


def _ipw(found: Persons, alpha: float) -> Estimate:
    return _weighted(found, alpha, TreatmentEffect.ipw)


def _aipw(found: Persons, alpha: float) -> Estimate:
    for arm in (found.treated, ~found.treated):
        design = np.column_stack((np.ones(int(arm.sum())), found.scaled[arm]))
        if len(design) <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
            raise _too_few(found)
    return _weighted(found, alpha, TreatmentEffect.aipw)


def _weighted(found: Persons, alpha: float, estimator: Callable[..., Any]) -> Estimate:
    """On the standardised outcome, for the numerical derivatives' sake; back in its own unit."""
    selection = _selection(found)
    beyond = _beyond(np.asarray(selection.predict()), LEAST_CHANCE)
    if beyond.any():
        raise refused(
            CurveFault.NO_OVERLAP,
            outside=int(beyond.sum()),
            size=len(beyond),
            least=LEAST_CHANCE,
            most=1 - LEAST_CHANCE,
        )
    unit = found.outcome.std()
    model = sm.OLS((found.outcome - found.outcome.mean()) / unit, sm.add_constant(found.scaled))
    results = estimator(TreatmentEffect(model, found.treated.astype(int), results_select=selection))
    lower, upper = results.conf_int(alpha=alpha)[0]
    estimate, se, *ends = (float(unit * value) for value in (results.effect[0], results.sd[0], lower, upper))
    return estimate, se, ends[0], ends[1]


def _too_few(found: Persons) -> Exception:
    treated, control = found.sizes
    needed = f"each group needs more persons than the {len(found.names)} covariates, varying in each of them"
    return refused(CurveFault.TOO_FEW, treated=treated, control=control, needed=needed)


WEIGHTED = ("ipw", "aipw")
METHODS: Mapping[str, Callable[[Persons, float], Estimate]] = {
    "difference": _difference,
    "regression": _regression,
    "ipw": _ipw,
    "aipw": _aipw,
}
