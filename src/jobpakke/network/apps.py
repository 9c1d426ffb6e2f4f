"""The network's app."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Ambassadors, courses and newsletters."""

    name = "jobpakke.network"
    label = "network"
