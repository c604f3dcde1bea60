"""The interface as a Django app: templates, components, static files."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Holds no models: only how things look and what they are called."""

    name = "opstap.ui"
    label = "ui"
