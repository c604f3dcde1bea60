"""The appointments room."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """First talks, visits and trial days: own choice of a free slot."""

    name = "opstap.journey.appointments"
    label = "appointments"
    default_auto_field = "django.db.models.BigAutoField"
