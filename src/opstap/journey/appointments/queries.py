"""Free moments, open invitations, trial days, and how many moments are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.appointments.enums import LOOKS_AHEAD, USES_A_SLOT, InvitationKind, InvitationState, TrialState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.permissions import may_choose
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import visible_referrals

_BEFORE_A_TALK = (Stage.OPEN, Stage.FACTS_MISSING, Stage.ELIGIBLE)


def free_slots(after: datetime, *, counsellor_id: UUID | None = None, place_id: UUID | None = None) -> QuerySet[Slot]:
    """Return the open moments of a counsellor or a place that nobody has, from `after` on, the soonest first."""
    used = Invitation.objects.filter(slot=OuterRef("pk"), state__in=USES_A_SLOT)
    slots = Slot.objects.filter(closed_at__isnull=True, starts_at__gt=after).filter(~Exists(used)).order_by("starts_at", "id")
    if place_id is not None:
        return slots.filter(place_id=place_id)
    return slots.filter(counsellor_id=counsellor_id) if counsellor_id is not None else slots.none()


def slots_for(actor: Actor, invitation: Invitation, after: datetime) -> QuerySet[Slot]:
    """Return the moments among which an invited person can choose, for whoever may choose."""
    if not may_choose(actor, invitation):
        return Slot.objects.none()
    return free_slots(after, counsellor_id=invitation.counsellor_id, place_id=invitation.place_id)


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations of visible people, and those to the actor's own places, with what a list shows."""
    related = ("referral__person", "slot", "place", "counsellor")
    invitations = Invitation.objects.select_related(*related)
    if actor.kind is ActorKind.SYSTEM:
        return invitations
    own_places = Q(place__organisation_id__in=actor.organisation_ids(Role.HOST))
    return invitations.filter(Q(referral__in=visible_referrals(actor)) | own_places)


def invitation_for(actor: Actor, invitation_id: UUID) -> Invitation | None:
    """Return one visible invitation, or None."""
    return visible_invitations(actor).filter(pk=invitation_id).first()


def invitations_of(actor: Actor, referral_id: UUID) -> QuerySet[Invitation]:
    """Return the invitations of one visible referral, newest first."""
    return visible_invitations(actor).filter(referral_id=referral_id)


def open_invitation(actor: Actor, referral_id: UUID) -> Invitation | None:
    """Return what the person is invited to now: a booked moment first, then what waits for a choice; else None."""
    open_ones = invitations_of(actor, referral_id).filter(state__in=[InvitationState.BOOKED, InvitationState.OFFERED])
    return open_ones.order_by(F("slot__starts_at").asc(nulls_last=True), "-offered_at").first()


def to_call(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations without a choice that expired: these people are called, the longest waiting first."""
    return visible_invitations(actor).filter(state=InvitationState.EXPIRED).order_by("expires_at", "id")


def to_note(actor: Actor, at: datetime) -> QuerySet[Invitation]:
    """Return the appointments that have begun and of which nobody noted what came: one tap each."""
    return visible_invitations(actor).filter(state=InvitationState.BOOKED, slot__starts_at__lte=at).order_by("slot__starts_at", "id")


def coming_slots(actor: Actor, after: datetime) -> QuerySet[Slot]:
    """Return the own moments from `after` on, taken and free, with the name of who comes."""
    own = Q(pk__in=())
    if actor.user_id and actor.has(Role.COUNSELLOR, Role.TEAM_LEAD):
        own |= Q(counsellor_id=actor.user_id)
    if organisations := actor.organisation_ids(Role.HOST):
        own |= Q(place__organisation_id__in=organisations)
    return Slot.objects.filter(own, closed_at__isnull=True, starts_at__gte=after).select_related("place").order_by("starts_at", "id")


def bookings_of(actor: Actor, slots: Sequence[Slot]) -> dict[UUID, Invitation]:
    """Return who comes at each of these moments, as far as the actor may see the person."""
    taken = visible_invitations(actor).filter(slot__in=slots, state__in=USES_A_SLOT)
    return {row.slot_id: row for row in taken if row.slot_id}


@dataclass(frozen=True, slots=True)
class Shortage:
    """Of one counsellor: how many people wait for a first talk, how many free moments there are in two weeks, how many are missing."""

    counsellor: User
    waiting: int
    free: int

    @property
    def missing(self) -> int:
        """How many moments are to be opened."""
        return max(self.waiting - self.free, 0)


def slot_shortage(actor: Actor, at: datetime) -> list[Shortage]:
    """Return the visible counsellors who have fewer free moments in the coming two weeks than people who wait for a first talk."""
    talked = Invitation.objects.filter(referral=OuterRef("pk"), kind=InvitationKind.FIRST_TALK)
    had = talked.filter(state__in=[InvitationState.BOOKED, InvitationState.SEEN, InvitationState.CANCELLED])
    waits = visible_referrals(actor).filter(stage__in=_BEFORE_A_TALK, counsellor__isnull=False, last_contact_at__isnull=True)
    waiting = Counter(Referral.objects.filter(pk__in=waits).filter(~Exists(had)).values_list("counsellor_id", flat=True))
    soon = Slot.objects.filter(counsellor_id__in=waiting, closed_at__isnull=True, starts_at__gt=at, starts_at__lt=at + LOOKS_AHEAD)
    used = Invitation.objects.filter(slot=OuterRef("pk"), state__in=USES_A_SLOT)
    free = Counter(soon.filter(~Exists(used)).values_list("counsellor_id", flat=True))
    users = User.objects.in_bulk(list(waiting))
    rows = [Shortage(users[pk], count, free[pk]) for pk, count in waiting.items() if pk in users]
    return sorted((row for row in rows if row.missing), key=lambda row: (-row.missing, row.counsellor.name))


def visible_trials(actor: Actor) -> QuerySet[TrialDay]:
    """Return the trial days of visible people and at the actor's own places or own floor."""
    trials = TrialDay.objects.select_related("placement__person", "placement__seat__place__mentor", "placement__seat__place__organisation")
    if actor.kind is ActorKind.SYSTEM:
        return trials
    own = Q(placement__seat__place__organisation_id__in=actor.organisation_ids(Role.HOST))
    if (mentors := actor.organisation_ids(Role.MENTOR)) and actor.user_id:
        own |= Q(placement__seat__place__organisation_id__in=mentors, placement__seat__place__mentor__user_id=actor.user_id)
    return trials.filter(Q(placement__referral__in=visible_referrals(actor)) | own)


def trial_for(actor: Actor, trial_id: UUID) -> TrialDay | None:
    """Return one visible trial day, or None."""
    return visible_trials(actor).filter(pk=trial_id).first()


def trials_to_judge(actor: Actor, referral_id: UUID, at: datetime) -> QuerySet[TrialDay]:
    """Return the trial days of a visible referral that were, and of which the person did not say yet what they think."""
    were = visible_trials(actor).filter(placement__referral_id=referral_id, state=TrialState.PLANNED, starts_at__lte=at)
    return were.filter(person_verdict="").order_by("starts_at", "id")
