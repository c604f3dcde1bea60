"""The attendance room."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Days worked, months closed by two parties, allowances paid."""

    name = "opstap.journey.attendance"
    label = "attendance"
    default_auto_field = "django.db.models.BigAutoField"
