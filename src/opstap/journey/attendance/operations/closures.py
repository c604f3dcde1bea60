"""Days on which an organisation or a site is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Site
from opstap.journey.attendance.enums import ATTENDED
from opstap.journey.attendance.models import Closure, Day
from opstap.journey.attendance.permissions import may_close_site

LONGEST = timedelta(days=366)


@operation
def add_closure(
    *, organisation_id: UUID, site_id: UUID | None, starts_on: date, until_on: date, reason: str, by: Actor, at: datetime
) -> Closure:
    """Keep that nobody is expected on `[starts_on, until_on)`.

    Raises `Refused` for who keeps no closures there, for no days or more than a year, and for days on which work is noted already.
    """
    if not may_close_site(by, organisation_id):
        raise Refused(Reason("attendance.may_not_close_site"))
    if site_id is not None and not Site.objects.filter(pk=site_id, organisation_id=organisation_id).exists():
        raise Refused(Reason("attendance.may_not_close_site"))
    if until_on <= starts_on:
        raise Refused(Reason("attendance.closure_without_days"))
    if until_on - starts_on > LONGEST:
        raise Refused(Reason("attendance.closure_too_long"))
    lock_in_order(f"closures:{organisation_id}")
    _must_be_without_work(organisation_id, site_id, starts_on, until_on)
    row = Closure.objects.create(
        organisation_id=organisation_id,
        site_id=site_id,
        starts_on=starts_on,
        until_on=until_on,
        reason=reason.strip()[:200],
        by_label=by.label,
        at=at,
    )
    _note(row, "add_closure", by, at)
    return row


def _must_be_without_work(organisation_id: UUID, site_id: UUID | None, starts_on: date, until_on: date) -> None:
    """Raise `Refused` when somebody was there: a closure takes no worked day back."""
    here = Q(placement__seat__place__organisation_id=organisation_id)
    if site_id is not None:
        here &= Q(placement__seat__place__site_id=site_id)
    worked = Day.objects.filter(here, on__gte=starts_on, on__lt=until_on, state__in=ATTENDED, corrections__isnull=True)
    if (first := worked.order_by("on").values_list("on", flat=True).first()) is not None:
        raise Refused(Reason("attendance.worked_then", {"on": first.isoformat()}))


@operation
def end_closure(*, closure: Closure, on: date, by: Actor, at: datetime) -> Closure | None:
    """Let the place be open again from a day on; one that has not begun by then is taken back, and None is returned.

    Raises `Refused` for who keeps no closures there, and for one that is over by then.
    """
    if not may_close_site(by, closure.organisation_id):
        raise Refused(Reason("attendance.may_not_close_site"))
    lock_in_order(f"closures:{closure.organisation_id}")
    row = Closure.objects.filter(pk=closure.pk).first()
    if row is None or row.until_on <= on:
        raise Refused(Reason("attendance.closure_is_over"))
    if on <= row.starts_on:
        _note(row, "remove_closure", by, at)
        row.delete()
        return None
    row.until_on = on
    row.save(update_fields=["until_on"])
    _note(row, "end_closure", by, at)
    return row


def _note(row: Closure, action: str, by: Actor, at: datetime) -> None:
    facts = {"from": row.starts_on.isoformat(), "until": row.until_on.isoformat(), "site": str(row.site_id or "")}
    record(by=by, at=at, action=action, subject_kind="organisation", subject_id=row.organisation_id, facts=facts)
