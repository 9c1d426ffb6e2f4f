"""The follow-up app."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """Follow-ups that are kept as they were."""

    name = "jobpakke.followup"
    label = "followup"
