"""The places room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Work-learning places and their seats."""

    name = "opstap.journey.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
