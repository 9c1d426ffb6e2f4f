"""The followup app."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """What is kept for the follow-up beside the packages themselves."""

    name = "jobpakke.followup"
    label = "followup"
