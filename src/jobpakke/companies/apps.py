"""The companies app."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    """Companies, workplaces, functions, needs and mentors."""

    name = "jobpakke.companies"
    label = "companies"
