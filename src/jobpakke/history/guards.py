"""What the database itself refuses: changing the past, and two current period rows over the same days.

PostgreSQL gets triggers and exclusion constraints (safe with many writers), SQLite triggers. Installing is idempotent.
"""

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from jobpakke.history.models import PeriodRow

PERIOD_OVERLAP = "period_overlap"
APPEND_ONLY = "append_only"


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts every guard in place for the tables that exist on the connection."""
    tables = set(connection.introspection.table_names())
    statements = [
        statement
        for model in apps.get_models()
        if model._meta.db_table in tables
        for statement in _statements(connection.vendor, model)
    ]
    with connection.cursor() as cursor:
        if statements and connection.vendor == "postgresql":
            cursor.execute(_REFUSE_CHANGE)
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the append-only guards away, so that an operator (or a test) can empty a whole database."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if getattr(model, "append_only", False) and table in tables:
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                for act in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on_table}")


def _statements(vendor: str, model: type[models.Model]) -> list[str]:
    found: list[str] = []
    if getattr(model, "append_only", False):
        found += _append_only(vendor, model._meta.db_table)
    if issubclass(model, PeriodRow) and model.overlap_key:
        columns = [_column(model, name) for name in model.overlap_key]
        found += _no_overlap(vendor, model._meta.db_table, columns)
    return found


def _column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).get_attname_column()[1])  # type: ignore[union-attr]  # a concrete field


_REFUSE_CHANGE = f"""
CREATE OR REPLACE FUNCTION jobpakke_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def _append_only(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION jobpakke_refuse_change()"
            for act in ("update", "delete")
        ]
    return [
        statement
        for act in ("update", "delete")
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{act}",
            (
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            ),
        )
    ]


def _no_overlap(vendor: str, table: str, columns: list[str]) -> list[str]:
    name = f"{table}_{PERIOD_OVERLAP}"
    if vendor == "postgresql":
        same = ", ".join(f'"{column}" WITH =' for column in columns)
        constraint = (
            f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist"
            f" ({same}, daterange(starts_on, ends_on) WITH &&) WHERE (superseded_at IS NULL)"
        )
        missing = (
            f"NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}' AND conrelid = '{table}'::regclass)"
        )
        return [f"DO $$ BEGIN IF {missing} THEN {constraint}; END IF; END $$"]
    same = " AND ".join(f'other."{column}" = NEW."{column}"' for column in columns)
    overlap = (
        f"SELECT 1 FROM {table} AS other WHERE {same} AND other.id IS NOT NEW.id AND other.superseded_at IS NULL"
        " AND (NEW.ends_on IS NULL OR other.starts_on < NEW.ends_on)"
        " AND (other.ends_on IS NULL OR other.ends_on > NEW.starts_on)"
        " AND (NEW.ends_on IS NULL OR NEW.ends_on > NEW.starts_on)"
        " AND (other.ends_on IS NULL OR other.ends_on > other.starts_on)"
    )
    return [
        statement
        for act in ("insert", "update")
        for statement in (
            f"DROP TRIGGER IF EXISTS {name}_{act}",
            (
                f"CREATE TRIGGER {name}_{act} BEFORE {act.upper()} ON {table} WHEN NEW.superseded_at IS NULL"
                f" BEGIN SELECT RAISE(ABORT, '{name}') WHERE EXISTS ({overlap}); END"
            ),
        )
    ]
