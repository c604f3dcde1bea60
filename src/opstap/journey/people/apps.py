"""The people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people whom everything is for."""

    name = "opstap.journey.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
