"""Who may open slots, invite, choose a moment and speak of a trial day."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation import clock
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_follow


def may_open_slots(actor: Actor, *, counsellor_id: UUID | None, place: Place | None) -> bool:
    """A counsellor for themselves, a team lead for the team, a host for its own places, or by link for the one it opens; the product."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if place is not None:
        return place.organisation_id in actor.organisation_ids(Role.HOST) or place.pk in actor.subject_ids(Role.HOST)
    is_own = actor.has(Role.COUNSELLOR, Role.TEAM_LEAD) and actor.user_id == counsellor_id
    return is_own or any(
        user.pk == counsellor_id
        for organisation_id in actor.organisation_ids(Role.TEAM_LEAD)
        for user in users_with_role(Role.COUNSELLOR, organisation_id=organisation_id, on=clock.today())
    )


def may_close(actor: Actor, slot: Slot) -> bool:
    """Whoever may open it."""
    return may_open_slots(actor, counsellor_id=slot.counsellor_id, place=slot.place)


def may_invite(actor: Actor, referral: Referral) -> bool:
    """Who follows the person, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or (actor.person_id is None and may_follow(actor, referral))


def may_choose(actor: Actor, invitation: Invitation) -> bool:
    """The person for themselves, and who follows the person on the telephone or at the desk."""
    is_own = actor.person_id == invitation.referral.person_id and actor.only_id in {None, invitation.referral_id}
    return (actor.person_id is not None and is_own) or may_invite(actor, invitation.referral)


def may_note_outcome(actor: Actor, invitation: Invitation) -> bool:
    """Who received the person: the counsellor's side, or the host of the place that was visited."""
    place = invitation.place
    return may_invite(actor, invitation.referral) or (place is not None and place.organisation_id in actor.organisation_ids(Role.HOST))


def may_speak_for_person(actor: Actor, trial: TrialDay) -> bool:
    """The person, and who follows the person when they say it by telephone or at the desk."""
    placement = trial.placement
    is_own = actor.person_id == placement.person_id and actor.only_id in {None, placement.referral_id}
    return (actor.person_id is not None and is_own) or may_invite(actor, placement.referral)


def may_speak_for_host(actor: Actor, trial: TrialDay) -> bool:
    """The host organisation of the place, its mentor, and the product itself."""
    place = trial.placement.seat.place
    is_here = place.organisation_id in actor.organisation_ids(Role.MENTOR)
    is_mentor = is_here and place.mentor is not None and place.mentor.user_id == actor.user_id
    return (
        actor.kind is ActorKind.SYSTEM or place.organisation_id in actor.organisation_ids(Role.HOST) or (is_mentor and bool(actor.user_id))
    )
