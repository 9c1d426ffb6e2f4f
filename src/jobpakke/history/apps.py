"""The history app; after every migration it puts the database's own guards back in place."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    """Registers the guards (an SQLite table rebuild drops triggers, so they are installed after each migrate)."""

    name = "jobpakke.history"
    label = "history"

    def ready(self) -> None:
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="jobpakke.history.guards")


def _install_guards(using: str, **_: Any) -> None:
    from django.db import connections

    from jobpakke.history.guards import install

    install(connections[using])
