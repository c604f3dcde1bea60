"""The terms of a new agreement, filled in from what is known: nobody types anything again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from opstap.engine.costing import HoursLimits, hours_limits, load_rates, months_used_up
from opstap.engine.shared import Reason
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Organisation, Site
from opstap.journey.agreements.assembly.limits import missing_in
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement
from opstap.journey.placements.queries import other_periods
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

_WEEKS_A_MONTH = Decimal(52) / Decimal(12)
_BETWEEN_TASKS = re.compile(r"[\n;•]+")


def drafted_fields(placement: Placement) -> dict[str, Any]:
    """Return every field of an agreement for the placement, within the limits of its instrument (see `drafting_notes`).

    The placement comes with seat, place, site, mentor, person and referral; what nobody knows is left empty.
    """
    place, referral = placement.seat.place, placement.referral
    starts_on: date = placement.period.lower
    limits = hours_limits(placement.instrument, starts_on, load_rates())
    partner = partner_of(referral, starts_on)
    return {
        "person_name": str(placement.person),
        "person_address": _home(placement.person),
        "host_name": place.organisation.name,
        "host_number": place.organisation.enterprise_number,
        "host_contact": _contact(place.organisation),
        "partner_name": partner.name if partner else "",
        "partner_contact": referral.counsellor.name if referral.counsellor else "",
        "job_title": place.title,
        "site": _site(place.site),
        "first_day": "",
        "mentor_name": place.mentor.name if place.mentor else "",
        "starts_on": starts_on.isoformat(),
        "last_on": (_until(placement, limits) - timedelta(days=1)).isoformat(),
        "half_days": place.half_days,
        "hours_month": _hours(place, limits),
        "tasks": _tasks(place),
        "competences": _competences(place, placement.person),
        "host_insurance": "",
    }


def completed(fields: Mapping[str, Any], placement: Placement) -> dict[str, Any]:
    """Return the fields of a draft, with what it needs and lacked filled in from what is known by now: a mentor named since, say."""
    missing = missing_in(fields)
    known = drafted_fields(placement) if missing else {}
    return {**fields, **{key: known[key] for key in missing if known.get(key)}}


def drafting_notes(placement: Placement) -> tuple[Reason, ...]:
    """Return what was kept within the limits of the instrument and differs from what the place or the proposal says."""
    place, starts_on = placement.seat.place, placement.period.lower
    limits = hours_limits(placement.instrument, starts_on, load_rates())
    notes = []
    hours, wanted = _hours(place, limits), _wanted_hours(place, limits)
    if hours != wanted:
        notes.append(Reason("agreements.hours_kept_within", {"hours": hours, "wanted": wanted}))
    if (until := _until(placement, limits)) != placement.period.upper:
        notes.append(Reason("agreements.period_kept_within", {"last": (until - timedelta(days=1)).isoformat(), "months": limits.months}))
    if not (place.teaches or placement.person.learning_goals):
        notes.append(Reason("agreements.learns_from_tasks"))
    return tuple(notes)


def _until(placement: Placement, limits: HoursLimits) -> date:
    """Return the first day after the period: that of the proposal, or earlier when the instrument does not last that long."""
    upper: date = placement.period.upper
    first: date = placement.period.lower
    used_up = months_used_up(first, limits.months, other_periods([placement])[placement.pk])
    return max(min(upper, used_up or upper), first + timedelta(days=1))


def _wanted_hours(place: Place, limits: HoursLimits) -> int:
    """Return the hours a month that the place says, or that its half-days come to."""
    return place.hours_per_month or int(place.half_days.bit_count() * limits.half_day * _WEEKS_A_MONTH)


def _hours(place: Place, limits: HoursLimits) -> int:
    wanted = Decimal(_wanted_hours(place, limits))
    return int(min(max(wanted, limits.least or wanted), limits.most or wanted))


def _tasks(place: Place) -> list[str]:
    """Return the tasks of a place one by one; a place that says nothing more than its title has that as its task."""
    parts = [part.strip(" .-") for part in _BETWEEN_TASKS.split(place.tasks)]
    return [part for part in parts if part] or [place.title]


def _competences(place: Place, person: Person) -> list[str]:
    """Return what the place teaches, or what the person asked to learn; when neither says anything, the tasks are what is learned."""
    return list(place.teaches or person.learning_goals or _tasks(place))


def partner_of(referral: Referral, on: date) -> Organisation | None:
    """Return the organisation that follows the person: the one they were assigned to, else the only one for which the counsellor works."""
    if referral.counselling_organisation or referral.counsellor is None:
        return referral.counselling_organisation
    own = [key for key in actor_for(referral.counsellor, on).organisation_ids(Role.COUNSELLOR) if key]
    return Organisation.objects.get(pk=own[0]) if len(own) == 1 else None


def _home(person: Person) -> str:
    return ", ".join(part for part in (person.street, f"{person.postcode} {person.municipality}".strip()) if part)


def _site(site: Site) -> str:
    return ", ".join(part for part in (site.name, site.street, f"{site.postcode} {site.municipality}".strip()) if part)


def _contact(organisation: Organisation) -> str:
    return ", ".join(part for part in (organisation.phone, organisation.email) if part)
