"""DuckDB within bounds, PostgreSQL with the same answers, and what an engine cannot do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from ibis.backends import BaseBackend

from jobpakke.evaluation.engines import engine
from jobpakke.evaluation.faults import sentence
from jobpakke.evaluation.files import load
from jobpakke.evaluation.layouts import SPELLS
from jobpakke.evaluation.progress import shown
from jobpakke.evaluation.status_at import status_at
from jobpakke.lib.refusal import Refused
from tests.evaluation.engines_twin import differing
from tests.evaluation.tables import values
from tools.postgres import cluster


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with cluster() as found:
        yield found


@pytest.fixture
def postgres(url: str) -> Iterator[BaseBackend]:
    with engine("postgres", url=url) as backend:
        yield backend


def test_every_figure_is_the_same_on_duckdb_and_postgres(postgres: BaseBackend, tmp_path: Path) -> None:
    assert differing(postgres, tmp_path) == []
    with engine("duckdb") as duck:
        assert differing(duck, tmp_path) == []


def test_a_table_of_the_database_by_its_name(url: str, postgres: BaseBackend) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute('CREATE TABLE spells (person_id int, status text, "start" date, "end" date, place text)')
        connection.execute(
            "INSERT INTO spells VALUES (1, 'x', '2009-01-01', NULL, 'Å'), (2, 'x', '2009-01-01', NULL, 'Z')"
        )
    table = load(postgres, "spells", SPELLS.with_groups("place"))
    found = values(postgres, status_at(table, [date(2009, 1, 1)], by=["place"]))
    assert [row[1:] for row in found] == [("Z", "x", 1), ("Å", "x", 1)]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO spells VALUES (1, 'x', '2009-02-01', '2009-01-01', NULL), (NULL, 'x', NULL, NULL, '')"
        )
    for name, code in [("spells", "BAD_ROWS"), ("no_such", "NO_SUCH_TABLE"), ("pg_catalog.pg_class", "MISSING_COLUMN")]:
        with pytest.raises(Refused, match=code):
            load(postgres, name, SPELLS)


def test_dates_in_a_table_must_be_dates(url: str, postgres: BaseBackend) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute('CREATE TABLE texts (person_id text, status text, "start" text, "end" date)')
    with pytest.raises(Refused, match="WRONG_TYPE"):
        load(postgres, "texts", SPELLS)


def test_a_database_that_does_not_answer() -> None:
    for url, code in [("postgres://127.0.0.1:1/none", "ENGINE_FAILED"), (None, "NO_ENGINE")]:
        with pytest.raises(Refused, match=code) as caught, engine("postgres", url=url):
            pass
        assert "\n" not in sentence(caught.value)


def test_spark_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(Refused, match="NO_ENGINE"), engine("spark"):
        pass


def test_what_exceeds_the_memory_goes_to_a_folder(tmp_path: Path) -> None:
    with engine(memory="60MB") as backend:
        made = "SELECT 'P' || i AS person_id, 'x' AS status, DATE '2009-01-01' AS start, NULL::DATE AS \"end\""
        backend.con.execute(f"COPY ({made} FROM range(1000000) t(i)) TO '{tmp_path}/spells.parquet'")  # noqa: S608
        table = load(backend, str(tmp_path / "spells.parquet"), SPELLS)
        assert values(backend, status_at(table, [date(2009, 1, 1)])) == [(date(2009, 1, 1), "x", 1_000_000)]


def test_no_bar_is_written_amid_the_answer() -> None:
    asked = "SELECT current_setting('enable_progress_bar'), current_setting('enable_progress_bar_print')"
    with engine() as backend:
        assert backend.con.execute(asked).fetchall()[0][0] is False
        with shown(backend, wanted=True):
            assert backend.con.execute(asked).fetchall() == [(True, False)]


@pytest.mark.parametrize("memory", ["lots", "4", "-1GB", "4GB; DROP"])
def test_a_size_of_memory_is_a_size(memory: str) -> None:
    with pytest.raises(Refused, match="OUT_OF_RANGE"), engine(memory=memory):
        pass


def test_an_engine_that_stops_is_a_refusal() -> None:
    with pytest.raises(Refused, match="ENGINE_FAILED"), engine() as backend:
        backend.con.execute("SELECT no_such_column")
