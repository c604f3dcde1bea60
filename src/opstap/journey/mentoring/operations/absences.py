"""When a mentor is away, and who guides the learners then. Why somebody is away is nobody's business here."""

from __future__ import annotations

from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Mentor, MentorAbsence
from opstap.journey.mentoring.models import BackUp
from opstap.journey.mentoring.permissions import may_look_after


@operation
def plan_absence(
    *, mentor: Mentor, starts_on: date, until_on: date, stands_in: Mentor | None = None, by: Actor, at: datetime
) -> MentorAbsence:
    """Keep that a mentor is away on `[starts_on, until_on)`, and who stands in then; `until_on` is the day on which they are back.

    Raises `Refused` for who may not, for no days, and when they are away already on one of these days.
    """
    _locked(mentor, by)
    if until_on <= starts_on:
        raise Refused(Reason("mentoring.back_before_away"))
    double = MentorAbsence.objects.filter(mentor=mentor, starts_on__lt=until_on, until_on__gt=starts_on).first()
    if double:
        raise Refused(Reason("mentoring.away_already", _days(double.starts_on, double.until_on)))
    row = MentorAbsence.objects.create(mentor=mentor, starts_on=starts_on, until_on=until_on)
    _note("plan_absence", mentor, _days(starts_on, until_on), by, at)
    if stands_in is not None:
        name_back_up(mentor=mentor, stands_in=stands_in, from_on=starts_on, until_on=until_on, by=by, at=at)
    return row


@operation
def end_absence(*, absence: MentorAbsence, back_on: date, by: Actor, at: datetime) -> MentorAbsence | None:
    """Keep another day on which the mentor is back; None when they were not away at all. Raises `Refused` for who may not."""
    _locked(absence.mentor, by)
    row = MentorAbsence.objects.get(pk=absence.pk)
    _note("end_absence", absence.mentor, _days(row.starts_on, back_on), by, at)
    if back_on <= row.starts_on:
        row.delete()
        return None
    row.until_on = back_on
    row.save(update_fields=["until_on"])
    return row


@operation
def name_back_up(*, mentor: Mentor, stands_in: Mentor, from_on: date, until_on: date, by: Actor, at: datetime) -> BackUp:
    """Name who guides a mentor's learners on `[from_on, until_on)`.

    Raises `Refused` for who may not, for no days, for somebody of another organisation, without a certificate on those days, or away.
    """
    _locked(mentor, by)
    if until_on <= from_on:
        raise Refused(Reason("mentoring.back_before_away"))
    if stands_in.pk == mentor.pk or stands_in.organisation_id != mentor.organisation_id:
        raise Refused(Reason("mentoring.back_up_of_another_host"))
    until = stands_in.certified_until
    if stands_in.certified_on is None or stands_in.certified_on > from_on or (until is not None and until < until_on):
        raise Refused(Reason("mentoring.back_up_not_trained", {"name": stands_in.name}))
    away = MentorAbsence.objects.filter(mentor=stands_in, starts_on__lt=until_on, until_on__gt=from_on).first()
    if away:
        raise Refused(Reason("mentoring.back_up_away", {"name": stands_in.name, **_days(away.starts_on, away.until_on)}))
    row = BackUp.objects.create(
        mentor=mentor, stands_in=stands_in, from_on=from_on, until_on=until_on, named_by=by.label[:200], named_at=at
    )
    _note("name_back_up", mentor, {"stands_in": str(stands_in.pk), **_days(from_on, until_on)}, by, at)
    return row


@operation
def end_back_up(*, back_up: BackUp, until_on: date, by: Actor, at: datetime) -> None:
    """Let somebody stand in no longer than until `until_on`. Raises `Refused` for who may not."""
    _locked(back_up.mentor, by)
    row = BackUp.objects.get(pk=back_up.pk)
    _note("end_back_up", back_up.mentor, _days(row.from_on, until_on), by, at)
    if until_on <= row.from_on:
        row.delete()
    else:
        BackUp.objects.filter(pk=row.pk).update(until_on=min(until_on, row.until_on))


def _locked(mentor: Mentor, by: Actor) -> None:
    lock_in_order(f"mentor:{mentor.pk}")
    if not may_look_after(by, mentor):
        raise Refused(Reason("mentoring.may_not_look_after"))


def _days(start: date, until: date) -> dict[str, str]:
    return {"from": start.isoformat(), "until": until.isoformat()}


def _note(action: str, mentor: Mentor, facts: dict[str, str], by: Actor, at: datetime) -> None:
    record(by=by, at=at, action=action, subject_kind="mentor", subject_id=mentor.pk, facts=facts)
