"""The parts of a plan: goals, actions and what somebody can do; each form also has a page of its own, for when it is not right yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.desks.counsellor.forms.plans import ActionForm, GoalForm, LevelForm
from opstap.desks.counsellor.reach import staff_of
from opstap.desks.counsellor.tasks import Task, carry_out
from opstap.desks.counsellor.views.plans import kept_plan, referral_of
from opstap.engine.shared import Refused
from opstap.foundation.clock import now
from opstap.journey.plans.enums import ActionOwner, Focus, GoalState, LevelKind
from opstap.journey.plans.operations import (
    ActionTerms,
    GoalTerms,
    add_action,
    add_goal,
    change_action,
    change_goal,
    complete_action,
    move_goal,
    remove_action,
    remove_goal,
    reopen_action,
    set_level,
)
from opstap.journey.plans.queries import action_for, competence_choices, competence_for, goal_for, levels_of
from opstap.ui.addresses import reverse
from opstap.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from opstap.foundation.actor import Actor
    from opstap.journey.plans.models import Action, Goal, SupportPlan
    from opstap.journey.plans.queries import Standing


def _goal(request: HttpRequest, goal_id: UUID) -> tuple[Actor, Goal]:
    actor = staff_of(request)
    goal = goal_for(actor, goal_id)
    if goal is None:
        raise Http404
    return actor, goal


def _action(request: HttpRequest, action_id: UUID) -> tuple[Actor, Action]:
    actor = staff_of(request)
    action = action_for(actor, action_id)
    if action is None:
        raise Http404
    return actor, action


def _task(plan: SupportPlan, title: str, *, removes: str = "") -> Task:
    back = reverse("counsellor:plan", args=[plan.referral_id])
    about = str(plan.referral.person)
    return Task(title, about, _("Save"), _("Saved."), back, "counsellor/plan_form.html", {"removes": removes})


def _goal_terms(actor: Actor, given: dict[str, Any]) -> GoalTerms:
    competence = competence_for(actor, given["competence"]) if given["competence"] else None
    return GoalTerms(Focus(given["focus"]), given["text"], given["target_on"], competence)


def _action_terms(given: dict[str, Any]) -> ActionTerms:
    return ActionTerms(given["text"], ActionOwner(given["owner"]), given["due_on"], given["owner_name"])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_goal(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Add a goal to a draft."""
    actor, plan = kept_plan(request, plan_id)
    form = GoalForm(request.POST or None, groups=competence_choices(actor, plan.referral))

    def act(given: dict[str, Any]) -> None:
        add_goal(plan=plan, terms=_goal_terms(actor, given), by=actor, at=now())

    return carry_out(request, _task(plan, _("Add a goal")), form, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Write a goal of a draft anew, or take it out."""
    actor, row = _goal(request, goal_id)
    task = _task(row.plan, _("Change the goal"), removes=_("Take out this goal and its actions"))
    if "remove" in request.POST:
        return _try(request, task, lambda: remove_goal(goal=row, by=actor, at=now()))
    initial = {"focus": row.focus, "text": row.text, "target_on": row.target_on, "competence": row.competence_id}
    form = GoalForm(request.POST or None, initial=initial, groups=competence_choices(actor, row.plan.referral))

    def act(given: dict[str, Any]) -> None:
        change_goal(goal=row, terms=_goal_terms(actor, given), by=actor, at=now())

    return carry_out(request, task, form, act)


@login_required
@require_POST
def goal_state(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Say that a goal was reached, let go or taken up again."""
    actor, row = _goal(request, goal_id)
    given = request.POST.get("state", "")
    if given not in set(GoalState):
        messages.error(request, _("Choose what became of the goal."))
        return redirect("counsellor:plan", row.plan.referral_id)
    return _try(request, _task(row.plan, ""), lambda: move_goal(goal=row, to=GoalState(given), by=actor, at=now()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_action(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Add an action to a goal of a draft."""
    actor, row = _goal(request, goal_id)

    def act(given: dict[str, Any]) -> None:
        add_action(goal=row, terms=_action_terms(given), by=actor, at=now())

    return carry_out(request, _task(row.plan, _("Add an action")), ActionForm(request.POST or None), act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Write an action of a draft anew, or take it out."""
    actor, row = _action(request, action_id)
    task = _task(row.goal.plan, _("Change the action"), removes=_("Take out this action"))
    if "remove" in request.POST:
        return _try(request, task, lambda: remove_action(action=row, by=actor, at=now()))
    initial = {"text": row.text, "owner": row.owner, "owner_name": row.owner_name, "due_on": row.due_on}

    def act(given: dict[str, Any]) -> None:
        change_action(action=row, terms=_action_terms(given), by=actor, at=now())

    return carry_out(request, task, ActionForm(request.POST or None, initial=initial), act)


@login_required
@require_POST
def tick(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Tick an action as done, or take that back."""
    actor, row = _action(request, action_id)
    change = complete_action if request.POST.get("done") == "1" else reopen_action
    return _try(request, _task(row.goal.plan, ""), lambda: change(action=row, by=actor, at=now()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def level(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Note what somebody can do of a competence, and wants to be able to do."""
    actor, referral = referral_of(request, referral_id)
    initial = _levels_of(levels_of(actor, referral), request)
    form = LevelForm(request.POST or None, initial=initial, groups=competence_choices(actor, referral))
    back = reverse("counsellor:plan", args=[referral_id])
    task = Task(_("What can the person do?"), str(referral.person), _("Save"), _("Saved."), back, "counsellor/plan_form.html")

    def act(given: dict[str, Any]) -> None:
        competence = competence_for(actor, given["competence"])
        if competence is None:
            raise Http404
        for kind in LevelKind:
            chosen = form.level(kind.value)
            if chosen is not None:
                set_level(referral=referral, competence=competence, level=chosen, kind=kind, by=actor, at=now())

    return carry_out(request, task, form, act)


def _levels_of(standings: list[Standing], request: HttpRequest) -> dict[str, Any]:
    """Return what the form holds for the competence that the address names."""
    asked = request.GET.get("competentie", "")
    found = next((each for each in standings if each.competence.pk == asked), None)
    return {"competence": asked, "present": found.present if found else "", "future": found.future if found else ""}


def _try(request: HttpRequest, task: Task, act: Callable[[], object]) -> HttpResponse:
    """Do something and go back to the plan; a refusal is said there."""
    try:
        act()
    except Refused as refused:
        messages.error(request, say(refused.reason))
    return redirect(task.back)
