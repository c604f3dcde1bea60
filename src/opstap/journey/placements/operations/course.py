"""The course of a placement: its start, other terms, its end. The database keeps guard over seats and half-days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from psycopg.types.range import DateRange

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.shared import Reason, Refused
from opstap.engine.shared.vocabulary import HALF_DAYS
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.prepared import Prepared
from opstap.foundation.rows import add_rows
from opstap.journey.placements.enums import TRANSITIONS, EndReason, PlacementState
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.placements.permissions import as_who_moves, may_run
from opstap.journey.placements.queries import LIVE
from opstap.journey.places.operations import name_guide
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.operations import advance

_MOST_WORDS = 300


@operation
def start_placement(*, placement: Placement, on: date, guide: str = "", by: Actor, at: datetime) -> Placement:
    """Let the work begin on a day within the placement's period; a later first day frees the seat until then.

    `guide` is who guides by the agreement: where the place itself has no mentor, they are its mentor from then on. Raises `Refused` for
    who may not, for a placement that is not waiting for its start, for a day outside its period, and for a day on which the mentor has
    no certificate that holds.
    """
    row = _locked(placement, by, PlacementState.RUNNING)
    if not row.period.lower <= on < row.period.upper:
        first, last = _iso(row.period.lower), _iso(row.period.upper - timedelta(days=1))
        raise Refused(Reason("placements.day_outside_period", {"on": _iso(on), "from": first, "last": last}))
    named = _trained_mentor(row, on, guide.strip())
    if named is not None:
        name_guide(place=row.seat.place, mentor=named, by=by, at=at)
    _cut(row, DateRange(on, row.period.upper))
    row.state, row.started_at = PlacementState.RUNNING, at
    row.save(update_fields=["state", "started_at", "period"])
    reason = Reason("placements.started", {"place": row.seat.place.title, "on": _iso(on)})
    advance(referral=row.referral, to=Stage.PLACED, reason=reason, cause=WaitingCause.NONE, by=as_who_moves(by, row), at=at)
    _record(row, "start_placement", {"on": _iso(on)}, by, at)
    return row


@operation
def end_placement(*, placement: Placement, on: date, reason_code: str, words: str = "", by: Actor, at: datetime) -> Placement:
    """End running work: `on` is the first day without it, from which seat and half-days are free and the person can get another place.

    `reason_code` is one of `EndReason`. Raises `Refused` for who may not, for a placement that does not run, for a day before its
    second one or after the day on which it would have ended, and for an unknown reason.
    """
    row = _locked(placement, by, PlacementState.ENDED)
    if reason_code not in set(EndReason):
        raise Refused(Reason("placements.end_needs_reason"))
    if not row.period.lower < on <= row.period.upper:
        facts = {"on": _iso(on), "from": _iso(row.period.lower + timedelta(days=1)), "last": _iso(row.period.upper)}
        raise Refused(Reason("placements.day_outside_period", facts))
    _cut(row, DateRange(row.period.lower, on))
    row.state, row.ended_at, row.ended_on = PlacementState.ENDED, at, on
    row.end_reason_code, row.end_reason = str(reason_code), words.strip()[:_MOST_WORDS] or None
    row.save(update_fields=["state", "ended_at", "ended_on", "end_reason_code", "end_reason", "period"])
    reason = Reason("placements.ended", {"place": row.seat.place.title, "on": _iso(on)})
    advance(referral=row.referral, to=Stage.ELIGIBLE, reason=reason, cause=WaitingCause.NO_ROUND_YET, by=as_who_moves(by, row), at=at)
    _record(row, "end_placement", {"on": _iso(on), "reason": str(reason_code)}, by, at)
    return row


@operation
def change_terms(
    *,
    placement: Placement,
    starts_on: date,
    until_on: date,
    half_days: int,
    hours_month: int | None,
    half_days_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Placement:
    """Give a placement another period `[starts_on, until_on)`, other half-days (a mask) and other hours a month, as agreed.

    With `half_days_from` half-days and hours before that day stay as they were: what somebody worked then was agreed then.
    Raises `Refused` for who may not, for a placement that is over, and when the seat or one of the half-days is taken then.
    """
    row = _locked(placement, by, None)
    if until_on <= starts_on:
        raise Refused(Reason("placements.ends_before_it_starts", {"from": _iso(starts_on), "until": _iso(until_on)}))
    row.period, row.agreed_hours_month = DateRange(starts_on, until_on), hours_month
    try:
        with transaction.atomic():
            row.save(update_fields=["period", "agreed_hours_month"])
    except IntegrityError as error:
        raise Refused(Reason("placements.seat_taken_then", {"place": row.seat.place.title})) from error
    try:
        with transaction.atomic():
            _write_half_days(row, half_days, hours_month, half_days_from or starts_on)
    except IntegrityError as error:
        raise Refused(Reason("placements.half_days_taken_then")) from error
    facts = {"from": _iso(starts_on), "until": _iso(until_on), "half_days": half_days, "hours": hours_month}
    _record(row, "change_terms", facts, by, at)
    return row


def _locked(placement: Placement, by: Actor, to: PlacementState | None) -> Placement:
    """Return the placement as it is now, locked; raise `Refused` for who may not run it and when `to` cannot follow its state."""
    lock_in_order(f"place:{placement.seat.place_id}", f"person:{placement.person_id}", f"placement:{placement.pk}")
    (row,) = _NOW(placement=placement)
    if not may_run(by, row):
        raise Refused(Reason("placements.may_not_run"))
    allowed = TRANSITIONS[PlacementState(row.state)]
    if (to is None and not allowed) or (to is not None and to not in allowed):
        raise Refused(Reason("placements.state_cannot_follow", {"from": row.state, "to": str(to or row.state)}))
    return row


def _now(placement: Placement) -> QuerySet[Placement]:
    return Placement.objects.select_related("seat__place__mentor", "referral", "proposal").filter(pk=placement.pk)


_NOW = Prepared(_now)


def _trained_mentor(row: Placement, on: date, guide: str) -> Mentor | None:
    """Return who is named where the place has no mentor, one of the host's own; raise `Refused` when who guides is not trained that day."""
    place = row.seat.place
    if place.mentor is not None:
        _must_be_trained(place.mentor, on)
        return None
    if not guide:
        return None
    named = [mentor for mentor in place.organisation.mentors.order_by("certified_on", "id") if fold(mentor.name) == fold(guide)]
    if not named:
        raise Refused(Reason("placements.mentor_not_known", {"mentor": guide, "host": place.organisation.name}))
    _must_be_trained(named[0], on)
    _must_have_room(named[0], row, on)
    return named[0]


