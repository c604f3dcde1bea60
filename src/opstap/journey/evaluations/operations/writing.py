"""Writing an evaluation in three minutes, and correcting one: what was written stays, a correction is a version of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import Prepared, RowByKey
from opstap.foundation.rows import add_rows
from opstap.journey.attendance.queries.reach import floor_placements
from opstap.journey.evaluations.enums import TRANSITIONS, WRITTEN, EvaluationState, EvidenceSource, Strength
from opstap.journey.evaluations.models import Evaluation, EvidenceLine, Observation
from opstap.journey.evaluations.operations.telling import tell_person
from opstap.journey.evaluations.permissions import may_write
from opstap.journey.plans.enums import Level, LevelSource
from opstap.journey.plans.models import Competence
from opstap.journey.plans.operations import set_level

_RELATED = ("placement__person", "placement__referral", "placement__seat__place__mentor", "placement__seat__place__organisation")
_EVALUATION = RowByKey(Evaluation.objects.select_related(*_RELATED))
MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one competence (its code): one of four levels, with a few words if somebody wants to."""

    competence: str
    level: Level
    words: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the work floor says: what was seen, what went well in taps and words, and one next step."""

    seen: tuple[Seen, ...]
    strengths: tuple[Strength, ...]
    went_well: str
    next_step: str


@operation
def write_evaluation(
    *,
    evaluation: Evaluation,
    seen: Sequence[Seen],
    strengths: Sequence[Strength] = (),
    went_well: str = "",
    next_step: str,
    by: Actor,
    at: datetime,
) -> Evaluation:
    """Keep what the work floor says, put it on the person's competency list, and tell the person.

    Raises `Refused` for who may not, when it was written or closed meanwhile, when nothing was seen, and without a next step.
    """
    lock_in_order(f"placement:{evaluation.placement_id}")
    row = _EVALUATION(evaluation.pk)
    _must_write(by, row, at)
    if EvaluationState.WRITTEN not in TRANSITIONS[EvaluationState(row.state)]:
        raise Refused(_why_not(row))
    said = _checked(Written(tuple(seen), tuple(strengths), went_well, next_step))
    _fill(row, said, by, at)
    row.save()
    _keep(row, said, "write_evaluation", by, at)
    cancel_messages(subject_kind="evaluation", subject_id=row.pk, reason="written", by=by, at=at)
    tell_person(row, by, at)
    return row


@operation
def correct_evaluation(
    *,
    evaluation: Evaluation,
    seen: Sequence[Seen],
    strengths: Sequence[Strength] = (),
    went_well: str = "",
    next_step: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Evaluation:
    """Write a later version of an evaluation that was written; the earlier one stays with what the person said of it.

    Raises `Refused` for who may not, for one that was not written or was corrected already, and without a reason.
    """
    lock_in_order(f"placement:{evaluation.placement_id}")
    earlier = _EVALUATION(evaluation.pk)
    _must_write(by, earlier, at)
    if earlier.state not in WRITTEN or Evaluation.objects.filter(corrects=earlier).exists():
        raise Refused(Reason("evaluations.not_to_correct"))
    if not reason.strip():
        raise Refused(Reason("evaluations.correction_needs_reason"))
    said = _checked(Written(tuple(seen), tuple(strengths), went_well, next_step))
    row = Evaluation(
        placement=earlier.placement,
        occasion=earlier.occasion,
        number=earlier.number + 1,
        corrects=earlier,
        correction_reason=reason.strip()[:300],
        asked_at=earlier.asked_at,
        asked_by=earlier.asked_by,
        due_on=earlier.due_on,
    )
    _fill(row, said, by, at)
    row.save(force_insert=True)
    _keep(row, said, "correct_evaluation", by, at)
    cancel_messages(subject_kind="evaluation", subject_id=earlier.pk, reason="corrected", by=by, at=at)
    tell_person(row, by, at)
    return row


_ON_FLOOR: Prepared[UUID] = Prepared(
    lambda by, on, key: floor_placements(by, on).filter(pk=key).order_by().values_list("pk", flat=True), at_times=("on",)
)


def _must_write(by: Actor, row: Evaluation, at: datetime) -> None:
    is_on_floor = _ON_FLOOR(by=by, on=localdate(at), key=row.placement_id)
    if not may_write(by, row.placement, is_on_floor=bool(is_on_floor)):
        raise Refused(Reason("evaluations.may_not_write"))


def _why_not(row: Evaluation) -> Reason:
    if row.written_at is None:
        return Reason("evaluations.waits_no_more")
    return Reason("evaluations.already_written", {"by": row.written_by, "on": localdate(row.written_at).isoformat()})


def _checked(said: Written) -> Written:
    """Return what was said without spaces around it; raise `Refused` for what is missing or cannot be."""
    codes = [each.competence for each in said.seen]
    if not codes:
        raise Refused(Reason("evaluations.nothing_seen"))
    if len(set(codes)) < len(codes) or Competence.objects.filter(pk__in=codes).count() < len(codes):
        raise Refused(Reason("evaluations.unknown_competence"))
    if not said.next_step.strip():
        raise Refused(Reason("evaluations.no_next_step"))
    return Written(said.seen, said.strengths, said.went_well.strip()[:MOST_WORDS], said.next_step.strip()[:MOST_WORDS])


def _fill(row: Evaluation, said: Written, by: Actor, at: datetime) -> None:
    row.state, row.written_user, row.written_by, row.written_at = EvaluationState.WRITTEN.value, by.user_id, by.label[:200], at
    row.strengths = [each.value for each in dict.fromkeys(said.strengths)]
    row.went_well, row.next_step = said.went_well or None, said.next_step


def _keep(row: Evaluation, said: Written, action: str, by: Actor, at: datetime) -> None:
    """Write what was seen, for each a line of evidence and the level that the plan shows, and the audit row."""
    add_rows(
        Observation(evaluation=row, competence_id=each.competence, level=each.level.value, words=each.words.strip()[:300])
        for each in said.seen
    )
    referral_id: UUID = row.placement.referral_id
    add_rows(
        EvidenceLine(
            referral_id=referral_id,
            competence_id=each.competence,
            source_kind=EvidenceSource.EVALUATION.value,
            source_id=row.pk,
            level=each.level.value,
            on=localdate(at),
            text=each.words.strip()[:300],
        )
        for each in said.seen
    )
    competences = Competence.objects.in_bulk([each.competence for each in said.seen])
    for each in said.seen:
        set_level(
            referral=row.placement.referral,
            competence=competences[each.competence],
            level=each.level,
            source=LevelSource.EVALUATION,
            source_id=row.pk,
            by=by.acting_for(Role.MENTOR, referral_id),
            at=at,
        )
    facts = {"occasion": row.occasion, "number": row.number, "seen": len(said.seen)}
    person_id = row.placement.person_id
    record(by=by, at=at, action=action, subject_kind="evaluation", subject_id=row.pk, person_id=person_id, facts=facts)
