"""In which order a programme weighs what counts: public, and changed with a reason to tell."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.desks.coordinator.forms import OrderForm
from opstap.desks.coordinator.views.programme import steered_programme
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.foundation.programmes.enums import DEFAULT_ORDER
from opstap.foundation.programmes.operations import set_order
from opstap.ui.requests import actor_of
from opstap.ui.words import say


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """Show and change the order of the criteria."""
    actor = actor_of(request)
    programme = steered_programme(request, actor)
    form = OrderForm(request.POST or None, criteria=DEFAULT_ORDER, order=tuple(programme.order))
    refusal = ""
    if form.is_valid():
        try:
            set_order(programme=programme, order=form.order(), by=actor, at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The order is set. The next round follows it."))
            return redirect("coordinator:rounds")
    context = {"programme": programme, "form": form, "refusal": refusal}
    return render(request, "coordinator/rounds/order.html", context, status=422 if form.is_bound else 200)
