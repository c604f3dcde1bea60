"""The life of a proposal: drafted, sent, answered, and freed at once when it ends without a placement."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from procrastinate.contrib.django import app as jobs

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.prepared import Prepared
from opstap.journey.matching.assembly import PairCheck, check_pair
from opstap.journey.matching.enums import Answer, DirectiveKind, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations.directives import give_directive
from opstap.journey.matching.operations.room import lock_proposal, lock_seats, must_be_open, must_have_seat
from opstap.journey.matching.permissions import (
    as_its_party,
    may_answer_for_host,
    may_answer_for_person,
    may_propose,
    may_settle,
    speaks_for_host,
)
from opstap.journey.matching.queries import takes_seat
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import advance

_SETTLED_FROM = {
    ProposalState.ACCEPTED: (ProposalState.SENT,),
    ProposalState.SEAT_TAKEN: (ProposalState.SENT,),
    ProposalState.WITHDRAWN: (ProposalState.SENT, ProposalState.ACCEPTED),
}
"""How a proposal may be settled, and from which states."""


def _note(proposal: Proposal, action: str, by: Actor, at: datetime, **facts: str | int) -> None:
    """Write the audit row of a proposal."""
    facts = {"place": str(proposal.place_id), "state": proposal.state, **facts}
    record(by=by, at=at, action=action, subject_kind="proposal", subject_id=proposal.pk, person_id=proposal.person_id, facts=facts)


def _must_be(proposal: Proposal, *states: ProposalState) -> None:
    if ProposalState(proposal.state) not in states:
        raise Refused(Reason("matching.proposal_not_open", {"state": proposal.state}))


def _must_have_no_other(referral: Referral, on: date) -> None:
    open_one = _OPEN_ONE.first(referral=referral, on=on)
    if open_one is not None:
        raise Refused(Reason("matching.person_has_proposal", {"place": open_one.place.title}))


def _open_one(referral: Referral, on: date) -> QuerySet[Proposal]:
    return Proposal.objects.filter(Q(state=ProposalState.SENT) | takes_seat(on), referral=referral)


_OPEN_ONE = Prepared(_open_one)


def _checked(referral: Referral, place: Place, *, is_reserve: bool, on: date) -> PairCheck:
    """Return what holds for the pair on this day; raises `Refused` with the first obstacle, be it a rule or a seat."""
    _must_have_no_other(referral, on)
    must_be_open(place, on)
    if not is_reserve:
        must_have_seat(place, on)
    pair = check_pair(referral, place, on)
    if pair.obstacles:
        raise Refused(pair.obstacles[0])
    return pair


@operation
def send_proposal(*, proposal: Proposal, motivation: str = "", by: Actor, at: datetime) -> Proposal:
    """Accept the machine's draft: it goes to the person and the host, and holds a seat until it is answered or lapses.

    Raises `Refused` when somebody changed it meanwhile, no seat is free, the person has another proposal, or a rule no longer holds.
    """
    row = lock_proposal(proposal)
    if not may_propose(by, row.referral):
        raise Refused(Reason("matching.may_not_decide"))
    _must_be(row, ProposalState.DRAFT)
    pair = _checked(row.referral, row.place, is_reserve=row.is_reserve, on=localdate(at))
    row.instrument, row.starts_on, row.until_on = pair.instrument, pair.starts_on, pair.until_on
    return _send(row, motivation, by, at)


def _send(row: Proposal, motivation: str, by: Actor, at: datetime) -> Proposal:
    row.state = ProposalState.SENT
    row.sent_at, row.expires_at = at, at + timedelta(days=row.referral.programme.answer_days)
    row.decided_by, row.decided_at, row.decision_reason = by.label, at, motivation.strip()[:500] or None
    row.version += 1
    row.save()
    Proposal.objects.filter(referral=row.referral, state=ProposalState.DRAFT).exclude(pk=row.pk).update(state=ProposalState.REPLACED)
    reason = Reason("matching.proposed", {"place": row.place.title})
    advance(referral=row.referral, to=Stage.PROPOSED, reason=reason, cause=WaitingCause.PERSON_ANSWER, by=by, at=at)
    _note(row, "send_proposal", by, at)
    for task in ("jobseeker.tell_person", "host.tell_host"):
        jobs.configure_task(task).defer(proposal_id=str(row.pk))
    return row


@operation
def propose_by_hand(*, referral: Referral, place: Place, motivation: str, as_reserve: bool = False, by: Actor, at: datetime) -> Proposal:
    """Propose a place by hand, with the same checks as a round, and send it.

    `as_reserve`: also when all seats are spoken for; the first two yeses on a seat then win it.
    Raises `Refused` with the first obstacle; `assembly.check_pair` gives them all, for a form.
    """
    lock_seats(place, referral.person_id)
    place = Place.objects.select_related("organisation", "site", "mentor").get(pk=place.pk)
    if not may_propose(by, referral) or place.programme_id != referral.programme_id:
        raise Refused(Reason("matching.may_not_decide"))
    pair = _checked(referral, place, is_reserve=as_reserve, on=localdate(at))
    proposal = Proposal(
        referral=referral,
        person_id=referral.person_id,
        place=place,
        instrument=pair.instrument,
        state=ProposalState.DRAFT,
        is_reserve=as_reserve,
        starts_on=pair.starts_on,
        until_on=pair.until_on,
        created_by=by.label,
        created_at=at,
    )
    proposal.reasons = [reason.as_json() for reason in pair.reasons]
    proposal.save()
    return _send(proposal, motivation, by, at)


@operation
def set_aside(*, proposal: Proposal, reason: str, by: Actor, at: datetime) -> Proposal:
    """Do not send the machine's draft; the reason is kept, and the next round may propose again."""
    row = lock_proposal(proposal)
    if not may_propose(by, row.referral):
        raise Refused(Reason("matching.may_not_decide"))
    if not reason.strip():
        raise Refused(Reason("matching.decline_needs_reason"))
    _must_be(row, ProposalState.DRAFT)
    return _end(row, ProposalState.SET_ASIDE, reason, by, at)


