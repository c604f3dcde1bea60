"""The counsellor's desk."""

from django.apps import AppConfig


class CounsellorConfig(AppConfig):
    """People on their way, followed by a counsellor."""

    name = "opstap.desks.counsellor"
    label = "counsellor"
