"""The house itself, for its management commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings and commands."""

    name = "opstap.config"
    label = "config"
