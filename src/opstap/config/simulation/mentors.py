"""Mentors: those without a certificate are trained, and mentors are away now and then, with somebody who stands in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from opstap.engine.shared import Refused
from opstap.journey.mentoring.enums import Topic
from opstap.journey.mentoring.operations import (
    Outline,
    enrol_mentor,
    issue_certificate,
    name_back_up,
    offer_training,
    plan_absence,
    record_training_attendance,
)

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.foundation.organisations.models import Mentor
    from opstap.journey.mentoring.models import Enrolment, TrainingSession


def train(world: World, on: date) -> None:
    """Offer a training in four weeks and enrol every mentor without a certificate."""
    mentors = [mentor for mentor in world.cast.mentors() if mentor.certified_on is None]
    if not mentors:
        return
    coordinator, at = world.cast.coordinators()[0], world.at(on)
    start = at + timedelta(days=28)
    outline = Outline("Mentor op de werkvloer", tuple(Topic), start, start + timedelta(hours=6), "Stadhuis, zaal 3", max(len(mentors), 12))
    session = offer_training(programme=world.cast.programme, outline=outline, by=coordinator, at=at)
    enrolments = [(mentor, enrol_mentor(session=session, mentor=mentor, by=coordinator, at=at)) for mentor in mentors]
    world.agenda.put(start.date() + timedelta(days=1), lambda day: _certify(world, session, enrolments, day))


def _certify(world: World, session: TrainingSession, enrolments: list[tuple[Mentor, Enrolment]], on: date) -> None:
    coordinator = world.cast.coordinators()[0]
    for mentor, enrolment in enrolments:
        came = world.luck.happens(0.9, "comes to training", mentor.name, session.starts_at.date())
        record_training_attendance(enrolment=enrolment, was_there=came, by=coordinator, at=world.at(on))
        if came:
            issue_certificate(session=session, mentor=mentor, issued_on=on, by=coordinator, at=world.at(on, hour=10))
            world.told.certificates += 1


def go_away(world: World, on: date) -> None:
    """Let a few mentors plan a week away next month; a colleague of the same house stands in when there is one."""
    mentors = world.cast.mentors()
    for mentor in mentors:
        if not world.luck.happens(0.12, "away", mentor.name, on):
            continue
        host = world.cast.host(mentor.organisation_id)
        first = on + timedelta(days=world.luck.between(10, 30, "away from", mentor.name, on))
        until = first + timedelta(days=world.luck.between(3, 10, "away for", mentor.name, on))
        colleagues = [
            each for each in mentors if each.organisation_id == mentor.organisation_id and each.pk != mentor.pk and each.certified_on
        ]
        try:
            plan_absence(mentor=mentor, starts_on=first, until_on=until, by=host, at=world.at(on))
            world.told.mentors_away += 1
            if colleagues:
                stands_in = world.luck.one_of(colleagues, "stands in", mentor.name, on)
                name_back_up(mentor=mentor, stands_in=stands_in, from_on=first, until_on=until, by=host, at=_later(world.at(on)))
        except Refused as refused:
            world.told.refuse(refused.reason.code)


def _later(at: datetime) -> datetime:
    return at + timedelta(minutes=5)
