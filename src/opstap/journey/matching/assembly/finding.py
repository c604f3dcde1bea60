"""What a round finds: solved in a killable child process, checked without solver, explained, and stored as rows."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.engine.matching.child import SolverFailed, solve_in_child
from opstap.engine.matching.explain import explain
from opstap.engine.matching.explain.data import Explanation, PlaceExplanation
from opstap.engine.matching.explain.why import gain_in_words
from opstap.engine.matching.limits import Limits
from opstap.engine.matching.problem import Problem
from opstap.engine.matching.result import Assignment, Result
from opstap.engine.shared import Reason, Refused, SolverStatus
from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.prepared import Prepared
from opstap.foundation.rows import add_rows
from opstap.journey.matching.assembly.obstacles import main_obstacle
from opstap.journey.matching.assembly.pair import last_day
from opstap.journey.matching.assembly.problem import IN_ROUND, NOTHING, LeftOut, PlaceLeftOut
from opstap.journey.matching.enums import ProposalState, RoundStatus
from opstap.journey.matching.models import MatchRound, Proposal, RoundPerson, RoundPlace
from opstap.journey.matching.queries import takes_seat
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

log = logging.getLogger("opstap.matching")
LIMITS = Limits(seconds=60.0)


@dataclass(frozen=True)
class Finding:
    """A problem with its checked result and explanation."""

    problem: Problem
    result: Result
    explanation: Explanation
    left_out: LeftOut = NOTHING

    @property
    def placed(self) -> tuple[str, ...]:
        """Keys of the people with a proposal."""
        return tuple(assignment.person for assignment in self.result.assignments)

    @property
    def without_fitting_place(self) -> tuple[str, ...]:
        """Keys of the people for whom no place is possible."""
        return tuple(key for key, person in self.explanation.people.items() if person.place is None and person.possible == 0)

    @property
    def place_went_to_others(self) -> tuple[str, ...]:
        """Keys of the people who could work somewhere, but whose possible places went to others."""
        return tuple(key for key, person in self.explanation.people.items() if person.place is None and person.possible > 0)


def find(problem: Problem, left_out: LeftOut = NOTHING) -> Finding:
    """Return the proven best proposals with their explanation; raises `Refused` when pins clash or the solver was stopped."""
    try:
        result = solve_in_child(problem, LIMITS)
    except SolverFailed as failed:
        log.warning("round failed: %s", failed)
        raise Refused(failed.reason) from failed
    if result.status is SolverStatus.INFEASIBLE:
        raise Refused(result.reasons[0])
    if result.status is SolverStatus.TIMED_OUT:
        raise Refused(result.reasons[0] if result.reasons else Reason("matching.solver_stopped"))
    return Finding(problem, result, explain(problem, result), left_out)


def plain(value: Any) -> Any:  # noqa: ANN401 - walks any explanation
    """Return an explanation as JSON data; reasons as `Reason.as_json` writes them."""
    if isinstance(value, Reason):
        return value.as_json()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    return value


def store_finding(match_round: MatchRound, finding: Finding, *, by: Actor, at: datetime) -> None:
    """Write a finding as rows of the round: drafts, per person, per place, and the round's own figures."""
    result, explanation = finding.result, finding.explanation
    places = {str(place.pk): place for place in _PLACES(keys=Keys(UUID(place.key) for place in finding.problem.places))}
    referrals = {str(row.pk): row for row in _HELD(keys=Keys(UUID(person.key) for person in finding.problem.people))}
    overtaken = overtaken_by_others(referrals.values(), match_round.on)
    drafts = [_draft(row, finding, referrals[row.person], places[row.place]) for row in result.assignments if row.person not in overtaken]
    for draft in drafts:
        draft.round, draft.created_by, draft.created_at = match_round, by.label, at
    add_rows(drafts)
    add_rows(_person_rows(match_round, finding, overtaken))
    rows = [*_place_rows(match_round, explanation, overtaken), *(_unmatched(match_round, place) for place in finding.left_out.places)]
    add_rows(rows)
    match_round.status, match_round.progress, match_round.progress_note = RoundStatus.DONE, 100, ""
    match_round.input_digest, match_round.versions = result.digest, dict(result.versions)
    match_round.solver_status, match_round.seconds = result.status.value, result.seconds
    match_round.value, match_round.bound = str(result.value), str(result.bound)
    match_round.people_count, match_round.placed_count = len(finding.problem.people), len(drafts)
    match_round.seat_count = sum(place.free + len(place.proposed) for place in explanation.places.values())
    match_round.summary = {
        "prospects": plain(explanation.prospects),
        "weights": {key: str(value) for key, value in result.weights.items()},
        "pins_left_out": [str(pin.referral_id) for pin in finding.left_out.pins],
    }
    match_round.finished_at = at
    match_round.save()


