"""From interest to a contract: put forward, moved along, stopped; nobody is ordered or refused by a focus group."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.associations.assembly.terms import Terms
from opstap.journey.associations.enums import TOWARDS_A_CONTRACT, TRANSITIONS, HiringStage
from opstap.journey.associations.models import Association, Candidate, Contract
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


@operation
def follow_contract(*, candidate: Candidate, contract: Contract, by: Actor, at: datetime) -> Candidate:
    """Let a candidate who has a contract by a list stand there too: each step that lies between is taken and written down.

    Raises `Refused` for who may not, for a contract of somebody else, and for who stopped or has a contract already.
    """
    row = Candidate.objects.select_for_update(of=("self",)).select_related("association", "referral__person").get(pk=candidate.pk)
    must_plan(by, row.association)
    if contract.person_id != row.referral.person_id or contract.association_id != row.association_id:
        raise Refused(Reason("associations.contract_of_another"))
    if row.stage not in TOWARDS_A_CONTRACT or row.stage == HiringStage.CONTRACT:
        raise Refused(Reason("associations.no_such_step", {"from": row.stage, "to": HiringStage.CONTRACT.value}))
    row.contract, row.stop_reason = contract, ""
    for stage in TOWARDS_A_CONTRACT[TOWARDS_A_CONTRACT.index(HiringStage(row.stage)) + 1 :]:
        row.stage, row.stage_since = stage.value, at
        row.save()
        _note(row, "follow_contract", by, at)
    return row


def _note(row: Candidate, action: str, by: Actor, at: datetime) -> None:
    facts = {"stage": row.stage}
    person = row.referral.person_id
    record(by=by, at=at, action=action, subject_kind="candidate", subject_id=row.pk, person_id=person, facts=facts)
