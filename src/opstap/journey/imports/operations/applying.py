"""Ready rows become records, a part of the list at a time, so that a long list never holds the house up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from procrastinate.contrib.django import app as jobs

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.eligibility.operations.rule_changes import REDECIDE
from opstap.journey.imports.assembly.settling import Settled, settle_people
from opstap.journey.imports.enums import BatchStatus, ListKind, RowStatus
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.operations.applying_places import apply_places
from opstap.journey.imports.permissions import may_import
from opstap.journey.imports.queries.counsellors import Counsellors
from opstap.journey.imports.queries.values import person_values
from opstap.journey.people.enums import FactSource
from opstap.journey.people.models import Person
from opstap.journey.people.operations import Change, Draft, change_people, keep_apart, register_people
from opstap.journey.people.permissions import is_within
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import Opening, open_referrals
from opstap.journey.referrals.queries import visible_referrals

ROWS_AT_ONCE = 500
_NOT_READ = frozenset({BatchStatus.READING.value, BatchStatus.FAILED.value})
READY = (RowStatus.READY_NEW.value, RowStatus.READY_UPDATE.value)


@operation
def apply_rows(*, batch: Batch, limit: int = ROWS_AT_ONCE, by: Actor, at: datetime) -> int:
    """Apply up to `limit` ready rows in one transaction; return how many were handled, 0 when none is left to apply.

    Called again until it returns 0. Every row is settled anew first: what changed since the preview counts, and a row that now
    looks like somebody is left for a person to decide. Applying twice does nothing twice.
    """
    if not may_import(by, batch.programme_id):
        raise Refused(Reason("imports.may_not_import"))
    lock_in_order(f"import:{batch.programme_id}")
    held = Batch.objects.select_for_update(of=("self",)).select_related("programme").get(pk=batch.pk)
    if held.status == BatchStatus.DISCARDED:
        raise Refused(Reason("imports.list_discarded"))
    if held.status in _NOT_READ:
        raise Refused(Reason("imports.not_read_yet"))
    rows = _next_rows(held, limit)
    if held.kind == ListKind.PEOPLE:
        new = _apply_people(rows, held, by, at)
        _write(rows)
        _keep_apart(new, by, at)
    else:
        apply_places(rows, held, by, at)
        _write(rows)
    if not rows:
        finish_list(held, at)
        _decide_afterwards(held)
    batch.status, batch.applied_at = held.status, held.applied_at
    record(by=by, at=at, action="apply_list", subject_kind="batch", subject_id=held.pk, facts={"rows": len(rows)})
    return len(rows)


def _decide_afterwards(batch: Batch) -> None:
    """Let a worker decide on whoever is new or changed: who came in this morning can be in a round this afternoon."""
    if batch.kind == ListKind.PEOPLE:
        jobs.configure_task(REDECIDE).defer(programme_id=str(batch.programme_id))


@operation
def queue_list(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Let a worker apply a long list; how far it is shows on the page of the list."""
    if not may_import(by, batch.programme_id) or by.user_id is None:
        raise Refused(Reason("imports.may_not_import"))
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.status == BatchStatus.DISCARDED:
        raise Refused(Reason("imports.list_discarded"))
    if held.status in _NOT_READ:
        raise Refused(Reason("imports.not_read_yet"))
    ready = Row.objects.filter(batch=held, status__in=READY).count()
    held.notes = {name: note for name, note in held.notes.items() if name != "failure"} | {"queued": ready}
    held.save(update_fields=["notes"])
    jobs.configure_task("imports.apply_list", queue="imports").defer(batch_id=str(held.pk), user_id=str(by.user_id))
    record(by=by, at=at, action="queue_list", subject_kind="batch", subject_id=held.pk, facts={"rows": ready})
    return held


