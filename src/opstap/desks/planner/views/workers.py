"""Workers: the list, one worker, contract, wage support, skills, wishes and absences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.desks.planner.forms.people import (
    AwayForm,
    BackForm,
    ContractForm,
    EndForm,
    FunctionsForm,
    NewWorkerForm,
    SupportForm,
    WishesForm,
    contract_values,
    support_values,
)
from opstap.desks.planner.forms.reach import ReachForm, reach_values
from opstap.desks.planner.own import answer, do, must, planner_of
from opstap.foundation.clock import now, today
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import (
    change_contract,
    change_support,
    end_contract,
    end_worker_absence,
    give_skill,
    hire_new,
    note_worker_absence,
    set_wishes,
    withdraw_skill,
)
from opstap.journey.associations.queries import contract_for, contracts_of, functions_of, worker_absence_for
from opstap.journey.people.operations import update_contact
from opstap.steering.overviews.queries.associations import worker_lines, worker_page
from opstap.ui.addresses import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from opstap.foundation.actor import Actor
    from opstap.journey.associations.models import Contract

_FORM = ["GET", "HEAD", "POST"]


def _to(contract: Contract) -> dict[str, str]:
    return {"back": str(contract.person), "back_url": reverse("planner:worker", args=[contract.pk])}


@login_required
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    """Show who works for the association; with `?vroeger` everybody who ever did."""
    actor, association = planner_of(request)
    past = "vroeger" in request.GET
    lines = worker_lines(actor, association, today(), past=past)
    return render(request, "planner/association/workers.html", {"association": association, "lines": lines, "past": past, "today": today()})


@login_required
@require_safe
def worker(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Show one worker."""
    actor, _association = planner_of(request)
    page = must(worker_page(actor, contract_id, today()))
    skills = {skill.function_id for skill in page.line.contract.skills.all()}
    context = {
        "page": page,
        "contract": page.line.contract,
        "support": page.line.support,
        "quarters": [(each.quarter, next(iter(each.premiums.values())), each) for each in page.quarters],
        "learnable": [function for function in page.functions if function.pk not in skills],
        "today": today(),
        "away": [row for row in page.line.contract.absences.all() if row.until_on is None or row.until_on > today()],
    }
    return render(request, "planner/association/worker.html", context)


@login_required
@require_http_methods(_FORM)
def new_worker(request: HttpRequest) -> HttpResponse:
    """Register somebody and hire them."""
    actor, association = planner_of(request)
    form = NewWorkerForm(request.POST or None, initial={"from_on": today(), "status": "imw", **_like(request, actor)})
    return answer(
        request,
        form,
        lambda _given: hire_new(association=association, person=form.person(), terms=form.terms(), by=actor, at=now()),
        title=_("A new worker"),
        lead=_("Somebody whom a counsellor put forward is hired from the list of candidates: then their record goes along."),
        done=_("The contract is made."),
        back=_("Workers"),
        back_url=reverse("planner:workers"),
    )


