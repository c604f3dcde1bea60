"""The imports room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Lists that come in, each row with its own truth."""

    name = "opstap.journey.imports"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"
