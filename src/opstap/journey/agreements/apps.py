"""The agreements room."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements: generated, signed, changed by addendum, kept byte for byte."""

    name = "opstap.journey.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