def _like(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """Return what a form begins with when the address names a worker to hire somebody like (`zoals`), and from when (`vanaf`)."""
    try:
        other = contract_for(actor, UUID(request.GET.get("zoals", "")))
        start = date.fromisoformat(request.GET.get("vanaf", ""))
    except ValueError:
        return {}
    if other is None:
        return {}
    return {"from_on": start, **{name: contract_values(other)[name] for name in ("weekly_hours", "half_days", "is_variable")}}


@login_required
@require_http_methods(_FORM)
def reach(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Say how somebody is reached; what waits for them goes there."""
    actor, association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    person, within = found.person, contracts_of(actor, association)
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else person.version
    form = ReachForm(request.POST or None, initial=reach_values(person))
    return answer(
        request,
        form,
        lambda given: update_contact(person=person, contact=given, version=version, within=within, by=actor, at=now()),
        title=_("How to reach %(name)s") % {"name": person},
        lead=_("What waits for this person goes to the new address at once."),
        done=_("Saved."),
        hidden={"version": person.version},
        **_to(found),
    )


@login_required
@require_http_methods(_FORM)
def contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Change hours, days and period."""
    actor, _association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    form = ContractForm(request.POST or None, initial=contract_values(found))
    return answer(
        request,
        form,
        lambda _given: change_contract(contract=found, terms=form.terms(found), version=found.version, by=actor, at=now()),
        title=_("Contract of %(name)s") % {"name": found.person},
        done=_("Saved."),
        **_to(found),
    )


@login_required
@require_http_methods(_FORM)
def support(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Change the wage support."""
    actor, _association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    form = SupportForm(request.POST or None, initial=support_values(found.supported))
    return answer(
        request,
        form,
        lambda _given: change_support(contract=found, support=form.support(), by=actor, at=now()),
        title=_("Wage support of %(name)s") % {"name": found.person},
        done=_("Saved."),
        **_to(found),
    )


@login_required
@require_http_methods(_FORM)
def end(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Let a contract end."""
    actor, _association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    return answer(
        request,
        EndForm(request.POST or None),
        lambda given: end_contract(contract=found, by=actor, at=now(), **given),
        title=_("Contract of %(name)s ends") % {"name": found.person},
        done=_("The contract ends on that day."),
        **_to(found),
    )


@login_required
@require_http_methods(_FORM)
def skills(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Say what somebody can do."""
    actor, association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    known = {str(row.pk): row for row in functions_of(actor, association)}
    had = {str(skill.function_id) for skill in found.skills.all()}

    def keep(given: dict[str, list[str]]) -> None:
        wanted = set(given["functions"])
        with transaction.atomic():
            for key in sorted(wanted - had):
                give_skill(contract=found, function=known[key], by=actor, at=now())
            for key in sorted(had - wanted):
                withdraw_skill(contract=found, function=known[key], by=actor, at=now())

    choices = [(key, row.title) for key, row in known.items()]
    form = FunctionsForm(request.POST or None, functions=choices, label=_("Can do"), initial={"functions": sorted(had)})
    title = _("What %(name)s can do") % {"name": found.person}
    return answer(request, form, keep, title=title, lead=_("What somebody can do is said by the coach."), done=_("Saved."), **_to(found))


@login_required
@require_http_methods(_FORM)
def wishes(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Say what somebody wishes to learn, in their order."""
    actor, association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    can = {skill.function_id for skill in found.skills.all()}
    known = {str(row.pk): row for row in functions_of(actor, association) if row.pk not in can}
    first = {f"wish_{place}": str(wish.function_id) for place, wish in enumerate(found.wishes.all(), 1)}
    form = WishesForm(request.POST or None, functions=[(key, row.title) for key, row in known.items()], initial=first)
    return answer(
        request,
        form,
        lambda _given: set_wishes(contract=found, functions=[known[key] for key in form.wishes()], by=actor, at=now()),
        title=_("What %(name)s wishes to learn") % {"name": found.person},
        lead=_("The roster practises each wish at least two weeks beside somebody who can."),
        done=_("Saved."),
        **_to(found),
    )


@login_required
@require_http_methods(_FORM)
def away(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Note that somebody is away."""
    actor, _association = planner_of(request)
    found = must(contract_for(actor, contract_id))
    return answer(
        request,
        AwayForm(request.POST or None, initial={"from_on": today()}),
        lambda given: note_worker_absence(contract=found, by=actor, at=now(), **{**given, "kind": AbsenceKind(given["kind"])}),
        title=_("%(name)s is away") % {"name": found.person},
        lead=_("Shifts that are published on these days must be taken over: look at the roster afterwards."),
        done=_("Saved."),
        **_to(found),
    )


@login_required
@require_http_methods(_FORM)
def back(request: HttpRequest, worker_absence_id: UUID) -> HttpResponse:
    """Say when somebody is back; on or before the first day the absence is taken away."""
    actor, _association = planner_of(request)
    absence = must(worker_absence_for(actor, worker_absence_id))
    return answer(
        request,
        BackForm(request.POST or None, initial={"until_on": absence.until_on or today()}),
        lambda given: end_worker_absence(absence=absence, until_on=given["until_on"], by=actor, at=now()),
        title=_("%(name)s is back") % {"name": absence.contract.person},
        done=_("Saved."),
        **_to(absence.contract),
    )


@login_required
@require_POST
def never_away(request: HttpRequest, worker_absence_id: UUID) -> HttpResponse:
    """Take an absence away wholly."""
    actor, _association = planner_of(request)
    absence = must(worker_absence_for(actor, worker_absence_id))
    url = reverse("planner:worker", args=[absence.contract_id])
    return do(request, lambda: end_worker_absence(absence=absence, until_on=absence.from_on, by=actor, at=now()), _("Taken away."), url)
