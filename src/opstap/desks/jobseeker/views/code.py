"""Coming in by the short code of a letter; guessing is slowed down where it comes from, and nobody else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.desks.jobseeker.forms import CodeForm
from opstap.desks.jobseeker.opened import BY_CODE, page_of, remember_code
from opstap.desks.jobseeker.source import source_hash
from opstap.foundation.access.enums import PERSON_PURPOSES
from opstap.foundation.access.operations import note_wrong_code
from opstap.foundation.access.queries import is_slowed_down, link_by_code
from opstap.foundation.actor import anybody
from opstap.foundation.clock import now
from opstap.ui.errors import error_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to where the code is typed."""
    del request  # everybody comes in the same way
    return redirect("jobseeker:code")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code. This form carries no idempotency key: a wrong code must stay counted although the form is shown again."""
    source = source_hash(request)
    if request.method == "POST" and is_slowed_down(source, now()):
        return error_page(request, 429)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        link = link_by_code(form.cleaned_data["code"])
        if link is not None and link.purpose in PERSON_PURPOSES:
            remember_code(request, link)
            return redirect(page_of(link), BY_CODE)
        note_wrong_code(source_hash=source, by=anybody(), at=now())
        form.add_error("code", _("We do not know this code. Look in your letter again: 10 letters and numbers."))
    return render(request, "jobseeker/code.html", {"form": form}, status=422 if form.is_bound else 200)
