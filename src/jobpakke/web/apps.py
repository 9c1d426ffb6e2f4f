"""The web app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "jobpakke.web"
    label = "web"
