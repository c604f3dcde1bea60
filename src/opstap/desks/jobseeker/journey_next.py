"""What the person can do now, most urgent first: each theme of the journey says its own step, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.queries import to_sign
from opstap.journey.appointments.enums import InvitationState
from opstap.journey.appointments.queries import open_invitation, trials_to_judge
from opstap.journey.evaluations.queries import to_answer
from opstap.journey.outcomes.queries import moments_to_tell
from opstap.journey.plans.enums import ActionOwner, PlanState
from opstap.journey.plans.queries import head_in_force, open_actions
from opstap.journey.referrals.enums import Stage
from opstap.steering.overviews.queries.person_hours import days_to_answer
from opstap.ui.addresses import reverse
from opstap.ui.components.status import day

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.referrals.models import Referral


_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, in a sentence or two, and the page on which it is done (`page` with `args` after the key)."""

    title: str
    text: str
    button: str
    page: str
    args: tuple[object, ...] = ()
    tone: str = "wait"

    def url(self, key: str) -> str:
        """Return the address of the step's page."""
        return reverse(self.page, args=[key, *self.args])


def appointment_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Choose a moment, or know when the appointment is."""
    del at  # an open invitation is open now
    invitation = open_invitation(actor, referral.pk)
    if invitation is None:
        return None
    if invitation.state == InvitationState.OFFERED or invitation.slot is None:
        until = day(localtime(invitation.expires_at).date())
        text = _("We would like to talk with you. Choose a moment that suits you, before %(day)s.") % {"day": until}
        return Step(_("Choose when we meet"), text, _("Choose a moment"), "jobseeker:appointment")
    start = localtime(invitation.slot.starts_at)
    words = {"day": day(start.date()), "time": f"{start:%H:%M}", "where": invitation.slot.where}
    text = _("On %(day)s at %(time)s. Where: %(where)s.") % words
    return Step(_("You have an appointment"), text, _("See or change it"), "jobseeker:appointment", tone="ok")


def trial_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Say what you think of a trial day that was."""
    trial = next(iter(trials_to_judge(actor, referral.pk, at)), None)
    if trial is None:
        return None
    text = _("You tried the work. Does it suit you?")
    return Step(_("How was your trial day?"), text, _("Say what you think"), "jobseeker:trial", (trial.pk,))


def agreement_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Read the agreement and sign it."""
    del at  # what waits for a signature waits now
    waiting = next((row for row in to_sign(actor, Party.PERSON) if row.agreement.placement.referral_id == referral.pk), None)
    if waiting is None:
        return None
    start = day(waiting.agreement.fields["starts_on"])
    text = _("Everything is agreed. You start on %(day)s when everybody has signed.") % {"day": start}
    return Step(_("Read and sign your agreement"), text, _("Open the agreement"), "jobseeker:agreement")


def hours_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Say whether the days that were noted are right."""
    waiting = days_to_answer(actor, referral.pk, localtime(at).date())
    if not waiting:
        return None
    text = ngettext("One day was noted. Is it right?", "%(number)d days were noted. Are they right?", waiting) % {"number": waiting}
    return Step(_("Are your hours right?"), text, _("Look at my hours"), "jobseeker:hours")


def outcome_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Say what you do now, after the work."""
    if not moments_to_tell(actor, referral.pk, localtime(at).date()):
        return None
    text = _("We would like to know what you do now. One tap is enough.")
    return Step(_("How are you doing now?"), text, _("Tell us"), "jobseeker:outcome")


def evaluation_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Read how it goes at work, and say whether it is right."""
    waiting = to_answer(actor, referral.pk, localtime(at).date())
    if waiting is None:
        return None
    text = _("%(name)s wrote how it is going. Read it and say whether it is right.") % {"name": waiting.written_by}
    return Step(_("How is it going at work?"), text, _("Read it"), "jobseeker:evaluation")


def plan_step(actor: Actor, referral: Referral, at: datetime) -> Step | None:
    """Read the plan and say whether it is right; do what the plan says; or look at it again."""
    if referral.stage == Stage.CLOSED:
        return None
    plan = head_in_force(actor, referral.pk)
    if plan is None:
        return None
    if plan.state == PlanState.SHARED:
        text = _("Your plan is ready. Read it and say what you think of it.")
        return Step(_("Read your plan"), text, _("Open my plan"), "jobseeker:plan")
    action = next(iter(open_actions(actor, referral.pk, ActionOwner.PERSON)), None)
    if action is None or action.due_on is None:
        return Step(_("Your plan"), _("Look at your goals, or change something."), _("Open my plan"), "jobseeker:plan", tone="ok")
    today = localtime(at).date()
    words = _("This was for %(day)s: %(action)s. Did you do it?") if action.due_on < today else _("Before %(day)s: %(action)s")
    text = words % {"day": day(action.due_on), "action": action.text.rstrip(".")}
    is_soon = action.due_on <= today + _SOON
    return Step(_("Something to do from your plan"), text, _("Open my plan"), "jobseeker:plan", tone="wait" if is_soon else "ok")


NEXT_STEPS: list[Callable[[Actor, Referral, datetime], Step | None]] = [
    agreement_step,
    appointment_step,
    trial_step,
    evaluation_step,
    hours_step,
    outcome_step,
    plan_step,
]
"""One function per theme, the most urgent first; the first step that is there stands on top of the page, the others under it."""


def next_steps(actor: Actor, referral: Referral, at: datetime) -> list[Step]:
    """Return what the person can do now, the most urgent first."""
    return [step for step in (each(actor, referral, at) for each in NEXT_STEPS) if step is not None]
