"""Two yeses make a placement: the seat goes to whoever completes them first, and the other hears why and what else is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.vocabulary import HALF_DAYS
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.prepared import RowByKey
from opstap.foundation.rows import add_rows
from opstap.journey.matching.assembly import check_pair
from opstap.journey.matching.enums import Answer, DirectiveKind, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import (
    give_directive,
    record_host_answer,
    record_person_answer,
    settle_proposal,
    withdraw_turned,
)
from opstap.journey.matching.operations.room import has_guidance, lock_proposal
from opstap.journey.matching.permissions import as_its_party
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.placements.permissions import may_cancel
from opstap.journey.places.models import Seat
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.operations import advance

_DECISION_CODES = frozenset(
    f"matching.{code}" for code in ("no_decision", "decision_unknown", "decision_ended", "decision_not_yet", "months_used_up")
)

_PLACEMENT = RowByKey(Placement.objects.select_related("proposal__place", "proposal__referral", "referral"))


class Outcome(StrEnum):
    """What an answer led to."""

    RECORDED = "recorded"
    DECLINED = "declined"
    PLACED = "placed"
    SEAT_TAKEN = "seat_taken"
    HALF_DAYS_TAKEN = "half_days_taken"
    DECISION_TURNED = "decision_turned"


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The proposal after an answer, what it led to, and the placement if there is one."""

    proposal: Proposal
    outcome: Outcome
    placement: Placement | None = None


@operation
def answer_as_person(
    *, proposal: Proposal, answer: Answer, reason: str = "", for_good: bool = False, by: Actor, at: datetime
) -> AnswerResult:
    """Keep the person's answer; after a yes from both a placement "to be agreed" is made, if a seat is still free.

    `for_good`: a no also asks that this place is not proposed again (a veto).
    Raises `Refused` when the proposal is no longer open or the actor may not answer. Losing the seat is an outcome, not an error:
    the proposal ends as "seat taken" and the person waits for another place. So is a decision that turned meanwhile: the proposal
    is taken back with that reason and the seat is free at once.
    """
    row = record_person_answer(proposal=proposal, answer=answer, reason=reason, by=by, at=at)
    if for_good and answer is Answer.NO:
        give_directive(kind=DirectiveKind.VETO, referral=row.referral, place=row.place, reason=reason, by=by, at=at)
    return _after_answer(row, answer, by, at)


@operation
def answer_as_host(
    *, proposal: Proposal, answer: Answer, reason: str = "", for_good: bool = False, by: Actor, at: datetime
) -> AnswerResult:
    """Keep the host's answer; see `answer_as_person`. A no needs a reason; `for_good`: this person is not proposed there again."""
    row = record_host_answer(proposal=proposal, answer=answer, reason=reason, by=by, at=at)
    if for_good and answer is Answer.NO:
        give_directive(kind=DirectiveKind.HOST_REFUSAL, referral=row.referral, place=row.place, reason=reason, by=by, at=at)
    return _after_answer(row, answer, by, at)


def _after_answer(row: Proposal, answer: Answer, by: Actor, at: datetime) -> AnswerResult:
    if answer is Answer.NO:
        return AnswerResult(row, Outcome.DECLINED)
    if not (row.person_answer == Answer.YES and row.host_answer == Answer.YES):
        return AnswerResult(row, Outcome.RECORDED)
    if row.until_on <= localdate(at):
        raise Refused(Reason("matching.place_closed", {"place": row.place.title}))
    if turned := _turned(row, localdate(at)):
        withdraw_turned(proposal=row, because=turned, by=by, at=at)
        return AnswerResult(row, Outcome.DECISION_TURNED)
    period = DateRange(max(row.starts_on, localdate(at)), row.until_on)
    seat = _free_seat(row, period) if has_guidance(row.place, localdate(at)) else None
    if seat is None:
        return _lost(row, Outcome.SEAT_TAKEN, by, at)
    try:
        with transaction.atomic():
            placement = _place(row, seat, period, by, at)
    except IntegrityError:
        return _lost(row, Outcome.HALF_DAYS_TAKEN, by, at)
    settle_proposal(proposal=row, state=ProposalState.ACCEPTED, by=by, at=at)
    reason = Reason("placements.both_said_yes", {"place": row.place.title})
    advance(referral=row.referral, to=Stage.TO_BE_AGREED, reason=reason, cause=WaitingCause.AGREEMENT, by=as_its_party(by, row), at=at)
    return AnswerResult(row, Outcome.PLACED, placement)


def _turned(row: Proposal, on: date) -> Reason | None:
    """Return why no decision carries the start any more, or None: it expired or turned while the proposal was under way."""
    obstacles = check_pair(row.referral, row.place, on).obstacles
    return next((obstacle for obstacle in obstacles if obstacle.code in _DECISION_CODES), None)


def _lost(row: Proposal, outcome: Outcome, by: Actor, at: datetime) -> AnswerResult:
    settle_proposal(proposal=row, state=ProposalState.SEAT_TAKEN, by=by, at=at)
    return AnswerResult(row, outcome)


def _free_seat(row: Proposal, period: DateRange) -> Seat | None:
    """Return a seat that nobody has during the period, or None; place, mentor and host are locked by the answer."""
    busy = Placement.objects.filter(seat=OuterRef("pk"), period__overlap=period).exclude(state=PlacementState.CANCELLED)
    live = Seat.objects.filter(place_id=row.place_id, retired_on__isnull=True)
    return live.filter(~Exists(busy)).order_by("number").first()


def _place(row: Proposal, seat: Seat, period: DateRange, by: Actor, at: datetime) -> Placement:
    """Write the placement and the half-days it takes; the database refuses a seat or half-day twice."""
    placement = Placement.objects.create(
        proposal=row,
        referral=row.referral,
        person_id=row.person_id,
        seat=seat,
        instrument=row.instrument,
        period=period,
        state=PlacementState.TO_BE_AGREED,
        created_by=by.label,
        created_at=at,
    )
    mask = row.place.half_days
    add_rows(
        PlacementHalfDay(placement=placement, person_id=row.person_id, half_day=index, period=period)
        for index in range(len(HALF_DAYS))
        if mask >> index & 1
    )
    facts = {"seat": str(seat.pk), "place": str(row.place_id), "from": _iso(period.lower), "until": _iso(period.upper)}
    record(by=by, at=at, action="make_placement", subject_kind="placement", subject_id=placement.pk, person_id=row.person_id, facts=facts)
    return placement


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@operation
def cancel_placement(*, placement: Placement, reason: str, by: Actor, at: datetime) -> Placement:
    """Call a placement off before it starts: seat and half-days are free at once, the person waits for another place."""
    lock_proposal(placement.proposal)
    row = _PLACEMENT(placement.pk)
    if not may_cancel(by, row):
        raise Refused(Reason("placements.may_not_cancel"))
    if row.state != PlacementState.TO_BE_AGREED:
        raise Refused(Reason("placements.not_running"))
    if not reason.strip():
        raise Refused(Reason("matching.decline_needs_reason"))
    row.state, row.ended_at, row.end_reason = PlacementState.CANCELLED, at, reason.strip()[:300]
    row.save(update_fields=["state", "ended_at", "end_reason"])
    row.half_days.all().delete()
    settle_proposal(proposal=row.proposal, state=ProposalState.WITHDRAWN, by=by, at=at)
    record(by=by, at=at, action="cancel_placement", subject_kind="placement", subject_id=row.pk, person_id=row.person_id)
    return row
