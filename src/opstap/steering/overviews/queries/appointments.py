"""The own moments of who receives people: day by day, who comes, and of whom nobody noted yet whether they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.appointments.enums import USES_A_SLOT, InvitationState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.permissions import may_open_slots
from opstap.journey.appointments.queries import bookings_of, called_off, coming_slots, to_call, to_note, visible_trials
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import rows_of

SHOWN = 120
"""Moments shown: about three weeks of somebody who receives people all day."""
CALLS = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """One own moment, and who comes (None while it is free)."""

    slot: Slot
    booking: Invitation | None

    @property
    def is_booked(self) -> bool:
        """Tell whether somebody comes."""
        return self.booking is not None and self.booking.state == InvitationState.BOOKED


@dataclass(frozen=True, slots=True)
class OwnMoments:
    """What was and is to be noted, whom to call, and the coming moments day by day; `last_where`: where the latest one is.

    `called_off`: who called their moment off and did not choose another one yet.
    """

    called_off: tuple[Invitation, ...]
    to_note: tuple[Invitation, ...]
    to_call: tuple[Invitation, ...]
    days: tuple[tuple[date, tuple[Moment, ...]], ...]
    free: int
    last_where: str


def appointments_of(actor: Actor, at: datetime) -> OwnMoments:
    """Return the own moments of a counsellor or of a host's places from today on; six queries at most."""
    slots = list(coming_slots(actor, at)[:SHOWN])
    booked = bookings_of(actor, slots)
    moments = [Moment(slot, booked.get(slot.pk)) for slot in slots]
    by_day = groupby(moments, key=lambda moment: localdate(moment.slot.starts_at))
    return OwnMoments(
        called_off=tuple(called_off(actor).filter(_own(actor))[:CALLS]),
        to_note=tuple(to_note(actor, at).filter(_own(actor))[:CALLS]),
        to_call=tuple(to_call(actor).filter(_own(actor))[:CALLS]),
        days=tuple((day, tuple(group)) for day, group in by_day),
        free=sum(moment.booking is None for moment in moments),
        last_where=slots[-1].where if slots else "",
    )


def _own(actor: Actor) -> Q:
    """Return which invitations are to the actor's own moments: a host's to its places, a counsellor's to themselves."""
    if actor.has(Role.COUNSELLOR, Role.TEAM_LEAD):
        return Q(counsellor_id=actor.user_id)
    return Q(place__organisation_id__in=actor.organisation_ids(Role.HOST))


@dataclass(frozen=True, slots=True)
class PlaceMoment:
    """One coming moment at a place, and whether somebody has it; not who: a link to a place opens no names."""

    slot: Slot
    is_taken: bool


def moments_at(actor: Actor, place: Place, at: datetime) -> list[PlaceMoment]:
    """Return the coming moments at a place for which the actor may open them, the soonest first; one query."""
    if not may_open_slots(actor, counsellor_id=None, place=place):
        return []
    taken = Exists(Invitation.objects.filter(slot=OuterRef("pk"), state__in=USES_A_SLOT))
    slots = Slot.objects.filter(place=place, closed_at__isnull=True, starts_at__gte=at).annotate(taken=taken)
    return [PlaceMoment(slot, slot.taken) for slot in slots.order_by("starts_at", "id")[:SHOWN]]


def own_slot(actor: Actor, slot_id: UUID) -> Slot | None:
    """Return one own moment, or None."""
    reach = Q(place__organisation_id__in=actor.organisation_ids(Role.HOST))
    if actor.kind is ActorKind.USER and actor.has(Role.COUNSELLOR, Role.TEAM_LEAD):
        reach |= Q(counsellor_id=actor.user_id)
    return Slot.objects.filter(reach, pk=slot_id).select_related("place").first()


def own_places(actor: Actor) -> list[Place]:
    """Return the places of a host organisation that are open, by name; one query."""
    own = Place.objects.filter(organisation_id__in=actor.organisation_ids(Role.HOST), closed_at__isnull=True)
    return list(own.select_related("site").order_by("title", "id"))


def places_to_visit(actor: Actor, referral: Referral) -> list[Place]:
    """Return the places that were proposed to a followed person and still can be: these are visited."""
    open_ones = Proposal.objects.filter(
        rows_of(actor, referral), state__in=[ProposalState.DRAFT, ProposalState.SENT, ProposalState.ACCEPTED]
    )
    return list(Place.objects.filter(pk__in=open_ones.values("place_id")).select_related("organisation"))


def trials_at_own_places(actor: Actor) -> list[TrialDay]:
    """Return the trial days at a host's places that are planned, the soonest first; one query."""
    own = visible_trials(actor).filter(placement__seat__place__organisation_id__in=actor.organisation_ids(Role.HOST))
    return list(own.filter(state="planned").order_by("starts_at", "id")[:SHOWN])
