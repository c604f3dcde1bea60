"""What changes a referral: opening, advancing, putting aside, reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate, make_aware

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import Entry, operation, record, record_many
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.outbox.operations import cancel_way
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.foundation.rows import add_rows, write_rows
from opstap.journey.people.models import Person
from opstap.journey.referrals.enums import TRANSITIONS, ClosingReason, Stage, WaitingCause
from opstap.journey.referrals.models import Referral, StageMove
from opstap.journey.referrals.permissions import may_close, may_follow, may_move, may_open, scopes_of

_MOVED_FIELDS = ("stage", "stage_since", "waiting_cause", "snoozed_until", "snooze_reason")
_STILL_WAITS = frozenset({Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE})
"""Where the first decision brings somebody; the wait that began with the referral goes on there."""


@operation
def open_referral(
    *,
    person: Person,
    programme: Programme,
    referred_on: date,
    counselling_organisation: Organisation | None,
    counsellor: User | None,
    by: Actor,
    at: datetime,
) -> Referral:
    """Return the person's open referral in the programme, made now if there was none. Raises `Refused` as `open_referrals`."""
    if not may_open(by, programme.pk):
        raise Refused(Reason("referrals.may_not_open"))
    existing = Referral.objects.filter(person=person, programme=programme).exclude(stage=Stage.CLOSED).first()
    if existing is not None:
        record(by=by, at=at, action="find_referral", subject_kind="referral", subject_id=existing.pk, person_id=person.pk)
        return existing
    referral = Referral.objects.create(
        person=person,
        programme=programme,
        referred_on=referred_on,
        counselling_organisation=counselling_organisation,
        counsellor=counsellor,
        stage=Stage.OPEN,
        stage_since=_waits_since(referred_on, at),
        waiting_cause=WaitingCause.NOT_YET_DECIDED,
    )
    StageMove.objects.create(referral=referral, to_stage=Stage.OPEN, reason=Reason("referrals.opened").as_json(), by_label=by.label, at=at)
    record(by=by, at=at, action="open_referral", subject_kind="referral", subject_id=referral.pk, person_id=person.pk)
    return referral


@dataclass(frozen=True, slots=True)
class Opening:
    """One person to be followed in a programme, by whom, since when."""

    person_id: UUID
    referred_on: date
    counselling_organisation_id: UUID | None = None
    counsellor_id: UUID | None = None


@operation
def open_referrals(*, programme: Programme, openings: Sequence[Opening], by: Actor, at: datetime) -> list[Referral]:
    """Open referrals of many people in a few statements; people who already have an open one in the programme are left out.

    Raises `Refused` when the actor does not coordinate the programme.
    """
    if not may_open(by, programme.pk):
        raise Refused(Reason("referrals.may_not_open"))
    ids = [opening.person_id for opening in openings]
    still_open = Referral.objects.filter(programme=programme, person_id__in=ids).exclude(stage=Stage.CLOSED)
    there = set(still_open.values_list("person_id", flat=True))
    rows = [
        Referral(
            person_id=opening.person_id,
            programme=programme,
            referred_on=opening.referred_on,
            counselling_organisation_id=opening.counselling_organisation_id,
            counsellor_id=opening.counsellor_id,
            stage=Stage.OPEN,
            stage_since=_waits_since(opening.referred_on, at),
            waiting_cause=WaitingCause.NOT_YET_DECIDED,
        )
        for opening in openings
        if opening.person_id not in there
    ]
    Referral.objects.bulk_create(rows, batch_size=1000)
    reason = Reason("referrals.opened").as_json()
    moves = [StageMove(referral=row, to_stage=Stage.OPEN, reason=reason, by_label=by.label, at=at) for row in rows]
    add_rows(moves)
    opened = [Entry("open_referral", "referral", row.pk, row.person_id) for row in rows]
    record_many(by=by, at=at, entries=[Entry("open_referrals", "programme", programme.pk, None, {"opened": len(rows)}), *opened])
    return rows


