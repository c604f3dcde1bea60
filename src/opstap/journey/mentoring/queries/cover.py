"""When nobody guides a mentor's learners: the mentor is away or without a certificate, and nobody able to stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.engine.shared import Period
from opstap.foundation.organisations.models import MentorAbsence
from opstap.journey.mentoring.models import BackUp


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody guides a mentor's learners; `is_away`: the mentor is not there, else the certificate has ended."""

    period: Period
    is_away: bool


def without_guide(on: date, mentor_ids: Collection[UUID] | None = None) -> dict[UUID, tuple[Period, ...]]:
    """Return per mentor (None: of all) the days from `on` on which they are away and nobody who can stands in."""
    away = _absences(on)
    found = _uncovered(away, _cover(on, away, mentor_ids), mentor_ids) if away else {}
    return {key: tuple(periods) for key, periods in found.items()}


def gaps_of(window: Period, ends: Mapping[UUID, date | None]) -> dict[UUID, tuple[Gap, ...]]:
    """Return per mentor the gaps that are not over when the window begins and begin before it ends; mentors without one are left out.

    `ends`: the mentors that are asked about, each with the end of the certificate (None: without end).

    Who stands in counts on the days on which they are trained and not away themselves. The end of a certificate leaves a gap; that
    there never was one does not: nobody can have started.
    """
    on = window.start
    away = _absences(on, window.until)
    ending = {key: until for key, until in ends.items() if until and until < (window.until or date.max)}
    cover = _cover(on, away, ends) if away or ending else {}
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
    away: dict[UUID, list[Period]] = defaultdict(list)
    rows = MentorAbsence.objects.filter(until_on__gt=on)
    rows = rows.filter(starts_on__lt=before) if before else rows
    for key, starts_on, until_on in rows.values_list("mentor_id", "starts_on", "until_on"):
        away[key].append(Period(starts_on, until_on))
    return away


def _cover(on: date, away: dict[UUID, list[Period]], mentor_ids: Collection[UUID] | None) -> dict[UUID, list[Period]]:
    """Return per mentor the days on which somebody trained, and there, stands in."""
    rows = BackUp.objects.filter(until_on__gt=on).select_related("stands_in")
    cover: dict[UUID, list[Period]] = defaultdict(list)
    for row in rows if mentor_ids is None else rows.filter(mentor_id__in=mentor_ids):
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
