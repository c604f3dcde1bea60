"""Who follows somebody: the counsellor, and others beside them for as long and as far as was given."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.counsellor.forms.sharing import ShareForm
from opstap.desks.counsellor.reach import followed, staff_of
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.operations import assign, end_assignment
from opstap.journey.referrals.permissions import may_share
from opstap.journey.referrals.queries import assignment_for
from opstap.steering.overviews.queries.followers import followers_of, whom_to_share_with
from opstap.steering.overviews.queries.shared import shared_with
from opstap.ui.words import say


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show who follows and followed the person, and let somebody else follow them too."""
    actor, referral = followed(request, referral_id)
    may = may_share(actor, referral)
    partners = whom_to_share_with(actor, referral, today()) if may else {}
    form = ShareForm(request.POST or None, today=today(), choices=[(key, partner.label) for key, partner in partners.items()])
    refusal = ""
    if may and form.is_valid():
        given, partner = form.cleaned_data, partners[form.cleaned_data["who"]]
        try:
            assign(
                referral=referral,
                organisation=partner.organisation,
                user=partner.user,
                scope=Scope(given["scope"]),
                from_on=given["from_on"],
                until_on=given["until_on"],
                reason=given["reason"],
                by=actor,
                at=now(),
            )
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("Given. Nobody else lost anything by it."))
            return redirect("counsellor:share", referral_id)
    context = {"referral": referral, "lines": followers_of(actor, referral, today()), "form": form if may else None, "refusal": refusal}
    return render(request, "counsellor/share.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def shared_with_us(request: HttpRequest) -> HttpResponse:
    """Show whom others let the actor, or the actor's organisation, follow today."""
    return render(request, "counsellor/shared.html", {"shared": shared_with(staff_of(request), today())})


@login_required
@require_POST
def end(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """End that somebody else follows a person: from today they see nothing any more; what they did stays."""
    actor = staff_of(request)
    row = assignment_for(actor, assignment_id)
    if row is None:
        raise Http404
    try:
        end_assignment(assignment=row, on=today(), by=actor, at=now())
    except Refused as refused:
        messages.error(request, say(refused.reason))
    else:
        messages.success(request, _("Ended. They see nothing of this person any more."))
    return redirect("counsellor:share", row.referral_id)
