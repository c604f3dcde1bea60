"""The auditor's desk."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Who looked, what changed, and whether a decision follows from its facts and rules."""

    name = "opstap.desks.privacy"
    label = "privacy"
