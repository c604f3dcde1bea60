"""Trainings, who has a seat, and certificates."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.programmes.models import Participation, Programme
from opstap.journey.mentoring.enums import USES_A_SEAT
from opstap.journey.mentoring.models import Certificate, Enrolment, TrainingSession
from opstap.journey.mentoring.queries.mentors import visible_mentors
from opstap.journey.places.models import Place


def _sessions() -> QuerySet[TrainingSession]:
    taken = Count("enrolments", filter=Q(enrolments__state__in=[state.value for state in USES_A_SEAT]))
    return TrainingSession.objects.select_related("programme").annotate(taken=taken)


def visible_sessions(actor: Actor) -> QuerySet[TrainingSession]:
    """Return the trainings of the coordinator's programmes, and of those in which the mentor's or host's organisation is at work."""
    if actor.kind is ActorKind.SYSTEM:
        return _sessions()
    own = actor.organisation_ids(Role.HOST, Role.MENTOR)
    reach = Q(programme_id__in=actor.programme_ids(Role.COORDINATOR))
    reach |= Q(programme_id__in=Participation.objects.filter(organisation_id__in=own).values("programme_id"))
    reach |= Q(programme_id__in=Place.objects.filter(organisation_id__in=own).values("programme_id"))
    return _sessions().filter(reach)


def session_for(actor: Actor, session_id: UUID) -> TrainingSession | None:
    """Return one training within reach, or None."""
    return visible_sessions(actor).filter(pk=session_id).first()


def sessions_of(actor: Actor, programme: Programme) -> QuerySet[TrainingSession]:
    """Return the trainings of a programme within reach, the latest first."""
    return visible_sessions(actor).filter(programme=programme).order_by("-starts_at", "id")


def coming_trainings(actor: Actor, at: datetime) -> QuerySet[TrainingSession]:
    """Return the trainings within reach that still come and are not cancelled."""
    return visible_sessions(actor).filter(starts_at__gt=at, cancelled_at__isnull=True).order_by("starts_at", "id")


def visible_enrolments(actor: Actor) -> QuerySet[Enrolment]:
    """Return the seats of the mentors within reach."""
    rows = Enrolment.objects.select_related("session__programme", "mentor__organisation")
    return rows.filter(mentor__in=visible_mentors(actor))


def enrolment_for(actor: Actor, enrolment_id: UUID) -> Enrolment | None:
    """Return one seat within reach, or None."""
    return visible_enrolments(actor).filter(pk=enrolment_id).first()


def visible_certificates(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates of the mentors within reach, the latest first, without their papers."""
    rows = Certificate.objects.select_related("mentor__organisation", "session").defer("document")
    return rows.filter(mentor__in=visible_mentors(actor))


def certificate_for(actor: Actor, certificate_id: UUID) -> Certificate | None:
    """Return one certificate within reach, or None."""
    return visible_certificates(actor).filter(pk=certificate_id).first()
