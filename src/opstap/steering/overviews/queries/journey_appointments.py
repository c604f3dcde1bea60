"""Talks, visits and trial days of one person: what is open, what is to be noted, and what was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.appointments.enums import InvitationKind, InvitationState, TrialState
from opstap.journey.appointments.models import Invitation, TrialDay
from opstap.journey.appointments.queries import free_slots, no_free_slot, promised
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import rows_of
from opstap.steering.overviews.queries.appointments import places_to_visit

_OPEN = {InvitationState.OFFERED, InvitationState.BOOKED, InvitationState.EXPIRED}


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """One invitation and what can be done with it now; `starts_at` once a moment was chosen."""

    id: UUID
    kind: str
    state: InvitationState
    place: str
    with_whom: str
    starts_at: datetime | None
    where: str
    offered_at: datetime
    expires_at: datetime
    times_offered: int
    is_over: bool
    called_off_at: datetime | None
    reminded_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether somebody still has something to do."""
        return self.state in _OPEN

    @property
    def may_choose(self) -> bool:
        """Tell whether a moment can be chosen by telephone."""
        return self.state in _OPEN and not self.is_over

    @property
    def is_to_note(self) -> bool:
        """Tell whether the moment has begun and nobody noted what came of it."""
        return self.state == InvitationState.BOOKED and self.is_over


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One trial day, with what each side thinks of it ("" for not yet); `is_over`: it has begun."""

    id: UUID
    place: str
    starts_at: datetime
    minutes: int
    state: TrialState
    person_verdict: str
    person_words: str
    host_verdict: str
    host_words: str
    is_over: bool

    @property
    def is_planned(self) -> bool:
        """Tell whether it can still be judged or called off."""
        return self.state == TrialState.PLANNED


@dataclass(frozen=True, slots=True)
class JourneyAppointments:
    """Everything of one person, the latest first; `to_try`: placements (id, place) that are still to be agreed; `free`: own moments.

    `obstacle`: why nobody can invite this person to anything now, None when there is something to invite them to.
    """

    invitations: tuple[InvitationLine, ...]
    trials: tuple[TrialLine, ...]
    to_try: tuple[tuple[UUID, str], ...]
    free: int
    obstacle: Reason | None

    @property
    def missed(self) -> int:
        """How many talks and visits the person did not come to."""
        return sum(row.state == InvitationState.NO_SHOW for row in self.invitations)


def journey_appointments(actor: Actor, referral: Referral, at: datetime) -> JourneyAppointments:
    """Return the appointments of a followed person; six queries."""
    invitations = Invitation.objects.filter(rows_of(actor, referral)).select_related("slot", "place", "counsellor")
    work = list(Placement.objects.filter(rows_of(actor, referral)).select_related("seat__place").order_by("-created_at"))
    titles = {row.pk: row.seat.place.title for row in work}
    trials = TrialDay.objects.filter(placement_id__in=titles).order_by("-starts_at", "id")
    said, free = list(invitations.order_by("-offered_at", "id")), free_slots(at, counsellor_id=referral.counsellor_id).count()
    return JourneyAppointments(
        invitations=tuple(_line(row, at) for row in said),
        trials=tuple(_trial(row, titles[row.placement_id], at) for row in trials),
        to_try=tuple((row.pk, titles[row.pk]) for row in work if row.state == PlacementState.TO_BE_AGREED),
        free=free,
        obstacle=_obstacle(actor, referral, said, free),
    )


def _obstacle(actor: Actor, referral: Referral, invitations: Sequence[Invitation], free: int) -> Reason | None:
    """Return why the person cannot be invited to a talk, nor to a visit as there is no place to see; None when they can. Two queries."""
    if places_to_visit(actor, referral):
        return None
    if referral.counsellor_id is None:
        return Reason("appointments.no_counsellor")
    open_kinds = {row.kind for row in invitations if row.state in {InvitationState.OFFERED, InvitationState.BOOKED}}
    if {InvitationKind.FIRST_TALK, InvitationKind.CHECK_IN} <= open_kinds:
        return Reason("appointments.invited_already")
    return no_free_slot(free, promised(counsellor_id=referral.counsellor_id, place=None))


@dataclass(frozen=True, slots=True)
class InviteWay:
    """One thing to which somebody could be invited: a talk, or a visit to a place; `obstacle`: why not now."""

    kind: InvitationKind
    place: Place | None
    obstacle: Reason | None

    @property
    def is_lacking(self) -> bool:
        """Tell whether only a free moment is missing."""
        return self.obstacle is not None and self.obstacle.code == "appointments.no_free_slot"


def invite_ways(actor: Actor, referral: Referral, at: datetime) -> list[InviteWay]:
    """Return to what a followed person could be invited, a first talk first, and why not to the others; six queries."""
    places = places_to_visit(actor, referral)
    open_ones = Invitation.objects.filter(referral=referral, state__in=[InvitationState.OFFERED, InvitationState.BOOKED])
    open_kinds = set(open_ones.order_by().values_list("kind", flat=True))
    free: Counter[UUID | None] = Counter(
        free_slots(at, place_ids=[place.pk for place in places]).order_by().values_list("place_id", flat=True)
    )
    offered = Invitation.objects.filter(place__in=places, state=InvitationState.OFFERED).order_by()
    taken: Counter[UUID | None] = Counter(offered.values_list("place_id", flat=True))
    if referral.counsellor_id is not None:
        free[None] = free_slots(at, counsellor_id=referral.counsellor_id).count()
        taken[None] = promised(counsellor_id=referral.counsellor_id, place=None)

    def why_not(kind: InvitationKind, place: Place | None) -> Reason | None:
        if place is None and referral.counsellor_id is None:
            return Reason("appointments.no_counsellor")
        if kind in open_kinds:
            return Reason("appointments.invited_already")
        key = place.pk if place else None
        return no_free_slot(free[key], taken[key])

    ways: list[tuple[InvitationKind, Place | None]] = [(InvitationKind.FIRST_TALK, None), (InvitationKind.CHECK_IN, None)]
    ways += [(InvitationKind.VISIT, place) for place in places]
    return [InviteWay(kind, place, why_not(kind, place)) for kind, place in ways]


def _line(row: Invitation, at: datetime) -> InvitationLine:
    slot = row.slot
    return InvitationLine(
        id=row.pk,
        kind=row.kind,
        state=InvitationState(row.state),
        place=row.place.title if row.place else "",
        with_whom=row.counsellor.name if row.counsellor else "",
        starts_at=slot.starts_at if slot else None,
        where=slot.where if slot else "",
        offered_at=row.offered_at,
        expires_at=row.expires_at,
        times_offered=row.times_offered,
        is_over=slot is not None and slot.starts_at <= at,
        called_off_at=row.called_off_at,
        reminded_at=row.reminded_at,
    )


def _trial(row: TrialDay, place: str, at: datetime) -> TrialLine:
    return TrialLine(
        id=row.pk,
        place=place,
        starts_at=row.starts_at,
        minutes=row.minutes,
        state=TrialState(row.state),
        person_verdict=row.person_verdict,
        person_words=row.person_words or "",
        host_verdict=row.host_verdict,
        host_words=row.host_words or "",
        is_over=row.starts_at <= at,
    )
