"""What somebody decides on one row: a correction, which value counts, the same person or not, leaving it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.imports.assembly.places import settle_places
from opstap.journey.imports.assembly.reading import NOT_KEPT, read_again
from opstap.journey.imports.assembly.settling import settle_people
from opstap.journey.imports.enums import BatchStatus, RowKind, RowStatus
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.permissions import may_import
from opstap.journey.imports.queries.place_differences import PLACE_FIELDS, column_of
from opstap.journey.imports.queries.values import field_headers
from opstap.journey.people.enums import CONTACT, FACTS, IDENTITY

_FIELDS = frozenset((*IDENTITY, *CONTACT, *FACTS))
_LONGEST = 2000


@operation
def correct_row(*, row: Row, cells: Mapping[str, str], by: Actor, at: datetime) -> Row:
    """Put other texts in cells (by header; "" leaves a cell empty) and read and settle the row again; what stood there is kept."""
    held = _locked(row, by)
    unknown = set(cells) - set(held.raw)
    if unknown or any(len(text) > _LONGEST for text in cells.values()):
        raise Refused(Reason("imports.cell_not_in_row", {"columns": tuple(sorted(unknown))}))
    decisions = _decisions(held)
    decisions["cells"] = {**decisions.get("cells", {}), **{header: text.strip() for header, text in cells.items()}}
    if held.kind == RowKind.PLACE:
        decisions["take"] = sorted({*decisions.get("take", ()), *_typed(held, cells)})
    held.corrected = decisions
    read_again(held, decisions["cells"], held.batch.as_of)
    number = [header for header, text in held.raw.items() if text == NOT_KEPT]
    held.corrected = {**decisions, "cells": {name: text for name, text in decisions["cells"].items() if name not in number}}
    return _settled(held, "correct_row", {"columns": len(cells)}, by, at)


@operation
def choose_values(*, row: Row, take: Sequence[str], keep: Sequence[str], by: Actor, at: datetime) -> Row:
    """Where the list contradicts something known: take the list's value for some fields, keep what is known for others."""
    held = _locked(row, by)
    fields = _FIELDS if held.kind == RowKind.PERSON else frozenset(PLACE_FIELDS)
    if not {*take, *keep} <= fields:
        raise Refused(Reason("imports.cell_not_in_row", {"columns": tuple(sorted({*take, *keep} - fields))}))
    decisions = _decisions(held)
    taken = (set(decisions.get("take", ())) | set(take)) - set(keep)
    kept = (set(decisions.get("keep", ())) | set(keep)) - set(take)
    held.corrected = {**decisions, "take": sorted(taken), "keep": sorted(kept)}
    return _settled(held, "choose_values", {"take": sorted(take), "keep": sorted(keep)}, by, at)


@operation
def join_row(*, row: Row, candidate_id: UUID, by: Actor, at: datetime) -> Row:
    """The row is about the same person as this candidate (a known person, or an earlier row of the list)."""
    held = _locked(row, by)
    chosen = next((each for each in held.candidates or [] if each["id"] == str(candidate_id)), None)
    if chosen is None:
        raise Refused(Reason("imports.no_such_candidate"))
    if chosen["kind"] == "person":
        held.match_id = candidate_id
    else:
        leader = Row.objects.get(pk=candidate_id, batch_id=held.batch_id)
        held.leader, held.match_id = leader.leader or leader, leader.applied_to
    held.candidates = None
    return _settled(held, "join_row", {"candidate": str(candidate_id)}, by, at, is_decision=True)


@operation
def separate_row(*, row: Row, by: Actor, at: datetime) -> Row:
    """The row is about somebody else than every candidate; applying it notes that they are kept apart."""
    held = _locked(row, by)
    if not held.candidates:
        raise Refused(Reason("imports.no_such_candidate"))
    held.corrected = {**_decisions(held), "apart": True, "apart_from": held.candidates}
    held.candidates = None
    return _settled(held, "separate_row", {}, by, at, is_decision=True)


@operation
def skip_row(*, row: Row, by: Actor, at: datetime) -> Row:
    """Leave the row out of what is applied; it stays to be seen, and rows that followed it stand on their own."""
    held = _locked(row, by)
    if held.applied_to:
        raise Refused(Reason("imports.row_already_applied"))
    held.status, held.decided_by, held.decided_at = RowStatus.SKIPPED.value, by.label, at
    held.save()
    followers = list(Row.objects.select_for_update(of=("self",)).filter(leader=held))
    for follower in followers:
        follower.leader = None
        _settled(follower, "stand_alone", {}, by, at)
    record(by=by, at=at, action="skip_row", subject_kind="row", subject_id=held.pk, facts={"batch": str(held.batch_id)})
    return held


def _typed(row: Row, cells: Mapping[str, str]) -> list[str]:
    """Return the fields of a place whose cells somebody typed: that is a choice, whatever stands here."""
    headers = field_headers(row.kind, row.raw)
    return [name for name in PLACE_FIELDS if headers.get(column_of(name)) in cells]


def _locked(row: Row, by: Actor) -> Row:
    held = Row.objects.select_for_update(of=("self",)).select_related("batch__programme").get(pk=row.pk)
    if not may_import(by, held.batch.programme_id):
        raise Refused(Reason("imports.may_not_import"))
    if held.batch.status == BatchStatus.DISCARDED:
        raise Refused(Reason("imports.list_discarded"))
    return held


def _decisions(row: Row) -> dict[str, Any]:
    return dict(row.corrected or {})


def _settled(row: Row, action: str, facts: Mapping[str, Any], by: Actor, at: datetime, *, is_decision: bool = False) -> Row:
    """Settle and save the row; one that was applied before is matched to what it was applied to."""
    batch: Batch = row.batch
    if row.applied_to:
        row.match_id = row.applied_to
    settle = settle_people if row.kind == RowKind.PERSON else settle_places
    settle([row], batch, whole_list=False)
    row.decided_by, row.decided_at = by.label, at
    row.save()
    person = row.match_id if row.kind == RowKind.PERSON else None
    details = {"batch": str(batch.pk), "row": row.number, "decision": is_decision, **facts}
    record(by=by, at=at, action=action, subject_kind="row", subject_id=row.pk, person_id=person, facts=details)
    return row