@operation
def discard_batch(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Put a list aside without applying it; what was already applied stays, and the rows stay to be seen."""
    if not may_import(by, batch.programme_id):
        raise Refused(Reason("imports.may_not_import"))
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.status != BatchStatus.PREVIEW:
        raise Refused(Reason("imports.already_applied"))
    held.status = BatchStatus.DISCARDED.value
    held.save(update_fields=["status"])
    record(by=by, at=at, action="discard_list", subject_kind="batch", subject_id=held.pk)
    batch.status = held.status
    return batch


def _next_rows(batch: Batch, limit: int) -> list[Row]:
    """Return the next ready rows; one that follows another row waits until that one is applied."""
    ready = Row.objects.filter(Q(leader__isnull=True) | Q(leader__applied_to__isnull=False), batch=batch, status__in=READY)
    ordered = ready.select_related("leader").order_by(F("leader").asc(nulls_first=True), "-kind", "sheet", "number")
    rows = list(ordered.select_for_update(of=("self",))[:limit])
    for row in rows:
        row.batch = batch
        if row.leader is not None and row.match_id is None:
            row.match_id = row.leader.applied_to
    return rows


def finish_list(batch: Batch, at: datetime) -> None:
    """Note that nothing is left to apply; rows that changed nothing are tied to the record they are about."""
    Row.objects.filter(batch=batch, status=RowStatus.UNCHANGED.value, applied_to__isnull=True).update(applied_to=F("match_id"))
    batch.status, batch.applied_at = BatchStatus.APPLIED.value, batch.applied_at or at
    batch.notes = {name: note for name, note in batch.notes.items() if name != "queued"}
    batch.save(update_fields=["status", "applied_at", "notes"])


def _apply_people(rows: list[Row], batch: Batch, by: Actor, at: datetime) -> list[Settled]:
    """Apply the rows; return those that became somebody new."""
    settled = settle_people(rows, batch, whole_list=False)
    ready = [each for each in settled if each.row.status in (*READY, RowStatus.UNCHANGED.value)]
    new = _one_of_each([each for each in ready if each.person is None])
    people = register_people(drafts=[_draft(each, batch) for each in new], by=by, at=at) if new else []
    for each, person in zip(new, people, strict=True):
        each.person = person
    old = [each for each in ready if each.row.match_id is not None and each.person is not None]
    changes = [_change(each, each.person, batch) for each in old if each.person is not None and each.changes]
    if changes:
        change_people(changes=changes, by=by, at=at)
    _refer([*new, *old], batch, by, at)
    for each in (*new, *old):
        if each.person is not None:
            each.row.applied_to = each.row.match_id = each.person.pk
            each.row.status = RowStatus.APPLIED.value
    return new


def _one_of_each(new: list[Settled]) -> list[Settled]:
    """Leave a second row with the same client number for the next part, when the first is somebody known."""
    numbers: set[str] = set()
    kept = []
    for each in new:
        number = each.value.client_number
        if number is None or number not in numbers:
            kept.append(each)
        if number:
            numbers.add(number)
    return kept


def _proof(row: Row, batch: Batch) -> str:
    return f"{batch.filename} ({batch.as_of.isoformat()}), {row.sheet} {row.number}"[:200]


def _draft(settled: Settled, batch: Batch) -> Draft:
    note = {"batch": str(batch.pk), "row": settled.row.number}
    return Draft(person_values(settled.value), FactSource.IMPORT, _proof(settled.row, batch), note)


def _change(settled: Settled, person: Person, batch: Batch) -> Change:
    note = {"batch": str(batch.pk), "row": settled.row.number}
    return Change(person, settled.changes, FactSource.IMPORT, _proof(settled.row, batch), note=note)


def _refer(applied: list[Settled], batch: Batch, by: Actor, at: datetime) -> None:
    """Open a referral for who has none; somebody whose referral was closed is referred again only by a later date."""
    counsellors = Counsellors(batch.programme)
    ids = [each.person.pk for each in applied if each.person]
    latest: dict[UUID, Any] = dict(
        Referral.objects.filter(programme=batch.programme, person_id__in=ids)
        .order_by("referred_on")
        .values_list("person_id", "referred_on")
    )
    openings: dict[UUID, Opening] = {}
    for each in applied:
        referred_on = each.value.referred_on or batch.as_of
        if each.person is None or (each.person.pk in latest and latest[each.person.pk] >= referred_on):
            continue
        counsellor = counsellors.find(each.value.counsellor)
        organisation = counsellor.organisation_id if counsellor else counsellors.only_organisation
        openings.setdefault(each.person.pk, Opening(each.person.pk, referred_on, organisation, counsellor.user.pk if counsellor else None))
    if openings:
        open_referrals(programme=batch.programme, openings=list(openings.values()), by=by, at=at)


def _keep_apart(new: list[Settled], by: Actor, at: datetime) -> None:
    for each in new:
        for other_id in _others(each):
            other = Person.objects.filter(pk=other_id, merged_into__isnull=True).first()
            within = visible_referrals(by)
            if each.person is not None and other is not None and other.pk != each.person.pk and is_within(by, other.pk, within):
                keep_apart(one=each.person, other=other, within=within, by=by, at=at)


def _others(settled: Settled) -> list[UUID]:
    apart = settled.decisions.get("apart_from", ())
    rows = [UUID(each["id"]) for each in apart if each["kind"] == "row"]
    led = Row.objects.filter(pk__in=rows, applied_to__isnull=False).values_list("applied_to", flat=True) if rows else ()
    return [UUID(each["id"]) for each in apart if each["kind"] == "person"] + [person for person in led if person]


def _write(rows: list[Row]) -> None:
    fields = ["status", "errors", "identity_index", "match_id", "applied_to", "leader", "problems", "candidates"]
    Row.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=fields)
