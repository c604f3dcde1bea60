"""Yes, no or call me: first what will happen, then the button that does it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from opstap.desks.jobseeker.forms import CallForm, NoForm
from opstap.desks.jobseeker.opened import Opened, by_link
from opstap.desks.jobseeker.views.offer import offer_or_404
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.matching.enums import Answer
from opstap.journey.placements.operations import answer_as_person

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

ANSWERS = {"ja": Answer.YES, "nee": Answer.NO, "bel-mij": Answer.CALL_ME}
"""The word in the address of each answer."""
_TEMPLATES = {Answer.YES: "jobseeker/say_yes.html", Answer.NO: "jobseeker/say_no.html", Answer.CALL_ME: "jobseeker/call_me.html"}


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def answer(request: HttpRequest, opened: Opened, answer: str) -> HttpResponse:
    """Show what an answer leads to; a POST gives it, and every way out is the offer's page, which says how it stands."""
    given = ANSWERS.get(answer)
    if given is None:
        raise Http404
    offer = offer_or_404(opened)
    if not offer.may_answer:
        return redirect("jobseeker:offer", opened.key)
    form = _form(given, request)
    if request.method == "POST" and (form is None or form.is_valid()):
        reason, for_good = _said(form)
        with suppress(Refused):  # it ended a moment ago: its page says how, and what is possible now
            answer_as_person(proposal=offer.proposal, answer=given, reason=reason, for_good=for_good, by=opened.actor, at=now())
        return redirect("jobseeker:offer", opened.key)
    props = {"key": opened.key, "offer": offer, "form": form}
    return render(request, _TEMPLATES[given], props, status=422 if form is not None and form.is_bound else 200)


def _form(given: Answer, request: HttpRequest) -> Form | None:
    forms: dict[Answer, type[Form]] = {Answer.NO: NoForm, Answer.CALL_ME: CallForm}
    kind = forms.get(given)
    return kind(request.POST if request.method == "POST" else None) if kind else None


def _said(form: Form | None) -> tuple[str, bool]:
    """Return the reason given and whether the place is refused for good."""
    if isinstance(form, NoForm):
        return form.reason, form.for_good
    return (form.cleaned_data["more"], False) if form is not None else ("", False)
