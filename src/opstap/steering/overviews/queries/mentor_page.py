"""One mentor on a page, and the trainings that mentors can go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Period
from opstap.foundation.actor import Actor
from opstap.foundation.clock import day_of
from opstap.foundation.programmes.models import Programme
from opstap.journey.mentoring.assembly import CertificateRule, certificate_rule
from opstap.journey.mentoring.enums import EnrolmentState
from opstap.journey.mentoring.models import Certificate, Enrolment, TrainingSession
from opstap.journey.mentoring.permissions import may_offer
from opstap.journey.mentoring.queries import coming_trainings, session_for, sessions_of, visible_certificates, visible_mentors
from opstap.steering.overviews.queries.mentor_list import MentorLine, mentor_and_book, mentor_lines
from opstap.steering.overviews.queries.mentor_risks import Risk, Touched, could_stand_in, places_at_risk, touched_learners


@dataclass(frozen=True, slots=True)
class MentorPage:
    """A mentor with certificates, the trainings with a free seat, and the places that wait for somebody to stand in."""

    line: MentorLine
    certificates: tuple[Certificate, ...]
    trainings: tuple[TrainingSession, ...]
    risks: tuple[Risk, ...]


@dataclass(frozen=True, slots=True)
class AwayPreview:
    """What an absence on `[starts_on, until_on)` touches: which learners, and who could stand in, with their load."""

    starts_on: date
    until_on: date
    learners: tuple[Touched, ...]
    able: tuple[MentorLine, ...]


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A training with who has a seat, who could still be enrolled, and whether certificates wait to be given."""

    session: TrainingSession
    enrolments: tuple[Enrolment, ...]
    numbers: dict[UUID, Certificate]
    can_enrol: tuple[MentorLine, ...]
    has_begun: bool
    rule: CertificateRule

    @property
    def free(self) -> int:
        """Seats that nobody has."""
        return max(self.session.places - len(self.enrolments), 0)

    @property
    def to_certify(self) -> tuple[Enrolment, ...]:
        """Who was there and has no certificate of it yet."""
        return tuple(row for row in self.enrolments if row.state == EnrolmentState.ATTENDED and row.mentor_id not in self.numbers)


def mentor_page(actor: Actor, mentor_id: UUID, at: datetime) -> MentorPage | None:
    """Return the page of one mentor within reach, or None."""
    on = day_of(at)
    found = mentor_and_book(actor, mentor_id, on)
    if found is None:
        return None
    line, book = found
    taken = {seat.session_id for seat in line.seats}
    trainings = (row for row in coming_trainings(actor, at) if row.pk not in taken and row.taken < row.places)  # type: ignore[attr-defined]  # annotated
    risks = places_at_risk(actor, on, [line.mentor], book)
    return MentorPage(line, tuple(visible_certificates(actor).filter(mentor_id=mentor_id)), tuple(trainings), risks)


def away_preview(actor: Actor, line: MentorLine, starts_on: date, until_on: date, on: date) -> AwayPreview:
    """Return what an absence of a mentor touches, before anybody confirms it."""
    if until_on <= starts_on:
        return AwayPreview(starts_on, until_on, (), ())
    able = could_stand_in(actor, line.mentor, Period(starts_on, until_on), on)
    return AwayPreview(starts_on, until_on, touched_learners(actor, line.mentor, starts_on, until_on), mentor_lines(able, on))


def trainings_of(actor: Actor, programme: Programme) -> tuple[TrainingSession, ...]:
    """Return the trainings of a programme, the latest first, each with `taken` seats."""
    return tuple(sessions_of(actor, programme))


def training_page(actor: Actor, session_id: UUID, at: datetime) -> TrainingPage | None:
    """Return a training of a programme that the actor coordinates, or None."""
    session = session_for(actor, session_id)
    if session is None or not may_offer(actor, session.programme):
        return None
    rows = session.enrolments.exclude(state=EnrolmentState.CANCELLED).select_related("mentor__organisation")
    enrolments = tuple(rows.order_by("mentor__name", "id"))
    numbers = {row.mentor_id: row for row in visible_certificates(actor).filter(session=session)}
    has_begun = session.starts_at <= at
    has_room = not has_begun and session.cancelled_at is None and len(enrolments) < session.places
    there = [row.mentor_id for row in enrolments]
    others = visible_mentors(actor).exclude(pk__in=there).order_by("organisation__folded_name", "name", "id")
    lines = sorted(mentor_lines(list(others), day_of(at)), key=lambda line: not line.needs_training) if has_room else []
    return TrainingPage(session, enrolments, numbers, tuple(lines), has_begun, certificate_rule(day_of(at)))
