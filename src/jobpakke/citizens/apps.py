"""The citizens app."""

from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """Citizens and the facts about them."""

    name = "jobpakke.citizens"
    label = "citizens"
