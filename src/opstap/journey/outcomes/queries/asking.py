"""What became of people after their work at a place, and for whom that is still to be asked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.outcomes.enums import MONTHS, OutcomeMoment
from opstap.journey.outcomes.models import Ending, Outcome, OutcomeAsked
from opstap.journey.outcomes.permissions import may_tell_outcome
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.queries import followed_referrals

LONGEST = timedelta(days=180)
"""A moment is asked for until this long after it was due."""
PATIENCE = timedelta(days=14)
"""A coordinator hears of a moment that is not told this long after it was due."""
_FLAGS = tuple(f"{moment.value}_is_open" for moment in OutcomeMoment)
_WITH = ("referral__person", "referral__programme", "referral__counsellor", "placement__seat__place__organisation")


@dataclass(frozen=True, slots=True)
class DueMoment:
    """One thing to ask: of which end, at which moment, since which day."""

    ending: Ending
    moment: OutcomeMoment
    due: date


def due_on(ended_on: date, moment: OutcomeMoment) -> date:
    """Return the day on which a moment after an end is due; 31 August and three months is 30 November."""
    return months_later(ended_on, MONTHS[moment])


def months_later(day: date, count: int) -> date:
    """Return the same day so many months later, or that month's last day when it is shorter."""
    months = day.month - 1 + count
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def ending_for(actor: Actor, ending_id: UUID) -> Ending | None:
    """Return one end that the actor may speak of, or None."""
    found = Ending.objects.select_related(*_WITH).filter(pk=ending_id).first()
    return found if found is not None and may_tell_outcome(actor, found) else None


def endings_of(actor: Actor, referral_id: UUID) -> list[Ending]:
    """Return the ends of somebody's work, the latest first, for who may speak of them."""
    rows = Ending.objects.select_related(*_WITH).filter(referral_id=referral_id)
    return [row for row in rows if may_tell_outcome(actor, row)]


def outcomes_of(actor: Actor, ending: Ending) -> dict[OutcomeMoment, Outcome]:
    """Return what was told last at each moment after an end, for who may speak of it."""
    if not may_tell_outcome(actor, ending):
        return {}
    rows = Outcome.objects.filter(ending=ending, corrected_by__isnull=True)
    return {OutcomeMoment(row.moment): row for row in rows}


def due_moments(
    actor: Actor, on: date, limit: int = 50, *, is_unasked: bool = False, programme: Programme | None = None
) -> list[DueMoment]:
    """Return what is to be asked of the people whom the actor follows (in this programme, when it is given), the longest waiting first.

    Only of somebody's last end, while they are not at work in a place again, and at most half a year after the moment. With
    `is_unasked` only what nobody was asked for by a message yet. One query.
    """
    rows = _DUE(actor=actor, programme=programme, is_unasked=is_unasked, **_windows(on))
    found = [
        DueMoment(row, moment, due_on(row.on, moment))
        for row in rows
        for moment, flag in zip(OutcomeMoment, _FLAGS, strict=True)
        if getattr(row, flag)
    ]
    return sorted(found, key=lambda each: (each.due, each.ending.pk.int))[:limit]


def _due_ends(actor: Actor, programme: Programme | None, *, is_unasked: bool, **windows: date) -> QuerySet[Ending]:
    ends = _last_ends(actor) if programme is None else _last_ends(actor).filter(referral__programme=programme)
    return _with_open_moments(ends, windows, is_unasked=is_unasked).order_by("on", "pk")


_DUE = Prepared(_due_ends)


def _with_open_moments(ends: QuerySet[Ending], windows: Mapping[str, date], *, is_unasked: bool = False) -> QuerySet[Ending]:
    """Return the ends of which some moment is due and not told, with a flag for each moment (`_FLAGS`); `windows`: see `_windows`."""
    opened = {flag: _is_open(moment, windows, is_unasked=is_unasked) for moment, flag in zip(OutcomeMoment, _FLAGS, strict=True)}
    some = Q()
    for flag in _FLAGS:
        some |= Q(**{flag: True})
    return ends.annotate(**opened).filter(some)


