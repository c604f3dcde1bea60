"""Places for one person: those that fit, what stands in the way at the others, proposing by hand, and what every round must know."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.steps import DirectiveForm, ProposeForm
from opstap.desks.counsellor.place_cells import place_rows
from opstap.desks.counsellor.reach import case_url, followed
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.foundation.clock import now, today
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.operations import end_directive, give_directive, propose_by_hand
from opstap.journey.matching.queries import directives_of
from opstap.journey.referrals.operations import open_case_file
from opstap.steering.overviews.queries.case_file import purpose_of
from opstap.steering.overviews.queries.fitting_places import fitting_places, place_for_person, place_to_propose
from opstap.ui.addresses import reverse

PLACES_A_PAGE = 25


@login_required
@require_safe
def places(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show the places of the programme for this person, those that fit first."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    found = fitting_places(actor, referral, today())
    if found is None:
        raise Http404
    page = Paginator(found, PLACES_A_PAGE).get_page(request.GET.get("page"))
    rows = place_rows(page.object_list, reverse("counsellor:places", args=[referral.pk]))
    shown = {"referral": referral, "person": referral.person, "page": page, "rows": rows, "fits": found.fits}
    return render(request, "counsellor/places.html", shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, referral_id: UUID, place_id: UUID) -> HttpResponse:
    """Show one place beside the person and propose it; the same rules hold as in a round."""
    actor, referral = followed(request, referral_id)
    beside = place_for_person(actor, referral, place_id, today())
    if beside is None:
        raise Http404
    if request.method != "POST":
        open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    form = ProposeForm(request.POST or None)
    task = Task(
        title=beside.title,
        about=str(referral.person),
        button=_("Propose this place"),
        done=_("Proposed. The person and the host now get word of it."),
        back=case_url(referral_id, "voorstel"),
        template="counsellor/place.html",
        extra={
            "place": beside,
            "referral": referral,
            "directive": DirectiveForm(auto_id="ask_%s"),
            "list_url": reverse("counsellor:places", args=[referral_id]),
        },
    )

    def act(given: dict[str, Any]) -> None:
        place = place_to_propose(actor, referral, place_id)
        if place is None:
            raise Http404
        propose_by_hand(referral=referral, place=place, motivation=given["motivation"], as_reserve=given["as_reserve"], by=actor, at=now())

    return carry_out(request, task, form, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_of_rounds(request: HttpRequest, referral_id: UUID, place_id: UUID) -> HttpResponse:
    """Ask something of every round for this person and this place: interest, a no, a pin, never."""
    actor, referral = followed(request, referral_id)
    place = place_to_propose(actor, referral, place_id)
    if place is None:
        raise Http404
    form = DirectiveForm(request.POST or None)
    done = _("Every round from now on takes this into account.")
    task = Task(place.title, str(referral.person), _("Note it"), done, case_url(referral_id, "vraagronde"))

    def act(given: dict[str, Any]) -> None:
        kind = DirectiveKind(given["kind"])
        give_directive(kind=kind, referral=referral, place=place, reason=given["reason"], by=actor, at=now())

    return carry_out(request, task, form, act)


@login_required
@require_POST
def stop_asking(request: HttpRequest, referral_id: UUID, directive_id: UUID) -> HttpResponse:
    """Stop asking something of every round."""
    actor, referral = followed(request, referral_id)
    directive = directives_of(actor, referral).select_related("referral").filter(pk=directive_id).first()
    if directive is None:
        raise Http404
    end_directive(directive=directive, by=actor, at=now())
    messages.success(request, _("The next round no longer takes this into account."))
    return redirect(case_url(referral_id, "vraagronde"))
