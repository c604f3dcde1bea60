"""Who coaches at a site: named, changed, away, stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.desks.planner.forms.structure import CoachForm, PeriodForm
from opstap.desks.planner.own import answer, do, must, planner_of
from opstap.foundation.clock import now, today
from opstap.journey.associations.operations import end_coach, name_coach, note_coach_absence, remove_coach_absence
from opstap.journey.associations.queries import coach_absence_for, coach_for, sites_of
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_FORM = ["GET", "HEAD", "POST"]


def _back() -> dict[str, str]:
    return {"back": _("Association"), "back_url": reverse("planner:home")}


@login_required
@require_http_methods(_FORM)
def new_coach(request: HttpRequest) -> HttpResponse:
    """Name a coach."""
    actor, association = planner_of(request)
    known = {str(row.pk): row for row in sites_of(actor, association)}
    form = CoachForm(request.POST or None, sites=[(key, _site_name(row)) for key, row in known.items()])
    return answer(
        request,
        form,
        lambda given: name_coach(association=association, by=actor, at=now(), **{**given, "site": known[given["site"]]}),
        title=_("A coach"),
        lead=_("Without a coach nobody is planned at a site."),
        done=_("Saved."),
        **_back(),
    )


def _site_name(row: object) -> str:
    return " · ".join(filter(None, (getattr(row, "name", ""), getattr(row, "street", ""))))


@login_required
@require_http_methods(_FORM)
def coach(request: HttpRequest, coach_id: UUID) -> HttpResponse:
    """Change the days and the maximum of a coach; absences stand under it."""
    actor, association = planner_of(request)
    found = must(coach_for(actor, coach_id))
    first = {"site": str(found.site_id), "name": found.name, "weekdays": found.weekdays, "maximum": found.maximum}
    form = CoachForm(request.POST or None, sites=[(str(found.site_id), found.site.name)], fixed=True, initial=first)
    return answer(
        request,
        form,
        lambda given: name_coach(association=association, by=actor, at=now(), **{**given, "site": found.site}),
        title=found.name,
        done=_("Saved."),
        template="planner/association/coach.html",
        coach=found,
        away=[row for row in found.absences.all() if row.until_on > today()],
        **_back(),
    )


@login_required
@require_POST
def stop_coach(request: HttpRequest, coach_id: UUID) -> HttpResponse:
    """Let a coach stop from today."""
    actor, _association = planner_of(request)
    found = must(coach_for(actor, coach_id))
    done = _("The coach has stopped; nobody is planned with them from today.")
    return do(request, lambda: end_coach(coach=found, on=today(), by=actor, at=now()), done, reverse("planner:home"))


@login_required
@require_http_methods(_FORM)
def coach_away(request: HttpRequest, coach_id: UUID) -> HttpResponse:
    """Note that a coach is away."""
    actor, _association = planner_of(request)
    found = must(coach_for(actor, coach_id))
    return answer(
        request,
        PeriodForm(request.POST or None),
        lambda given: note_coach_absence(coach=found, by=actor, at=now(), **given),
        title=_("%(name)s is away") % {"name": found.name},
        done=_("Saved."),
        back=found.name,
        back_url=reverse("planner:coach", args=[found.pk]),
    )


@login_required
@require_POST
def coach_back(request: HttpRequest, coach_absence_id: UUID) -> HttpResponse:
    """Take back that a coach is away."""
    actor, _association = planner_of(request)
    absence = must(coach_absence_for(actor, coach_absence_id))
    url = reverse("planner:coach", args=[absence.coach_id])
    return do(request, lambda: remove_coach_absence(absence=absence, by=actor, at=now()), _("Taken away."), url)
