"""The programmes room."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, who takes part, and the neighbourhoods they serve."""

    name = "opstap.foundation.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
