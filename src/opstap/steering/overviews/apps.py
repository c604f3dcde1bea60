"""The overviews room."""

from django.apps import AppConfig


class OverviewsConfig(AppConfig):
    """Screens over many rooms."""

    name = "opstap.steering.overviews"
    label = "overviews"
