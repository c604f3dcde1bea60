"""Who may decide, overrule, replay, and propose or approve a change of the rules."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.eligibility.models import RuleChange
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import is_the_person, may_follow, may_open_case_file


def may_decide(actor: Actor, referral: Referral) -> bool:
    """Whoever follows the person: counsellor, team lead, and the product itself in a job or command."""
    return may_follow(actor, referral)


def may_decide_caseload(actor: Actor, programme: Programme) -> bool:
    """The coordinator who imports a list, and the product itself: the rules decide, nobody overrules anything here."""
    return actor.kind is ActorKind.SYSTEM or programme.pk in actor.programme_ids(Role.COORDINATOR)


def may_overrule(actor: Actor, referral: Referral) -> bool:
    """A person decides otherwise than the rules: the counsellor and the team lead; never the product itself."""
    return may_open_case_file(actor, referral)


def may_see_health(actor: Actor, referral: Referral) -> bool:
    """What a condition says of health or support: who follows the person, and the person."""
    return may_follow(actor, referral) or is_the_person(actor, referral)


def may_replay(actor: Actor) -> bool:
    """Auditors check that a decision follows from its facts and rules."""
    return actor.has(Role.AUDITOR)


def may_see_rule_changes(actor: Actor, programme: Programme) -> bool:
    """Who proposes and approves for this programme, administrators and auditors."""
    return may_propose_rule_change(actor, programme) or may_approve_for(actor, programme) or actor.has(Role.AUDITOR)


def may_propose_rule_change(actor: Actor, programme: Programme) -> bool:
    """A coordinator of the programme."""
    return programme.pk in actor.programme_ids(Role.COORDINATOR)


def may_approve_for(actor: Actor, programme: Programme) -> bool:
    """An administrator, or a team lead of an organisation that takes part in the programme."""
    if actor.has(Role.ADMINISTRATOR):
        return True
    organisations = actor.organisation_ids(Role.TEAM_LEAD)
    return bool(organisations) and Participation.objects.filter(programme=programme, organisation_id__in=organisations).exists()


def may_approve_rule_change(actor: Actor, change: RuleChange) -> bool:
    """A second person: never who proposed it, whatever other roles they hold."""
    return actor.user_id is not None and actor.user_id != change.proposed_by_id and may_approve_for(actor, change.programme)


def may_withdraw_rule_change(actor: Actor, change: RuleChange) -> bool:
    """Who may propose or approve it."""
    return may_propose_rule_change(actor, change.programme) or may_approve_for(actor, change.programme)
