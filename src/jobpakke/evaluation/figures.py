"""The registry of figures: one entry each, for the command line and docs/reference/figures.md."""

from __future__ import annotations

from jobpakke.evaluation.figures_curves import CURVES
from jobpakke.evaluation.figures_tables import TABLES

FIGURES = (*TABLES, *CURVES)
