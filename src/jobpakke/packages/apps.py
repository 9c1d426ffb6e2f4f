"""The packages app."""

from django.apps import AppConfig


class PackagesConfig(AppConfig):
    """Job packages and everything in them."""

    name = "jobpakke.packages"
    label = "packages"