def _is_open(moment: OutcomeMoment, windows: Mapping[str, date], *, is_unasked: bool) -> ExpressionWrapper[Q]:
    """Return whether a moment of an end is due and not told (nor asked)."""
    told = Outcome.objects.filter(ending=OuterRef("pk"), moment=moment.value)
    first, last = windows[f"{moment.value}_first"], windows[f"{moment.value}_last"]
    is_open = Q(on__gte=first, on__lte=last) & Q(~Exists(told))
    if is_unasked:
        is_open &= Q(~Exists(OutcomeAsked.objects.filter(ending=OuterRef("pk"), moment=moment.value)))
    return ExpressionWrapper(is_open, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Unasked:
    """How many moments of the people of one counsellor are due for a while and not told, since which day; "" for people without one."""

    counsellor: str
    email: str
    count: int
    since: date


def unasked_of_programmes(actor: Actor, on: date) -> list[Unasked]:
    """Return per counsellor what is to be asked in the programmes that the actor coordinates, most first; numbers only. One query."""
    programmes = actor.programme_ids(Role.COORDINATOR)
    if not programmes:
        return []
    whose = ("referral__counsellor__name", "referral__counsellor__email")
    ends = _ends().filter(referral__programme_id__in=programmes)
    rows = _with_open_moments(ends, _windows(on - PATIENCE)).values_list("on", *_FLAGS, *whose)
    found: dict[tuple[str, str], list[date]] = {}
    for ended, exit_, m3, m6, m12, name, email in rows:
        dues = [due_on(ended, moment) for moment, is_open in zip(OutcomeMoment, (exit_, m3, m6, m12), strict=True) if is_open]
        found.setdefault((name or "", email or ""), []).extend(dues)
    lines = [Unasked(name, email, len(dues), min(dues)) for (name, email), dues in found.items()]
    return sorted(lines, key=lambda line: (-line.count, line.counsellor))


def moments_to_tell(actor: Actor, referral_id: UUID, on: date) -> list[DueMoment]:
    """Return what the person (or who follows them) can tell now, the latest moment first: what they do today says the most."""
    ending = next(iter(endings_of(actor, referral_id)), None)
    if ending is None or ending.referral.stage == Stage.PLACED:
        return []
    told = outcomes_of(actor, ending)
    open_now = [moment for moment in OutcomeMoment if moment not in told and due_on(ending.on, moment) <= on]
    return [DueMoment(ending, moment, due_on(ending.on, moment)) for moment in reversed(open_now)]


def _last_ends(actor: Actor) -> QuerySet[Ending]:
    rows = _ends().select_related(*_WITH)
    return rows if actor.kind is ActorKind.SYSTEM else rows.filter(referral__in=followed_referrals(actor))


def _ends() -> QuerySet[Ending]:
    """Return everybody's last end, of those who are not at work in a place again."""
    later = Ending.objects.filter(referral=OuterRef("referral"), on__gt=OuterRef("on"))
    return Ending.objects.exclude(referral__stage=Stage.PLACED).filter(~Exists(later))


def _windows(on: date) -> dict[str, Any]:
    """Return between which days an end has each moment behind it, not longer ago than `LONGEST`; the days are the same as in `due_on`."""
    firsts = {f"{moment.value}_first": _earlier(on - LONGEST, months) for moment, months in MONTHS.items()}
    return firsts | {f"{moment.value}_last": _earlier(on, months) for moment, months in MONTHS.items()}


def _earlier(on: date, months: int) -> date:
    """Return the last day whose date so many months later is not after `on`."""
    count = on.year * 12 + on.month - 1 - months
    year, month = count // 12, count % 12 + 1
    last = monthrange(year, month)[1]
    is_month_end = on.day == monthrange(on.year, on.month)[1]
    return date(year, month, last if is_month_end else min(on.day, last))
