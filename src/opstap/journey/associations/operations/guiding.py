"""Coaches at the sites: who, on which weekdays, how many workers at once, and when they are away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Association, Coach, CoachAbsence
from opstap.journey.associations.operations.founding import must_plan
from opstap.journey.associations.queries.structure import sites_of

_MOST = 30


@operation
def name_coach(*, association: Association, site: Site, name: str, weekdays: Iterable[int], maximum: int, by: Actor, at: datetime) -> Coach:
    """Let somebody be coach at a site; the same name at the same site is changed, not doubled.

    Raises `Refused` for who may not, a site of no member, without name or days, and for a maximum outside 1 to 30.
    """
    must_plan(by, association)
    days = sorted(set(weekdays))
    if not sites_of(by, association).filter(pk=site.pk).exists():
        raise Refused(Reason("associations.site_of_no_member", {"site": site.name}))
    if not name.strip() or not days:
        raise Refused(Reason("associations.coach_needs_name_and_days"))
    if not 1 <= maximum <= _MOST:
        raise Refused(Reason("associations.coach_maximum", {"most": _MOST}))
    values = {"weekdays": days, "maximum": maximum, "ended_on": None}
    row, _ = Coach.objects.update_or_create(association=association, site=site, name=name.strip()[:120], defaults=values)
    record(by=by, at=at, action="name_coach", subject_kind="coach", subject_id=row.pk, facts={"site": str(site.pk), "maximum": maximum})
    return row


@operation
def end_coach(*, coach: Coach, on: date, by: Actor, at: datetime) -> Coach:
    """Let somebody stop as coach: `on` is the first day without. Raises `Refused` for who may not."""
    must_plan(by, coach.association)
    coach.ended_on = on
    coach.save(update_fields=["ended_on"])
    record(by=by, at=at, action="end_coach", subject_kind="coach", subject_id=coach.pk, facts={"on": on.isoformat()})
    return coach


@operation
def note_coach_absence(*, coach: Coach, from_on: date, until_on: date, by: Actor, at: datetime) -> CoachAbsence:
    """Note the days on which a coach is away: `[from_on, until_on)`. Raises `Refused` for who may not, and for days that run backwards."""
    must_plan(by, coach.association)
    if until_on <= from_on:
        raise Refused(Reason("associations.period_falls"))
    row = CoachAbsence.objects.create(coach=coach, from_on=from_on, until_on=until_on)
    facts = {"from": from_on.isoformat(), "until": until_on.isoformat()}
    record(by=by, at=at, action="note_coach_absence", subject_kind="coach", subject_id=coach.pk, facts=facts)
    return row


@operation
def remove_coach_absence(*, absence: CoachAbsence, by: Actor, at: datetime) -> None:
    """Take back that a coach is away. Raises `Refused` for who may not."""
    must_plan(by, absence.coach.association)
    record(by=by, at=at, action="remove_coach_absence", subject_kind="coach", subject_id=absence.coach_id)
    absence.delete()
