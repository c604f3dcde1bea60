"""A counsellor with somebody who works, the catalogue, and a plan with a goal and an action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.factories import make_mentor, make_organisation, make_place
from tests.journey.appointments.cases import Office, make_office, make_placement

from opstap.foundation.actor import Actor, person_actor, system_actor
from opstap.journey.placements.models import Placement
from opstap.journey.plans.enums import ActionOwner, Focus
from opstap.journey.plans.models import SupportPlan
from opstap.journey.plans.operations import (
    ActionTerms,
    GoalTerms,
    add_action,
    add_goal,
    load_catalogue,
    set_aim,
    share_plan,
    start_plan,
)

NOW = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)
DUE = date(2023, 10, 2)
SYSTEM = system_actor("test")


@dataclass(frozen=True, slots=True)
class Desk:
    """A counsellor's desk, the same as actor, the person as actor, and where the person works."""

    office: Office
    staff: Actor
    person: Actor
    placement: Placement


def make_desk(kind: str = "local_government", **terms: Any) -> Desk:  # noqa: ANN401 - any field of a place
    """Return a desk whose person works at an organisation of the kind; the catalogue is there."""
    load_catalogue(by=SYSTEM, at=NOW)
    office = make_office()
    host = make_organisation(kind=kind)
    given: dict[str, Any] = {
        "teaches": ["Groenten wassen en snijden", "op tijd komen"],
        "occupation_code": "5120.1",
        "mentor": make_mentor(host),
    } | terms
    placement = make_placement(office.referral, make_place(office.referral.programme, host, **given))
    person = person_actor(office.referral.person_id, only_id=office.referral.pk)
    return Desk(office, office.actor, person, placement)


def make_draft(desk: Desk) -> SupportPlan:
    """Return a draft with an aim, what was filled in before, and one goal of its own with one action of the person."""
    plan = start_plan(referral=desk.office.referral, by=desk.staff, at=NOW)
    set_aim(plan=plan, aim="Werken in een keuken", by=desk.staff, at=NOW)
    goal = add_goal(plan=plan, terms=GoalTerms(Focus.PRACTICAL, "Met de fiets naar het werk"), by=desk.staff, at=NOW)
    terms = ActionTerms("Een fiets zoeken", ActionOwner.PERSON, DUE)
    add_action(goal=goal, terms=terms, by=desk.staff, at=NOW)
    return plan


def make_shared(desk: Desk) -> SupportPlan:
    """Return that draft, shared with the person."""
    return share_plan(plan=make_draft(desk), by=desk.staff, at=NOW)
