"""The public desk."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What everybody may see."""

    name = "opstap.desks.public"
    label = "public"
