"""Back on the caseload after a journey was closed: the same referral opens again, with every fact that is known."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.queries import in_force
from opstap.journey.outcomes.permissions import may_hand_over
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import advance
from opstap.journey.referrals.permissions import coordinates

_MOST_WORDS = 500


@operation
def return_to_caseload(*, referral: Referral, words: str, by: Actor, at: datetime) -> Referral:
    """Open a closed referral again; with a yes that still holds the person waits for a place at once, else for a decision.

    Raises `Refused` for who may not, for one that is not closed, without a reason, and when the programme has another open one.
    """
    lock_in_order(f"person:{referral.person_id}", f"referral:{referral.pk}")
    row = Referral.objects.select_related("person", "programme").get(pk=referral.pk)
    if not (may_hand_over(by, row) or coordinates(by, row)):
        raise Refused(Reason("referrals.may_not_follow"))
    if row.stage != Stage.CLOSED:
        raise Refused(Reason("outcomes.not_closed"))
    if not words.strip():
        raise Refused(Reason("outcomes.return_needs_reason"))
    same = Referral.objects.filter(person_id=row.person_id, programme_id=row.programme_id)
    if same.exclude(stage=Stage.CLOSED).exists():
        raise Refused(Reason("outcomes.another_is_open"))
    reason = Reason("outcomes.returned", {"words": words.strip()[:_MOST_WORDS]})
    advance(referral=row, to=Stage.OPEN, reason=reason, cause=WaitingCause.NOT_YET_DECIDED, by=by, at=at)
    if in_force(Decision.objects.filter(referral=row, answer="yes"), localdate(at)).exists():
        still = Reason("outcomes.decision_still_holds")
        advance(referral=row, to=Stage.ELIGIBLE, reason=still, cause=WaitingCause.NO_ROUND_YET, by=by, at=at)
    record(by=by, at=at, action="return_to_caseload", subject_kind="referral", subject_id=row.pk, person_id=row.person_id)
    return row
