"""The mentoring room."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Mentors as a protected resource: training, certificates, absences, back-up."""

    name = "opstap.journey.mentoring"
    label = "mentoring"
    default_auto_field = "django.db.models.BigAutoField"
