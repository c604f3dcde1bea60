"""The association at a glance, its terms, members, sites and coaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.forms.structure import CoachForm, MemberForm, PeriodForm, SiteForm, TermsForm, UntilForm
from opstap.desks.planner.own import answer, do, must, planner_of
from opstap.foundation.clock import now, today
from opstap.journey.associations.enums import FocusGroup
from opstap.journey.associations.operations import (
    AssociationTerms,
    close_site,
    end_coach,
    end_membership,
    join_member,
    locate_site,
    name_coach,
    note_coach_absence,
    open_site,
    remove_coach_absence,
    set_association_terms,
    set_site_terms,
)
from opstap.journey.associations.queries import (
    closure_for,
    coach_absence_for,
    coach_for,
    membership_for,
    possible_members,
    site_for,
    site_terms_of,
    sites_of,
)
from opstap.steering.overviews.queries.associations import association_page
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_FORM = ["GET", "HEAD", "POST"]


def _back(**more: str) -> dict[str, str]:
    return {"back": _("Association"), "back_url": reverse("planner:home"), **more}


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show members, sites, coaches, how many work and how many are meant to, and who may come next."""
    actor, association = planner_of(request)
    page = association_page(actor, association, today())
    return render(request, "planner/overview.html", {"page": page, "towards": page.towards, "association": association})


@login_required
@require_http_methods(_FORM)
def terms(request: HttpRequest) -> HttpResponse:
    """Change target, cap and notice."""
    actor, association = planner_of(request)
    first = {
        "target": association.target,
        "next_target": association.next_target,
        "worker_cap": association.worker_cap,
        "notice": association.notice_working_days,
    }
    groups = tuple(FocusGroup(group) for group in association.focus_groups)
    return answer(
        request,
        TermsForm(request.POST or None, initial=first),
        lambda given: set_association_terms(
            association=association,
            terms=AssociationTerms(given["target"], given["next_target"], given["worker_cap"], groups, given["notice"]),
            by=actor,
            at=now(),
        ),
        title=_("Target and limits"),
        done=_("Saved."),
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def join(request: HttpRequest) -> HttpResponse:
    """Let an organisation become a member."""
    actor, association = planner_of(request)
    known = {str(row.pk): row for row in possible_members(actor, association)}
    form = MemberForm(request.POST or None, organisations=[(key, row.name) for key, row in known.items()], initial={"from_on": today()})
    return answer(
        request,
        form,
        lambda given: join_member(
            association=association,
            organisation=known[given["organisation"]],
            from_on=given["from_on"],
            until_on=given["until_on"],
            by=actor,
            at=now(),
        ),
        title=_("A new member"),
        lead=_("Only members use workers of the association, and only on the days of their membership."),
        done=_("The organisation is a member."),
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def leave(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Let a membership end."""
    actor, _association = planner_of(request)
    membership = must(membership_for(actor, membership_id))
    return answer(
        request,
        UntilForm(request.POST or None, initial={"until_on": membership.until_on}),
        lambda given: end_membership(membership=membership, until_on=given["until_on"], by=actor, at=now()),
        title=_("Membership of %(name)s ends") % {"name": membership.organisation.name},
        lead=_("From that day on nobody can be planned there."),
        done=_("Saved."),
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Say what a roster must know of a site."""
    actor, association = planner_of(request)
    found = must(site_for(actor, association, site_id))
    known, closures = site_terms_of(actor, association)
    was = known.get(found.pk)
    sundays = "\n".join(on.isoformat() for on in was.extra_sundays) if was else ""
    first: dict[str, Any] = {"municipality": found.municipality, "neighbourhood": found.neighbourhood}
    first |= {"is_seaside_shop": bool(was and was.is_seaside_shop), "extra_sundays": sundays}
    form = SiteForm(request.POST or None, initial=first)

    def keep(given: dict[str, Any]) -> None:
        where = {name: given.pop(name) for name in ("municipality", "neighbourhood")}
        with transaction.atomic():
            if where != {name: first[name] for name in where}:
                locate_site(association=association, site=found, by=actor, at=now(), **where)
            set_site_terms(association=association, site=found, by=actor, at=now(), **given)

    return answer(
        request,
        form,
        keep,
        title=found.name,
        lead=", ".join(filter(None, (found.organisation.name, found.street, found.municipality))),
        done=_("Saved."),
        closures=[(row, reverse("planner:open_site", args=[row.pk])) for row in closures.get(found.pk, ()) if row.until_on > today()],
        close_url=reverse("planner:close_site", args=[found.pk]),
        template="planner/association/site.html",
        **_back(),
    )


@login_required
@require_http_methods(_FORM)
def close(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Close a site on some days."""
    actor, association = planner_of(request)
    found = must(site_for(actor, association, site_id))
    return answer(
        request,
        PeriodForm(request.POST or None),
        lambda given: close_site(association=association, site=found, by=actor, at=now(), **given),
        title=_("%(name)s is closed") % {"name": found.name},
        lead=_("Nobody is planned there on these days."),
        done=_("Saved."),
        back=found.name,
        back_url=reverse("planner:site", args=[found.pk]),
    )


@login_required
@require_POST
def reopen(request: HttpRequest, closure_id: UUID) -> HttpResponse:
    """Take back that a site is closed."""
    actor, association = planner_of(request)
    closure = must(closure_for(actor, association, closure_id))
    url = reverse("planner:site", args=[closure.site_id])
    return do(request, lambda: open_site(association=association, closure=closure, by=actor, at=now()), _("The site is open again."), url)


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
