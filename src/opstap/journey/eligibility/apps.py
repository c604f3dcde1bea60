"""The eligibility room."""

from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    """Decisions that are dated, explained and never edited."""

    name = "opstap.journey.eligibility"
    label = "eligibility"
    default_auto_field = "django.db.models.BigAutoField"
