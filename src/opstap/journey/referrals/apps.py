"""The referrals room."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The spine: where somebody stands between referral and lasting work."""

    name = "opstap.journey.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
