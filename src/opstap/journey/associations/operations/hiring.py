"""From interest to a contract: put forward, moved along, stopped; nobody is ordered or refused by a focus group."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.associations.assembly.terms import Terms
from opstap.journey.associations.enums import TRANSITIONS, HiringStage
from opstap.journey.associations.models import Association, Candidate
from opstap.journey.associations.operations.contracts import hire
from opstap.journey.associations.operations.founding import must_plan
from opstap.journey.associations.permissions import may_put_forward
from opstap.journey.referrals.models import Referral


@operation
def put_forward(*, association: Association, referral: Referral, by: Actor, at: datetime) -> Candidate:
    """Put somebody who is interested forward for a contract; who stopped before begins again.

    Raises `Refused` for who may not, and for a referral of another programme.
    """
    if not may_put_forward(by, referral):
        raise Refused(Reason("associations.may_not_put_forward"))
    if referral.programme_id != association.programme_id:
        raise Refused(Reason("associations.other_programme"))
    row = Candidate.objects.select_for_update().filter(association=association, referral=referral).first()
    if row is None:
        row = Candidate(association=association, referral=referral, put_forward_by=by.label[:200], put_forward_at=at)
    if not row.stage or row.stage == HiringStage.STOPPED:
        row.stage, row.stage_since, row.stop_reason = HiringStage.INTERESTED.value, at, ""
        row.save()
    _note(row, "put_forward", by, at)
    return row


@operation
def move_candidate(
    *, candidate: Candidate, to: HiringStage, reason: str = "", terms: Terms | None = None, by: Actor, at: datetime
) -> Candidate:
    """Move somebody to another stage; to a contract with its terms, which hires them.

    Raises `Refused` for who may not, for a step that is not there, for stopping without a reason, and as `hire` does.
    """
    row = Candidate.objects.select_for_update(of=("self",)).select_related("association", "referral__person").get(pk=candidate.pk)
    must_plan(by, row.association)
    if to not in TRANSITIONS[HiringStage(row.stage)]:
        raise Refused(Reason("associations.no_such_step", {"from": row.stage, "to": to.value}))
    if to is HiringStage.STOPPED and not reason.strip():
        raise Refused(Reason("associations.stop_needs_reason"))
    if to is HiringStage.CONTRACT:
        if terms is None:
            raise Refused(Reason("associations.contract_needs_terms"))
        row.contract = hire(association=row.association, person=row.referral.person, terms=terms, by=by, at=at)
    row.stage, row.stage_since, row.stop_reason = to.value, at, reason.strip()[:300]
    row.save()
    _note(row, "move_candidate", by, at)
    return row


def _note(row: Candidate, action: str, by: Actor, at: datetime) -> None:
    facts = {"stage": row.stage}
    person = row.referral.person_id
    record(by=by, at=at, action=action, subject_kind="candidate", subject_id=row.pk, person_id=person, facts=facts)
