"""Cumulative incidence against a person-by-person twin, against lifelines, and against numbers of R's survfit."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from fractions import Fraction
from math import exp, log, sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.datasets import load_lung, load_rossi, load_waltons

from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.incidence import incidence
from jobpakke.lib.refusal import Refused
from tests.evaluation.rows import Row, rows_of, select, table

Person = tuple[int, int, int | None]
"""Duration, event, entry."""

Z = 1.959963984540054


@st.composite
def people(draw: st.DrawFn, *, late: bool = False) -> list[Person]:
    def person() -> Person:
        duration = draw(st.integers(0, 8))
        entry = draw(st.none() | st.integers(0, duration - 1)) if late and duration else None
        return duration, draw(st.integers(0, 3)), entry

    return [person() for _ in range(draw(st.integers(1, 14)))]


def durations(persons: list[Person], **more: list[str]) -> Any:
    columns: dict[str, Any] = {"duration": [p[0] for p in persons], "event": [p[1] for p in persons], **more}
    if any(p[2] is not None for p in persons):
        columns["entry"] = [p[2] for p in persons]
    return table(columns)


class Twin:
    """The definitions, person by person, in fractions."""

    def __init__(self, persons: list[Person], cause: int | None) -> None:
        self.persons, self.cause = persons, cause
        self.times = sorted({p[0] for p in persons})

    def at_risk(self, time: float) -> int:
        return sum(p[0] >= time and (p[2] is None or p[2] < time) for p in self.persons)

    def died(self, time: float, *, of: int | None) -> int:
        return sum(p[0] == time and p[1] > 0 and of in {None, p[1]} for p in self.persons)

    def survival(self, time: float, *, before: bool = False) -> Fraction:
        left = Fraction(1)
        for each in self.times:
            if each < time or (each == time and not before):
                left *= 1 - Fraction(self.died(each, of=None), self.at_risk(each))
        return left

    def cif(self, time: float) -> Fraction:
        return sum(
            (
                self.survival(each, before=True) * Fraction(self.died(each, of=self.cause), self.at_risk(each))
                for each in self.times
                if each <= time
            ),
            Fraction(0),
        )

    def variance(self, time: float) -> Fraction:
        total, here = Fraction(0), self.cif(time)
        for each in self.times:
            if each > time:
                break
            n, d, d_j = self.at_risk(each), self.died(each, of=None), self.died(each, of=self.cause)
            before, rest = self.survival(each, before=True), here - self.cif(each)
            if rest:
                total += rest**2 * Fraction(d, n * (n - d))
            total += before**2 * Fraction(d_j * (n - d_j), n**3) - 2 * rest * before * Fraction(d_j, n**2)
        return total


@settings(max_examples=40)
@given(people(), people(late=True), st.sampled_from(["1", "2", "any"]))
def test_every_row_equals_the_twin(early: list[Person], late: list[Person], cause: str) -> None:
    for persons in (early, late):
        if cause != "any" and max(p[1] for p in persons) < int(cause):
            continue
        twin = Twin(persons, None if cause == "any" else int(cause))
        rows = rows_of(incidence(durations(persons), cause=cause))
        assert [row["time"] for row in rows] == twin.times
        for row in rows:
            time = row["time"]
            assert row["at_risk"] == twin.at_risk(time)
            assert row["events"] == twin.died(time, of=twin.cause)
            assert row["cif"] == pytest.approx(float(twin.cif(time)), abs=1e-12)
            assert row["se"] ** 2 == pytest.approx(float(twin.variance(time)), abs=1e-12)
            check_interval(row, cause)


def near(value: Any) -> Any:
    return pytest.approx(value, rel=1e-8, abs=1e-8)


def check_interval(row: Row, cause: str) -> None:
    share = 1 - row["cif"] if cause == "any" else row["cif"]
    if not 1e-9 < share < 1 - 1e-9:
        assert row["lower"] is None
        assert row["upper"] is None
        return
    stretch = min(Z * row["se"] / (share * abs(log(share))), 50)
    ends = (share ** exp(stretch), share ** exp(-stretch))
    lower, upper = (1 - ends[1], 1 - ends[0]) if cause == "any" else ends
    assert (row["lower"], row["upper"]) == (pytest.approx(lower, abs=1e-9), pytest.approx(upper, abs=1e-9))
    assert row["lower"] <= row["cif"] + 1e-12
    assert row["cif"] <= row["upper"] + 1e-12


@settings(max_examples=40)
@given(people(late=True))
def test_the_causes_add_up_to_any(persons: list[Person]) -> None:
    by_time: dict[float, float] = {}
    for row in rows_of(incidence(durations(persons))):
        by_time[row["time"]] = by_time.get(row["time"], 0) + row["cif"]
    for row in rows_of(incidence(durations(persons), cause="any")):
        assert by_time[row["time"]] == pytest.approx(row["cif"], abs=1e-12)


@settings(max_examples=40)
@given(people(late=True), st.lists(st.floats(-1, 10), min_size=1, max_size=4))
def test_a_chosen_time_gets_the_last_value_at_or_before(persons: list[Person], at: list[float]) -> None:
    twin, full = Twin(persons, None), rows_of(incidence(durations(persons), cause="any"))
    seen = 0
    for row in rows_of(incidence(durations(persons), cause="any", at=at)):
        before = [each for each in full if each["time"] <= row["time"]]
        names = ("cif", "se", "lower", "upper")
        last = before[-1] if before else {"cif": 0, "se": 0, "lower": None, "upper": None}
        assert [row[name] for name in names] == [last[name] for name in names]
        assert row["at_risk"] == twin.at_risk(row["time"])
        seen += row["events"]
        assert seen == sum(each["events"] for each in before)


@settings(max_examples=40)
@given(people(), people())
def test_each_group_is_as_if_alone(one: list[Person], other: list[Person]) -> None:
    labels = ["b"] * len(one) + ["a"] * len(other)
    both = rows_of(incidence(durations(one + other, group=labels)))
    most = max(p[1] for p in one + other)
    assert {row["cause"] for row in both} == ({str(number) for number in range(1, most + 1)} or {"any"})
    assert [row["group"] for row in both] == sorted(row["group"] for row in both)
    for label, persons in (("b", one), ("a", other)):
        alone = rows_of(incidence(durations(persons, group=[label] * len(persons))))
        assert all(row in both for row in alone if row["cause"] != "any")


# -- against lifelines


def lung() -> dict[str, list[Any]]:
    data = load_lung()[["time", "status", "sex", "age"]].dropna()
    status = [int(value) for value in data.status]
    ages = [int(value) for value in data.age]
    return {
        "duration": [float(value) for value in data.time],
        "event": status,
        "cause": [s * (1 + (age > 65)) for s, age in zip(status, ages, strict=True)],
        "group": [str(int(value)) for value in data.sex],
        "entry": [float(age % 7) if time > 7 else 0.0 for age, time in zip(ages, data.time, strict=True)],
    }


def untied(values: list[float]) -> list[float]:
    return [value + number / 4096 for number, value in enumerate(values)]


def test_aalen_johansen_and_its_variance_agree_with_lifelines() -> None:
    data = lung()
    time = untied(data["duration"])
    rows = rows_of(incidence(table({"duration": time, "event": data["cause"]})))
    for cause in (1, 2):
        fitted = AalenJohansenFitter()
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", message="(divide by zero|invalid value) encountered"
            )  # log of 0 at time 0
            fitted.fit(time, data["cause"], event_of_interest=cause)
        ours = select(rows, cause=str(cause))
        assert len(ours) == len(time)
        theirs = fitted.cumulative_density_.iloc[:, 0]
        bounds = fitted.confidence_interval_
        for row in ours:
            at = row["time"]
            assert row["cif"] == near(theirs[at])
            assert row["se"] == near(sqrt(fitted.variance_[at]))
            if row["lower"] is not None:  # lifelines names its bounds the wrong way round
                assert sorted(bounds.loc[at]) == near([row["lower"], row["upper"]])


SETS: list[Callable[[], tuple[list[float], list[int]]]] = [
    lambda: (lung()["duration"], lung()["event"]),
    lambda: (list(load_rossi().week.astype(float)), list(load_rossi().arrest)),
    lambda: (list(load_waltons()["T"].astype(float)), list(load_waltons()["E"])),
]


@pytest.mark.parametrize("load", SETS, ids=["lung", "rossi", "waltons"])
def test_kaplan_meier_with_ties_agrees_with_lifelines(load: Callable[[], tuple[list[float], list[int]]]) -> None:
    time, event = load()
    fitted = KaplanMeierFitter().fit(time, event)
    for row in rows_of(incidence(table({"duration": time, "event": event}), cause="any")):
        at = row["time"]
        assert 1 - row["cif"] == near(fitted.survival_function_.loc[at].iloc[0])
        assert row["at_risk"] == fitted.event_table.at_risk[at]
        if row["lower"] is not None:
            lower, upper = fitted.confidence_interval_.loc[at]
            assert (1 - row["upper"], 1 - row["lower"]) == (
                near(lower),
                near(upper),
            )


def test_late_entry_agrees_with_lifelines() -> None:
    data = lung()
    time = untied(data["duration"])
    fitted = KaplanMeierFitter().fit(time, data["event"], entry=data["entry"])
    ours = table({"duration": time, "event": data["event"], "entry": data["entry"]})
    for row in rows_of(incidence(ours, cause="any")):
        assert 1 - row["cif"] == near(fitted.survival_function_.loc[row["time"]].iloc[0])


# -- against R 4.2, survival 3.5-3: survfit(Surv(time, factor(cause, 0:2)) ~ sex), conf.type = "log-log" for one cause

R_CAUSES = {
    ("1", 300.0): (49, 0.2852159410675142, 0.0393743460846658, 0.2736951658438690, 0.0391637721029907),
    ("2", 300.0): (43, 0.2402888881146172, 0.0473819473826152, 0.0855085258364588, 0.0311172816137497),
    ("2", 500.0): (21, 0.3595226531263210, 0.0575500906575796, 0.2294312117669911, 0.0533907769828965),
}
R_SURVIVAL = {
    100.0: (0.863968967645244, 0.0227102304341618, 0.812222319753539, 0.902310180515044),
    500.0: (0.293269193711569, 0.0350778184986187, 0.226503677118074, 0.363028599684183),
}
R_LATE = (196, 0.862578740864628, 0.0229468850583898, 0.810302436297762, 0.901322975846110)
R_LATE_CAUSE = (0.37798571177886375, 0.03542697100807878)


def test_tied_competing_risks_agree_with_r() -> None:
    data = lung()
    ours = table({"duration": data["duration"], "event": data["cause"], "group": data["group"]})
    rows = rows_of(incidence(ours, at=(300.0, 500.0)))
    for (group, time), (n, one, se_one, two, se_two) in R_CAUSES.items():
        first, second = select(rows, group=group, time=time)
        assert first["at_risk"] == second["at_risk"] == n
        found = [first["cif"], first["se"], second["cif"], second["se"]]
        assert found == near([one, se_one, two, se_two])


def test_survival_and_its_interval_agree_with_r() -> None:
    data = lung()
    rows = rows_of(
        incidence(table({"duration": data["duration"], "event": data["event"]}), cause="any", at=tuple(R_SURVIVAL))
    )
    for row in rows:
        found = (1 - row["cif"], row["se"], 1 - row["upper"], 1 - row["lower"])
        assert found == near(R_SURVIVAL[row["time"]])


def test_late_entry_agrees_with_r_but_for_the_variance_among_several_causes() -> None:
    data = lung()
    one = table({name: data[name] for name in ("duration", "event", "entry")})
    (row,) = rows_of(incidence(one, cause="any", at=(100,)))
    found = (row["at_risk"], 1 - row["cif"], row["se"], 1 - row["upper"], 1 - row["lower"])
    assert found == near(R_LATE)
    several = table({"duration": data["duration"], "event": data["cause"], "entry": data["entry"]})
    (row,) = rows_of(incidence(several, cause="1", at=(500,)))
    assert row["cif"] == near(R_LATE_CAUSE[0])
    assert row["se"] == pytest.approx(R_LATE_CAUSE[1], rel=1e-3)
    assert row["se"] != pytest.approx(R_LATE_CAUSE[1], rel=1e-6)


# -- what is refused


REFUSALS: list[tuple[dict[str, list[Any]], dict[str, Any], CurveFault]] = [
    ({"duration": [1, -1], "event": [0, 1]}, {}, CurveFault.BAD_DURATION),
    ({"duration": [1, None], "event": [0, 1]}, {}, CurveFault.BAD_DURATION),
    ({"duration": [1, float("nan")], "event": [0, 1]}, {}, CurveFault.BAD_DURATION),
    ({"duration": [1, 2], "event": [0, -1]}, {}, CurveFault.BAD_EVENT),
    ({"duration": [1, 2], "event": [0, None]}, {}, CurveFault.BAD_EVENT),
    ({"duration": [1, 2], "event": [0, 1], "entry": [0, 2]}, {}, CurveFault.ENTRY_NOT_BEFORE_EXIT),
    ({"duration": [1, 2], "event": [0, 1]}, {"cause": "2"}, CurveFault.UNKNOWN_CAUSE),
    ({"duration": [1, 2], "event": [0, 1]}, {"cause": "all"}, CurveFault.UNKNOWN_CAUSE),
    ({"duration": [1, 2], "event": [0, 1]}, {"level": 1}, CurveFault.BAD_LEVEL),
    ({"duration": [], "event": []}, {}, CurveFault.NO_PERSONS),
]


@pytest.mark.parametrize(("columns", "asked", "code"), REFUSALS)
def test_what_cannot_be_counted_is_refused(
    columns: dict[str, list[Any]], asked: dict[str, Any], code: CurveFault
) -> None:
    with pytest.raises(Refused) as caught:
        incidence(table(columns), **asked)
    assert [refusal.code for refusal in caught.value.refusals] == [code]