@operation
def withdraw_proposal(*, proposal: Proposal, reason: str, by: Actor, at: datetime) -> Proposal:
    """Take a sent proposal back, with a reason; the seat is free at once."""
    row = lock_proposal(proposal)
    if not may_propose(by, row.referral):
        raise Refused(Reason("matching.may_not_decide"))
    if not reason.strip():
        raise Refused(Reason("matching.decline_needs_reason"))
    _must_be(row, ProposalState.SENT)
    return _end(row, ProposalState.WITHDRAWN, reason, by, at)


@operation
def lapse_proposal(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """End a proposal that was not answered in time; refused while there is still time."""
    row = lock_proposal(proposal)
    _must_be(row, ProposalState.SENT)
    if by.kind is not ActorKind.SYSTEM or row.expires_at is None or at < row.expires_at:
        raise Refused(Reason("matching.still_time_to_answer"))
    return _end(row, ProposalState.LAPSED, "", by, at)


def _end(row: Proposal, state: ProposalState, reason: str, by: Actor, at: datetime, *, why: Reason | None = None) -> Proposal:
    """Give a proposal its last state and send the referral back to where it waits for another place, for the reason `why`."""
    was_sent = ProposalState(row.state) in {ProposalState.SENT, ProposalState.ACCEPTED}
    row.state = state
    row.version += 1
    if state in {ProposalState.SET_ASIDE, ProposalState.WITHDRAWN}:
        row.decided_by, row.decided_at, row.decision_reason = by.label, at, reason.strip()[:500] or None
    row.save()
    waits = was_sent and row.referral.stage in {Stage.PROPOSED, Stage.TO_BE_AGREED}
    if waits or (state is ProposalState.SET_ASIDE and row.referral.stage == Stage.ELIGIBLE):
        why = why or Reason(f"matching.proposal_{state.value}", {"place": row.place.title})
        mover = as_its_party(by, row)
        advance(referral=row.referral, to=Stage.ELIGIBLE, reason=why, cause=WaitingCause.NO_ROUND_YET, by=mover, at=at)
    _note(row, f"proposal_{state.value}", by, at)
    if was_sent:
        _tell_news(row, by)
    return row


def _tell_news(row: Proposal, by: Actor) -> None:
    """Have the parties told how a proposal ended, in this same transaction; who did it themselves knows it."""
    told = {
        "jobseeker.tell_news": by.person_id != row.person_id,
        "host.tell_news": not speaks_for_host(by, row),
    }
    for task in (name for name, is_told in told.items() if is_told):
        jobs.configure_task(task).defer(proposal_id=str(row.pk), state=ProposalState(row.state).value)


@operation
def record_person_answer(*, proposal: Proposal, answer: Answer, reason: str, by: Actor, at: datetime) -> Proposal:
    """Keep what the person said and through which door. A no ends the proposal; "call me" asks for a call and keeps the seat.

    Called by `placements.operations.answer_as_person`, which makes the placement after two yeses.
    """
    row = lock_proposal(proposal)
    if not may_answer_for_person(by, row):
        raise Refused(Reason("matching.may_not_answer"))
    _must_be(row, ProposalState.SENT)
    row.person_answer, row.person_answered_at, row.person_channel = answer.value, at, by.channel.value
    row.person_reason = reason.strip()[:2000] or None
    row.version += 1
    row.save()
    _note(row, "person_answer", by, at, answer=answer.value)
    if answer is Answer.NO:
        return _end(row, ProposalState.DECLINED, "", by, at)
    return _wait(row, by, at)


@operation
def record_host_answer(*, proposal: Proposal, answer: Answer, reason: str, by: Actor, at: datetime) -> Proposal:
    """Keep what the host said. A no needs a reason and ends the proposal."""
    row = lock_proposal(proposal)
    if not may_answer_for_host(by, row):
        raise Refused(Reason("matching.may_not_answer"))
    _must_be(row, ProposalState.SENT)
    if answer is Answer.NO and not reason.strip():
        raise Refused(Reason("matching.decline_needs_reason"))
    row.host_answer, row.host_answered_at, row.host_reason = answer.value, at, reason.strip()[:500] or None
    row.version += 1
    row.save()
    _note(row, "host_answer", by, at, answer=answer.value)
    if answer is Answer.NO:
        return _end(row, ProposalState.DECLINED, reason, by, at)
    return _wait(row, by, at)


def _wait(row: Proposal, by: Actor, at: datetime) -> Proposal:
    """Say what the referral waits for now."""
    if row.person_answer == Answer.CALL_ME:
        cause = WaitingCause.PERSON_WANTS_CALL
    elif row.person_answer == Answer.YES:
        cause = WaitingCause.HOST_ANSWER
    else:
        cause = WaitingCause.PERSON_ANSWER
    mover = as_its_party(by, row)
    advance(referral=row.referral, to=Stage.PROPOSED, reason=Reason("matching.answered"), cause=cause, by=mover, at=at)
    return row


@operation
def settle_proposal(*, proposal: Proposal, state: ProposalState, why: Reason | None = None, by: Actor, at: datetime) -> Proposal:
    """Close a proposal after two yeses: accepted (there is a placement), seat taken, or withdrawn after a placement was cancelled.

    `why`: the reason of the referral's move, when the state alone does not say it.
    Raises `Refused` for who may answer for neither party, and for a state that cannot follow the present one.
    """
    now = lock_proposal(proposal)
    if not may_settle(by, now):
        raise Refused(Reason("matching.may_not_decide"))
    _must_be(now, *_SETTLED_FROM.get(state, ()))
    if state is ProposalState.ACCEPTED:
        proposal.state = state
        proposal.is_reserve = False
        proposal.version += 1
        proposal.save()
        _note(proposal, "proposal_accepted", by, at)
        _tell_news(proposal, by)
        return proposal
    return _end(proposal, state, "", by, at, why=why)


@operation
def decline_proposal(*, proposal: Proposal, reason: str, for_good: bool = False, by: Actor, at: datetime) -> Proposal:
    """Say no to a proposal on the programme's side, whether it is still a draft or was already sent.

    `for_good`: no later round proposes this place to this person either; otherwise the next one may.
    """
    act = set_aside if proposal.state == ProposalState.DRAFT else withdraw_proposal
    row = act(proposal=proposal, reason=reason, by=by, at=at)
    if for_good:
        give_directive(kind=DirectiveKind.FORBID, referral=row.referral, place=row.place, reason=reason, by=by, at=at)
    return row
