"""Payment lists: made by one coordinator, approved by another, and the files for the bank and the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.coordinator.months.forms import AccountForm, ApproveForm
from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.journey.attendance.operations import (
    approve_payment_run,
    discard_payment_run,
    export_payment_run,
    make_payment_run,
    set_paying_account,
)
from opstap.steering.overviews.queries.payments import PaymentsPage, RunPage, payments_page, run_page
from opstap.ui import months
from opstap.ui.requests import actor_of
from opstap.ui.words import say

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

FILES = {"sepa": ("application/xml", "xml"), "csv": ("text/csv; charset=utf-8", "csv")}


def _page(request: HttpRequest, month: str) -> PaymentsPage:
    page = payments_page(actor_of(request), months.month_in(month))
    if page is None:
        raise Http404
    return page


def _run(request: HttpRequest, run_id: UUID) -> RunPage:
    found = run_page(actor_of(request), run_id, clock.today())
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Lead to the payments of the month before this one."""
    on = clock.today()
    first = on.replace(day=1)
    _page(request, months.month_text(first))
    before = first.replace(year=first.year - (first.month == 1), month=(first.month - 2) % 12 + 1)
    return redirect("coordinator:months:payments", months.month_text(before))


@login_required
@require_safe
def show(request: HttpRequest, month: str) -> HttpResponse:
    """Show what can be paid, who waits and why, and the lists until now."""
    return render(request, "coordinator/months/payments.html", {"page": _page(request, month), "month_text": month})


@login_required
@require_POST
def make(request: HttpRequest, month: str) -> HttpResponse:
    """Make a draft of what can be paid."""
    page = _page(request, month)
    try:
        run = make_payment_run(programme_id=page.programme.pk, month=page.month, by=actor_of(request), at=clock.now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
        return redirect("coordinator:months:payments", month)
    messages.success(request, _("The list is made. Somebody else approves it."))
    return redirect("coordinator:months:run", run.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, month: str) -> HttpResponse:
    """Say from which account the programme pays."""
    page = _page(request, month)
    form = AccountForm(request.POST if request.method == "POST" else None, initial={"name": page.account_name})
    refusal = ""
    if form.is_valid():
        try:
            set_paying_account(programme_id=page.programme.pk, **form.cleaned_data, by=actor_of(request), at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            messages.success(request, _("The account is kept."))
            return redirect("coordinator:months:payments", month)
    props = {"page": page, "form": form, "refusal": refusal, "month_text": month}
    return render(request, "coordinator/months/account.html", props, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, found: RunPage, **props: Any) -> HttpResponse:  # noqa: ANN401 - what a template gets
    page = Paginator(found.people, months.PAGE).get_page(request.GET.get("page"))
    is_wrong = bool(props)
    form = props.pop("form", None) or ApproveForm(initial={"pay_on": clock.today()})
    shown = {"found": found, "page": page, "form": form, "month_text": months.month_text(found.run.month), **props}
    return render(request, "coordinator/months/run.html", shown, status=422 if is_wrong else 200)


@login_required
@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show a payment list, person by person."""
    return _shown(request, _run(request, run_id))


@login_required
@require_POST
def approve(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Approve a list that somebody else made."""
    found, form = _run(request, run_id), ApproveForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form=form)
    try:
        approve_payment_run(run=found.run, pay_on=form.cleaned_data["pay_on"], by=actor_of(request), at=clock.now())
    except Refused as refused:
        return _shown(request, found, form=form, refusal=say(refused.reason))
    messages.success(request, _("Approved. The files for the bank and the accounts are ready."))
    return redirect("coordinator:months:run", run_id)


@login_required
@require_POST
def discard(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = _run(request, run_id)
    try:
        discard_payment_run(run=found.run, by=actor_of(request), at=clock.now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
        return redirect("coordinator:months:run", run_id)
    messages.success(request, _("The draft is thrown away. Its months wait for the next list."))
    return redirect("coordinator:months:payments", months.month_text(found.run.month))


@login_required
@require_POST
def export(request: HttpRequest, run_id: UUID, kind: str) -> HttpResponse:
    """Hand out a file of an approved list; every time is kept in the log."""
    found = _run(request, run_id)
    if kind not in FILES:
        raise Http404
    try:
        text = export_payment_run(run=found.run, kind=kind, by=actor_of(request), at=clock.now())
    except Refused as refused:
        messages.warning(request, say(refused.reason))
        return redirect("coordinator:months:run", run_id)
    content_type, ending = FILES[kind]
    name = f"opstap-{found.run.month:%Y-%m}-{found.run.number}.{ending}"
    return HttpResponse(text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
