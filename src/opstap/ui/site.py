"""What a city fills in about itself: its name, its desk, its own design tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """The city as every page shows it; the setting `OPSTAP_SITE` (a dict) overrides any of it.

    `desk_phone` is as people read it, `tokens` the static path of a CSS file that sets design tokens again (empty: none).
    """

    product: str = "Opstap"
    city: str = "Stad Oostende"
    desk_name: str = "Meldpunt"
    desk_phone: str = "059 00 00 00"
    desk_hours: str = "ma-za, 8-19 u."
    desk_email: str = "opstap@oostende.example"
    desk_address: tuple[str, ...] = field(default=("Vindictivelaan 1", "8400 Oostende"))
    privacy_url: str = "/privacyverklaring/"
    accessibility_url: str = "/toegankelijkheid/"
    tokens: str = ""

    @property
    def desk_phone_link(self) -> str:
        """Return the telephone link of the desk: "tel:+32…" for a Belgian number that starts with 0."""
        digits = "".join(sign for sign in self.desk_phone if sign.isdigit() or sign == "+")
        return f"tel:+32{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


def current_site() -> Site:
    """Return the city's site (in templates: `{% current_site as site %}`).

    Raises TypeError when `OPSTAP_SITE` names something a site does not have.
    """
    return Site(**getattr(settings, "OPSTAP_SITE", {}))
