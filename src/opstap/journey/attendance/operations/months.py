"""Signing months: the work floor and who follows the person, one after the other; then what was signed stays for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.audit.operations import Entry, lock_in_order, operation, record, record_many
from opstap.foundation.rows import add_rows, write_rows
from opstap.journey.attendance.assembly import Sheet, month_sheets
from opstap.journey.attendance.enums import ATTENDED, ClosingState, PersonState, Side
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.attendance.permissions import sides_of
from opstap.journey.attendance.queries.days import next_month
from opstap.journey.attendance.queries.reach import attended_among, stands_in_for
from opstap.journey.placements.models import Placement

_SIGNED = ("state", "hours", "days", "digest", "first_side", "first_user", "first_by", "first_at")
_TIE = """
    UPDATE attendance_day AS day SET closing_id = closing.id FROM attendance_monthclosing AS closing
    WHERE closing.id = ANY(%s) AND day.placement_id = closing.placement_id AND day."on" >= closing.month
    AND day."on" < closing.month + interval '1 month' AND day.closing_id IS NULL"""
"""One statement: days find their closing by a join, however many months close; nothing else of a month waits at the same time."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What signing many months led to: the closings signed, and why not for the others."""

    closings: dict[UUID, MonthClosing] = field(default_factory=dict)
    refused: dict[UUID, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Signature:
    """Who signs, for whom, when, and whether days that a person contests were talked over."""

    by: Actor
    at: datetime
    stands_in: frozenset[UUID]
    has_heard: bool

    @property
    def today(self) -> date:
        """The day of signing."""
        return localdate(self.at)


@operation
def close_month(*, placement: Placement, month: date, has_heard: bool = False, by: Actor, at: datetime) -> MonthClosing:
    """Sign one placement's month, as the first or the second party; see `close_months`. Raises `Refused` when it cannot be."""
    outcome = close_months(placement_ids=[placement.pk], month=month, has_heard=has_heard, by=by, at=at)
    if placement.pk in outcome.refused:
        raise Refused(outcome.refused[placement.pk])
    return outcome.closings[placement.pk]


@operation
def close_months(*, placement_ids: Iterable[UUID], month: date, has_heard: bool = False, by: Actor, at: datetime) -> Closed:
    """Sign a month (its first day) of many placements at once; the second signature, of another user for the other party, closes it.

    A month that is closed already gets a closing of its corrections. `has_heard`: who follows the person says that days which the
    person contests were talked over. Nothing is signed for a placement in `refused`; that never keeps the others from being signed.
    """
    ids = list(dict.fromkeys(placement_ids))
    lock_in_order(*(f"placement:{each}" for each in ids))
    signature = _Signature(by, at, stands_in_for(by, localdate(at)), has_heard)
    placements = attended_among(by, signature.today, Keys(ids))
    outcome = Closed(refused={each: Reason("attendance.may_not_sign") for each in set(ids) - {row.pk for row in placements}})
    for placement_id, sheet in month_sheets(placements, month).items():
        try:
            outcome.closings[placement_id] = _signed(sheet, signature)
        except Refused as refused:
            outcome.refused[placement_id] = refused.reason
    _write(list(outcome.closings.values()), {row.pk: row.person_id for row in placements}, by, at)
    return outcome


def _signed(sheet: Sheet, signature: _Signature) -> MonthClosing:
    """Return the closing with this signature on it; raise `Refused` when it cannot be put there."""
    closing = _open_closing(sheet)
    rows = [day for day in sheet.days if day.closing_id is None]
    side = _side(sheet, closing, signature)
    _must_be_complete(sheet, closing, side, signature)
    hours, days = difference(rows)
    digest = digest_of(rows)
    if closing.state == ClosingState.OPEN:
        closing.state, closing.hours, closing.days, closing.digest = ClosingState.HALF_CLOSED.value, hours, days, digest
        closing.first_side, closing.first_user = side.value, signature.by.user_id
        closing.first_by, closing.first_at = signature.by.label, signature.at
        return closing
    if closing.digest != digest:
        raise Refused(Reason("attendance.changed_since_signed"))
    closing.state = ClosingState.CLOSED.value
    closing.second_side, closing.second_user = side.value, signature.by.user_id
    closing.second_by, closing.second_at = signature.by.label, signature.at
    return closing


def _open_closing(sheet: Sheet) -> MonthClosing:
    """Return the closing that waits for a signature: the month's own, or one of the corrections after it."""
    waiting = next((closing for closing in sheet.closings if closing.state != ClosingState.CLOSED), None)
    if waiting is not None:
        return waiting
    number = len(sheet.closings) + 1
    if number > 1 and not sheet.pending:
        raise Refused(Reason("attendance.month_closed", {"month": sheet.month.isoformat()}))
    return MonthClosing(placement_id=sheet.placement.pk, month=sheet.month, number=number)


def _side(sheet: Sheet, closing: MonthClosing, signature: _Signature) -> Side:
    """Return the party for which the actor signs; raise `Refused` when it, or the actor, signed already."""
    sides = sides_of(signature.by, sheet.placement, signature.stands_in)
    if not sides:
        raise Refused(Reason("attendance.may_not_sign"))
    if closing.state == ClosingState.OPEN:
        return sides[0]
    left = [side for side in sides if side.value != closing.first_side]
    if not left or closing.first_user == signature.by.user_id:
        raise Refused(Reason("attendance.other_party_signs", {"by": closing.first_by, "side": closing.first_side}))
    return left[0]


def _must_be_complete(sheet: Sheet, closing: MonthClosing, side: Side, signature: _Signature) -> None:
    """Raise `Refused` while the month goes on, while agreed days miss, and while a contested day was not talked over."""
    until = next_month(sheet.month)
    if signature.today < min(until, sheet.placement.period.upper):
        raise Refused(Reason("attendance.month_not_over", {"until": until.isoformat()}))
    if closing.number == 1 and (missing := sheet.missing(until)):
        days = tuple(day.isoformat() for day in missing[:5])
        raise Refused(Reason("attendance.days_missing", {"count": len(missing), "days": days}))
    contested = [day for day in sheet.days if day.person_state == PersonState.CONTESTED and day.closing_id is None]
    if contested and side is Side.COUNSELLOR and not signature.has_heard:
        raise Refused(Reason("attendance.contested_days", {"count": len(contested)}))
    heard_at = closing.first_at if closing.first_side == Side.COUNSELLOR else None
    if side is Side.HOST and heard_at and (unheard := [day for day in contested if day.person_at and day.person_at > heard_at]):
        raise Refused(Reason("attendance.contested_since", {"count": len(unheard)}))


def difference(rows: Iterable[Day]) -> tuple[Decimal, int]:
    """Return the hours and days that rows add: whole for a day of its own, the difference for a correction."""
    hours, days = Decimal(0), 0
    for row in rows:
        before = row.corrects
        hours += row.hours - (before.hours if before else 0)
        days += (row.state in ATTENDED) - (before is not None and before.state in ATTENDED)
    return hours, days


def digest_of(rows: Iterable[Day]) -> str:
    """Return the SHA-256 of what is signed: each row's id, day, half, state and hours."""
    lines = sorted(f"{row.pk}|{row.on}|{row.half_day}|{row.state}|{row.hours:.2f}|{row.corrects_id}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _write(closings: list[MonthClosing], people: dict[UUID, UUID], by: Actor, at: datetime) -> None:
    """Write the signatures, tie the days to what is closed, and leave an audit row for each."""
    known = [row for row in closings if not row._state.adding]  # noqa: SLF001 - Django's documented state of an unsaved row
    add_rows(row for row in closings if row._state.adding)  # noqa: SLF001 - as above
    write_rows([row for row in known if row.state != ClosingState.CLOSED], *_SIGNED)
    for side in Side:
        second = [row.pk for row in known if row.state == ClosingState.CLOSED and row.second_side == side]
        MonthClosing.objects.filter(pk__in=second).update(
            state=ClosingState.CLOSED.value, second_side=side.value, second_user=by.user_id, second_by=by.label, second_at=at
        )
    _tie([row for row in closings if row.state == ClosingState.CLOSED])
    entries = [
        Entry("sign_month", "month_closing", row.pk, people[row.placement_id], {"month": row.month.isoformat(), "state": row.state})
        for row in closings
    ]
    record_many(by=by, at=at, entries=entries or [Entry("sign_no_month", "month_closing", "", None, {})])


def _tie(closed: list[MonthClosing]) -> None:
    """Set the closing on the days that it signs: the month's own days, or what was corrected and added since."""
    if not closed:
        return
    with connection.cursor() as cursor:
        cursor.execute(_TIE, [[row.pk for row in closed]])


@operation
def reopen_month(*, closing: MonthClosing, reason: str, by: Actor, at: datetime) -> MonthClosing:
    """Take back the first signature, with a reason, so that days can be noted again; a closed month is never opened again."""
    lock_in_order(f"placement:{closing.placement_id}")
    row = MonthClosing.objects.get(pk=closing.pk)
    placement = next(iter(attended_among(by, localdate(at), Keys([row.placement_id]))), None)
    if placement is None or not sides_of(by, placement, stands_in_for(by, localdate(at))):
        raise Refused(Reason("attendance.may_not_sign"))
    if row.state != ClosingState.HALF_CLOSED:
        raise Refused(Reason("attendance.month_closed", {"month": row.month.isoformat()}))
    if not reason.strip():
        raise Refused(Reason("attendance.correction_needs_reason"))
    row.state, row.first_side, row.first_user, row.first_by, row.first_at = ClosingState.OPEN.value, "", None, "", None
    row.hours, row.days, row.digest = Decimal(0), 0, ""
    row.reopened_because = reason.strip()[:300]
    row.save()
    facts = {"month": row.month.isoformat()}
    record(by=by, at=at, action="reopen_month", subject_kind="month_closing", subject_id=row.pk, person_id=placement.person_id, facts=facts)
    return row
