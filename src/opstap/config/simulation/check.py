"""What must hold after any year, asked of the rows themselves: nobody twice, hours within limits, every euro a signed hour."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, Cast
from opstap.journey.attendance.assembly import month_sheets
from opstap.journey.attendance.queries.days import counting_days, month_of
from opstap.journey.attendance.queries.payments import payment_runs
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.queries import visible_placements
from opstap.journey.referrals.queries import moves_by_referral, visible_referrals

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from opstap.foundation.actor import Actor
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.placements.models import Placement


def broken_promises(programme: Programme, until: date) -> list[str]:
    """Return every promise that the year before `until` broke, in a line each; an empty list is a good year."""
    live = visible_placements(NIGHT).filter(seat__place__programme=programme).exclude(state=PlacementState.CANCELLED)
    rows = list(live.select_related("seat__place__mentor", "person", "referral").prefetch_related("half_days"))
    coordinator = Cast(programme, until).coordinators()[0]
    return [*_twice(rows), *_hours(rows, until), *_paid(programme, coordinator), *_unexplained(programme), *_too_many_learners(rows)]


def _twice(rows: list[Placement]) -> list[str]:
    """No seat has two people on a day, and nobody has two seats in the same half-day."""
    found = []
    taken: dict[tuple[str, object], list[tuple[date, date]]] = defaultdict(list)
    for row in rows:
        taken["seat", row.seat_id].append((row.period.lower, row.period.upper))
        for half in row.half_days.all():
            taken[f"half-day {half.half_day} of", row.person_id].append((half.period.lower, half.period.upper))
    for (kind, key), group in taken.items():
        found += [f"{kind} {key} twice" for before, after in pairwise(sorted(group)) if after[0] < before[1]]
    return found


def _hours(rows: list[Placement], until: date) -> list[str]:
    """No month has more hours than the instrument allows, and no day lies outside its placement."""
    found: list[str] = []
    placements = {row.pk: row for row in rows}
    hours: dict[tuple[date, UUID], Decimal] = defaultdict(Decimal)
    first = min((row.period.lower for row in rows), default=until)
    for day in counting_days(placements, first, until):
        row = placements[day.placement_id]
        if not row.period.lower <= day.on < row.period.upper:
            found.append(f"day {day.on} outside placement {row.pk}")
        hours[month_of(day.on), row.pk] += day.hours
    for month in sorted({month for month, _ in hours}):
        for key, sheet in month_sheets([placements[key] for at, key in hours if at == month], month).items():
            most = sheet.limits.most
            if most is not None and hours[month, key] > most:
                found.append(f"{hours[month, key]} hours in {month} at {key}, at most {most}")
    return found


def _unexplained(programme: Programme) -> list[str]:
    """Every stage on the spine is the end of a chain of moves, each with a reason."""
    found = []
    made = moves_by_referral(NIGHT, programme)
    for referral in visible_referrals(NIGHT).filter(programme=programme):
        moves = made[referral.pk]
        if not moves or moves[0].to_stage != referral.stage or any(not move.reason.get("code") for move in moves):
            found.append(f"stage {referral.stage} of {referral.pk} is not explained")
        broken = [after for after, before in pairwise(moves) if after.from_stage != before.to_stage]
        found += [f"move of {referral.pk} at {move.at} does not follow" for move in broken]
    return found


def _too_many_learners(rows: list[Placement]) -> list[str]:
    """No mentor has more learners on a day than their limit."""
    found = []
    mentors: dict[object, list[Placement]] = defaultdict(list)
    for row in rows:
        if row.seat.place.mentor_id is not None:
            mentors[row.seat.place.mentor_id].append(row)
    for key, group in mentors.items():
        limit = group[0].seat.place.mentor.learner_limit if group[0].seat.place.mentor else 0
        for start in {row.period.lower for row in group}:
            load = sum(row.period.lower <= start < row.period.upper for row in group)
            if load > limit:
                found.append(f"mentor {key} has {load} learners on {start}, at most {limit}")
    return found


def _paid(programme: Programme, by: Actor) -> list[str]:
    """Every list adds up to its lines, every line is its signed hours (or kilometres) times the rate, and no month is paid twice."""
    found: list[str] = []
    seen: Counter[tuple[object, str, str]] = Counter()
    for run in payment_runs(by).filter(programme=programme):
        lines = list(run.lines.select_related("closing"))
        if run.total != sum((line.amount for line in lines), Decimal(0)):
            found.append(f"list {run.month} is not the sum of its lines")
        for line in lines:
            seen[line.closing_id, line.covers, line.rate_id] += 1
            quantity = line.hours if line.covers == "allowance" else line.kilometres
            if line.amount != (quantity * line.rate).quantize(Decimal("0.01"), ROUND_HALF_UP):
                found.append(f"line {line.pk} is {line.amount}, not {quantity} x {line.rate}")
            if line.covers == "allowance" and (line.closing.state != "closed" or line.hours != line.closing.hours):
                found.append(f"line {line.pk} pays {line.hours} hours, signed are {line.closing.hours}")
    return [*found, *(f"{key} paid {count} times" for key, count in seen.items() if count > 1)]
