"""The registry's entries of curves: incidence, durations, transitions, sequences, effects."""

from __future__ import annotations

from jobpakke.evaluation.figure import Figure

CURVES: tuple[Figure, ...] = ()
