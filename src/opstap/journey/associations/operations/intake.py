"""A workbook comes in: read and shown row by row, then applied or set aside. The same workbook twice changes nothing twice."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections import Counter
from datetime import date, datetime
from pathlib import PurePath

from opstap.bridges.spreadsheets.roster import RosterReading
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.fields import Retention, kept_since
from opstap.journey.associations.assembly.intake import Known, Planned, plan_part, read_workbook
from opstap.journey.associations.enums import IntakeState, Part, Verdict
from opstap.journey.associations.models import Association, Intake, IntakeRow
from opstap.journey.associations.operations.applying import APPLY
from opstap.journey.associations.operations.founding import must_plan


@operation
def upload_workbook(*, association: Association, data: bytes, filename: str, as_of: date, by: Actor, at: datetime) -> Intake:
    """Return the workbook as a preview: every row with its own truth, nothing changed.

    Raises `Refused` for who may not, and for a file that cannot be read or lists no workers or no demand.
    """
    must_plan(by, association)
    name = PurePath(filename).name[:200]
    reading = read_workbook(data, name, as_of)
    intake = Intake.objects.create(
        association=association,
        filename=name,
        digest=hashlib.sha256(data).hexdigest(),
        as_of=as_of,
        state=IntakeState.UPLOADED.value,
        content=b64encode(data).decode(),
        uploaded_by=by.label[:200],
        uploaded_at=at,
    )
    rows = [each for part in Part for each in plan_part(part, _known(intake, reading, by))]
    _keep(intake, rows)
    record(by=by, at=at, action="upload_workbook", subject_kind="intake", subject_id=intake.pk, facts=_counts(rows))
    return intake


@operation
def apply_workbook(*, intake: Intake, by: Actor, at: datetime) -> Intake:
    """Bring in every row that can be used, sheet by sheet; rows in error stay out and say why. What is not in the workbook stays.

    Raises `Refused` for who may not, and for a workbook that was applied or set aside before.
    """
    row = _locked(intake)
    must_plan(by, row.association)
    if row.state != IntakeState.UPLOADED or row.content is None:
        raise Refused(Reason("associations.workbook_done"))
    reading = read_workbook(b64decode(row.content), row.filename, row.as_of)
    done: list[Planned] = []
    for part in Part:
        known = _known(row, reading, by)
        done += [APPLY[part](each, known, by, at) for each in plan_part(part, known)]
    row.rows.all().delete()
    _keep(row, done)
    row.state, row.applied_at, row.content = IntakeState.APPLIED.value, at, None
    row.save(update_fields=["state", "applied_at", "content"])
    record(by=by, at=at, action="apply_workbook", subject_kind="intake", subject_id=row.pk, facts=_counts(done))
    return row


@operation
def set_workbook_aside(*, intake: Intake, by: Actor, at: datetime) -> Intake:
    """Keep nothing of a workbook that was not applied. Raises `Refused` for who may not, and for one that was applied."""
    row = _locked(intake)
    must_plan(by, row.association)
    if row.state != IntakeState.UPLOADED:
        raise Refused(Reason("associations.workbook_done"))
    row.rows.all().delete()
    row.state, row.content = IntakeState.SET_ASIDE.value, None
    row.save(update_fields=["state", "content"])
    record(by=by, at=at, action="set_workbook_aside", subject_kind="intake", subject_id=row.pk)
    return row


@operation
def forget_workbooks(*, by: Actor, at: datetime) -> int:
    """Remove workbooks older than lists are kept; return how many. What came of them stays with the contracts."""
    old = Intake.objects.filter(uploaded_at__lt=kept_since(Retention.LIST, at))
    removed = old.count()
    old.delete()
    record(by=by, at=at, action="forget_workbooks", subject_kind="intake", subject_id="", facts={"removed": removed})
    return removed


def _locked(intake: Intake) -> Intake:
    rows = Intake.objects.select_for_update(of=("self",))
    return rows.select_related("association__organisation", "association__programme").get(pk=intake.pk)


def _known(intake: Intake, reading: RosterReading, by: Actor) -> Known:
    return Known(by, intake.association, reading, intake.as_of)


def _keep(intake: Intake, rows: list[Planned]) -> None:
    IntakeRow.objects.bulk_create(
        IntakeRow(
            intake=intake,
            part=each.part.value,
            sheet=each.sheet[:100],
            number=each.number,
            subject=each.subject,
            verdict=each.verdict.value,
            changes=[[change.name, change.old, change.new] for change in each.changes],
            problems=[note.as_json() for note in each.notes],
        )
        for each in rows
    )


def _counts(rows: list[Planned]) -> dict[str, int]:
    counted = Counter(each.verdict.value for each in rows)
    return {verdict.value: counted[verdict.value] for verdict in Verdict}
