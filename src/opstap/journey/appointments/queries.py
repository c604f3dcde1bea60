"""Free moments, open invitations, trial days, and how many moments are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opstap.engine.shared import Reason
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared, counted
from opstap.journey.appointments.enums import LOOKS_AHEAD, USES_A_SLOT, InvitationKind, InvitationState, TrialState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.permissions import may_choose
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import visible_referrals

_BEFORE_A_TALK = (Stage.OPEN, Stage.FACTS_MISSING, Stage.ELIGIBLE)


def free_slots(
    after: datetime, *, counsellor_id: UUID | None = None, place_id: UUID | None = None, place_ids: Sequence[UUID] | None = None
) -> QuerySet[Slot]:
    """Return the open moments of a counsellor, a place or several places that nobody has, from `after` on, the soonest first."""
    used = Invitation.objects.filter(slot=OuterRef("pk"), state__in=USES_A_SLOT)
    slots = Slot.objects.filter(closed_at__isnull=True, starts_at__gt=after).filter(~Exists(used)).order_by("starts_at", "id")
    if place_ids is not None:
        return slots.filter(place_id__in=place_ids)
    if place_id is not None:
        return slots.filter(place_id=place_id)
    return slots.filter(counsellor_id=counsellor_id) if counsellor_id is not None else slots.none()


ENDS = ExpressionWrapper(F("starts_at") + F("minutes") * timedelta(minutes=1), output_field=DateTimeField())
"""When a moment or a trial day is over."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """Where somebody has to be: [`starts_at`, `ends_at`)."""

    starts_at: datetime
    ends_at: datetime
    where: str

    def overlaps(self, starts_at: datetime, minutes: int) -> bool:
        """Tell whether a moment falls within it."""
        return starts_at < self.ends_at and self.starts_at < starts_at + timedelta(minutes=minutes)


def engagements_of(person_id: UUID, after: datetime, *, besides: UUID | None = None) -> list[Engagement]:
    """Return the appointments and trial days of a person that are not over at `after`, but for the invitation `besides`; two queries."""
    rows = [*_BOOKED(person_id=person_id, after=after, besides=besides), *_TRIED(person_id=person_id, after=after)]
    return sorted((Engagement(*row) for row in rows), key=lambda each: each.starts_at)


_Moment = tuple[datetime, datetime, str]


def _booked(person_id: UUID, after: datetime, besides: UUID | None) -> QuerySet[Slot, _Moment]:
    booked = Invitation.objects.filter(referral__person_id=person_id, state=InvitationState.BOOKED)
    if besides is not None:
        booked = booked.exclude(pk=besides)
    slots = Slot.objects.filter(pk__in=booked.order_by().values("slot_id")).annotate(ends_at=ENDS)
    return slots.filter(ends_at__gt=after).values_list("starts_at", "ends_at", "where")


def _tried(person_id: UUID, after: datetime) -> QuerySet[TrialDay, _Moment]:
    trials = TrialDay.objects.filter(placement__person_id=person_id, state=TrialState.PLANNED)
    trials = trials.annotate(ends_at=ENDS, at_place=F("placement__seat__place__title"))
    return trials.filter(ends_at__gt=after).values_list("starts_at", "ends_at", "at_place")


_BOOKED, _TRIED = Prepared(_booked), Prepared(_tried)


def slots_for(actor: Actor, invitation: Invitation, after: datetime) -> QuerySet[Slot]:
    """Return the moments among which an invited person can choose, for whoever may choose; none while they have to be elsewhere."""
    if not may_choose(actor, invitation):
        return Slot.objects.none()
    slots = free_slots(after, counsellor_id=invitation.counsellor_id, place_id=invitation.place_id).annotate(ends_at=ENDS)
    for elsewhere in engagements_of(invitation.referral.person_id, after, besides=invitation.pk):
        slots = slots.exclude(starts_at__lt=elsewhere.ends_at, ends_at__gt=elsewhere.starts_at)
    return slots


def invite_obstacle(referral: Referral, kind: InvitationKind, place: Place | None, at: datetime) -> Reason | None:
    """Return why somebody cannot be invited to this now, or None when they can: three queries.

    Nobody is invited to choose from nothing, and moments that others were invited to choose are not counted twice.
    """
    counsellor_id = None if place else referral.counsellor_id
    if place is None and counsellor_id is None:
        return Reason("appointments.no_counsellor")
    if _OPEN_ONES.first(referral=referral, kind=kind):
        return Reason("appointments.invited_already")
    free = _NUMBER_FREE.first(after=at, counsellor_id=counsellor_id, place_id=place.pk if place else None) or 0
    return no_free_slot(free, promised(counsellor_id=counsellor_id, place=place))


def _open_ones(referral: Referral, kind: InvitationKind) -> QuerySet[Invitation, UUID]:
    open_ones = Invitation.objects.filter(state__in=[InvitationState.OFFERED, InvitationState.BOOKED], kind=kind.value)
    return open_ones.filter(referral=referral).order_by().values_list("pk", flat=True)


def _number_free(after: datetime, counsellor_id: UUID | None, place_id: UUID | None) -> QuerySet[Slot, int]:
    return counted(free_slots(after, counsellor_id=counsellor_id, place_id=place_id))


_OPEN_ONES, _NUMBER_FREE = Prepared(_open_ones), Prepared(_number_free)


def promised(*, counsellor_id: UUID | None, place: Place | None) -> int:
    """Return how many people were invited to choose among these moments and did not yet."""
    return _PROMISED.first(counsellor_id=counsellor_id, place=place) or 0


def _promised(counsellor_id: UUID | None, place: Place | None) -> QuerySet[Invitation, int]:
    return counted(Invitation.objects.filter(state=InvitationState.OFFERED, counsellor_id=counsellor_id, place=place))


_PROMISED = Prepared(_promised)


def no_free_slot(free: int, taken: int) -> Reason | None:
    """Return that there is no moment left to promise, and how many are missing, or None when there is one."""
    if free > taken:
        return None
    return Reason("appointments.no_free_slot", {"free": free, "promised": taken, "missing": taken + 1 - free})


def called_off(actor: Actor) -> QuerySet[Invitation]:
    """Return the visible invitations of which the person called the moment off and did not choose another one yet, the latest first."""
    return visible_invitations(actor).filter(state=InvitationState.OFFERED, called_off_at__isnull=False).order_by("-called_off_at", "id")


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations of visible people, and those to the actor's own places, with what a list shows."""
    related = ("referral__person", "slot", "place__organisation", "counsellor")
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