def _waits_since(referred_on: date, at: datetime) -> datetime:
    """Return since when somebody waits: the day of the referral, also when it is older than the product's first sight of it."""
    return min(make_aware(datetime.combine(referred_on, time())), at)


@dataclass(frozen=True, slots=True)
class Step:
    """Where a referral goes, why, and what it waits for there; staying in the same stage only changes the cause."""

    referral: Referral
    to: Stage
    reason: Reason
    cause: WaitingCause


@operation
def advance(*, referral: Referral, to: Stage, reason: Reason, cause: WaitingCause, by: Actor, at: datetime) -> Referral:
    """Move a referral to another stage, or give it another cause of waiting in the same stage.

    Raises `Refused` when the actor may not, or when the stage cannot follow the present one (see `TRANSITIONS`).
    """
    advance_many(steps=[Step(referral, to, reason, cause)], by=by, at=at)
    return referral


@operation
def advance_many(*, steps: Sequence[Step], by: Actor, at: datetime) -> None:
    """Move many referrals at once, all or none, in a number of statements that does not grow with them. Refuses as `advance`."""
    rows = {row.pk: row for row in _locked([step.referral.pk for step in steps])}
    entries = []
    moves = []
    for step in steps:
        row = rows[step.referral.pk]
        here = row.stage
        moves += _moved(row, step, by, at)
        facts = {"from": here, "to": row.stage, "cause": row.waiting_cause}
        entries.append(Entry("advance", "referral", row.pk, row.person_id, facts))
    add_rows(moves)
    write_rows(list(rows.values()), *_MOVED_FIELDS)
    record_many(by=by, at=at, entries=entries)
    for step in steps:
        for name in _MOVED_FIELDS:
            setattr(step.referral, name, getattr(rows[step.referral.pk], name))


def _locked(ids: Sequence[UUID]) -> Iterable[Referral]:
    """Return these referrals as they are now, locked in the order of their keys; one by itself is asked by SQL that is written once."""
    return _ONE(pk=ids[0]) if len(ids) == 1 else Referral.objects.select_for_update().filter(pk__in=ids).order_by("pk")


def _one(pk: UUID) -> QuerySet[Referral]:
    return Referral.objects.select_for_update().filter(pk=pk)


_ONE = Prepared(_one)


def _moved(row: Referral, step: Step, by: Actor, at: datetime) -> list[StageMove]:
    """Change the row as the step says; return the move to keep, or none when only the cause changed."""
    if not may_move(by, row):
        raise Refused(Reason("referrals.may_not_move"))
    here = Stage(row.stage)
    row.waiting_cause = step.cause.value
    if step.to is here:
        return []
    if step.to not in TRANSITIONS[here]:
        raise Refused(Reason("referrals.stage_cannot_follow", {"from": here.value, "to": step.to.value}))
    row.stage, row.stage_since = step.to.value, row.stage_since if here is Stage.OPEN and step.to in _STILL_WAITS else at
    row.snoozed_until, row.snooze_reason = None, None
    return [StageMove(referral=row, from_stage=here.value, to_stage=step.to.value, reason=step.reason.as_json(), by_label=by.label, at=at)]


@operation
def close_referral(*, referral: Referral, why: ClosingReason, words: str = "", by: Actor, at: datetime) -> Referral:
    """Close a referral in which nothing is under way any more; `words` stay with the move for who reads the file later.

    What waits in the outbox for the person about this way (a plan, a moment, hours) is not said any more.

    Somebody with a proposal is closed by `matching.operations.stop_journey`, which ends that first. Raises `Refused` for who may not,
    for somebody who stands at a proposal or an agreed start, and when it is closed already.
    """
    if not may_close(by, referral):
        raise Refused(Reason("referrals.may_not_close"))
    row = Referral.objects.select_for_update().get(pk=referral.pk)
    if row.stage == Stage.CLOSED:
        raise Refused(Reason("referrals.closed_already"))
    reason = Reason(f"referrals.closed_{why.value}", {"words": words.strip()[:500]})
    advance(referral=referral, to=Stage.CLOSED, reason=reason, cause=WaitingCause.NONE, by=by, at=at)
    cancel_way(link_subject=referral.pk, reason="stopped", by=by, at=at)
    facts = {"why": why.value}
    record(
        by=by, at=at, action="close_referral", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id, facts=facts
    )
    return referral


