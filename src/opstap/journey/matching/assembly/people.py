"""Referrals with their person as the engine sees them: without name, sex, origin or nationality, under the referral's id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.costing import days_left, hours_limits, load_rates, used_up_since
from opstap.engine.matching.people import Person as Seeker
from opstap.engine.matching.people import UsedUp
from opstap.engine.shared import Period
from opstap.engine.shared.entry import BEHIND_ENTRY, ENTRY_RULE, with_entry
from opstap.engine.shared.priority import is_55_plus, is_young_low_educated
from opstap.engine.shared.vocabulary import dutch_rank
from opstap.foundation.among import Keys
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.queries import standing_decisions
from opstap.journey.matching.assembly.drawn import name_of_person
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral

_WORKED = "worked"
"""In the place of an answer: a line of what somebody worked."""


@dataclass(frozen=True)
class Decided:
    """What the latest decisions say per instrument: the answer, and the period of a yes; and of which no month is left, since when.

    `worked`: per instrument the days `[start, until)` that the person worked or is to work, from which that follows.
    """

    answers: dict[str, str] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    used_up: dict[str, UsedUp] = field(default_factory=dict)
    worked: dict[str, list[tuple[date, date]]] = field(default_factory=dict)

    @property
    def allowed(self) -> dict[str, Period]:
        """The instruments that are open, with their period: behind the entry rule only while that is, and while days enough are left."""
        entry = self.periods.get(ENTRY_RULE)
        found = {name: self.periods[name] for name, answer in with_entry(self.answers).items() if answer == "yes"}
        common = {name: period.common(entry) if entry and name in BEHIND_ENTRY else period for name, period in found.items()}
        left = {name: _before(period, self.used_up.get(name)) for name, period in common.items() if period is not None}
        return {name: period for name, period in left.items() if period is not None}

    def worth(self, least_days: int, on: date) -> Decided:
        """Return the same where fewer days left of an instrument's months than these are not worth proposing."""
        return replace(self, used_up=_used_up(self.worked, on, least_days)) if self.worked else self

    @property
    def refused(self) -> frozenset[str]:
        """The instruments that are closed."""
        return frozenset(name for name, answer in with_entry(self.answers).items() if answer == "no")


def _told(referral_ids: Keys, person_ids: Keys, on: date) -> QuerySet[Decision, tuple[UUID, str, str, date, date | None]]:
    """Return the latest decisions per referral, and after them what was worked or is agreed per person: one question for both."""
    latest = standing_decisions().filter(referral_id__among=referral_ids, on__lte=on).order_by()
    placed = Proposal.objects.filter(person_id__among=person_ids, placement__isnull=False).exclude(placement__state="cancelled").order_by()
    period = ("placement__period__startswith", "placement__period__endswith")
    worked = placed.values_list("person_id", "placement__instrument", Value(_WORKED), *period)
    return latest.values_list("referral_id", "instrument", "answer", "on", "expires_on").union(worked, all=True)


_TOLD = Prepared(_told)


def _before(period: Period, used_up: UsedUp | None) -> Period | None:
    if used_up is None:
        return period
    return period.common(Period(period.start, used_up.since)) if period.start < used_up.since else None


def instruments_in_force(referrals: Iterable[Referral], on: date) -> dict[UUID, Decided]:
    """Return what was decided per referral, another programme's or an earlier way left out; without any decision it is absent.

    What the person worked under an instrument, in whichever programme, counts for how long it may still last.
    """
    people = {referral.pk: referral.person_id for referral in referrals}
    found: dict[UUID, Decided] = defaultdict(Decided)
    worked: dict[UUID, dict[str, list[tuple[date, date]]]] = defaultdict(dict)
    for key, instrument, answer, start, until in _TOLD(referral_ids=Keys(people), person_ids=Keys(set(people.values())), on=on):
        if answer == _WORKED:
            worked[key].setdefault(instrument, []).append((start, until or date.max))
            continue
        decided = found[key]
        if until is None or on < until:
            decided.answers[instrument] = answer
            decided.periods[instrument] = Period(start, until)
    for referral_id, decided in found.items():
        decided.worked.update(worked.get(people[referral_id], {}))
        decided.used_up.update(_used_up(decided.worked, on))
    return dict(found)


def _used_up(worked: Mapping[str, list[tuple[date, date]]], on: date, least_days: int = 1) -> dict[str, UsedUp]:
    """Return the instruments of which no month, or fewer days, are left once what is agreed is worked, and from which day on."""
    found = {}
    for instrument, days in worked.items():
        months = hours_limits(instrument, on, load_rates()).months
        left = days_left(months, days)
        if months is None or left is None or left >= least_days:
            continue
        since = used_up_since(months, days, least_days if left else 1)
        if since is not None:
            found[instrument] = UsedUp(months, since, left, least_days)
    return found


def as_seeker(referral: Referral, programme: Programme, on: date, decided: Decided | None, asked: Iterable[Directive]) -> Seeker:
    """Return the person behind a referral as the engine sees them; what is not known is named in `unknown`."""
    person = referral.person
    vetoes = frozenset(str(row.place_id) for row in asked if row.kind == DirectiveKind.VETO)
    interests = frozenset(str(row.place_id) for row in asked if row.kind == DirectiveKind.INTEREST)
    return Seeker(
        key=str(referral.pk),
        half_days=person.half_days or 0,
        dutch=dutch_rank(person.dutch_level) if person.dutch_level else 0,
        waiting_since=referral.referred_on,
        licences=frozenset(person.licences or ()),
        limits=frozenset(person.limits or ()),
        longitude=person.longitude,
        latitude=person.latitude,
        neighbourhood=person.neighbourhood,
        travel_mode=person.travel_mode or "public_transport",
        max_travel_minutes=person.travel_minutes or programme.travel_minutes,
        wishes=tuple(fold(wish) for wish in person.wishes),
        interests=interests,
        vetoes=vetoes,
        instruments=decided.allowed if decided else {},
        learning_goals=frozenset(fold(goal) for goal in person.learning_goals),
        is_young_low_educated=is_young_low_educated(person.birth_date, person.education, on),
        is_55_plus=is_55_plus(person.birth_date, on),
        closed=decided.refused if decided else frozenset(),
        used_up=decided.used_up if decided else {},
        unknown=unknown_facts(person, has_decisions=decided is not None),
        drawn_as=name_of_person(person),
    )


def unknown_facts(person: Person, *, has_decisions: bool) -> frozenset[str]:
    """Return the names of the facts that matching needs and nobody has told us yet."""
    known: Mapping[str, Any] = {
        "half_days": person.half_days,
        "dutch": person.dutch_level,
        "licences": person.licences,
        "limits": person.limits,
        "location": person.longitude,
        "travel_mode": person.travel_mode,
        "instruments": has_decisions or None,
    }
    return frozenset(name for name, value in known.items() if value is None)


def _running(referral_ids: Collection[UUID]) -> QuerySet[Directive]:
    return Directive.objects.filter(referral_id__in=referral_ids, ended_at__isnull=True)


_RUNNING = Prepared(_running)


def directives_by_referral(referral_ids: Iterable[UUID]) -> dict[UUID, list[Directive]]:
    """Return the running directives per referral."""
    asked: dict[UUID, list[Directive]] = defaultdict(list)
    ids = tuple(referral_ids)
    ask = _RUNNING if len(ids) == 1 else _RUNNING.anew
    for row in ask(referral_ids=ids):
        asked[row.referral_id].append(row)
    return asked
