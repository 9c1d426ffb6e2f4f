"""Where a figure is computed. The expression is the same; only the engine below differs."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryDirectory
from typing import Any, cast

import duckdb
import ibis
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.common.exceptions import IbisError

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.lib.refusal import Refused

_SAID_OF_EACH_OTHER = (r"fetch_arrow_table\(\) is deprecated", "PySpark does not yet fully", "The .future.infer_string")
"""What Ibis 12 calls in DuckDB 2, and what PySpark thinks of pandas 3: nothing that a user could act on."""


@contextmanager
def engine(name: str = "duckdb", *, url: str | None = None, memory: str = "") -> Iterator[BaseBackend]:
    """An open engine, closed afterwards; what it says when it stops becomes a refusal.

    ``duckdb``: in this process; what exceeds ``memory`` (such as "4GB"; else four fifths of the machine's) goes to a
    temporary folder. ``postgres``: ``url`` names the database. ``spark``: ``url`` names the master, else all cores of
    this machine; needs Java and the extra ``spark``. Refused: NO_ENGINE, ENGINE_FAILED, OUT_OF_RANGE.
    """
    with TemporaryDirectory(prefix="jobpakke-") as folder, warnings.catch_warnings():
        for said in _SAID_OF_EACH_OTHER:
            warnings.filterwarnings("ignore", message=said)
        try:
            backend = _open(name, url, memory, folder)
            try:
                yield backend
            finally:
                _close(backend)
        except Refused:
            raise
        except (duckdb.Error, IbisError, pa.ArrowException, MemoryError) as error:
            raise refused(TableFault.ENGINE_FAILED, engine=name, reason=_first_line(error)) from error
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in {"psycopg", "pyspark", "py4j"}:
                raise
            raise refused(TableFault.ENGINE_FAILED, engine=name, reason=_first_line(error)) from error


def _open(name: str, url: str | None, memory: str, folder: str) -> BaseBackend:
    if memory and not re.fullmatch(r"\d+(\.\d+)?\s?([KMGT]i?B)", memory):
        raise refused(TableFault.OUT_OF_RANGE, option="--memory", value=memory, allowed="such as 500MB or 4GB")
    if name == "postgres":
        return _postgres(url)
    if name == "spark":
        return _spark(url, memory, folder)
    return local(memory=memory, folder=folder)


def local(*, memory: str = "", folder: str) -> BaseBackend:
    """DuckDB in this process, which never fetches anything, and spills to the folder."""
    limit = {"memory_limit": memory} if memory else {}
    backend = ibis.duckdb.connect(
        temp_directory=folder, autoinstall_known_extensions=False, autoload_known_extensions=False, **limit
    )
    backend.con.execute("SET enable_progress_bar = false")  # it would be written amid the answer
    return cast(BaseBackend, backend)


def _postgres(url: str | None) -> BaseBackend:
    import psycopg

    if not url:
        raise refused(TableFault.NO_ENGINE, engine="postgres", remedy="name the database with --url postgres://...")
    connection = psycopg.connect(url, autocommit=True)
    return cast(BaseBackend, ibis.postgres.from_connection(connection))


def _spark(master: str | None, memory: str, folder: str) -> BaseBackend:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        remedy = "pip install 'jobpakke[spark]', and Java 17"
        raise refused(TableFault.NO_ENGINE, engine="spark", remedy=remedy) from error
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "8",
        "spark.local.dir": folder,
        "spark.sql.warehouse.dir": f"{folder}/warehouse",
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
    }
    if memory:
        settings["spark.driver.memory"] = re.sub(r"\s?([KMGT])i?B", lambda match: match[1].lower(), memory)
    builder: Any = SparkSession.builder.master(master or "local[*]").appName("jobpakke")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return cast(BaseBackend, ibis.pyspark.connect(builder.getOrCreate()))


def _close(backend: BaseBackend) -> None:
    with suppress(Exception):  # whatever it says now, the answer is written
        backend.disconnect()


def _first_line(error: BaseException) -> str:
    """Enough to act on; the rest may quote rows."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0][:200] if lines else type(error).__name__
