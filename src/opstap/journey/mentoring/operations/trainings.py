"""Trainings: offered, called off, a seat for a mentor, and who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate, localtime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, cancel_messages, queue_message
from opstap.foundation.programmes.models import Programme
from opstap.journey.mentoring.enums import TRANSITIONS, USES_A_SEAT, EnrolmentState, Topic
from opstap.journey.mentoring.models import Certificate, Enrolment, TrainingSession
from opstap.journey.mentoring.permissions import may_look_after, may_offer
from opstap.journey.mentoring.queries.trainings import session_for


@dataclass(frozen=True, slots=True)
class Outline:
    """What a training is: its title and topics, when and where, how many seats, and who gives it."""

    title: str
    topics: tuple[Topic, ...]
    starts_at: datetime
    ends_at: datetime
    where: str
    places: int
    trainer: str = ""


@operation
def offer_training(*, programme: Programme, outline: Outline, by: Actor, at: datetime) -> TrainingSession:
    """Offer a training. Raises `Refused` for who may not, for one in the past, that ends before it starts, or is about nothing."""
    if not may_offer(by, programme):
        raise Refused(Reason("mentoring.may_not_offer"))
    if outline.starts_at <= at:
        raise Refused(Reason("mentoring.training_in_the_past"))
    if outline.ends_at <= outline.starts_at:
        raise Refused(Reason("mentoring.training_ends_before_it_starts"))
    if not outline.topics:
        raise Refused(Reason("mentoring.training_about_nothing"))
    row = TrainingSession.objects.create(
        programme=programme,
        title=outline.title.strip()[:120],
        topics=[topic.value for topic in Topic if topic in outline.topics],
        starts_at=outline.starts_at,
        ends_at=outline.ends_at,
        where=outline.where.strip()[:200],
        places=outline.places,
        trainer=outline.trainer.strip()[:120],
        created_by=by.label[:200],
        created_at=at,
    )
    record(by=by, at=at, action="offer_training", subject_kind="training", subject_id=row.pk, facts={"places": row.places})
    return row


@operation
def cancel_training(*, session: TrainingSession, by: Actor, at: datetime) -> TrainingSession:
    """Call a training off: its seats end, and what was still to be said of them is not said.

    Raises `Refused` for who may not, and once it has begun.
    """
    row = _locked(session)
    if not may_offer(by, row.programme):
        raise Refused(Reason("mentoring.may_not_offer"))
    _must_come(row, at)
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    for enrolment in row.enrolments.filter(state=EnrolmentState.ENROLLED).select_related("session", "mentor"):
        _move(enrolment, EnrolmentState.CANCELLED, "cancel_enrolment", by, at)
        cancel_messages(subject_kind="enrolment", subject_id=enrolment.pk, reason="cancelled", by=by, at=at)
    record(by=by, at=at, action="cancel_training", subject_kind="training", subject_id=row.pk)
    return row


@operation
def enrol_mentor(*, session: TrainingSession, mentor: Mentor, by: Actor, at: datetime) -> Enrolment:
    """Give a mentor a seat at a training and tell them by e-mail; who has one keeps it.

    Raises `Refused` for who may not, for a training that began or was called off, and when it is full.
    """
    row = _locked(session)
    if not may_look_after(by, mentor) or session_for(by, row.pk) is None:
        raise Refused(Reason("mentoring.may_not_enrol"))
    _must_come(row, at)
    there = row.enrolments.filter(state__in=USES_A_SEAT)
    if has_one := there.filter(mentor=mentor).first():
        record(by=by, at=at, action="enrol_mentor", subject_kind="enrolment", subject_id=has_one.pk)
        return has_one
    if there.count() >= row.places:
        raise Refused(Reason("mentoring.training_full", {"places": row.places}))
    enrolment = Enrolment.objects.create(
        session=row, mentor=mentor, state=EnrolmentState.ENROLLED, enrolled_by=by.label[:200], enrolled_at=at
    )
    facts = {"training": str(row.pk), "mentor": str(mentor.pk)}
    record(by=by, at=at, action="enrol_mentor", subject_kind="enrolment", subject_id=enrolment.pk, facts=facts)
    _tell(enrolment, row, by, at)
    return enrolment


@operation
def cancel_enrolment(*, enrolment: Enrolment, by: Actor, at: datetime) -> Enrolment:
    """Free a seat. Raises `Refused` for who may not, and once it was noted who was there."""
    row = _seat(enrolment)
    if not may_look_after(by, row.mentor):
        raise Refused(Reason("mentoring.may_not_enrol"))
    _move(row, EnrolmentState.CANCELLED, "cancel_enrolment", by, at)
    cancel_messages(subject_kind="enrolment", subject_id=row.pk, reason="cancelled", by=by, at=at)
    return row


@operation
def record_training_attendance(*, enrolment: Enrolment, was_there: bool, by: Actor, at: datetime) -> Enrolment:
    """Note in one tap whether a mentor was there; a wrong tap is put right by the other one.

    Raises `Refused` for who may not, before the training begins, and when a certificate rests on it.
    """
    row = _seat(enrolment)
    if not may_offer(by, row.session.programme):
        raise Refused(Reason("mentoring.may_not_note"))
    if row.session.starts_at > at:
        raise Refused(Reason("mentoring.training_not_yet", _when(row.session)))
    if Certificate.objects.filter(session=row.session, mentor=row.mentor).exists():
        raise Refused(Reason("mentoring.certificate_given"))
    _move(row, EnrolmentState.ATTENDED if was_there else EnrolmentState.MISSED, "record_training_attendance", by, at)
    return row


def _locked(session: TrainingSession) -> TrainingSession:
    lock_in_order(f"training:{session.pk}")
    return TrainingSession.objects.select_related("programme").get(pk=session.pk)


def _seat(enrolment: Enrolment) -> Enrolment:
    lock_in_order(f"training:{enrolment.session_id}")
    return Enrolment.objects.select_related("session__programme", "mentor__organisation").get(pk=enrolment.pk)


def _must_come(row: TrainingSession, at: datetime) -> None:
    if row.cancelled_at is not None:
        raise Refused(Reason("mentoring.training_cancelled"))
    if row.starts_at <= at:
        raise Refused(Reason("mentoring.training_has_begun"))


def _move(row: Enrolment, to: EnrolmentState, action: str, by: Actor, at: datetime) -> None:
    if to.value != row.state:
        if to not in TRANSITIONS[EnrolmentState(row.state)]:
            raise Refused(Reason("mentoring.state_cannot_follow", {"from": row.state, "to": to.value}))
        row.state, row.noted_by, row.noted_at = to.value, by.label[:200], at
        row.save(update_fields=["state", "noted_by", "noted_at"])
    record(by=by, at=at, action=action, subject_kind="enrolment", subject_id=row.pk, facts={"state": row.state})


def _tell(enrolment: Enrolment, session: TrainingSession, by: Actor, at: datetime) -> None:
    mentor = enrolment.mentor
    queue_message(
        content=Content("message.training", {"title": session.title, "where": session.where, **_when(session)}, Weight.MUST),
        recipient=Recipient(mentor_id=mentor.pk, user_id=mentor.user_id, email=mentor.email),
        subject_kind="enrolment",
        subject_id=enrolment.pk,
        once=f"message.training:{enrolment.pk}",
        useful_until=session.starts_at,
        by=by,
        at=at,
    )


def _when(session: TrainingSession) -> dict[str, str]:
    return {"on": localdate(session.starts_at).isoformat(), "time": f"{localtime(session.starts_at):%H:%M}"}
