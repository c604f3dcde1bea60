"""Where each role lands, one-click logins of the demonstration, and whether the product is well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_safe

from opstap.foundation import clock
from opstap.foundation.access.queries import demo_users, is_database_well
from opstap.foundation.actor import ROLE_SENTENCES
from opstap.ui.addresses import reverse
from opstap.ui.landing import ROLE_NAMES, landing_url
from opstap.ui.requests import actor_of
from opstap.ui.words import translate

if TYPE_CHECKING:
    from django.http import HttpRequest

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_required
@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    """Lead a member of staff to the page of their role."""
    url = landing_url(actor_of(request))
    return redirect(url) if url else render(request, "account/no_role.html")


@dataclass(frozen=True, slots=True)
class OneClick:
    """A login of the demonstration: who, as what, and the address that logs in."""

    name: str
    role_name: str
    sentence: str
    url: str


def one_click_logins() -> list[OneClick]:
    """Return a login per role that somebody holds today; two where one approves what the other proposed."""
    return [
        OneClick(
            user.name,
            translate(ROLE_NAMES[role]).capitalize(),
            translate(ROLE_SENTENCES[role]),
            reverse("public:demo_login_of", [role.value, number]) if number > 1 else reverse("public:demo_login", [role.value]),
        )
        for user, role, number in demo_users(clock.today())
    ]


@require_safe
def demo_logins(request: HttpRequest) -> HttpResponse:
    """List one login per role; only in the demonstration, where all people are invented."""
    if not settings.DEMO_LOGINS:
        raise Http404
    return render(request, "account/demo_logins.html", {"users": one_click_logins()})


@require_safe
def demo_login(request: HttpRequest, role: str, number: int = 1) -> HttpResponse:
    """Log in as the first user with the role, or the second; only in the demonstration, where everybody is invented."""
    users = {(held.value, place): user for user, held, place in demo_users(clock.today())} if settings.DEMO_LOGINS else {}
    if (role, number) not in users:
        raise Http404
    login(request, users[role, number], backend=_BACKEND)
    return redirect("public:my_day")


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 200 when the database answers; `DatabaseAway` makes it 503 when it does not."""
    is_well = is_database_well()
    return HttpResponse("ok" if is_well else "database", status=200 if is_well else 503, content_type="text/plain")
