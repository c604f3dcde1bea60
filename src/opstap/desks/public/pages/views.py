"""How it works, what is kept and why, how proposals are computed, and how accessible this site is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from opstap.desks.public.menu import public_menu
from opstap.foundation.clock import today
from opstap.steering.overviews.queries.directory import shown_programme
from opstap.ui.words import texts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def icon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """Point to the logo: a browser asks for this address beside a file that names no icon, such as a PDF."""
    return redirect(static("ui/logo.svg"))


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Tell the walk from referral to start, and how a proposal is made: the programme's own order of what counts."""
    programme = shown_programme(today())
    order = [texts()[f"matching.criterion_{name}"] for name in programme.order] if programme else []
    return render(request, "public/how.html", {"programme": programme, "order": order, "nav": public_menu(request)})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept of whom, why, who sees it, and what one can ask."""
    return render(request, "public/privacy.html", {"nav": public_menu(request)})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tell how accessible the site is, what is not yet, and whom to tell."""
    return render(request, "public/accessibility.html", {"nav": public_menu(request)})
