"""The sections of somebody's journey: each with its title, who may see it, and what its template shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as lazy

from opstap.journey.referrals.enums import Scope
from opstap.steering.overviews.queries.journey_agreement import journey_agreement
from opstap.steering.overviews.queries.journey_appointments import journey_appointments
from opstap.steering.overviews.queries.journey_evaluations import journey_evaluations
from opstap.steering.overviews.queries.journey_outcomes import journey_outcomes
from opstap.steering.overviews.queries.journey_plan import journey_plan
from opstap.steering.overviews.queries.journey_tasks import journey_messages, journey_tasks
from opstap.steering.overviews.queries.person_hours import person_hours

if TYPE_CHECKING:
    from datetime import datetime

    from opstap.foundation.actor import Actor
    from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Theme:
    """One section, at its own address and on the page of the journey.

    `scope` is how far somebody must follow the person to see it; `shown` returns what the template reads. An `is_open` section is
    there at once, the others come when they are unfolded.
    """

    slug: str
    template: str
    title: Promise
    scope: Scope
    shown: Callable[[Actor, Referral, datetime], dict[str, Any]]
    is_open: bool = False


def _tasks(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    tasks = journey_tasks(actor, referral, localdate(at))
    return {"tasks": [task for task in tasks if task.is_open], "done": [task for task in tasks if not task.is_open]}


def _appointments(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    return {"appointments": journey_appointments(actor, referral, at)}


def _agreement(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    del at  # what stands, stands
    return {"agreement": journey_agreement(actor, referral)}


def _plan(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    return {"plan_page": journey_plan(actor, referral, at)}


def _evaluations(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    return {"evaluations": journey_evaluations(actor, referral, localdate(at))}


def _hours(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    return {"hours": person_hours(actor, referral, localdate(at))}


def _outcomes(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    return {"outcomes": journey_outcomes(actor, referral, at)}


def _messages(actor: Actor, referral: Referral, at: datetime) -> dict[str, Any]:
    del at  # what was said, was said
    return {"said": journey_messages(actor, referral)}


AGREEMENT = "overeenkomst"
THEMES: tuple[Theme, ...] = (
    Theme("taken", "counsellor/journey_tasks.html", lazy("To follow up"), Scope.FULL, _tasks, is_open=True),
    Theme(
        "afspraken", "counsellor/journey_appointments.html", lazy("Appointments and trial days"), Scope.FULL, _appointments, is_open=True
    ),
    Theme(AGREEMENT, "counsellor/journey_agreement.html", lazy("Agreement"), Scope.PLAN, _agreement),
    Theme("plan", "counsellor/journey_plan.html", lazy("Plan"), Scope.PLAN, _plan),
    Theme("uren", "counsellor/journey_attendance.html", lazy("Days and hours"), Scope.ATTENDANCE, _hours),
    Theme("evaluaties", "counsellor/journey_evaluations.html", lazy("Evaluations"), Scope.FULL, _evaluations),
    Theme("einde", "counsellor/journey_outcomes.html", lazy("End and afterwards"), Scope.FULL, _outcomes),
    Theme("berichten", "counsellor/journey_messages.html", lazy("Messages to the person"), Scope.FULL, _messages),
)
"""The sections in the order of the page."""
BY_SLUG = {theme.slug: theme for theme in THEMES}
