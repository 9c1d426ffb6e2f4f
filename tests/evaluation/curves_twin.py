"""The curves and flows that are held equal on every engine, from the spells of ``tables``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ibis.expr.types import Table

from jobpakke.evaluation.durations import durations, median_duration, quantiles
from jobpakke.evaluation.effects import balance, effect
from jobpakke.evaluation.incidence import incidence
from jobpakke.evaluation.sequences import index_plot, sequences
from jobpakke.evaluation.transitions import relapse, transitions, turnover

START, END = date(2009, 1, 5), date(2009, 6, 1)


def _lasted(spells: Table, *, since: date | None = None) -> Table:
    found = durations(spells, statuses=["cash_benefit"], on=END, since=since, by="place")
    return found.order_by(list(found.columns))


CURVES: Mapping[str, Callable[[Mapping[str, Table]], Table]] = {
    "durations": lambda of: _lasted(of["spells"]),
    "durations seen late": lambda of: _lasted(of["spells"], since=START),
    "incidence": lambda of: incidence(_lasted(of["spells"])),
    "incidence seen late": lambda of: incidence(_lasted(of["spells"], since=START), cause="any", at=(30, 60)),
    "quantile": lambda of: quantiles(_lasted(of["spells"]), share=0.4),
    "effect": lambda of: effect(of["study"], treatment="treated", outcome="outcome"),
    "effect by weights": lambda of: effect(
        of["study"], treatment="treated", outcome="outcome", covariates=["age", "place"], method="ipw"
    ),
    "balance": lambda of: balance(of["study"], treatment="treated", covariates=["age", "place"]),
    "median": lambda of: median_duration(of["spells"], statuses=["cash_benefit", "in_package"], on=END),
    "transitions": lambda of: transitions(of["spells"], start=START, end=END, by="place"),
    "turnover": lambda of: turnover(of["spells"], start=START, end=END, statuses=["cash_benefit", "in_package"]),
    "relapse": lambda of: relapse(
        of["spells"], on=END, jobs=["cash_benefit", "in_package"], benefits=["flex_job", "other"], clock="start"
    ),
    "sequences": lambda of: sequences(of["spells"], start=START, end=END, by="place"),
    "sequences of all": lambda of: sequences(of["spells"], start=START, end=END, default_status="none"),
    "index plot": lambda of: index_plot(of["spells"], start=START, end=END, by="place"),
}
