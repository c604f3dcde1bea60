"""The coordinator's desk."""

from django.apps import AppConfig


class CoordinatorConfig(AppConfig):
    """Places, people on their way, rounds, lists and rules of a programme."""

    name = "opstap.desks.coordinator"
    label = "coordinator"
