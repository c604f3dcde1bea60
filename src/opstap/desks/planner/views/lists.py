"""Workbooks: those that came in, a new one, its rows, and bringing it in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.forms.work import WorkbookForm
from opstap.desks.planner.own import do, must, planner_of
from opstap.engine.shared import Refused
from opstap.foundation.clock import now, today
from opstap.journey.associations.enums import IntakeState, Verdict
from opstap.journey.associations.operations import apply_workbook, set_workbook_aside, upload_workbook
from opstap.journey.associations.queries import intake_for, intake_rows, intakes_of
from opstap.ui.addresses import reverse
from opstap.ui.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ROWS_A_PAGE = 50


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show the workbooks that came in, newest first."""
    actor, association = planner_of(request)
    page = Paginator(intakes_of(actor, association), _ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "planner/association/lists.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Bring in a workbook; nothing changes yet."""
    actor, association = planner_of(request)
    form, refusal = WorkbookForm(request.POST or None, request.FILES or None, initial={"as_of": today()}), ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = {"data": given["file"].read(), "filename": given["file"].name}
        try:
            made = upload_workbook(association=association, as_of=given["as_of"], by=actor, at=now(), **file)
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect("planner:list", made.pk)
    page = {
        "title": _("Bring in a workbook"),
        "lead": _("You first see every row with what it changes, and what could not be read. Nothing changes until you apply it."),
        "back": _("Lists"),
        "back_url": reverse("planner:lists"),
        "button": _("Look at the rows"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "planner/association/form.html", {"form": form, "refusal": refusal, **page}, status=status)


@login_required
@require_safe
def show(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Show the rows of a workbook: what each would change, and what is wrong with it."""
    actor, _association = planner_of(request)
    found = must(intake_for(actor, intake_id))
    rows, shown = intake_rows(actor, found), request.GET.get("toon", "")
    counts = Counter(rows.order_by().values_list("verdict", flat=True))
    page = Paginator(rows.filter(verdict=shown) if shown in set(Verdict) else rows, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "intake": found,
        "page": page,
        "shown": shown,
        "counts": [(verdict.value, counts[verdict.value]) for verdict in Verdict],
        "useful": counts[Verdict.NEW.value] + counts[Verdict.CHANGED.value],
        "is_open": found.state == IntakeState.UPLOADED,
    }
    return render(request, "planner/association/list.html", context)


@login_required
@require_POST
def apply(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Bring in every row that can be used."""
    actor, _association = planner_of(request)
    found = must(intake_for(actor, intake_id))
    url = reverse("planner:list", args=[found.pk])
    done = _("The workbook is brought in. Rows that could not be used say why.")
    return do(request, lambda: apply_workbook(intake=found, by=actor, at=now()), done, url)


@login_required
@require_POST
def set_aside(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Keep nothing of a workbook."""
    actor, _association = planner_of(request)
    found = must(intake_for(actor, intake_id))
    return do(request, lambda: set_workbook_aside(intake=found, by=actor, at=now()), _("Nothing of it is kept."), reverse("planner:lists"))
