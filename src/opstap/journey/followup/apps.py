"""The followup room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Early warnings that open a task with an owner and a date."""

    name = "opstap.journey.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"