@dataclass(frozen=True, slots=True)
class Aside:
    """Who is put aside, until which day, and why."""

    referral: Referral
    until: date
    reason: str


@operation
def snooze(*, referral: Referral, until: date, reason: str, by: Actor, at: datetime) -> Referral:
    """Put a referral aside until a day, with a reason; it then comes back to "my day"."""
    snooze_many(asides=[Aside(referral, until, reason)], by=by, at=at)
    return referral


@operation
def snooze_many(*, asides: Sequence[Aside], by: Actor, at: datetime) -> None:
    """Put people aside, all or none.

    Raises `Refused` when one of them is not followed by the actor, for a day that has passed, and without a reason.
    """
    _must_follow([aside.referral for aside in asides], by)
    for aside in asides:
        if aside.until <= localdate(at):
            raise Refused(Reason("referrals.snooze_in_the_past", {"until": aside.until.isoformat()}))
        if not aside.reason.strip():
            raise Refused(Reason("referrals.snooze_needs_reason"))
        aside.referral.snoozed_until, aside.referral.snooze_reason = aside.until, aside.reason.strip()[:300]
    rows = {aside.referral.pk: aside.referral for aside in asides}
    write_rows(list(rows.values()), "snoozed_until", "snooze_reason")
    record_many(by=by, at=at, entries=[Entry("snooze", "referral", row.pk, row.person_id) for row in rows.values()])


@operation
def record_contact(*, referral: Referral, how: str, by: Actor, at: datetime) -> Referral:
    """Note that there was contact with the person (by phone, at the desk, by e-mail)."""
    record_contacts(contacts=[(referral, how)], by=by, at=at)
    return referral


@operation
def record_contacts(*, contacts: Sequence[tuple[Referral, str]], by: Actor, at: datetime) -> None:
    """Note contact with people, each with how they were spoken to: all or none.

    Raises `Refused` when one of them is not followed by the actor.
    """
    _must_follow([referral for referral, _ in contacts], by)
    for referral, _ in contacts:
        referral.last_contact_at = at
    write_rows(list({referral.pk: referral for referral, _ in contacts}.values()), "last_contact_at")
    entries = [Entry("contact", "referral", referral.pk, referral.person_id, {"how": how[:40]}) for referral, how in contacts]
    record_many(by=by, at=at, entries=entries)


def _must_follow(referrals: Iterable[Referral], by: Actor) -> None:
    if not all(may_follow(by, referral) for referral in referrals):
        raise Refused(Reason("referrals.may_not_follow"))


@operation
def open_case_file(*, referral: Referral, by: Actor, at: datetime) -> Referral:
    """Record that the actor reads this case file, or the part that was given to them, and for which purpose; refuses who may not."""
    if not (may_follow(by, referral) or scopes_of(by, referral)):
        raise Refused(Reason("referrals.may_not_follow"))
    record(by=by, at=at, action="read_case_file", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id)
    return referral


@operation
def export_case_files(*, referrals: Sequence[Referral], by: Actor, at: datetime) -> Sequence[Referral]:
    """Record that the actor takes a list of these people out of the product: one row for the list, one for each person.

    Raises `Refused` when one of them is not followed by the actor.
    """
    if not all(may_follow(by, referral) for referral in referrals):
        raise Refused(Reason("referrals.may_not_follow"))
    entries = [Entry("export_case_file", "referral", referral.pk, referral.person_id) for referral in referrals]
    record_many(by=by, at=at, entries=[Entry("export_caseload", "list", by.id, None, {"people": len(referrals)}), *entries])
    return referrals
