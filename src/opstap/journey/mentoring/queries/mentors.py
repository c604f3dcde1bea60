"""The mentors that an actor looks after, when they are away and who stands in."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Mentor, MentorAbsence
from opstap.foundation.programmes.models import Participation
from opstap.journey.mentoring.models import BackUp
from opstap.journey.places.models import Place


def visible_mentors(actor: Actor) -> QuerySet[Mentor]:
    """Return the mentors of the actor's own host organisations, the actor as mentor, and those of the programmes it coordinates."""
    mentors = Mentor.objects.select_related("organisation")
    if actor.kind is ActorKind.SYSTEM:
        return mentors
    reach = Q(organisation_id__in=actor.organisation_ids(Role.HOST))
    if actor.has(Role.MENTOR) and actor.user_id:
        reach |= Q(user_id=actor.user_id)
    if programmes := actor.programme_ids(Role.COORDINATOR):
        reach |= Q(organisation_id__in=Place.objects.filter(programme_id__in=programmes).values("organisation_id"))
        reach |= Q(organisation_id__in=Participation.objects.filter(programme_id__in=programmes).values("organisation_id"))
    return mentors.filter(reach)


def mentor_for(actor: Actor, mentor_id: UUID) -> Mentor | None:
    """Return one mentor within reach, or None: denied and absent look the same."""
    return visible_mentors(actor).filter(pk=mentor_id).first()


def absence_for(actor: Actor, absence_id: UUID) -> MentorAbsence | None:
    """Return an absence of a mentor within reach, or None."""
    rows = MentorAbsence.objects.select_related("mentor__organisation")
    return rows.filter(pk=absence_id, mentor__in=visible_mentors(actor)).first()


def back_up_for(actor: Actor, back_up_id: UUID) -> BackUp | None:
    """Return who stands in for a mentor within reach, or None."""
    rows = BackUp.objects.select_related("mentor__organisation", "stands_in")
    return rows.filter(pk=back_up_id, mentor__in=visible_mentors(actor)).first()


def stood_in_for(actor: Actor, on: date) -> QuerySet[BackUp, UUID]:
    """Return the ids of the mentors for whom the actor stands in on a day, for use within another query."""
    mine = BackUp.objects.filter(stands_in__user_id=actor.user_id, from_on__lte=on, until_on__gt=on)
    return (mine if actor.user_id else mine.none()).values_list("mentor_id", flat=True)


def back_ups_of(actor: Actor, on: date) -> QuerySet[BackUp]:
    """Return who stands in, on a day or later, for the mentors within reach."""
    return BackUp.objects.select_related("stands_in").filter(until_on__gt=on, mentor__in=visible_mentors(actor))
