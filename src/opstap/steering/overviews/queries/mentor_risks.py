"""Places where learners are without anybody to guide them, before it is so: when, who, and what would solve it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from opstap.engine.shared import Period, Reason
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Mentor
from opstap.journey.attendance.models import Closure
from opstap.journey.mentoring.enums import LOOKS_AHEAD
from opstap.journey.mentoring.queries import CoverBook, Gap, book_of, gaps_of, visible_mentors
from opstap.journey.placements.models import Placement
from opstap.journey.placements.queries import LIVE

_RELATED = ("person", "seat__place__organisation", "seat__place__site", "seat__place__mentor")


@dataclass(frozen=True, slots=True)
class Touched:
    """A learner who is at a place on some of the days: who, where, from which day until which."""

    placement_id: UUID
    name: str
    place: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Risk:
    """A place with learners and nobody to guide them on `[from_on, until_on)`; `until_on` None: until somebody does something."""

    place_id: UUID
    place: str
    host_id: UUID
    host: str
    site_id: UUID
    mentor_id: UUID
    mentor: str
    from_on: date
    until_on: date | None
    learners: tuple[Touched, ...]
    reason: Reason
    solved_by: tuple[Reason, ...]


def places_at_risk(actor: Actor, on: date, mentors: Iterable[Mentor] | None = None, book: CoverBook | None = None) -> tuple[Risk, ...]:
    """Return the places of mentors within reach that will have learners without a guide in the coming weeks, the nearest first.

    Days on which the host or the site is closed are no risk: nobody is there. `mentors`: those within reach, and the
    `book` of their organisations, when they were read already.
    """
    window = Period(on, on + LOOKS_AHEAD)
    asked = list(visible_mentors(actor) if mentors is None else mentors)
    read = book or book_of(asked, on)
    gaps = gaps_of(window, {mentor.pk: mentor.certified_until for mentor in asked}, read)
    near = {key: [gap for gap in found if gap.period.overlaps(window)] for key, found in gaps.items()}
    by_mentor = _learners([key for key, found in near.items() if found], window)
    placements = [row for rows in by_mentor.values() for row in rows]
    able = _able(read) if placements else {}
    risks = [
        risk
        for key, rows in by_mentor.items()
        for gap in near[key]
        for at_place in _by_place(rows)
        if (risk := _risk(gap, at_place, window, able))
    ]
    return tuple(sorted(risks, key=lambda risk: (risk.from_on, risk.host, risk.place)))


def touched_learners(actor: Actor, mentor: Mentor, starts_on: date, until_on: date) -> tuple[Touched, ...]:
    """Return the learners of a mentor within reach who are there on some day of `[starts_on, until_on)`."""
    if until_on <= starts_on or not visible_mentors(actor).filter(pk=mentor.pk).exists():
        return ()
    days = Period(starts_on, until_on)
    return tuple(_touched(row, days) for row in _learners([mentor.pk], days)[mentor.pk])


def could_stand_in(actor: Actor, mentor: Mentor, days: Period, on: date) -> tuple[Mentor, ...]:
    """Return who of the same organisation has a certificate and is there on all of the days."""
    if not visible_mentors(actor).filter(pk=mentor.pk).exists():
        return ()
    return tuple(each for each in _able(book_of([mentor], on))[mentor.organisation_id].on(days) if each.pk != mentor.pk)


@dataclass(frozen=True, slots=True)
class _Able:
    """The mentors of one organisation with the days on which they are away."""

    mentors: tuple[Mentor, ...]
    away: dict[UUID, list[Period]]

    def on(self, days: Period) -> list[Mentor]:
        return [
            mentor for mentor in self.mentors if _is_trained(mentor, days) and not any(days.overlaps(each) for each in self.away[mentor.pk])
        ]


def _is_trained(mentor: Mentor, days: Period) -> bool:
    since, until = mentor.certified_on, mentor.certified_until
    return since is not None and since <= days.start and (until is None or until >= (days.until or date.max))


def _able(book: CoverBook) -> dict[UUID, _Able]:
    away: dict[UUID, list[Period]] = defaultdict(list)
    for row in book.absences:
        away[row.mentor_id].append(Period(row.starts_on, row.until_on))
    found: dict[UUID, list[Mentor]] = {key: [] for key in book.organisation_ids}
    for mentor in book.mentors:
        if mentor.certified_on is not None:
            found[mentor.organisation_id].append(mentor)
    return {key: _Able(tuple(mentors), away) for key, mentors in found.items()}


def _learners(mentor_ids: Sequence[UUID], days: Period) -> dict[UUID, list[Placement]]:
    """Return per mentor the placements that go on or still will, on some of the days, each with the days on which its host is `shut`."""
    found: dict[UUID, list[Placement]] = defaultdict(list)
    rows = Placement.objects.filter(
        seat__place__mentor_id__in=mentor_ids,
        state__in=LIVE,
        period__startswith__lt=days.until or date.max,
        period__endswith__gt=days.start,
    )
    shut = Closure.objects.filter(organisation_id=OuterRef("seat__place__organisation_id"), until_on__gt=days.start)
    shut = shut.filter(Q(site__isnull=True) | Q(site_id=OuterRef("seat__place__site_id")), starts_on__lt=days.until or date.max)
    closed = ArraySubquery(shut.order_by("starts_on", "id").values(days=JSONObject(starts="starts_on", until="until_on")))
    for row in rows.annotate(shut=closed).select_related(*_RELATED).order_by("seat__place__title", "person__folded_name", "id"):
        if row.seat.place.mentor_id:
            found[row.seat.place.mentor_id].append(row)
    return found


def _by_place(rows: Iterable[Placement]) -> Iterable[list[Placement]]:
    found: dict[UUID, list[Placement]] = defaultdict(list)
    for row in rows:
        found[row.seat.place_id].append(row)
    return found.values()


def _risk(gap: Gap, rows: list[Placement], window: Period, able: dict[UUID, _Able]) -> Risk | None:
    place = rows[0].seat.place
    near, mentor = gap.period.common(window), place.mentor
    touched = tuple(_touched(row, near) for row in rows if near and _period(row).overlaps(near))
    if near is None or mentor is None or not touched or _is_closed(rows[0], near):
        return None
    until = gap.period.until
    facts: dict[str, str | int] = {"name": mentor.name, "from": gap.period.start.isoformat(), "learners": len(touched)}
    code = "mentoring.risk_away" if gap.is_away else "mentoring.risk_certificate"
    return Risk(
        place_id=place.pk,
        place=place.title,
        host_id=place.organisation_id,
        host=place.organisation.name,
        site_id=place.site_id,
        mentor_id=mentor.pk,
        mentor=mentor.name,
        from_on=gap.period.start,
        until_on=until,
        learners=touched,
        reason=Reason(code, {**facts, **({"until": until.isoformat()} if until else {})}),
        solved_by=_solutions(gap, mentor, near, able),
    )


def _solutions(gap: Gap, mentor: Mentor, near: Period, able: dict[UUID, _Able]) -> tuple[Reason, ...]:
    others = [each.name for each in able[mentor.organisation_id].on(near) if each.pk != mentor.pk]
    back_up = Reason("mentoring.solve_back_up", {"names": ", ".join(others)}) if others else Reason("mentoring.solve_nobody")
    if gap.is_away:
        return back_up, Reason("mentoring.solve_close")
    return Reason("mentoring.solve_training", {"name": mentor.name, "from": gap.period.start.isoformat()}), back_up


def _is_closed(row: Placement, days: Period) -> bool:
    """Tell whether closures of the host or the site cover all of the days."""
    at = days.start
    for closure in row.shut:  # type: ignore[attr-defined]  # annotated by _learners
        if date.fromisoformat(closure["starts"]) <= at:
            at = max(at, date.fromisoformat(closure["until"]))
    return days.until is not None and at >= days.until


def _period(row: Placement) -> Period:
    return Period(row.period.lower, row.period.upper)


def _touched(row: Placement, days: Period) -> Touched:
    both = _period(row).common(days) or days
    name = f"{row.person.first_name} {row.person.last_name}"
    return Touched(row.pk, name, row.seat.place.title, both.start, both.until or row.period.upper)
