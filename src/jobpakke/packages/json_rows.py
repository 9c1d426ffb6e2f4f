"""Rows of a group as one JSON list: what belongs to each row of a list, without another query."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, Func, JSONField


class JsonRow(Func):
    """Some columns of a row as a JSON list, in their order."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite's name for it."""
        return self.as_sql(compiler, connection, function="JSON_ARRAY", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **extra)


class JsonRows(Aggregate):
    """Rows of a group as one JSON list, in no order."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite's name for it."""
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's name for it."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)
