"""What sites ask for: every weekday, or on one day instead of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import DAY_MINUTES, Association, Function, SiteDemand
from opstap.journey.associations.operations.founding import must_plan
from opstap.journey.associations.queries.structure import sites_of


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, in minutes after midnight, with `pause` minutes of break."""

    starts: int
    ends: int
    pause: int = 0


@dataclass(frozen=True, slots=True)
class Needs:
    """`minimum` people who can do it, `wanted` and `maximum` people in all."""

    minimum: int
    wanted: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A weekday (0 is Monday) of `[from_on, until_on)`, or one day."""

    weekday: int | None = None
    on: date | None = None
    from_on: date | None = None
    until_on: date | None = None


@operation
def set_demand(
    *, association: Association, site: Site, function: Function, when: Ask, hours: Hours, needs: Needs, by: Actor, at: datetime
) -> SiteDemand:
    """Keep what a site asks; the same site, function, weekday (or day) and start is changed, not doubled.

    Raises `Refused` for who may not, a site of no member, a function of another association, and numbers or hours that cannot be.
    """
    must_plan(by, association)
    if function.association_id != association.pk or not sites_of(by, association).filter(pk=site.pk).exists():
        raise Refused(Reason("associations.site_of_no_member", {"site": site.name}))
    _check(when, hours, needs)
    lock_in_order(f"association:{association.pk}")
    values = {
        "ends": hours.ends,
        "pause": hours.pause,
        "minimum": needs.minimum,
        "wanted": needs.wanted,
        "maximum": needs.maximum,
        "until_on": when.until_on,
    }
    row, _ = SiteDemand.objects.update_or_create(
        association=association,
        site=site,
        function=function,
        weekday=when.weekday,
        on=when.on,
        from_on=when.from_on,
        starts=hours.starts,
        defaults=values,
    )
    facts = {"minimum": needs.minimum, "wanted": needs.wanted, "maximum": needs.maximum, "weekday": when.weekday}
    record(by=by, at=at, action="set_demand", subject_kind="demand", subject_id=row.pk, facts=facts)
    return row


@operation
def remove_demand(*, demand: SiteDemand, by: Actor, at: datetime) -> None:
    """Take away what a site asked. Raises `Refused` for who may not."""
    must_plan(by, demand.association)
    facts = {"site": str(demand.site_id), "function": str(demand.function_id), "weekday": demand.weekday}
    record(by=by, at=at, action="remove_demand", subject_kind="demand", subject_id=demand.pk, facts=facts)
    demand.delete()


def _check(when: Ask, hours: Hours, needs: Needs) -> None:
    if (when.weekday is None) == (when.on is None):
        raise Refused(Reason("associations.weekday_or_day"))
    if not 0 <= hours.starts < hours.ends - hours.pause or hours.ends > DAY_MINUTES:
        raise Refused(Reason("associations.hours_fall"))
    if not 0 <= needs.minimum <= needs.wanted <= needs.maximum:
        raise Refused(Reason("associations.needs_fall"))
