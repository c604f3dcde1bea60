"""The access room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users, roles and links."""

    name = "opstap.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
