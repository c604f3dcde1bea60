"""A report: funnel, days between steps, causes of waiting, completion and work after six months, with what may not be shown left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.timezone import localtime

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral
from opstap.steering.reports.enums import FUNNEL, LEAST, SPANS, Column, Part
from opstap.steering.reports.permissions import may_report
from opstap.steering.reports.queries.counting import Counted, Period, causes, counted
from opstap.steering.reports.queries.safe import shown
from opstap.steering.reports.queries.solving import Node
from opstap.steering.reports.queries.wilson import wilson

_ALL = "all"


@dataclass(frozen=True, slots=True)
class Span:
    """The days from one step to the next of the people who reached both: how many people, and the quartiles."""

    people: int
    first: float
    median: float
    third: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many people, and the 95 % interval of the share (fractions)."""

    number: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, as a fraction."""
        return self.number / self.of


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a report: a number that may not be shown is None. `key`: the id, "" for nobody's, "all" for everybody."""

    key: str
    name: str
    counts: Mapping[Column, int | None]
    spans: tuple[Span | None, ...]
    completion: Share | None
    work: Share | None

    @property
    def funnel(self) -> tuple[tuple[Column, int | None], ...]:
        """The steps in order."""
        return tuple((column, self.counts[column]) for column in FUNNEL)


@dataclass(frozen=True, slots=True)
class Cause:
    """For how many people one cause of waiting holds, and for how many days in the median; None when it may not be shown."""

    code: str
    people: int | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole programme and its groups by one part, for the people referred in one year, as things stood at `as_of`."""

    programme: Programme
    part: Part
    year: int
    as_of: datetime
    everybody: Group
    groups: tuple[Group, ...]
    causes: tuple[Cause, ...]


def report_on(actor: Actor, programme: Programme, *, year: int, part: Part, at: datetime) -> Report | None:
    """Return the report of a programme that the actor coordinates, or None; four statements, however many people.

    Who was referred in one calendar year is counted, as things stood when this month began: whole years and months, so that two
    reports side by side do not single anybody out.
    """
    if not may_report(actor, programme):
        return None
    period = period_of(year, at)
    rows = counted(programme.pk, period)
    everybody = next(row for row in rows if row.part is None)
    may_show = shown(_trees(rows))
    chosen = [row for row in rows if row.part is part]
    names = _names(part, [row.key for row in chosen if row.key])
    groups = [_group(row, names.get(row.key, "") if row.key else "", may_show) for row in chosen]
    return Report(
        programme=programme,
        part=part,
        year=year,
        as_of=period.as_of,
        everybody=_group(everybody, programme.name, may_show),
        groups=tuple(sorted(groups, key=lambda group: (not group.name, group.name))),
        causes=_causes(causes(programme.pk, period)),
    )


def latest_year(actor: Actor, programme: Programme, at: datetime) -> int:
    """Return the last year, up to this one, in which somebody was referred to a programme that the actor coordinates; else this year."""
    this = localtime(at).year
    if not may_report(actor, programme):
        return this
    referred = Referral.objects.filter(programme=programme, referred_on__lt=date(this + 1, 1, 1))
    last = referred.aggregate(last=Max("referred_on"))["last"]
    return last.year if last else this


def period_of(year: int, at: datetime) -> Period:
    """Return who is counted in the report of a year, and as of when: the beginning of this month."""
    month = localtime(at).date().replace(day=1)
    as_of = datetime(month.year, month.month, 1, tzinfo=ZoneInfo("Europe/Brussels"))
    return Period(date(year, 1, 1), date(year + 1, 1, 1), as_of)


def _key(row: Counted) -> str:
    if row.part is None:
        return _ALL
    inside = f"{row.mentor}/" if row.part is Part.PLACE else ""
    return f"{row.part.value}:{inside}{row.key}"


def _trees(rows: Sequence[Counted]) -> list[Node]:
    """Return everybody divided into mentors with their places, and everybody divided into partners."""
    everybody = next(row for row in rows if row.part is None)
    mentors = []
    for row in (each for each in rows if each.part is Part.MENTOR):
        places = [Node(_key(place), place.counts) for place in rows if place.part is Part.PLACE and place.mentor == row.key]
        mentors.append(Node(_key(row), row.counts, places))
    partners = [Node(_key(row), row.counts) for row in rows if row.part is Part.PARTNER]
    return [Node(_ALL, everybody.counts, mentors), Node(_ALL, everybody.counts, partners)]


def _group(row: Counted, name: str, may_show: frozenset[tuple[str, Column]]) -> Group:
    counts = {column: row.counts[column] if (_key(row), column) in may_show else None for column in Column}
    spans = tuple(_span(counts[after], days) for (_, after), days in zip(SPANS, row.quartiles, strict=True))
    completion = _share(counts[Column.COMPLETED], counts[Column.ENDED])
    work = _share(counts[Column.WORKS], counts[Column.KNOWN])
    key = _ALL if row.part is None else str(row.key or "")
    return Group(key, name, counts, spans, completion, work)


def _span(people: int | None, days: tuple[float, float, float] | None) -> Span | None:
    return None if people is None or days is None else Span(people, *days)


def _share(number: int | None, of: int | None) -> Share | None:
    return None if number is None or of is None else Share(number, of, *wilson(number, of))


def _causes(found: Mapping[str, tuple[int, float]]) -> tuple[Cause, ...]:
    """Return the causes, most people first; one hidden alone could be worked out, so the next smallest is hidden with it."""
    hidden = {code for code, (number, _) in found.items() if number < LEAST}
    rest = sorted((number, code) for code, (number, _) in found.items() if code not in hidden)
    while hidden and rest and (len(hidden) == 1 or sum(found[code][0] for code in hidden) < LEAST):
        hidden.add(rest.pop(0)[1])
    ordered = sorted(found.items(), key=lambda item: (item[0] in hidden, -item[1][0] if item[0] not in hidden else 0, item[0]))
    return tuple(Cause(code, None, None) if code in hidden else Cause(code, number, days) for code, (number, days) in ordered)


def _names(part: Part, keys: Sequence[UUID]) -> dict[UUID, str]:
    if part is Part.PLACE:
        rows = Place.objects.filter(pk__in=keys).values_list("pk", "title", "organisation__name").order_by()
        return {key: f"{title}, {host}" for key, title, host in rows}
    model = Mentor if part is Part.MENTOR else Organisation
    return dict(model.objects.filter(pk__in=keys).values_list("pk", "name").order_by())
