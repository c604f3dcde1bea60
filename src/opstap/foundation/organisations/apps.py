"""The organisations room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations, their sites and mentors."""

    name = "opstap.foundation.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
