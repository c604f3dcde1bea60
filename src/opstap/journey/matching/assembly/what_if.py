"""What if: the round of today beside the same round with one place, or everybody's travel time, changed. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from opstap.engine.matching.places import Host, Mentor
from opstap.engine.matching.places import Place as Offer
from opstap.engine.matching.problem import Problem
from opstap.engine.matching.what_if import Add, Edit, compare, what_if
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import dutch_rank
from opstap.foundation.organisations.models import Mentor as MentorRow
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly.finding import Finding, find
from opstap.journey.matching.assembly.places import as_guide
from opstap.journey.matching.assembly.problem import build_problem
from opstap.journey.matching.queries import learners_elsewhere
from opstap.journey.mentoring.queries import without_guide


@dataclass(frozen=True, slots=True)
class Trial:
    """What to change; None and 0 leave a thing as it is. `half_days` is a mask, `travel_minutes` what everybody can do at least.

    `with_guidance`: the seats more come with guidance and room of their own, so that mentor and host are no narrower than before.
    """

    place_id: UUID | None = None
    half_days: int | None = None
    extra_seats: int = 0
    with_guidance: bool = False
    dutch_level: str | None = None
    mentor: MentorRow | None = None
    travel_minutes: int | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would change."""
        of_place = self.half_days is not None or self.extra_seats or self.dutch_level is not None or self.mentor is not None
        return not (self.place_id and of_place) and self.travel_minutes is None


@dataclass(frozen=True, slots=True)
class TrialMove:
    """Somebody whose proposal would differ; None for no place."""

    referral_id: UUID
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rounds: how many are placed, and what one more seat of each place would add."""

    placed: int
    seats: int
    prices: Mapping[UUID, Reason]


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """Both rounds side by side. `levels`: per criterion (before, after), summed over all proposals."""

    before: Side
    after: Side
    moves: tuple[TrialMove, ...]
    levels: Mapping[str, tuple[int, int]]


def try_out(programme: Programme, on: date, trial: Trial) -> TrialOutcome:
    """Return today's round beside the changed one; raises `Refused` when either cannot be solved, ValueError for an impossible change."""
    today = build_problem(programme, on)
    before, after = find(today), find(changed(today, trial, on))
    difference = compare(before.result, after.result)
    moves = tuple(TrialMove(UUID(move.person), _id(move.before), _id(move.after)) for move in difference.moves)
    return TrialOutcome(_side(before), _side(after), moves, difference.levels)


def changed(problem: Problem, trial: Trial, on: date) -> Problem:
    """Return the problem with the trial's changes; raises ValueError when the place is not in it."""
    if trial.travel_minutes is not None:
        least = trial.travel_minutes
        people = tuple(replace(each, max_travel_minutes=max(each.max_travel_minutes, least)) for each in problem.people)
        problem = replace(problem, people=people)
    if trial.place_id is None:
        return problem
    key = str(trial.place_id)
    if key not in problem.place_row:
        msg = f"place {key} takes no part in the round"
        raise ValueError(msg)
    place = problem.places[problem.place_row[key]]
    changes: list[Add | Edit] = [Edit(Offer, key, _facts(place, trial))]
    if trial.mentor is not None and str(trial.mentor.pk) not in problem.mentor_by:
        guide = trial.mentor.pk
        elsewhere = learners_elsewhere([guide], [], [], on)[guide]
        changes.append(Add(as_guide(trial.mentor, on, without_guide(on, [guide]), elsewhere)))
    tried = what_if(problem, *changes)
    return what_if(tried, *_room(tried, key, trial.extra_seats)) if trial.with_guidance and trial.extra_seats else tried


def _room(problem: Problem, key: str, extra: int) -> list[Edit]:
    """Return the changes that let mentor and host of a place take so many people more."""
    place = problem.places[problem.place_row[key]]
    host = problem.host_by[place.host]
    changes = [] if host.capacity is None else [Edit(Host, host.key, {"capacity": host.capacity + extra})]
    if place.mentor is not None:
        changes.append(Edit(Mentor, place.mentor, {"capacity": problem.mentor_by[place.mentor].capacity + extra}))
    return changes


def _facts(place: Offer, trial: Trial) -> dict[str, object]:
    facts: dict[str, object] = {"capacity": place.capacity + trial.extra_seats}
    if trial.half_days is not None:
        facts["half_days"] = trial.half_days
    if trial.dutch_level is not None:
        facts["dutch"] = dutch_rank(trial.dutch_level)
    if trial.mentor is not None:
        facts["mentor"] = str(trial.mentor.pk)
    return facts


def _side(finding: Finding) -> Side:
    places = finding.explanation.places
    seats = sum(place.free + len(place.proposed) for place in places.values())
    return Side(len(finding.result.assignments), seats, {UUID(key): place.price for key, place in places.items()})


def _id(key: str | None) -> UUID | None:
    return UUID(key) if key else None
