"""Every figure on Spark too. Run by ``make test-spark``, which installs PySpark (some 450 MB); needs Java 17."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import SPELLS
from jobpakke.lib.refusal import Refused
from tests.evaluation.engines_twin import differing
from tests.evaluation.tables import DUCKDB, SPELLS_2009, values

pytestmark = pytest.mark.filterwarnings("default")


def test_every_figure_is_the_same_on_duckdb_and_spark(tmp_path: Path) -> None:
    with engine("spark", url="local[2]") as backend:
        assert differing(backend, tmp_path) == []
        folder = tmp_path / "spells.parquet.d"
        folder.mkdir()
        pq.write_table(DUCKDB.to_pyarrow(SPELLS_2009), folder / "part.parquet")
        assert len(values(backend, load(backend, f"file://{folder}", SPELLS))) == 6
        with pytest.raises(Refused, match="NO_SUCH_TABLE"):
            load(backend, "no_such_table", SPELLS)
