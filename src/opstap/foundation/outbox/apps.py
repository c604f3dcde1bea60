"""The outbox room."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The one outbox: what is said to whom, by which channel, when."""

    name = "opstap.foundation.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