def _draft(row: Assignment, finding: Finding, referral: Referral, place: Place) -> Proposal:
    explanation = finding.explanation.people[row.person]
    starts_on = finding.problem.start_at(finding.problem.places[finding.problem.place_row[row.place]])
    draft = Proposal(
        referral=referral,
        person_id=referral.person_id,
        place=place,
        instrument=row.instrument,
        state=ProposalState.DRAFT,
        starts_on=starts_on,
        until_on=last_day(place, starts_on),
        price=str(finding.result.prices.get(row.place, 0)),
    )
    draft.reasons = plain(explanation.reasons)
    draft.alternatives = plain(explanation.alternatives)
    return draft


def _held(keys: Keys) -> QuerySet[Referral]:
    """Return the referrals as they are now, locked, so that nobody moves them while their drafts are written."""
    return Referral.objects.select_for_update(of=("self",)).filter(pk__among=keys).order_by("pk")


_HELD = Prepared(_held)
_PLACES: Prepared[Place] = Prepared(lambda keys: Place.objects.filter(pk__among=keys))


def overtaken_by_others(referrals: Collection[Referral], on: date) -> frozenset[str]:
    """Return the keys of those who moved on while the round was computed: they left its stages, or got a proposal or placement."""
    moved = {row.pk for row in referrals if row.stage not in IN_ROUND}
    still = [row.pk for row in referrals if row.pk not in moved]
    busy = Proposal.objects.filter(Q(state=ProposalState.SENT) | takes_seat(on), referral_id__in=still)
    return frozenset(str(key) for key in moved | set(busy.values_list("referral_id", flat=True)))


def _person_rows(match_round: MatchRound, finding: Finding, overtaken: frozenset[str]) -> list[RoundPerson]:
    pins = {str(pin.referral_id): {"place": str(pin.place_id), "reasons": plain(pin.reasons)} for pin in finding.left_out.pins}
    rows = []
    for key, person in finding.explanation.people.items():
        row = RoundPerson(round=match_round, referral_id=UUID(key), is_placed=person.place is not None, main_obstacle=main_obstacle(person))
        if key in overtaken:
            row.is_placed, row.main_obstacle = False, "matching.overtaken"
        row.explanation = plain(person) | ({"pin_left_out": pins[key]} if key in pins else {})
        rows.append(row)
    return rows


def _place_rows(match_round: MatchRound, explanation: Explanation, overtaken: frozenset[str]) -> list[RoundPlace]:
    return [
        RoundPlace(
            round=match_round,
            place_id=UUID(key),
            free_seats=place.free + len(place.proposed),
            filled_seats=len(set(place.proposed) - overtaken),
            price=str(place.seat_value),
            explanation=plain(place),
        )
        for key, place in explanation.places.items()
    ]


def _unmatched(match_round: MatchRound, left_out: PlaceLeftOut) -> RoundPlace:
    """Return the row of a place that was not matched: its free seats stay empty, and the reason says why."""
    place = PlaceExplanation(
        place=str(left_out.place_id),
        free=left_out.free,
        proposed=(),
        blocked=left_out.reason,
        possible=0,
        kept_out=(),
        changes=(),
        seat_value=0,
        seat_parts={},
        price=gain_in_words({}),
    )
    row = RoundPlace(round=match_round, place_id=left_out.place_id, free_seats=left_out.free, filled_seats=0, price="0")
    row.explanation = plain(place)
    return row
