"""Plans within reach, what somebody can do, and which competences there are to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from opstap.bridges.spreadsheets.cells import fold
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared
from opstap.journey.mentoring.queries import stood_in_for
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.placements.queries import LIVE
from opstap.journey.plans.enums import IN_FORCE, ActionOwner, GoalState, Level, LevelKind, PlanState
from opstap.journey.plans.models import Action, Competence, CompetenceLevel, Goal, PlanComment, SupportPlan, TaskGroup
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import is_the_person, may_see_plan
from opstap.journey.referrals.queries import referrals_in_scope

_SHOWN = tuple(state.value for state in PlanState if state is not PlanState.DRAFT)


_GOALS = Prefetch("goals", queryset=Goal.objects.select_related("competence").prefetch_related("actions"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody can do of one competence now and wants to be able to do; None when nobody said so yet.

    `history`: how it went, the latest first.
    """

    competence: Competence
    present: Level | None
    future: Level | None
    history: tuple[CompetenceLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class CompetenceGroup:
    """A group to choose from; `is_near` when it belongs to the work of this person."""

    label: str
    is_near: bool
    competences: tuple[Competence, ...]


def visible_plans(actor: Actor) -> QuerySet[SupportPlan]:
    """Return the plans that the actor may read: of who they follow; their own once shared. A coordinator, host or mentor reads none."""
    plans = SupportPlan.objects.select_related("referral__person", "referral__programme", "referral__counsellor")
    if actor.kind is ActorKind.SYSTEM:
        return plans
    if actor.person_id is not None:
        only = Q(referral_id=actor.only_id) if actor.only_id else Q()
        return plans.filter(only, referral__person_id=actor.person_id, state__in=_SHOWN)
    return plans.filter(referral__in=referrals_in_scope(actor, Scope.PLAN))


def plan_for(actor: Actor, plan_id: UUID) -> SupportPlan | None:
    """Return one visible plan with its goals and actions, or None."""
    return _whole(visible_plans(actor)).filter(pk=plan_id).first()


def plan_head(actor: Actor, plan_id: UUID) -> SupportPlan | None:
    """Return one visible plan without its goals, or None: for what is done with a plan as a whole."""
    return visible_plans(actor).filter(pk=plan_id).first()


def with_goals(plan: SupportPlan) -> SupportPlan:
    """Return a plan that was found already, with its goals and actions."""
    prefetch_related_objects([plan], _GOALS)
    return plan


def plan_in_force(actor: Actor, referral_id: UUID) -> SupportPlan | None:
    """Return the version that counts, with its goals and actions, or None."""
    return _IN_FORCE.first(actor=actor, key=referral_id)


def _in_force(actor: Actor, key: UUID) -> QuerySet[SupportPlan]:
    return _whole(visible_plans(actor)).filter(referral_id=key, state__in=[state.value for state in IN_FORCE])


_IN_FORCE = Prepared(_in_force)


def head_in_force(actor: Actor, referral_id: UUID) -> SupportPlan | None:
    """Return the version that counts without its goals, or None: for where only its state is told."""
    return visible_plans(actor).filter(referral_id=referral_id, state__in=[state.value for state in IN_FORCE]).first()


def draft_of(actor: Actor, referral_id: UUID) -> SupportPlan | None:
    """Return the version that is being written, with its goals and actions, or None; the person does not see it."""
    return _whole(visible_plans(actor)).filter(referral_id=referral_id, state=PlanState.DRAFT.value).first()


def versions_of(actor: Actor, referral_id: UUID) -> list[SupportPlan]:
    """Return every visible version, the latest first."""
    return list(visible_plans(actor).filter(referral_id=referral_id).order_by("-version"))


def _whole(plans: QuerySet[SupportPlan]) -> QuerySet[SupportPlan]:
    return plans.prefetch_related(_GOALS)


def goal_for(actor: Actor, goal_id: UUID) -> Goal | None:
    """Return one goal of a visible plan, or None."""
    return Goal.objects.select_related("plan__referral", "competence").filter(plan__in=visible_plans(actor), pk=goal_id).first()


def action_for(actor: Actor, action_id: UUID) -> Action | None:
    """Return one action of a visible plan, or None."""
    actions = Action.objects.select_related("goal__plan__referral")
    return actions.filter(goal__plan__in=visible_plans(actor), pk=action_id).first()


def comments_of(actor: Actor, referral_id: UUID) -> list[PlanComment]:
    """Return what was said about the plan, in every visible version, the latest last."""
    return list(PlanComment.objects.select_related("plan").filter(plan__in=visible_plans(actor).filter(referral_id=referral_id)))


def open_actions(actor: Actor, referral_id: UUID, owner: ActionOwner) -> list[Action]:
    """Return what somebody still has to do in the version that counts, the soonest first; nothing once the person stopped."""
    plans = visible_plans(actor).filter(referral_id=referral_id, state__in=[state.value for state in IN_FORCE])
    plans = plans.exclude(referral__stage=Stage.CLOSED)
    actions = Action.objects.select_related("goal").filter(goal__plan__in=plans, owner=owner, done_on__isnull=True)
    return sorted(actions.filter(goal__state=GoalState.OPEN), key=lambda action: (action.due_on or date.max, action.position))


def levels_of(actor: Actor, referral: Referral, at: datetime | None = None) -> list[Standing]:
    """Return what the person can do and wants to be able to do, as known at a moment (now when none is given), in catalogue order."""
    if not (is_the_person(actor, referral) or _reads_levels(actor, referral)):
        return []
    rows = CompetenceLevel.objects.filter(referral=referral, **({"at__lte": at} if at else {})).select_related("competence__group")
    return _standings(rows.order_by("at"))


def _reads_levels(actor: Actor, referral: Referral) -> bool:
    return actor.person_id is None and may_see_plan(actor, referral)


def _standings(rows: Iterable[CompetenceLevel]) -> list[Standing]:
    """Fold levels, the oldest first, into the latest of each kind per competence."""
    latest: dict[tuple[str, str], Level] = {}
    competences: dict[str, Competence] = {}
    history: dict[str, list[CompetenceLevel]] = {}
    for row in rows:
        history.setdefault(row.competence_id, []).insert(0, row)
        competences[row.competence_id] = row.competence
        latest[row.competence_id, row.kind] = Level(row.level)
    ordered = sorted(competences.values(), key=lambda each: (each.group.position, each.position, each.label))
    return [
        Standing(each, latest.get((each.pk, LevelKind.PRESENT)), latest.get((each.pk, LevelKind.FUTURE)), tuple(history[each.pk]))
        for each in ordered
    ]


def level_history(actor: Actor, referral: Referral, competence: Competence) -> list[CompetenceLevel]:
    """Return how a level went over time, the latest first."""
    if not (is_the_person(actor, referral) or _reads_levels(actor, referral)):
        return []
    return list(CompetenceLevel.objects.filter(referral=referral, competence=competence).order_by("-at"))


def competence_for(actor: Actor, code: str) -> Competence | None:
    """Return one competence that is offered, or None; the catalogue is public."""
    del actor  # everybody may read the catalogue
    return Competence.objects.select_related("group").filter(pk=code, is_active=True).first()


def competence_choices(actor: Actor, referral: Referral) -> list[CompetenceGroup]:
    """Return the groups to choose from: how somebody works, then the work of their place, then all other work."""
    del actor  # everybody may read the catalogue
    groups = list(TaskGroup.objects.prefetch_related(Prefetch("competences", queryset=_offered(referral.programme_id))))
    near = groups_near(groups, work_codes(referral))
    shown = [CompetenceGroup(group.label, group.pk in near, tuple(group.competences.all())) for group in groups]
    return sorted((group for group in shown if group.competences), key=lambda group: not group.is_near)


def _offered(programme_id: UUID) -> QuerySet[Competence]:
    of_programme = Q(programme__isnull=True) | Q(programme_id=programme_id)
    return Competence.objects.filter(of_programme, is_active=True)


_OFFERED: Prepared[Competence] = Prepared(lambda programme_id: _offered(programme_id).select_related("group"))


def offered_competences(referral: Referral) -> Mapping[str, Competence]:
    """Return the competences by their folded label: for what a place says that it teaches."""
    return {fold(competence.label): competence for competence in _OFFERED(programme_id=referral.programme_id)}


def groups_near(groups: Iterable[TaskGroup], occupations: Iterable[str]) -> set[str]:
    """Return the codes of the groups that belong to the work: how somebody works always does. "9112.2" is also of a group with "9112"."""
    codes = [code for code in occupations if code]
    return {
        group.pk
        for group in groups
        if group.kind == "generic" or any(code == each or code.startswith(f"{each}.") for code in codes for each in group.occupations)
    }


def work_codes(referral: Referral) -> list[str]:
    """Return the ESCO codes of the person's work: of their placement, and of their wishes that are codes."""
    placement = placement_of(referral)
    wishes = [wish for wish in referral.person.wishes if wish[:1].isdigit()]
    return [*([placement.seat.place.occupation_code] if placement else []), *wishes]


def placement_of(referral: Referral) -> Placement | None:
    """Return where the person works, or will: the running placement before one that is still to be agreed."""
    placements = _PLACEMENTS(referral=referral)
    return next((each for each in placements if each.state == PlacementState.RUNNING), next(iter(placements), None))


def _placements(referral: Referral) -> QuerySet[Placement]:
    rows = Placement.objects.filter(referral=referral, state__in=[state.value for state in LIVE])
    return rows.select_related("seat__place__organisation", "seat__place__mentor").order_by("-created_at")


_PLACEMENTS = Prepared(_placements)


@dataclass(frozen=True, slots=True)
class ToLearn:
    """What a mentor knows of a plan: what the person wants to learn here, and what the mentor does for it."""

    standings: tuple[Standing, ...]
    actions: tuple[Action, ...]


def to_learn(actor: Actor, placement: Placement, on: date) -> ToLearn | None:
    """Return what to learn and the mentor's own actions, for the mentor, who stands in, and the organisation; None for anybody else.

    Nothing else of the plan: no aim, no other goals, no comments.
    """
    place = placement.seat.place
    is_mentor = place.mentor is not None and place.mentor.user_id is not None and place.mentor.user_id == actor.user_id
    is_host = place.organisation_id in actor.organisation_ids(Role.HOST)
    minds = is_mentor or (place.mentor_id is not None and place.mentor_id in stood_in_for(actor, on))
    if not (is_host or (place.organisation_id in actor.organisation_ids(Role.MENTOR) and minds)):
        return None
    rows = CompetenceLevel.objects.filter(referral_id=placement.referral_id).select_related("competence__group").order_by("at")
    plans = SupportPlan.objects.filter(referral_id=placement.referral_id, state__in=[state.value for state in IN_FORCE])
    of_mentor = Action.objects.filter(goal__plan__in=plans, owner=ActionOwner.MENTOR, goal__state=GoalState.OPEN).order_by("due_on")
    wanted = tuple(each for each in _standings(rows) if each.future is not None)
    return ToLearn(wanted if plans.exists() else (), tuple(of_mentor))
