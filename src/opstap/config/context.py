"""What every template may use: the mode, and for staff their name, role, organisation and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from opstap.foundation.organisations.queries import own_names
from opstap.ui.addresses import reverse
from opstap.ui.landing import ROLE_NAMES, staff_navigation
from opstap.ui.words import translate

if TYPE_CHECKING:
    from django.http import HttpRequest

    from opstap.foundation.actor import Actor


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the mode and login addresses; for somebody who is logged in also what the staff shell shows."""
    context: dict[str, Any] = {"demo_logins": settings.DEMO_LOGINS, "login_url": reverse("account_login")}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    lazy = getattr(request, "lazy_actor", None)
    actor: Actor | None = lazy.value if lazy is not None else None
    if actor is None:
        return context
    return context | {
        "nav": staff_navigation(actor, request.path),
        "home_url": reverse("public:my_day"),
        "user_name": actor.label,
        "role_name": _roles(actor),
        "organisation_name": _organisation(actor),
        "logout_url": reverse("account_logout"),
    }


def _roles(actor: Actor) -> str:
    return ", ".join(dict.fromkeys(translate(ROLE_NAMES[grant.role]) for grant in actor.grants))


def _organisation(actor: Actor) -> str:
    return next(iter(own_names(actor)), "")
