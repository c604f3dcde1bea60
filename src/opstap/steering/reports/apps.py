"""The reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Numbers over many people."""

    name = "opstap.steering.reports"
    label = "reports"
