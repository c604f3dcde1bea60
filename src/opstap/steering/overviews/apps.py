"""The overviews room."""

from django.apps import AppConfig


class OverviewsConfig(AppConfig):
    """One read for one page, as a frozen value."""

    name = "opstap.steering.overviews"
    label = "overviews"
    default_auto_field = "django.db.models.BigAutoField"
