"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Municipalities, users, roles and the access log."""

    name = "jobpakke.access"
    label = "access"
