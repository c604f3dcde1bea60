"""The associations room."""

from django.apps import AppConfig


class AssociationsConfig(AppConfig):
    """An employers' association: members, functions, coaches, contracts, what sites ask for."""

    name = "opstap.journey.associations"
    label = "associations"
    default_auto_field = "django.db.models.BigAutoField"
