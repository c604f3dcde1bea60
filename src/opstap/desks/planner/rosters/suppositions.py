"""What if: supposed beside what is told, read beside it, thrown away, or done for real."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.own import do, must, planner_of
from opstap.desks.planner.rosters.found import found_roster
from opstap.desks.planner.rosters.suppose_forms import FORMS, Choices
from opstap.engine.shared import Reason, Refused
from opstap.foundation import clock
from opstap.journey.associations.queries import current_contracts, demands_of
from opstap.journey.rosters.enums import UNDER_WAY, SupposedKind
from opstap.journey.rosters.operations import drop_supposition, make_real, suppose
from opstap.journey.rosters.queries import roster_for
from opstap.steering.overviews.queries.roster_suppositions import rosters_to_suppose_beside, supposition_lines, supposition_page
from opstap.ui.addresses import reverse
from opstap.ui.components.status import day, reason
from opstap.ui.words import say

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.associations.models import Association
    from opstap.journey.rosters.models import Roster

_AHEAD = timedelta(days=366)


@login_required
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show what is supposed already, and what can be."""
    actor, association = planner_of(request)
    context = {
        "lines": supposition_lines(actor, association), "is_told": bool(rosters_to_suppose_beside(actor, association, clock.today())),
        "kinds": _kinds(),
    }  # fmt: skip
    return render(request, "planner/rosters/suppositions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Suppose something: beside what is told, or (`?bij=`) beside another supposition."""
    actor, association = planner_of(request)
    if kind not in FORMS:
        raise Http404
    beside = _beside(request, actor, association)
    form_class, subjects = FORMS[kind], _subjects(actor, association, FORMS[kind].kind)
    words = [(str(row.pk), row.title or day(row.start)) for row in beside]
    given = {"subject": request.GET.get("wie", ""), "from_on": clock.today() + timedelta(days=7)}
    label = {SupposedKind.LEAVES: _("Who"), SupposedKind.AWAY: _("Who"), SupposedKind.JOINS: _("Like whom")}.get(form_class.kind)
    form, refusal = form_class(request.POST or None, label=label or _("Which site"), subjects=subjects, rosters=words, initial=given), None
    if request.method == "POST" and form.is_valid():
        roster = next(row for row in beside if str(row.pk) == form.cleaned_data["beside"])
        title, is_anew = form.cleaned_data["title"], form.cleaned_data["how"] == "anew"
        try:
            made = suppose(beside=roster, what=[form.supposed], title=title, is_anew=is_anew, by=actor, at=clock.now())
        except Refused as refused:
            refusal = say(refused.reason)
        else:
            return redirect("planner:supposition", made.pk)
    status = 422 if request.method == "POST" else 200
    context: dict[str, Any] = {"form": form, "refusal": refusal, "kind": form_class.kind, "beside": beside}
    return render(request, "planner/rosters/suppose.html", context, status=status)


@login_required
@require_safe
def show(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Show a supposition beside what is told, how far its answer is, or why there is none."""
    actor, roster = found_roster(request, roster_id)
    return _page(request, actor, roster)


@login_required
@require_POST
def drop(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Throw a supposition away."""
    actor, roster = found_roster(request, roster_id)
    url = reverse("planner:suppositions")
    return do(request, lambda: drop_supposition(roster=roster, by=actor, at=clock.now()), _("Thrown away. Nothing else changed."), url)


@login_required
@require_POST
def real(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    """Do what was supposed; what was found becomes a draft."""
    actor, roster = found_roster(request, roster_id)
    why = request.POST.get("waarom", "")
    try:
        made = make_real(roster=roster, why=why, by=actor, at=clock.now())
    except Refused as refused:
        return _page(request, actor, roster, refused.reason)
    return redirect("planner:roster_compare", made.pk)


def _kinds() -> tuple[tuple[str, SupposedKind], ...]:
    """Return what can be supposed: the word in the address, and the kind."""
    return tuple((word, form.kind) for word, form in FORMS.items())


def _page(request: HttpRequest, actor: Actor, roster: Roster, refusal: Reason | None = None) -> HttpResponse:
    page = must(supposition_page(actor, roster, clock.now()))
    said = page.line.said
    context = {
        "page": page, "roster": roster, "compare": page.compare, "is_under_way": roster.state in UNDER_WAY, "kinds": _kinds(),
        "title": roster.title or reason(said[0]), "said": said if roster.title else said[1:], "refusal": refusal,
    }  # fmt: skip
    return render(request, "planner/rosters/supposition.html", context, status=422 if refusal else 200)


def _beside(request: HttpRequest, actor: Actor, association: Association) -> list[Roster]:
    """Return the rosters beside which something may be supposed: the supposition that the address names, else all that are told."""
    wanted = request.GET.get("bij", "")
    if not wanted:
        return rosters_to_suppose_beside(actor, association, clock.today())
    try:
        roster = roster_for(actor, UUID(wanted))
    except ValueError:
        roster = None
    if roster is None or not roster.suppositions:
        raise Http404
    return [roster]


def _subjects(actor: Actor, association: Association, kind: SupposedKind) -> Choices:
    """Return of whom or what a kind can be supposed."""
    today = clock.today()
    if kind in {SupposedKind.LEAVES, SupposedKind.AWAY, SupposedKind.JOINS}:
        people = current_contracts(actor, association, today, today + _AHEAD).prefetch_related(None)
        return [(str(row.pk), str(row.person)) for row in people]
    asked = demands_of(actor, association)
    if kind is SupposedKind.CLOSED:
        return sorted({(str(row.site_id), row.site.name) for row in asked}, key=lambda each: each[1])
    work = {(f"{row.site_id}_{row.function_id}", f"{row.site.name}, {row.function.title}") for row in asked}
    return sorted(work, key=lambda each: each[1])
