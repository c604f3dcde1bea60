"""The case file on one page, what happened before, and who looked: every opening is recorded."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from opstap.desks.counsellor.decision_cells import shown_decisions
from opstap.desks.counsellor.forms.facts import FactForm
from opstap.desks.counsellor.forms.steps import AnswerForm
from opstap.desks.counsellor.reach import followed
from opstap.desks.counsellor.shown import shown_facts
from opstap.foundation.clock import now, today
from opstap.journey.people.queries import file_readers
from opstap.journey.referrals.operations import open_case_file
from opstap.journey.referrals.queries import followed_referrals
from opstap.steering.overviews.queries.case_file import case_file as whole_file
from opstap.steering.overviews.queries.case_file import purpose_of
from opstap.steering.overviews.queries.timeline import timeline as moments_of
from opstap.ui.requests import is_fragment


@login_required
@require_safe
def case_file(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record that the file is opened and show it whole."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    file = whole_file(actor, referral, today())
    if file is None:
        raise Http404
    asks = [(ask, _fact_form(ask.fact, file.person.version)) for ask in file.questions]
    answer = AnswerForm(auto_id="answer_%s") if file.open_proposal and file.open_proposal.is_sent else None
    context = {
        "file": file,
        "facts": shown_facts(file.facts),
        "decisions": shown_decisions(file.decisions),
        "asks": asks,
        "answer": answer,
        "today": today(),
    }
    return render(request, "counsellor/case_file.html", context)


def _fact_form(fact: str, version: int) -> FactForm:
    return FactForm(fact, initial={"version": version}, auto_id=f"{fact}_%s")


@login_required
@require_safe
def timeline(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show what happened, newest first; as a piece of the file's page, or as a page of its own."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    template = "counsellor/timeline_part.html" if is_fragment(request) else "counsellor/timeline.html"
    return render(request, template, {"referral": referral, "moments": moments_of(actor, referral)})


@login_required
@require_safe
def readers(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show who looked at the file, on which day and why."""
    actor, referral = followed(request, referral_id)
    open_case_file(referral=referral, by=actor.for_purpose(purpose_of(actor, referral)), at=now())
    lines = file_readers(actor, referral.person_id, within=followed_referrals(actor))
    template = "counsellor/readers_part.html" if is_fragment(request) else "counsellor/readers.html"
    return render(request, template, {"referral": referral, "lines": lines})
