"""Mentors with their load over all programmes, their certificate, when they are away and who stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Mentor
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.queries import takes_seat
from opstap.journey.mentoring.enums import EnrolmentState
from opstap.journey.mentoring.models import Enrolment
from opstap.journey.mentoring.queries import CoverBook, book_of, visible_mentors

ENDS_SOON = timedelta(days=90)
"""How long before its end a certificate is shown as ending: time for the next training."""


class Standing(StrEnum):
    """How a mentor's certificate stands on a day."""

    NONE = "none"
    LATER = "later"
    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Away:
    """An absence that is not over: `[starts_on, until_on)`."""

    id: UUID
    starts_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands in: `[from_on, until_on)`."""

    id: UUID
    mentor_id: UUID
    name: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat at a training: how it stands, of which training, when."""

    id: UUID
    session_id: UUID
    title: str
    on: date
    state: EnrolmentState


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A mentor: learners who are there (`now`) and who come (`coming`) at all places together, out of `limit`."""

    mentor: Mentor
    id: UUID
    name: str
    host_id: UUID
    host: str
    now: int
    coming: int
    limit: int
    certified_on: date | None
    certified_until: date | None
    standing: Standing
    away: tuple[Away, ...]
    stand_ins: tuple[StandIn, ...]
    seats: tuple[Seat, ...]

    @property
    def load(self) -> int:
        """Learners now and coming."""
        return self.now + self.coming

    @property
    def is_full(self) -> bool:
        """Whether no learner can be added."""
        return self.load >= self.limit

    @property
    def needs_training(self) -> bool:
        """Whether a learner cannot start, or soon cannot, and no seat at a training is taken."""
        is_enrolled = any(seat.state is EnrolmentState.ENROLLED for seat in self.seats)
        return self.standing in {Standing.NONE, Standing.ENDED, Standing.ENDS_SOON} and not is_enrolled


def mentor_load(actor: Actor, on: date) -> tuple[MentorLine, ...]:
    """Return the mentors within reach with who they guide, over all programmes; five queries, however many there are."""
    return mentors_and_book(actor, on)[0]


def mentors_and_book(actor: Actor, on: date) -> tuple[tuple[MentorLine, ...], CoverBook]:
    """Return the mentors within reach, and the book in which their absences and who stands in were read. Five queries."""
    mentors = list(visible_mentors(actor).order_by("organisation__folded_name", "name", "id"))
    book = book_of(mentors, on)
    return mentor_lines(mentors, on, book), book


def mentor_and_book(actor: Actor, mentor_id: UUID, on: date) -> tuple[MentorLine, CoverBook] | None:
    """Return one mentor within reach with the book of their organisation, or None. Five queries."""
    own = Mentor.objects.filter(pk=mentor_id).values("organisation_id")
    is_visible = Exists(visible_mentors(actor).filter(pk=OuterRef("pk")))
    colleagues = list(Mentor.objects.filter(organisation_id__in=own).select_related("organisation").annotate(is_visible=is_visible))
    mentor = next((row for row in colleagues if row.pk == mentor_id and row.is_visible), None)
    if mentor is None:
        return None
    book = CoverBook({mentor.organisation_id}, on, colleagues)
    return mentor_lines([mentor], on, book)[0], book


def mentor_line(actor: Actor, mentor_id: UUID, on: date) -> MentorLine | None:
    """Return one mentor within reach, or None."""
    return next(iter(mentor_lines(list(visible_mentors(actor).filter(pk=mentor_id)), on)), None)


def mentor_lines(mentors: Sequence[Mentor], on: date, book: CoverBook | None = None) -> tuple[MentorLine, ...]:
    """Return these mentors with everything that a list of them shows; `book`: of their organisations, when it is there already."""
    ids = [mentor.pk for mentor in mentors]
    there, coming = _learners(ids, on)
    read = book or book_of(mentors, on)
    away, stand_ins, seats = _away(read), _stand_ins(read), _seats(ids)
    return tuple(
        MentorLine(
            mentor=mentor,
            id=mentor.pk,
            name=mentor.name,
            host_id=mentor.organisation_id,
            host=mentor.organisation.name,
            now=there[mentor.pk],
            coming=coming[mentor.pk],
            limit=mentor.learner_limit,
            certified_on=mentor.certified_on,
            certified_until=mentor.certified_until,
            standing=standing_of(mentor, on),
            away=tuple(away[mentor.pk]),
            stand_ins=tuple(stand_ins[mentor.pk]),
            seats=tuple(seats[mentor.pk]),
        )
        for mentor in mentors
    )


def standing_of(mentor: Mentor, on: date) -> Standing:
    """Return how the certificate stands on the day."""
    since, until = mentor.certified_on, mentor.certified_until
    if since is None:
        return Standing.NONE
    if since > on:
        return Standing.LATER
    if until is None or until > on + ENDS_SOON:
        return Standing.HOLDS
    return Standing.ENDS_SOON if until > on else Standing.ENDED


def _learners(ids: Iterable[UUID], on: date) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """Return per mentor how many learners are there on the day, and how many come: sent to them, agreed, or starting later."""
    there: dict[UUID, int] = defaultdict(int)
    coming: dict[UUID, int] = defaultdict(int)
    rows = Proposal.objects.filter(takes_seat(on), place__mentor_id__in=ids)
    for mentor_id, state, period in rows.values_list("place__mentor_id", "placement__state", "placement__period"):
        if mentor_id:
            (there if state == "running" and on in period else coming)[mentor_id] += 1
    return there, coming


def _away(book: CoverBook) -> dict[UUID, list[Away]]:
    found: dict[UUID, list[Away]] = defaultdict(list)
    for row in book.absences:
        found[row.mentor_id].append(Away(row.pk, row.starts_on, row.until_on))
    return found


def _stand_ins(book: CoverBook) -> dict[UUID, list[StandIn]]:
    found: dict[UUID, list[StandIn]] = defaultdict(list)
    for row in book.back_ups:
        found[row.mentor_id].append(StandIn(row.pk, row.stands_in_id, row.stands_in.name, row.from_on, row.until_on))
    return found


def _seats(ids: Iterable[UUID]) -> dict[UUID, list[Seat]]:
    """Return per mentor the seats that were not cancelled, the latest training first."""
    found: dict[UUID, list[Seat]] = defaultdict(list)
    rows = Enrolment.objects.filter(mentor_id__in=ids).exclude(state=EnrolmentState.CANCELLED).select_related("session")
    for row in rows.order_by("-session__starts_at"):
        seat = Seat(row.pk, row.session_id, row.session.title, row.session.starts_at.date(), EnrolmentState(row.state))
        found[row.mentor_id].append(seat)
    return found
