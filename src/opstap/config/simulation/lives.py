"""What happened to each person, told by what people and places are called and never by row ids: two years can be laid side by side."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from opstap.config.simulation.cast import NIGHT, Cast, key_of
from opstap.journey.attendance.queries.days import counting_days
from opstap.journey.attendance.queries.payments import payment_runs
from opstap.journey.evaluations.queries import visible_evaluations
from opstap.journey.placements.queries import visible_placements
from opstap.journey.plans.queries import visible_plans
from opstap.journey.referrals.queries import moves_by_referral, visible_referrals

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme

Lives = dict[str, list[str]]
"""A line for each thing that happened, in order, per person."""


def lives(programme: Programme, first: date, until: date) -> Lives:
    """Return what happened to everybody of the programme in `[first, until)`: steps, work, days, plans, evaluations and payments."""
    told: dict[UUID, list[str]] = defaultdict(list)
    moves = moves_by_referral(NIGHT, programme)
    rows = list(visible_referrals(NIGHT).filter(programme=programme).select_related("person", "counsellor"))
    for row in rows:
        told[row.pk].append(f"now {row.stage} {row.waiting_cause} {row.counsellor and row.counsellor.email} {row.last_contact_at}")
        told[row.pk] += (f"move {move.at} {move.from_stage}>{move.to_stage} {move.reason.get('code')}" for move in moves[row.pk])
    _work(programme, first, until, told)
    for plan in visible_plans(NIGHT).filter(referral__programme=programme).prefetch_related("goals__actions"):
        goals = (f"{goal.text} {goal.state} {[action.done_on for action in goal.actions.all()]}" for goal in plan.goals.all())
        told[plan.referral_id].append(f"plan {plan.version} {plan.state} {sorted(goals)}")
    for each in visible_evaluations(NIGHT, until).filter(placement__referral__programme=programme).select_related("placement"):
        line = f"evaluation {each.occasion} {each.asked_at} {each.state} {each.written_at} {each.person_answer}"
        told[each.placement.referral_id].append(line)
    return {key_of(row.person): sorted(told[row.pk]) for row in rows}


def _work(programme: Programme, first: date, until: date, told: dict[UUID, list[str]]) -> None:
    """Add where somebody worked, on which days, and what was paid."""
    placements = visible_placements(NIGHT).filter(seat__place__programme=programme).select_related("seat__place__site")
    who = {}
    for row in placements:
        who[row.pk] = row.referral_id
        told[row.referral_id].append(f"work {row.seat.place.site} {row.seat.place.title} {row.period.lower} {row.period.upper} {row.state}")
    for day in counting_days(who, first, until):
        told[who[day.placement_id]].append(f"day {day.on} {day.half_day} {day.state} {day.hours} {day.person_state}")
    for run in payment_runs(Cast(programme, until).coordinators()[0]).filter(programme=programme):
        for line in run.lines.all():
            told[who[line.placement_id]].append(f"paid {run.month} {line.month} {line.kind} {line.covers} {line.amount}")


def digest(told: Lives) -> str:
    """Return the hash of what happened to everybody, hexadecimal: equal years have equal hashes."""
    text = "\n".join(line for who, lines in sorted(told.items()) for line in (who, *lines))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
