"""The matching room."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Rounds and proposals."""

    name = "opstap.journey.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
