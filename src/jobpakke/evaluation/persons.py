"""Treated and comparison persons as numbers, checked whole before an effect is estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table
from numpy.typing import NDArray

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.faults_curves import CurveFault

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TRUTHS = {"0": False, "1": True, "0.0": False, "1.0": True, "false": False, "true": True}
LEAST_ARM = 2
DECIMAL_COMMA = r"^(-?\d+),(\d+)$"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Persons:
    """``treated`` (n,), ``outcome`` (n,) or none, ``covariates`` (n, k) with k ``names``: texts as indicators."""

    treated: Flags
    outcome: Floats
    covariates: Floats
    names: tuple[str, ...]

    @property
    def sizes(self) -> tuple[int, int]:
        """Treated, comparison."""
        return int(self.treated.sum()), int((~self.treated).sum())

    @property
    def scaled(self) -> Floats:
        """Covariates with mean 0 and standard deviation 1: the same models, better conditioned."""
        return np.asarray((self.covariates - self.covariates.mean(axis=0)) / self.covariates.std(axis=0))

    def only(self, kept: Flags) -> Persons:
        """Some of them."""
        return Persons(self.treated[kept], self.outcome[kept], self.covariates[kept], self.names)


def persons(table: Table, *, treatment: str, outcome: str | None, covariates: Sequence[str]) -> Persons:
    """The columns as numbers; a covariate of texts becomes an indicator for each but the first in alphabetical order.

    Refused: SAME_COLUMN, UNKNOWN_COLUMN, NO_PERSONS, MISSING_VALUES, NOT_A_TREATMENT, NOT_A_NUMBER, CONSTANT_OUTCOME,
    TOO_FEW, CONSTANT_COVARIATE, COLLINEAR_COVARIATES.
    """
    parts = [treatment, *([outcome] if outcome else []), *dict.fromkeys(covariates)]
    asked = list(dict.fromkeys(parts))
    if len(asked) < len(parts):
        raise refused(CurveFault.SAME_COLUMN, columns=", ".join(name for name in asked if parts.count(name) > 1))
    unknown = [name for name in asked if name not in table.columns]
    if unknown:
        raise refused(
            TableFault.UNKNOWN_COLUMN, file="the table", column=", ".join(unknown), columns=", ".join(table.columns)
        )
    data = table.select(*asked).to_pyarrow()
    _check_whole(data)
    treated = _treated(treatment, data[treatment])
    values = _outcome(outcome, data[outcome]) if outcome else np.zeros(len(treated))
    columns = [pair for name in dict.fromkeys(covariates) for pair in _covariate(name, data[name])]
    matrix = np.column_stack([column for _, column in columns]) if columns else np.empty((len(treated), 0))
    found = Persons(treated, values, matrix, tuple(name for name, _ in columns))
    check_arms(found)
    check_covariates(found)
    return found


def check_arms(found: Persons) -> None:
    """Refused: TOO_FEW."""
    treated, control = found.sizes
    if min(treated, control) < LEAST_ARM:
        raise refused(CurveFault.TOO_FEW, treated=treated, control=control, needed="each needs two persons or more")


def check_covariates(found: Persons) -> None:
    """Refused: CONSTANT_COVARIATE, COLLINEAR_COVARIATES, each with the names."""
    if not found.names:
        return
    spread = np.ptp(found.covariates, axis=0)
    flat = [name for name, each in zip(found.names, spread, strict=True) if each == 0]
    if flat:
        raise refused(CurveFault.CONSTANT_COVARIATE, columns=", ".join(flat))
    scaled = np.column_stack((np.ones(len(found.treated)), found.scaled))
    if np.linalg.matrix_rank(scaled) < scaled.shape[1]:
        raise refused(CurveFault.COLLINEAR_COVARIATES, columns=", ".join(_dependent(scaled, found.names)))


def _dependent(scaled: Floats, names: Sequence[str]) -> list[str]:
    """The covariates that add nothing to those before them."""
    ranks = [int(np.linalg.matrix_rank(scaled[:, : width + 1])) for width in range(scaled.shape[1])]
    return [name for name, before, rank in zip(names, ranks, ranks[1:], strict=False) if rank == before]


def _check_whole(data: pa.Table) -> None:
    if data.num_rows == 0:
        raise refused(CurveFault.NO_PERSONS)
    holes = {name: _holes(data[name]) for name in data.column_names}
    lacking = np.logical_or.reduce(list(holes.values()))
    if lacking.any():
        names = ", ".join(name for name, hole in holes.items() if hole.any())
        raise refused(CurveFault.MISSING_VALUES, count=int(lacking.sum()), columns=names)


def _holes(column: pa.ChunkedArray) -> Flags:
    """Where there is nothing: null, an empty text, or what is no number."""
    empty = pc.is_null(column, nan_is_null=True)
    if _is_text(column):
        empty = pc.or_kleene(empty, pc.equal(column, ""))
    return np.asarray(empty.to_numpy(), dtype=bool)


def _is_text(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _treated(name: str, column: pa.ChunkedArray) -> Flags:
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(column.cast(pa.string())))
    found = sorted(texts.unique().to_pylist())
    if not set(found) <= set(TRUTHS) or len({TRUTHS[text] for text in found}) < LEAST_ARM:
        shown = ", ".join(found[:SHOWN]) + (", ..." if len(found) > SHOWN else "")
        raise refused(CurveFault.NOT_A_TREATMENT, column=name, found=shown)
    return np.isin(texts.to_numpy(), [text for text in found if TRUTHS[text]])


def _outcome(name: str, column: pa.ChunkedArray) -> Floats:
    numbers = _numbers(column)
    if isinstance(numbers, str):
        raise refused(CurveFault.NOT_A_NUMBER, column=name, value=numbers)
    if np.ptp(numbers) == 0:
        raise refused(CurveFault.CONSTANT_OUTCOME, column=name)
    return numbers


def _covariate(name: str, column: pa.ChunkedArray) -> list[tuple[str, Floats]]:
    numbers = _numbers(column)
    if not isinstance(numbers, str):
        return [(name, numbers)]
    texts = column.cast(pa.string())
    kinds = sorted(texts.unique().to_pylist())
    if len(kinds) == 1:
        return [(name, np.zeros(len(texts)))]
    return [(f"{name}={kind}", pc.equal(texts, kind).to_numpy().astype(np.float64)) for kind in kinds[1:]]


def _numbers(column: pa.ChunkedArray) -> Floats | str:
    """The numbers, written with a point or a comma, or the first text that is none."""
    plain = column
    if _is_text(column):
        plain = pc.replace_substring_regex(pc.utf8_trim_whitespace(column), DECIMAL_COMMA, r"\1.\2")
    try:
        found = np.asarray(plain.cast(pa.float64()).to_numpy())
    except pa.ArrowInvalid:
        return next(str(value) for value in column.to_pylist() if not _is_number(value))
    odd = np.flatnonzero(~np.isfinite(found))
    return str(column[int(odd[0])]) if odd.size else found


def _is_number(text: str) -> bool:
    try:
        pa.array([pc.replace_substring_regex(text.strip(), DECIMAL_COMMA, r"\1.\2")]).cast(pa.float64())
    except pa.ArrowInvalid:
        return False
    return True
