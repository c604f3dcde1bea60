"""What changes a referral: opening, advancing, assigning, putting aside."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.people.models import Person
from opstap.journey.referrals.enums import TRANSITIONS, Stage, WaitingCause
from opstap.journey.referrals.models import Referral, StageMove
from opstap.journey.referrals.permissions import may_assign, may_follow, may_move


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
    """Return the person's open referral in the programme, made now if there was none."""
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
        stage_since=at,
        waiting_cause=WaitingCause.NOT_YET_DECIDED,
    )
    StageMove.objects.create(referral=referral, to_stage=Stage.OPEN, reason=Reason("referrals.opened").as_json(), by_label=by.label, at=at)
    record(by=by, at=at, action="open_referral", subject_kind="referral", subject_id=referral.pk, person_id=person.pk)
    return referral


@operation
def advance(*, referral: Referral, to: Stage, reason: Reason, cause: WaitingCause, by: Actor, at: datetime) -> Referral:
    """Move a referral to another stage, or give it another cause of waiting in the same stage.

    Raises `Refused` when the actor may not, or when the stage cannot follow the present one (see `TRANSITIONS`).
    """
    row = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if not may_move(by, row):
        raise Refused(Reason("referrals.may_not_move"))
    here = Stage(row.stage)
    if to is not here:
        if to not in TRANSITIONS[here]:
            raise Refused(Reason("referrals.stage_cannot_follow", {"from": here.value, "to": to.value}))
        row.stage, row.stage_since = to.value, at
        row.snoozed_until, row.snooze_reason = None, ""
        StageMove.objects.create(referral=row, from_stage=here.value, to_stage=to.value, reason=reason.as_json(), by_label=by.label, at=at)
    row.waiting_cause = cause.value
    row.save(update_fields=["stage", "stage_since", "waiting_cause", "snoozed_until", "snooze_reason"])
    facts = {"from": here.value, "to": to.value, "cause": cause.value}
    record(by=by, at=at, action="advance", subject_kind="referral", subject_id=row.pk, person_id=row.person_id, facts=facts)
    for name in ("stage", "stage_since", "waiting_cause", "snoozed_until", "snooze_reason"):
        setattr(referral, name, getattr(row, name))
    return referral


@operation
def assign_counsellor(*, referral: Referral, counsellor: User, organisation_id: UUID | None, by: Actor, at: datetime) -> Referral:
    """Give a person to another counsellor; earlier moves and reads stay as they are."""
    if not may_assign(by, referral):
        raise Refused(Reason("referrals.may_not_assign"))
    referral.counsellor = counsellor
    if organisation_id is not None:
        referral.counselling_organisation_id = organisation_id
    referral.save(update_fields=["counsellor", "counselling_organisation"])
    facts = {"counsellor": str(counsellor.pk)}
    record(
        by=by, at=at, action="assign_counsellor", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id, facts=facts
    )
    return referral


@operation
def snooze(*, referral: Referral, until: date, reason: str, by: Actor, at: datetime) -> Referral:
    """Put a referral aside until a day, with a reason; it then comes back to "my day"."""
    if not may_follow(by, referral):
        raise Refused(Reason("referrals.may_not_follow"))
    if until <= at.date():
        raise Refused(Reason("referrals.snooze_in_the_past", {"until": until.isoformat()}))
    if not reason.strip():
        raise Refused(Reason("referrals.snooze_needs_reason"))
    referral.snoozed_until, referral.snooze_reason = until, reason.strip()[:300]
    referral.save(update_fields=["snoozed_until", "snooze_reason"])
    record(by=by, at=at, action="snooze", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id)
    return referral


@operation
def record_contact(*, referral: Referral, how: str, by: Actor, at: datetime) -> Referral:
    """Note that there was contact with the person (by phone, at the desk, by e-mail)."""
    if not may_follow(by, referral):
        raise Refused(Reason("referrals.may_not_follow"))
    referral.last_contact_at = at
    referral.save(update_fields=["last_contact_at"])
    record(
        by=by,
        at=at,
        action="contact",
        subject_kind="referral",
        subject_id=referral.pk,
        person_id=referral.person_id,
        facts={"how": how[:40]},
    )
    return referral


@operation
def open_case_file(*, referral: Referral, by: Actor, at: datetime) -> Referral:
    """Record that the actor reads this case file, and for which purpose; refuses who may not (`Refused`)."""
    if not may_follow(by, referral):
        raise Refused(Reason("referrals.may_not_follow"))
    record(by=by, at=at, action="read_case_file", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id)
    return referral