def _must_have_room(mentor: Mentor, row: Placement, on: date) -> None:
    """Raise `Refused` when with everybody at this place, who would all be theirs, the mentor had more learners than may be on some day."""
    theirs = Q(seat__place__mentor=mentor) | Q(seat__place=row.seat.place)
    others = Placement.objects.filter(theirs, state__in=LIVE, period__overlap=row.period).exclude(pk=row.pk)
    days = [(max(each.lower, on), each.upper) for each in others.values_list("period", flat=True)]
    most = max(sum(first <= day < until for first, until in days) for day in {on, *(first for first, _ in days)})
    if most >= mentor.learner_limit:
        raise Refused(Reason("placements.mentor_has_no_room", {"mentor": mentor.name, "limit": mentor.learner_limit, "on": _iso(on)}))


def _must_be_trained(mentor: Mentor, on: date) -> None:
    if mentor.certified_on is None or mentor.certified_on > on:
        raise Refused(Reason("placements.mentor_not_trained", {"mentor": mentor.name, "on": _iso(on)}))
    if mentor.certified_until is not None and mentor.certified_until <= on:
        facts = {"mentor": mentor.name, "on": _iso(on), "until": _iso(mentor.certified_until)}
        raise Refused(Reason("placements.mentor_certificate_ended", facts))


def _cut(row: Placement, period: DateRange) -> None:
    """Make the placement and its half-days shorter: what falls off is free at once."""
    row.period = period
    _keep_within(row, period)


def _keep_within(row: Placement, period: DateRange) -> None:
    """Cut each half-day to the part within `period`; one that lies outside it falls away."""
    kept: dict[DateRange, list[int]] = defaultdict(list)
    outside = []
    for half in row.half_days.all():
        lower, upper = max(half.period.lower, period.lower), min(half.period.upper, period.upper)
        if lower >= upper:
            outside.append(half.pk)
        elif (lower, upper) != (half.period.lower, half.period.upper):
            kept[DateRange(lower, upper)].append(half.pk)
    if outside:
        row.half_days.filter(pk__in=outside).delete()
    for part, keys in kept.items():
        row.half_days.filter(pk__in=keys).update(period=part)


def _write_half_days(row: Placement, mask: int, hours_month: int | None, since: date) -> None:
    """Write the half-days of the mask, with their hours a month, from `since` until the end; what was agreed before that day stays."""
    first = max(since, row.period.lower)
    _keep_within(row, DateRange(row.period.lower, min(first, row.period.upper)))
    if first >= row.period.upper:
        return
    add_rows(
        PlacementHalfDay(
            placement=row, person_id=row.person_id, half_day=index, period=DateRange(first, row.period.upper), hours_month=hours_month
        )
        for index in range(len(HALF_DAYS))
        if mask >> index & 1
    )


def _record(row: Placement, action: str, facts: dict[str, object], by: Actor, at: datetime) -> None:
    record(by=by, at=at, action=action, subject_kind="placement", subject_id=row.pk, person_id=row.person_id, facts=facts)


def _iso(day: date) -> str:
    return day.isoformat()
