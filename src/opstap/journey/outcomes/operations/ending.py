"""The end of somebody's work at a place: seat and agreement end on one day, and both sides say how they look back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.journey.agreements.enums import UNSETTLED, AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations import end_agreement, withdraw_agreement
from opstap.journey.appointments.enums import Side, TrialState
from opstap.journey.appointments.models import TrialDay
from opstap.journey.appointments.operations import cancel_trial
from opstap.journey.attendance.enums import ATTENDED
from opstap.journey.attendance.queries.days import counting_days
from opstap.journey.evaluations.operations import close_at_end
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeMoment, OutcomeSource
from opstap.journey.outcomes.models import Ending
from opstap.journey.outcomes.operations.relaying import make_relay
from opstap.journey.outcomes.operations.telling import record_outcome
from opstap.journey.outcomes.permissions import may_end, may_tell_outcome
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import cancel_placement, end_placement

_MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Views:
    """How the person and the host look back, in their own words; "" for who did not say yet."""

    person: str = ""
    host: str = ""


@operation
def end_journey_placement(
    *,
    placement: Placement,
    on: date,
    reason_code: str,
    views: Views,
    wants_relay: bool,
    doing: OutcomeKind | None = None,
    by: Actor,
    at: datetime,
) -> Ending:
    """End running work: `on` is the first day without it. The seat is free from then, the agreement ends, messages about it are not sent.

    The person is back on the caseload, with everything that is known; `doing` is what they do from then on, when that is known, and with
    `wants_relay` a relay is ready to be sent. An evaluation that waits is not asked any more, unless it is about the end. Raises `Refused`
    for who may not, without a reason, for a placement that does not run, for a day outside its period, and when work was noted on a
    later day.
    """
    if not may_end(by, placement):
        raise Refused(Reason("outcomes.may_not_end"))
    row = end_placement(placement=placement, on=on, reason_code=reason_code, by=by, at=at)
    _must_not_have_worked_after(row, on)
    _close_papers(row, on, by, at)
    close_at_end(placement=row, by=by, at=at)
    cancelled = cancel_messages(subject_kind="placement", subject_id=row.pk, reason="placement_ended", by=by, at=at)
    ending = Ending.objects.create(
        placement=row,
        referral=row.referral,
        on=on,
        reason_code=str(reason_code),
        person_view=views.person.strip()[:_MOST_WORDS] or None,
        host_view=views.host.strip()[:_MOST_WORDS] or None,
        wants_relay=wants_relay,
        by_label=by.label[:200],
        at=at,
    )
    if doing is not None:
        record_outcome(ending=ending, moment=OutcomeMoment.EXIT, kind=doing, source=OutcomeSource.COUNSELLOR, by=by, at=at)
    if wants_relay:
        make_relay(referral=row.referral, ending=ending, by=by, at=at)
    _note(ending, "end_journey_placement", {"reason": str(reason_code), "cancelled": cancelled}, by, at)
    return ending


def _close_papers(placement: Placement, on: date, by: Actor, at: datetime) -> None:
    """End the agreement in force with its addenda; one that never counted is taken back."""
    agreements = Agreement.objects.filter(placement=placement, kind=AgreementKind.AGREEMENT).select_related("placement__seat", "supersedes")
    for agreement in agreements:
        cancel_messages(subject_kind="agreement", subject_id=agreement.pk, reason="placement_ended", by=by, at=at)
        if agreement.state == AgreementState.IN_FORCE:
            end_agreement(agreement=agreement, on=on, by=by, at=at)
        elif agreement.state in {state.value for state in UNSETTLED}:
            withdraw_agreement(agreement=agreement, reason="placements.ended", by=by, at=at)


def _must_not_have_worked_after(placement: Placement, on: date) -> None:
    """Raise `Refused` when work is noted, perhaps signed and paid, on the end or later: no hour lies outside its placement."""
    worked = counting_days([placement.pk], on, date.max).filter(state__in=ATTENDED)
    last = worked.order_by("-on").values_list("on", flat=True).first()
    if last is not None:
        raise Refused(Reason("placements.worked_after", {"on": on.isoformat(), "last": last.isoformat()}))


@operation
def call_off(*, placement: Placement, reason: str, by: Actor, at: datetime) -> Placement:
    """Call off work that has not begun, with everything that was made for it: its agreement, and the trial days to come.

    Seat and half-days are free at once and the person waits for another place. Raises `Refused` for who may not, without a reason, and once
    the work has begun.
    """
    if not may_end(by, placement):
        raise Refused(Reason("outcomes.may_not_end"))
    row = cancel_placement(placement=placement, reason=reason, by=by, at=at)
    unsettled = Agreement.objects.filter(placement=row, state__in=[state.value for state in UNSETTLED])
    for agreement in unsettled.select_related("placement__seat"):
        withdraw_agreement(agreement=agreement, reason=reason, by=by, at=at)
    for trial in TrialDay.objects.filter(placement=row, state=TrialState.PLANNED):
        cancel_trial(trial=trial, by=by, at=at)
    return row


@operation
def add_view(*, ending: Ending, side: Side, words: str, by: Actor, at: datetime) -> Ending:
    """Add how one side looks back, later than the end itself; what was said before stays. Raises `Refused` for who may not, or twice."""
    if not may_tell_outcome(by, ending) or (side is Side.HOST and by.person_id is not None):
        raise Refused(Reason("outcomes.may_not_end"))
    row = Ending.objects.select_for_update().get(pk=ending.pk)
    name = "person_view" if side is Side.PERSON else "host_view"
    if getattr(row, name):
        raise Refused(Reason("outcomes.view_is_there"))
    if not words.strip():
        raise Refused(Reason("outcomes.view_is_empty"))
    setattr(row, name, words.strip()[:_MOST_WORDS])
    row.save(update_fields=[name])
    _note(row, "add_view", {"side": side.value}, by, at)
    return row


def _note(row: Ending, action: str, facts: dict[str, object], by: Actor, at: datetime) -> None:
    person_id = row.referral.person_id
    record(by=by, at=at, action=action, subject_kind="ending", subject_id=row.pk, person_id=person_id, facts=facts)
