"""Two referrals of one person in one programme become one: what was asked of every round goes on, drafts do not."""

from __future__ import annotations

from datetime import datetime

from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.matching.enums import DirectiveKind, ProposalState
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.referrals.models import Referral

_AGAINST = (DirectiveKind.FORBID.value, DirectiveKind.VETO.value, DirectiveKind.HOST_REFUSAL.value)


@operation
def hand_over(*, closing: Referral, stays: Referral, by: Actor, at: datetime) -> int:
    """Let what was asked for a referral that closes hold for the one that stays; return how many were moved.

    Drafts of the closing one are replaced: they speak of a referral that no round sees any more. A pin goes over only when nothing
    stands against it there; what stands against a pin ends it. Called by `imports.operations.merge_records`.
    """
    drafts = Proposal.objects.filter(referral=closing, state=ProposalState.DRAFT).update(state=ProposalState.REPLACED)
    rows = Directive.objects.filter(referral=closing, ended_at__isnull=True).exclude(kind=DirectiveKind.PIN.value)
    pins = Directive.objects.filter(referral=closing, ended_at__isnull=True, kind=DirectiveKind.PIN.value)
    moved = sum(_move(row, stays, at) for row in (*rows, *pins))
    facts = {"drafts": drafts, "directives": moved, "to": str(stays.pk)}
    person_id = closing.person_id
    record(by=by, at=at, action="hand_over", subject_kind="referral", subject_id=closing.pk, person_id=person_id, facts=facts)
    return moved


def _move(row: Directive, stays: Referral, at: datetime) -> bool:
    """End the directive; ask the same for the referral that stays unless it is asked already or cannot be."""
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    there = Directive.objects.filter(referral=stays, ended_at__isnull=True)
    is_pin = row.kind == DirectiveKind.PIN
    same = there.filter(kind=row.kind) if is_pin else there.filter(kind=row.kind, place=row.place_id)
    if same.exists() or (is_pin and there.filter(kind__in=_AGAINST, place=row.place_id).exists()):
        return False
    if row.kind in _AGAINST:
        there.filter(kind=DirectiveKind.PIN.value, place=row.place_id).update(ended_at=at)
    copy = Directive(kind=row.kind, referral=stays, place_id=row.place_id, by_label=row.by_label, created_at=at)
    copy.reason = row.reason
    copy.save()
    return True
