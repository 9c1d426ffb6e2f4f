"""A checked table from the reader to the engine that computes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import Table

_TYPES = {"string": 'text COLLATE "C"', "date": "date", "float64": "double precision", "int64": "bigint"}
"""Text is compared by its bytes, as DuckDB and Spark do, whatever the database's language."""


def ship(reader: BaseBackend, table: Table, backend: BaseBackend, *, name: str, folder: str) -> Table:
    """The same rows as a temporary table of PostgreSQL, or as a Parquet file that Spark reads."""
    if backend.name != "postgres":
        path = str(Path(backend._session.conf.get("spark.local.dir")) / f"{name}.parquet")
        reader.to_parquet(table, path)
        return backend.read_parquet(path)
    path = str(Path(folder) / f"{name}.parquet")
    reader.to_parquet(table, path)
    columns = ", ".join(f'"{column}" {_TYPES[str(kind)]}' for column, kind in table.schema().items())
    connection: Any = backend.con
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})')
        with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT csv)') as copy, pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=100_000):
                buffer = io.BytesIO()
                arrow_csv.write_csv(batch, buffer, arrow_csv.WriteOptions(include_header=False))
                copy.write(buffer.getvalue())
        cursor.execute(f'ANALYZE "{name}"')
    return backend.table(name)
