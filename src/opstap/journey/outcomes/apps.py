"""The outcomes room."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Ends, relays, outcomes at exit and later."""

    name = "opstap.journey.outcomes"
    label = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
