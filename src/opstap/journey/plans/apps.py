"""The plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Support plans and the catalogue of competences."""

    name = "opstap.journey.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
