"""A checked table from the reader to the engine that computes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow.csv as arrow_csv
from ibis.backends import BaseBackend
from ibis.expr.types import Table

_TYPES = {"string": 'text COLLATE "C"', "date": "date", "float64": "double precision", "int64": "bigint"}
"""Text is compared by its bytes, as DuckDB and Spark do, whatever the database's language."""


def ship(reader: BaseBackend, table: Table, backend: BaseBackend, *, name: str) -> Table:
    """The same rows as a temporary table of PostgreSQL, or as a Parquet file that Spark reads."""
    if backend.name == "postgres":
        return _to_postgres(reader, table, backend, name)
    local = backend._session.conf.get("spark.local.dir")
    path = str(Path(local) / f"{name}.parquet")
    reader.to_parquet(table, path)
    return backend.read_parquet(path)


def _to_postgres(reader: BaseBackend, table: Table, backend: BaseBackend, name: str) -> Table:
    columns = ", ".join(f'"{column}" {_TYPES[str(kind)]}' for column, kind in table.schema().items())
    connection: Any = backend.con
    options = arrow_csv.WriteOptions(include_header=False)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})')
        with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT csv)') as copy:
            for batch in reader.to_pyarrow_batches(table, chunk_size=100_000):
                buffer = io.BytesIO()
                arrow_csv.write_csv(batch, buffer, options)
                copy.write(buffer.getvalue())
        cursor.execute(f'ANALYZE "{name}"')
    return backend.table(name)
