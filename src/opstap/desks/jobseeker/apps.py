"""The job seeker's desk."""

from django.apps import AppConfig


class JobseekerConfig(AppConfig):
    """What a person sees of the own path, through a link or code."""

    name = "opstap.desks.jobseeker"
    label = "jobseeker"
