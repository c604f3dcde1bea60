"""The audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did and read what."""

    name = "opstap.foundation.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
