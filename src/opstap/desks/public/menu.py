"""The pages that everybody finds in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from opstap.ui.addresses import reverse
from opstap.ui.navigation import NavItem, navigation

if TYPE_CHECKING:
    from django.http import HttpRequest


def public_menu(request: HttpRequest) -> list[NavItem]:
    """Return the menu of the public pages; the page that is open is current, a place belongs to the places."""
    home = reverse("public:home")
    rest = navigation(
        request.path,
        (_("How it works"), reverse("public:how")),
        (_("I got a letter"), reverse("jobseeker:code")),
        (_("Log in"), reverse("account_login")),
    )
    return [NavItem(_("Places"), home, request.path == home or request.path.startswith(f"{home}plaats/")), *rest]
