"""The planner's desk."""

from django.apps import AppConfig


class PlannerConfig(AppConfig):
    """An employers' association: its workers, what its members ask for, and the roster that comes of it."""

    name = "opstap.desks.planner"
    label = "planner"
