"""A round: asked for, started, computed in a killable child process, checked, stored, or failed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from procrastinate.contrib.django import app as jobs

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly import Finding, find, read_round, store_finding
from opstap.journey.matching.enums import DirectiveKind, ProposalState, RoundStatus
from opstap.journey.matching.models import Directive, MatchRound, Proposal
from opstap.journey.matching.permissions import may_run_round
from opstap.journey.matching.queries import UNDER_WAY, stale_rounds
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.models import Referral


@operation
def request_round(*, programme: Programme, on: date, in_background: bool = True, by: Actor, at: datetime) -> MatchRound:
    """Return a queued round; a worker computes it as soon as this transaction ends. Refused while another round is under way."""
    if not may_run_round(by, programme):
        raise Refused(Reason("matching.may_not_run_round"))
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    for left in stale_rounds(at).filter(programme=locked):
        fail_round(match_round=left, reason=Reason("matching.solver_stopped"), by=by, at=at)
    if MatchRound.objects.filter(programme=locked, status__in=UNDER_WAY).exists():
        raise Refused(Reason("matching.round_under_way"))
    match_round = MatchRound.objects.create(
        programme=locked,
        on=on,
        status=RoundStatus.QUEUED,
        order=locked.order,
        seed=locked.seed,
        requested_by_id=by.user_id,
        requested_by_label=by.label,
        requested_at=at,
    )
    if in_background:
        jobs.configure_task("matching.compute_round").defer(round_id=str(match_round.pk))
    record(by=by, at=at, action="request_round", subject_kind="round", subject_id=match_round.pk)
    return match_round


@operation
def start_round(*, match_round: MatchRound, by: Actor, at: datetime) -> MatchRound:
    """Mark a round as being computed; a round that a killed worker left behind is started afresh."""
    if not _is_under_way(match_round):
        raise Refused(Reason("matching.round_is_done"))
    match_round.status, match_round.progress, match_round.progress_note = RoundStatus.RUNNING, 5, "reading"
    match_round.save(update_fields=["status", "progress", "progress_note"])
    record(by=by, at=at, action="start_round", subject_kind="round", subject_id=match_round.pk)
    return match_round


@operation
def finish_round(*, match_round: MatchRound, finding: Finding, by: Actor, at: datetime) -> MatchRound:
    """Store what a round found: drafts of proposals, why for every person and place, prices; earlier drafts are replaced.

    Raises `Refused` when the round ended meanwhile: somebody else computed it, or it was given up.
    """
    if not _is_under_way(match_round):
        raise Refused(Reason("matching.round_is_done"))
    earlier = Proposal.objects.filter(referral__programme=match_round.programme, state=ProposalState.DRAFT)
    replaced = earlier.exclude(round=match_round).update(state=ProposalState.REPLACED)
    store_finding(match_round, finding, by=by, at=at)
    _note_causes(match_round, finding)
    _note_pins(match_round, finding, at)
    facts = {"placed": match_round.placed_count, "people": match_round.people_count, "replaced": replaced}
    facts["pins_left_out"] = len(finding.left_out.pins)
    record(by=by, at=at, action="finish_round", subject_kind="round", subject_id=match_round.pk, facts=facts)
    return match_round


def _note_causes(match_round: MatchRound, finding: Finding) -> None:
    """Say of everybody who could start but was not placed what they wait for: a fitting place, or seats that went to others."""
    waiting = Referral.objects.filter(programme=match_round.programme, stage=Stage.ELIGIBLE)
    waiting.filter(pk__in=[UUID(key) for key in finding.without_fitting_place]).update(waiting_cause=WaitingCause.NO_FITTING_PLACE)
    waiting.filter(pk__in=[UUID(key) for key in finding.place_went_to_others]).update(waiting_cause=WaitingCause.PLACE_TAKEN_BY_OTHERS)
    waiting.filter(pk__in=[UUID(key) for key in finding.placed]).update(waiting_cause=WaitingCause.PROPOSAL_TO_SEND)


def _note_pins(match_round: MatchRound, finding: Finding, at: datetime) -> None:
    """Mark the pins that the round could not keep, for somebody to decide about; those that it kept again are no task any more."""
    pins = Directive.objects.filter(kind=DirectiveKind.PIN.value, ended_at__isnull=True, referral__programme=match_round.programme)
    left_out = [pin.directive_id for pin in finding.left_out.pins]
    pins.exclude(pk__in=left_out).update(left_out_at=None)
    pins.filter(pk__in=left_out, left_out_at__isnull=True).update(left_out_at=at)


@operation
def fail_round(*, match_round: MatchRound, reason: Reason, by: Actor, at: datetime) -> MatchRound:
    """Keep why a round could not be computed; the previous proposals stay as they are, and a round that has ended stays so."""
    if _is_under_way(match_round):
        match_round.status, match_round.failure, match_round.finished_at = RoundStatus.FAILED, reason.as_json(), at
        match_round.save(update_fields=["status", "failure", "finished_at"])
    record(by=by, at=at, action="fail_round", subject_kind="round", subject_id=match_round.pk, facts={"code": reason.code})
    return match_round


def run_round(*, match_round: MatchRound, by: Actor, clock: Callable[[], datetime]) -> MatchRound:
    """Compute a queued round from start to end, in three transactions, so that its progress can be followed meanwhile."""
    start_round(match_round=match_round, by=by, at=clock())
    try:
        read = read_round(match_round.programme, match_round.on)
        _note_progress(match_round, 30, "solving")
        finding = find(read.problem, read.left_out)
        _note_progress(match_round, 80, "storing")
        return finish_round(match_round=match_round, finding=finding, by=by, at=clock())
    except Refused as refused:
        return fail_round(match_round=match_round, reason=refused.reason, by=by, at=clock())
    except Exception:
        fail_round(match_round=match_round, reason=Reason("matching.solver_stopped"), by=by, at=clock())
        raise


def _is_under_way(match_round: MatchRound) -> bool:
    """Lock the round and tell whether it still waits for its outcome; the given row learns how it stands."""
    held = MatchRound.objects.select_for_update(of=("self",)).get(pk=match_round.pk)
    match_round.status, match_round.failure, match_round.finished_at = held.status, held.failure, held.finished_at
    return held.status in UNDER_WAY


def _note_progress(match_round: MatchRound, percent: int, note: str) -> None:
    """Show how far the round is; progress is not part of the record, so it needs no audit row."""
    MatchRound.objects.filter(pk=match_round.pk).update(progress=percent, progress_note=note)
