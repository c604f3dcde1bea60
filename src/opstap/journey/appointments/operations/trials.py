"""A trial day at the host before the agreement: planned, told, and judged by both sides."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate, localtime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, cancel_messages, queue_message
from opstap.foundation.prepared import RowByKey
from opstap.journey.appointments.enums import Side, TrialState, Verdict
from opstap.journey.appointments.models import TrialDay
from opstap.journey.appointments.operations.choosing import must_be_free
from opstap.journey.appointments.permissions import may_invite, may_speak_for_host, may_speak_for_person
from opstap.journey.people.queries import recipient_of
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

_PLACEMENT = RowByKey(Placement.objects.select_related("referral", "person", "seat__place__organisation", "seat__place__site"))
_TRIAL = RowByKey(TrialDay.objects.select_related("placement__referral", "placement__seat__place__mentor"))


@operation
def plan_trial(*, placement: Placement, starts_at: datetime, minutes: int, by: Actor, at: datetime) -> TrialDay:
    """Plan a trial day for a placement that is still to be agreed, and tell the person.

    Raises `Refused` for who may not, for work that already runs, for a moment in the past, and while the person has to be elsewhere.
    """
    lock_in_order(f"appointments:{placement.person_id}", f"placement:{placement.pk}")
    row = _PLACEMENT(placement.pk)
    host = row.seat.place.organisation_id in by.organisation_ids(Role.HOST)
    if not (may_invite(by, row.referral) or host):
        raise Refused(Reason("appointments.may_not_plan_trial"))
    if row.state != PlacementState.TO_BE_AGREED:
        raise Refused(Reason("appointments.trial_before_agreement"))
    if starts_at <= at:
        raise Refused(Reason("appointments.slot_in_the_past"))
    must_be_free(row.person_id, starts_at, minutes)
    trial = TrialDay.objects.create(
        placement=row, starts_at=starts_at, minutes=minutes, state=TrialState.PLANNED, planned_by=by.label[:200], planned_at=at
    )
    _note(trial, "plan_trial", by, at)
    place = row.seat.place
    where = ", ".join(part for part in (place.title, place.organisation.name, place.site.street) if part)
    queue_message(
        content=Content(
            "message.trial",
            {"on": localdate(starts_at).isoformat(), "time": f"{localtime(starts_at):%H:%M}", "where": where},
            Weight.MUST,
            LinkPurpose.PERSON_JOURNEY,
            row.referral_id,
        ),
        recipient=recipient_of(row.person),
        subject_kind="trial",
        subject_id=trial.pk,
        once=f"trial:{trial.pk}",
        useful_until=starts_at,
        by=by,
        at=at,
    )
    return trial


@operation
def give_trial_verdict(*, trial: TrialDay, side: Side, verdict: Verdict, words: str = "", by: Actor, at: datetime) -> TrialDay:
    """Keep what one side thinks of the trial day; with both it is done. A no says why, so that the next place fits better.

    Raises `Refused` for who may not speak for that side, before the trial day, and for a no without words from the host.
    """
    lock_in_order(f"placement:{trial.placement_id}")
    row = _TRIAL(trial.pk)
    may = may_speak_for_person(by, row) if side is Side.PERSON else may_speak_for_host(by, row)
    if not may:
        raise Refused(Reason("appointments.may_not_judge_trial"))
    if row.state != TrialState.PLANNED or row.starts_at > at:
        raise Refused(Reason("appointments.trial_not_yet", {"on": localdate(row.starts_at).isoformat()}))
    if side is Side.HOST and verdict is Verdict.NO and not words.strip():
        raise Refused(Reason("appointments.no_needs_words"))
    if side is Side.PERSON:
        row.person_verdict, row.person_words = verdict.value, words.strip()[:500] or None
    else:
        row.host_verdict, row.host_words = verdict.value, words.strip()[:500] or None
    row.state = (TrialState.DONE if row.person_verdict and row.host_verdict else TrialState.PLANNED).value
    row.save()
    _note(row, "judge_trial", by, at)
    return row


@operation
def cancel_trial(*, trial: TrialDay, missed: bool = False, by: Actor, at: datetime) -> TrialDay:
    """Call a trial day off, or note that the person did not come (`missed`).

    Somebody who was told of the day hears it when another one calls it off.

    Raises `Refused` for who may not, once it is judged, and for a miss before the day.
    """
    row = (
        TrialDay.objects.select_for_update(of=("self",))
        .select_related("placement__person", "placement__referral", "placement__seat__place__mentor")
        .get(pk=trial.pk)
    )
    if not (may_speak_for_person(by, row) or may_speak_for_host(by, row)):
        raise Refused(Reason("appointments.may_not_judge_trial"))
    if row.state != TrialState.PLANNED:
        raise Refused(Reason("appointments.trial_over"))
    if missed and row.starts_at > at:
        raise Refused(Reason("appointments.trial_not_yet", {"on": localdate(row.starts_at).isoformat()}))
    row.state = (TrialState.MISSED if missed else TrialState.CANCELLED).value
    row.save(update_fields=["state"])
    _note(row, "cancel_trial", by, at)
    unsaid = cancel_messages(subject_kind="trial", subject_id=row.pk, reason="cancelled", by=by, at=at)
    if by.person_id is None and row.starts_at > at and not unsaid:
        _tell_off(row, by, at)
    return row


def _tell_off(trial: TrialDay, by: Actor, at: datetime) -> None:
    """Tell the person that the trial day is off."""
    facts = {"on": localdate(trial.starts_at).isoformat(), "time": f"{localtime(trial.starts_at):%H:%M}"}
    queue_message(
        content=Content("message.appointment_off", facts, Weight.MUST, LinkPurpose.PERSON_JOURNEY, trial.placement.referral_id),
        recipient=recipient_of(trial.placement.person),
        subject_kind="trial",
        subject_id=trial.pk,
        once=f"trial_off:{trial.pk}",
        useful_until=trial.starts_at,
        by=by,
        at=at,
    )


def _note(trial: TrialDay, action: str, by: Actor, at: datetime) -> None:
    person_id = trial.placement.person_id
    record(by=by, at=at, action=action, subject_kind="trial", subject_id=trial.pk, person_id=person_id, facts={"state": trial.state})
