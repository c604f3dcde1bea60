"""What a host organisation sees: its own places as they stand, and who is proposed for them, by name only while it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from opstap.foundation.actor import Actor, Role
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import programme_for
from opstap.journey.matching.enums import Answer, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.queries import SEAT_TAKING, host_proposals, proposals_sent_to, takes_seat
from opstap.journey.placements.enums import PlacementState
from opstap.journey.places.models import Place
from opstap.steering.overviews.queries.board import BoardPlace, shown_places, with_board
from opstap.steering.overviews.queries.seats import places_with_seats


@dataclass(frozen=True, slots=True)
class FloorProposal:
    """Somebody proposed for a place. `name` and `phone` are "" as soon as the proposal has ended; the phone shows after both said yes.

    The days are those of the work, once there is work: as it began, else as it is agreed on. `wants_to_learn`: what the place teaches and
    the person asked to learn. Nothing here speaks of health or benefit.
    """

    proposal: Proposal
    place_id: UUID
    place_title: str
    name: str
    phone: str
    half_days: int
    is_at_work: bool
    starts_on: date
    until_on: date
    answer_by: datetime | None
    state: ProposalState
    person_answer: Answer
    host_answer: Answer
    needs_mentor: bool
    wants_to_learn: tuple[str, ...]

    @property
    def last_on(self) -> date:
        """The last day of the work."""
        return self.until_on - timedelta(days=1)

    @property
    def may_answer(self) -> bool:
        """Tell whether the host can still say yes or no."""
        return self.state is ProposalState.SENT and self.host_answer in {Answer.NONE, Answer.CALL_ME}

    @property
    def is_running(self) -> bool:
        """Tell whether the proposal still stands or led to a placement."""
        return self.state.value in SEAT_TAKING


@dataclass(frozen=True, slots=True)
class FloorPlace:
    """One of the host's places (`place`, for its operations), as it stands (`row`), with who is proposed or coming."""

    place: Place
    row: BoardPlace
    proposals: tuple[FloorProposal, ...]


@dataclass(frozen=True, slots=True)
class WorkFloor:
    """All places of the host, what waits for its answer, and who is coming."""

    places: tuple[FloorPlace, ...]
    waiting: tuple[FloorProposal, ...]
    coming: tuple[FloorProposal, ...]

    @property
    def free(self) -> int:
        """Free seats over all places."""
        return sum(place.row.free for place in self.places)


def work_floor(actor: Actor, on: date) -> WorkFloor | None:
    """Return the host's own places with their proposals, or None for somebody who is nobody's host."""
    if not actor.has(Role.HOST):
        return None
    places = _own_places(actor, on)
    people = [proposal for place in places for proposal in place.proposals]
    return WorkFloor(
        places=places,
        waiting=tuple(sorted((one for one in people if one.may_answer), key=lambda one: (one.answer_by is None, one.answer_by))),
        coming=tuple(one for one in people if one.state is ProposalState.ACCEPTED),
    )


def floor_place(actor: Actor, place_id: UUID, on: date) -> FloorPlace | None:
    """Return one of the host's own places, or None."""
    return next(iter(_own_places(actor, on, place_id)), None)


def floor_proposal(actor: Actor, proposal_id: UUID) -> FloorProposal | None:
    """Return one proposal for a place of the host, also when it has ended (then without a name), or None."""
    row = _with_work(host_proposals(actor)).filter(pk=proposal_id).first()
    return _proposal(row) if row else None


def _own_places(actor: Actor, on: date, place_id: UUID | None = None) -> tuple[FloorPlace, ...]:
    """Return the host's living places (or the one asked for) with the people proposed or coming, in three queries."""
    linked, organisations = actor.subject_ids(Role.HOST), actor.organisation_ids(Role.HOST)
    programme = _programme_of(linked) if linked else programme_for(actor)
    if programme is None:
        return ()
    reach: dict[str, Any] = {"linked": linked} if linked else {"organisations": organisations}
    chosen: dict[str, Any] = {} if place_id is None else {"place_id": place_id}
    places = _PLACES(programme=programme, on=on, **reach, **chosen)
    rows = shown_places(places, on)
    running = _RUNNING(places=frozenset(place.pk for place in places), linked=linked, organisations=organisations, on=on) if places else []
    people = [_proposal(row) for row in running]
    grouped = [tuple(one for one in people if one.place_id == place.pk) for place in places]
    return tuple(FloorPlace(place, row, own) for place, row, own in zip(places, rows, grouped, strict=True))


def _programme_of(linked: frozenset[UUID]) -> Programme | None:
    return Programme.objects.filter(pk__in=Place.objects.filter(pk__in=linked).values("programme")).first()


def _places(
    programme: Programme,
    on: date,
    *,
    linked: frozenset[UUID] | None = None,
    organisations: frozenset[UUID] | None = None,
    place_id: UUID | None = None,
) -> QuerySet[Place]:
    """Return which of the programme's places are the actor's: the one that a link opens, or the own organisations'."""
    reach = Q(organisation_id__in=organisations or ()) if linked is None else Q(pk__in=linked)
    mine = places_with_seats(programme, on).filter(reach)
    return with_board(mine if place_id is None else mine.filter(pk=place_id), on).order_by("title", "id")


def _running(places: frozenset[UUID], linked: frozenset[UUID], organisations: frozenset[UUID], on: date) -> QuerySet[Proposal]:
    """Return who is proposed or coming at these places."""
    sent = proposals_sent_to(organisations, linked)
    return _with_work(sent).filter(takes_seat(on) | Q(state=ProposalState.SENT), place__in=places)


def _with_work(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Add the state and the period of the work to which a proposal led, None before."""
    return proposals.annotate(work_state=F("placement__state"), work_period=F("placement__period"))


_PLACES, _RUNNING = Prepared(_places), Prepared(_running)


def _proposal(row: Proposal) -> FloorProposal:
    state = ProposalState(row.state)
    is_running = state.value in SEAT_TAKING
    work = vars(row)["work_period"]
    goals = {goal.casefold() for goal in row.person.learning_goals}
    return FloorProposal(
        proposal=row,
        place_id=row.place_id,
        place_title=row.place.title,
        name=str(row.person) if is_running else "",
        phone=row.person.phone if state is ProposalState.ACCEPTED else "",
        half_days=row.place.half_days,
        is_at_work=vars(row)["work_state"] == PlacementState.RUNNING,
        starts_on=work.lower if work else row.starts_on,
        until_on=work.upper if work else row.until_on,
        answer_by=row.expires_at,
        state=state,
        person_answer=Answer(row.person_answer),
        host_answer=Answer(row.host_answer),
        needs_mentor=state is ProposalState.SENT and row.place.mentor_id is None,
        wants_to_learn=tuple(skill for skill in row.place.teaches if skill.casefold() in goals) if is_running else (),
    )