def open_invitations(actor: Actor, referral_id: UUID) -> QuerySet[Invitation]:
    """Return what the person is invited to now: booked moments first, the soonest first, then what waits for a choice."""
    open_ones = invitations_of(actor, referral_id).filter(state__in=[InvitationState.BOOKED, InvitationState.OFFERED])
    return open_ones.order_by(F("slot__starts_at").asc(nulls_last=True), "-offered_at")


def open_invitation(actor: Actor, referral_id: UUID) -> Invitation | None:
    """Return the one that asks most: a choice that waits, else the soonest moment; None when there is none."""
    return open_invitations(actor, referral_id).order_by(F("slot__starts_at").asc(nulls_first=True), "-offered_at").first()


def no_longer_needed() -> Q:
    """Return which invitations nobody waits for any more: of who stopped, to a talk of who has a place, to a visit of who works."""
    placed = Q(kind=InvitationKind.FIRST_TALK, referral__stage__in=[Stage.TO_BE_AGREED, Stage.PLACED])
    return Q(referral__stage=Stage.CLOSED) | placed | Q(kind=InvitationKind.VISIT, referral__stage=Stage.PLACED)


def to_call(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations without a choice that expired: these people are called, the longest waiting first."""
    waiting = visible_invitations(actor).filter(~no_longer_needed(), state=InvitationState.EXPIRED)
    return waiting.order_by("expires_at", "id")


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


def own_shortage(actor: Actor, at: datetime) -> Shortage | None:
    """Return how many moments a counsellor is missing, None when there are enough; three queries at most."""
    if not actor.user_id or not actor.has(Role.COUNSELLOR):
        return None
    waiting = _OWN_WAITING.first(actor=actor) or 0
    free = (_OWN_FREE.first(actor=actor, at=at, until=at + LOOKS_AHEAD) or 0) if waiting else 0
    if waiting <= free:
        return None
    return Shortage(User.objects.get(pk=actor.user_id), waiting, free)


def _before_a_talk(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    talked = Invitation.objects.filter(referral=OuterRef("pk"), kind=InvitationKind.FIRST_TALK)
    had = talked.filter(state__in=[InvitationState.BOOKED, InvitationState.SEEN, InvitationState.CANCELLED])
    waits = referrals.filter(stage__in=_BEFORE_A_TALK, counsellor__isnull=False, last_contact_at__isnull=True).order_by()
    return Referral.objects.filter(pk__in=waits.values("pk")).filter(~Exists(had)).order_by()


def _own_waiting(actor: Actor) -> QuerySet[Referral, int]:
    return counted(_before_a_talk(visible_referrals(actor).filter(counsellor_id=actor.user_id)))


def _own_free(actor: Actor, at: datetime, until: datetime) -> QuerySet[Slot, int]:
    return counted(_free_between(at, until).filter(counsellor_id=actor.user_id))


_OWN_WAITING, _OWN_FREE = Prepared(_own_waiting), Prepared(_own_free)


def _free_between(at: datetime, until: datetime) -> QuerySet[Slot]:
    used = Invitation.objects.filter(slot=OuterRef("pk"), state__in=USES_A_SLOT)
    soon = Slot.objects.filter(closed_at__isnull=True, starts_at__gt=at, starts_at__lt=until)
    return soon.filter(~Exists(used)).order_by()


def slot_shortage(actor: Actor, at: datetime) -> list[Shortage]:
    """Return the visible counsellors who have fewer free moments in the coming two weeks than people who wait for a first talk."""
    waiting = Counter(_before_a_talk(visible_referrals(actor)).values_list("counsellor_id", flat=True))
    free = _free_between(at, at + LOOKS_AHEAD).filter(counsellor_id=OuterRef("pk")).values("counsellor_id").annotate(number=Count("pk"))
    users = User.objects.filter(pk__in=waiting).annotate(free=Coalesce(Subquery(free.values("number")), 0))
    rows = [Shortage(user, waiting[user.pk], user.free) for user in users]
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
