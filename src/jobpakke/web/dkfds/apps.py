"""The component app."""

from django.apps import AppConfig


class DkfdsConfig(AppConfig):
    """Inclusion tags."""

    name = "jobpakke.web.dkfds"
    label = "dkfds"
