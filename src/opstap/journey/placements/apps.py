"""The placements room."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Who works where."""

    name = "opstap.journey.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
