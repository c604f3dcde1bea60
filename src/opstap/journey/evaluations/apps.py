"""The evaluations room."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Evaluations, the person's own answer, evidence of competences."""

    name = "opstap.journey.evaluations"
    label = "evaluations"
    default_auto_field = "django.db.models.BigAutoField"
