"""Who may keep a plan, read it, say what they think of it, and tick what was done."""

from __future__ import annotations

from opstap.foundation.actor import Actor, Role
from opstap.journey.plans.enums import IN_FORCE, ActionOwner, PlanState
from opstap.journey.plans.models import Action, SupportPlan
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_see_plan


def may_keep_plan(actor: Actor, referral: Referral) -> bool:
    """Make and change it, share it: who follows the person, in full or for the plan, and the product itself; no coordinator."""
    return actor.person_id is None and may_see_plan(actor, referral)


def is_own_plan(actor: Actor, plan: SupportPlan) -> bool:
    """The person whose plan it is, once it was shared."""
    reach = {None, plan.referral_id}
    is_person = actor.person_id is not None and actor.person_id == plan.referral.person_id and actor.only_id in reach
    return is_person and plan.state != PlanState.DRAFT


def may_comment(actor: Actor, plan: SupportPlan) -> bool:
    """The person, and who follows the person; not on a version that was followed by a later one."""
    is_there = plan.state != PlanState.SUPERSEDED
    return is_there and (is_own_plan(actor, plan) or may_keep_plan(actor, plan.referral))


def may_agree(actor: Actor, plan: SupportPlan) -> bool:
    """The person; and who follows the person, when they say it at the desk or by telephone."""
    return may_comment(actor, plan)


def may_tick(actor: Actor, action: Action) -> bool:
    """Who keeps the plan; and the person for what is theirs to do, on the version that counts."""
    plan = action.goal.plan
    is_own = action.owner == ActionOwner.PERSON and plan.state in IN_FORCE and is_own_plan(actor, plan)
    return is_own or may_keep_plan(actor, plan.referral)


def may_set_level(actor: Actor, referral: Referral) -> bool:
    """Who keeps the plan; and the work floor within an operation on this very referral (`Actor.acting_for`), after an evaluation."""
    return may_keep_plan(actor, referral) or referral.pk in actor.subject_ids(Role.HOST, Role.MENTOR)
