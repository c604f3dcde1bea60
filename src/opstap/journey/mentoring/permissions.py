"""Who may offer trainings, enrol mentors, note who was there, give certificates, and plan who stands in."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.places.models import Place


def may_offer(actor: Actor, programme: Programme) -> bool:
    """Offer a training, note who was there, give a certificate: the programme's coordinator, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or programme.pk in actor.programme_ids(Role.COORDINATOR)


def may_look_after(actor: Actor, mentor: Mentor) -> bool:
    """Enrol, plan an absence, name who stands in: the mentor, the mentor's host, a coordinator of its programme, the product itself."""
    if actor.kind is ActorKind.SYSTEM or mentor.organisation_id in actor.organisation_ids(Role.HOST):
        return True
    is_self = actor.has(Role.MENTOR) and actor.user_id is not None and actor.user_id == mentor.user_id
    return is_self or coordinates_mentor(actor, mentor)


def coordinates_mentor(actor: Actor, mentor: Mentor) -> bool:
    """A coordinator of a programme in which the mentor's organisation takes part or has a place."""
    programmes, organisation = actor.programme_ids(Role.COORDINATOR), mentor.organisation_id
    if not programmes:
        return False
    taking_part = Participation.objects.filter(programme_id__in=programmes, organisation_id=organisation)
    return taking_part.exists() or Place.objects.filter(programme_id__in=programmes, organisation_id=organisation).exists()
