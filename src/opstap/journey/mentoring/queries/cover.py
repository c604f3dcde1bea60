"""When nobody guides a mentor's learners: the mentor is away or without a certificate, and nobody able to stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from opstap.engine.shared import Period
from opstap.foundation.among import Keys
from opstap.foundation.organisations.models import Mentor, MentorAbsence
from opstap.foundation.prepared import Prepared
from opstap.journey.mentoring.models import BackUp


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody guides a mentor's learners; `is_away`: the mentor is not there, else the certificate has ended."""

    period: Period
    is_away: bool


class CoverBook:
    """Who is away and who stands in at some organisations from a day on: each read once, when it is first asked for."""

    def __init__(self, organisation_ids: Iterable[UUID], on: date, mentors: Sequence[Mentor] | None = None) -> None:
        """Keep which organisations and from which day; `mentors`: everybody who is mentor there, when they were read already."""
        self.organisation_ids, self.on, self._mentors = frozenset(organisation_ids), on, mentors

    @cached_property
    def absences(self) -> tuple[MentorAbsence, ...]:
        """Absences that are not over, the first on top."""
        rows = MentorAbsence.objects.filter(mentor__organisation_id__in=self.organisation_ids, until_on__gt=self.on)
        return tuple(rows.order_by("starts_on", "id"))

    @cached_property
    def back_ups(self) -> tuple[BackUp, ...]:
        """Who stands in for whom, from that day or later."""
        rows = BackUp.objects.filter(mentor__organisation_id__in=self.organisation_ids, until_on__gt=self.on)
        return tuple(rows.select_related("stands_in").order_by("from_on", "id"))

    @cached_property
    def mentors(self) -> tuple[Mentor, ...]:
        """Every mentor of these organisations, by name."""
        if self._mentors is not None:
            return tuple(self._mentors)
        return tuple(Mentor.objects.filter(organisation_id__in=self.organisation_ids).select_related("organisation"))


def book_of(mentors: Iterable[Mentor], on: date) -> CoverBook:
    """Return the book of the organisations of these mentors."""
    return CoverBook({mentor.organisation_id for mentor in mentors}, on)


def without_guide(on: date, mentor_ids: Collection[UUID] | None = None) -> dict[UUID, tuple[Period, ...]]:
    """Return per mentor (None: of all) the days from `on` on which they are away and nobody who can stands in."""
    away = _absences(on)
    found = _uncovered(away, _cover(on, away, mentor_ids), mentor_ids) if away else {}
    return {key: tuple(periods) for key, periods in found.items()}


def gaps_of(window: Period, ends: Mapping[UUID, date | None], book: CoverBook | None = None) -> dict[UUID, tuple[Gap, ...]]:
    """Return per mentor the gaps that are not over when the window begins and begin before it ends; mentors without one are left out.

    `ends`: the mentors that are asked about, each with the end of the certificate (None: without end). `book`: of their organisations,
    when it was opened already.

    Who stands in counts on the days on which they are trained and not away themselves. The end of a certificate leaves a gap; that
    there never was one does not: nobody can have started.
    """
    on = window.start
    away = _by_mentor(row for row in book.absences if row.starts_on < (window.until or date.max)) if book else _absences(on, window.until)
    ending = {key: until for key, until in ends.items() if until and until < (window.until or date.max)}
    cover = (_covered(book.back_ups, away) if book else _cover(on, away, ends)) if away or ending else {}
    found: dict[UUID, list[Gap]] = defaultdict(list)
    for key, periods in _uncovered(away, cover, ends).items():
        found[key] += [Gap(period, is_away=True) for period in periods]
    for key, until in ending.items():
        found[key] += [Gap(period, is_away=False) for period in _minus([Period(max(until, on))], cover.get(key, []))]
    return {key: tuple(sorted(gaps, key=lambda gap: gap.period.start)) for key, gaps in found.items() if gaps}


def _uncovered(
    away: Mapping[UUID, list[Period]], cover: Mapping[UUID, list[Period]], mentor_ids: Collection[UUID] | None
) -> dict[UUID, list[Period]]:
    """Return what is left of the absences of these mentors when somebody stands in."""
    asked = away if mentor_ids is None else away.keys() & set(mentor_ids)
    return {key: left for key in asked if (left := _minus(away[key], cover.get(key, [])))}


def _absences(on: date, before: date | None = None) -> dict[UUID, list[Period]]:
    """Return every absence that is not over, and began or begins before a day: there are few."""
    return _by_mentor(_ABSENT(on=on, before=before))


def _absent(on: date, before: date | None) -> QuerySet[MentorAbsence]:
    rows = MentorAbsence.objects.filter(until_on__gt=on)
    return rows.filter(starts_on__lt=before) if before else rows


_ABSENT = Prepared(_absent)


def _by_mentor(rows: Iterable[MentorAbsence]) -> dict[UUID, list[Period]]:
    away: dict[UUID, list[Period]] = defaultdict(list)
    for row in rows:
        away[row.mentor_id].append(Period(row.starts_on, row.until_on))
    return away


def _cover(on: date, away: Mapping[UUID, list[Period]], mentor_ids: Collection[UUID] | None) -> dict[UUID, list[Period]]:
    """Return per mentor the days on which somebody trained, and there, stands in."""
    return _covered(_BACK_UPS(on=on, keys=None if mentor_ids is None else Keys(mentor_ids)), away)


def _back_ups(on: date, keys: Keys | None) -> QuerySet[BackUp]:
    rows = BackUp.objects.filter(until_on__gt=on).select_related("stands_in")
    return rows if keys is None else rows.filter(mentor_id__among=keys)


_BACK_UPS = Prepared(_back_ups)


def _covered(rows: Iterable[BackUp], away: Mapping[UUID, list[Period]]) -> dict[UUID, list[Period]]:
    cover: dict[UUID, list[Period]] = defaultdict(list)
    for row in rows:
        if row.stands_in.certified_on is None:
            continue
        trained = _window(row.stands_in.certified_on, row.stands_in.certified_until)
        days = trained.common(Period(row.from_on, row.until_on)) if trained else None
        if days:
            cover[row.mentor_id] += _minus([days], away.get(row.stands_in_id, []))
    return cover


def _window(start: date, until: date | None) -> Period | None:
    return Period(start, until) if until is None or until > start else None


def _minus(periods: Iterable[Period], cuts: Iterable[Period]) -> list[Period]:
    """Return the days of the periods that lie in none of the cuts, in order."""
    left = sorted(periods, key=lambda period: period.start)
    for cut in cuts:
        left = [part for period in left for part in _without(period, cut)]
    return left


def _without(period: Period, cut: Period) -> list[Period]:
    if not period.overlaps(cut):
        return [period]
    before = [Period(period.start, cut.start)] if period.start < cut.start else []
    goes_on = cut.until is not None and cut.until < (period.until or date.max)
    return [*before, Period(cut.until, period.until)] if goes_on and cut.until else before
