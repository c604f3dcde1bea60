"""Days on which an organisation or a site is closed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.models import Site
from opstap.journey.attendance.models import Closure
from opstap.journey.attendance.permissions import may_close_site


@operation
def add_closure(
    *, organisation_id: UUID, site_id: UUID | None, starts_on: date, until_on: date, reason: str, by: Actor, at: datetime
) -> Closure:
    """Keep that nobody is expected on `[starts_on, until_on)`. Raises `Refused` for who is not of the organisation, and for no days."""
    if not may_close_site(by, organisation_id):
        raise Refused(Reason("attendance.may_not_close_site"))
    if site_id is not None and not Site.objects.filter(pk=site_id, organisation_id=organisation_id).exists():
        raise Refused(Reason("attendance.may_not_close_site"))
    if until_on <= starts_on:
        raise Refused(Reason("attendance.closure_without_days"))
    row = Closure.objects.create(
        organisation_id=organisation_id,
        site_id=site_id,
        starts_on=starts_on,
        until_on=until_on,
        reason=reason.strip()[:200],
        by_label=by.label,
        at=at,
    )
    facts = {"from": starts_on.isoformat(), "until": until_on.isoformat()}
    record(by=by, at=at, action="add_closure", subject_kind="organisation", subject_id=organisation_id, facts=facts)
    return row


@operation
def remove_closure(*, closure: Closure, by: Actor, at: datetime) -> None:
    """Take back a closure: the place is open on those days. Raises `Refused` for who is not of the organisation."""
    if not may_close_site(by, closure.organisation_id):
        raise Refused(Reason("attendance.may_not_close_site"))
    facts = {"from": closure.starts_on.isoformat(), "until": closure.until_on.isoformat()}
    record(by=by, at=at, action="remove_closure", subject_kind="organisation", subject_id=closure.organisation_id, facts=facts)
    closure.delete()
