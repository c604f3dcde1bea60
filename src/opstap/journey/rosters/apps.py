"""The rosters room."""

from django.apps import AppConfig


class RostersConfig(AppConfig):
    """Who works where and when: drafts, what is published, every move of the planner."""

    name = "opstap.journey.rosters"
    label = "rosters"
    default_auto_field = "django.db.models.BigAutoField"
