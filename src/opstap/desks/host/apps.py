"""The host's desk."""

from django.apps import AppConfig


class HostConfig(AppConfig):
    """What a host organisation sees and does, logged in or by a link."""

    name = "opstap.desks.host"
    label = "host"
