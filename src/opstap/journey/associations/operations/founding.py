"""The association itself: its terms, its members, and what a roster must know of their sites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.associations.enums import FocusGroup
from opstap.journey.associations.models import Association, Membership, SiteClosure, SiteTerms
from opstap.journey.associations.permissions import may_found, may_plan
from opstap.journey.associations.queries.contracts import is_member
from opstap.journey.people.queries import Positions
from opstap.journey.places.models import Place


@dataclass(frozen=True, slots=True)
class AssociationTerms:
    """How many people it means to employ, now and later, and at most (None: no limit); which focus groups are counted."""

    target: int
    next_target: int | None = None
    worker_cap: int | None = None
    focus_groups: tuple[FocusGroup, ...] = tuple(FocusGroup)
    notice_working_days: int = 7


def must_plan(by: Actor, association: Association) -> None:
    """Raise `Refused` for who may not keep the association."""
    if not may_plan(by, association):
        raise Refused(Reason("associations.may_not_plan"))


@operation
def found_association(*, organisation: Organisation, programme: Programme, terms: AssociationTerms, by: Actor, at: datetime) -> Association:
    """Let an organisation be an employers' association in a programme; one that is there already is returned with its own terms.

    Raises `Refused` for who may not, and for an organisation of another kind.
    """
    if not may_found(by):
        raise Refused(Reason("associations.may_not_found"))
    if organisation.kind != OrganisationKind.EMPLOYERS_ASSOCIATION:
        raise Refused(Reason("associations.not_an_association", {"organisation": organisation.name}))
    values = {"programme": programme, **_values(terms)}
    row, _ = Association.objects.get_or_create(organisation=organisation, defaults=values)
    record(by=by, at=at, action="found_association", subject_kind="association", subject_id=row.pk)
    return row


@operation
def set_association_terms(*, association: Association, terms: AssociationTerms, by: Actor, at: datetime) -> Association:
    """Change target, cap or notice. Raises `Refused` for who may not, and for a target above the cap."""
    if not (may_found(by) or may_plan(by, association)):
        raise Refused(Reason("associations.may_not_plan"))
    if terms.worker_cap is not None and max(terms.target, terms.next_target or 0) > terms.worker_cap:
        raise Refused(Reason("associations.target_above_cap", {"cap": terms.worker_cap}))
    row = Association.objects.select_for_update(of=("self",)).get(pk=association.pk)
    facts = _values(terms)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    record(by=by, at=at, action="set_association_terms", subject_kind="association", subject_id=row.pk, facts=facts)
    return row


def _values(terms: AssociationTerms) -> dict[str, object]:
    return {
        "target": terms.target,
        "next_target": terms.next_target,
        "worker_cap": terms.worker_cap,
        "focus_groups": [group.value for group in terms.focus_groups],
        "notice_working_days": terms.notice_working_days,
    }


@operation
def join_member(
    *, association: Association, organisation: Organisation, from_on: date, until_on: date | None = None, by: Actor, at: datetime
) -> Membership:
    """Let an organisation be a member for `[from_on, until_on)`. Raises `Refused` for who may not, and for days it is a member already."""
    must_plan(by, association)
    if until_on is not None and until_on <= from_on:
        raise Refused(Reason("associations.period_falls"))
    lock_in_order(f"association:{association.pk}")
    there = Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=from_on), association=association, organisation=organisation
    )
    if (there.filter(from_on__lt=until_on) if until_on else there).exists():
        raise Refused(Reason("associations.member_already", {"organisation": organisation.name}))
    row = Membership.objects.create(association=association, organisation=organisation, from_on=from_on, until_on=until_on)
    facts = {"organisation": str(organisation.pk), "from": from_on.isoformat()}
    record(by=by, at=at, action="join_member", subject_kind="membership", subject_id=row.pk, facts=facts)
    return row


@operation
def end_membership(*, membership: Membership, until_on: date, by: Actor, at: datetime) -> Membership:
    """Let a membership end: `until_on` is the first day on which nobody may be lent there. Raises `Refused` for who may not."""
    row = Membership.objects.select_for_update(of=("self",)).select_related("association", "organisation").get(pk=membership.pk)
    must_plan(by, row.association)
    if until_on <= row.from_on:
        raise Refused(Reason("associations.period_falls"))
    row.until_on = until_on
    row.save(update_fields=["until_on"])
    record(by=by, at=at, action="end_membership", subject_kind="membership", subject_id=row.pk, facts={"until": until_on.isoformat()})
    return row


@operation
def set_site_terms(
    *, association: Association, site: Site, is_seaside_shop: bool, extra_sundays: Iterable[date] = (), by: Actor, at: datetime
) -> SiteTerms:
    """Say whether a site is a shop at the coast, and which other Sundays it chose, for the rosters of this association.

    Raises `Refused` for who may not, and for a site whose organisation is no member (any more).
    """
    _must_be_own(by, association, site, at)
    values = {"is_seaside_shop": is_seaside_shop, "extra_sundays": sorted(set(extra_sundays))}
    row, _ = SiteTerms.objects.update_or_create(association=association, site=site, defaults=values)
    facts = {"seaside": is_seaside_shop, "sundays": len(values["extra_sundays"])}  # type: ignore[arg-type] # the list made just above
    record(by=by, at=at, action="set_site_terms", subject_kind="site", subject_id=site.pk, facts=facts)
    return row


@operation
def locate_site(*, association: Association, site: Site, municipality: str, neighbourhood: str, by: Actor, at: datetime) -> Site:
    """Say where a site lies, so that ways to it are known.

    Raises `Refused` for who may not, for a place that is not on the map, and for a site that has work-learning places: where it lies
    decides what learners are paid for the way, so its own organisation says it. Only while its organisation is a member: others use
    the site too.
    """
    _must_be_own(by, association, site, at)
    if not is_member(association, site.organisation_id, localdate(at)):
        raise Refused(Reason("associations.site_of_no_member", {"site": site.name}))
    if Place.objects.filter(site=site).exists():
        raise Refused(Reason("associations.site_has_places", {"site": site.name}))
    longitude, latitude = Positions().of(municipality, neighbourhood, site.postcode)
    if longitude is None and (municipality or neighbourhood):
        raise Refused(Reason("associations.not_on_the_map", {"place": ", ".join(filter(None, (neighbourhood, municipality)))}))
    site.municipality, site.neighbourhood = municipality.strip()[:100], neighbourhood.strip()[:100]
    site.longitude, site.latitude = longitude, latitude
    site.save(update_fields=["municipality", "neighbourhood", "longitude", "latitude"])
    record(by=by, at=at, action="locate_site", subject_kind="site", subject_id=site.pk)
    return site


@operation
def close_site(*, association: Association, site: Site, from_on: date, until_on: date, by: Actor, at: datetime) -> SiteClosure:
    """Close a site for `[from_on, until_on)`. Raises `Refused` as `set_site_terms` does, and for days that run backwards."""
    _must_be_own(by, association, site, at)
    if until_on <= from_on:
        raise Refused(Reason("associations.period_falls"))
    row = SiteClosure.objects.create(association=association, site=site, from_on=from_on, until_on=until_on)
    facts = {"from": from_on.isoformat(), "until": until_on.isoformat()}
    record(by=by, at=at, action="close_site", subject_kind="site", subject_id=site.pk, facts=facts)
    return row


@operation
def open_site(*, association: Association, closure: SiteClosure, by: Actor, at: datetime) -> None:
    """Take back that a site is closed. Raises `Refused` for who may not."""
    must_plan(by, association)
    if closure.association_id != association.pk:
        raise Refused(Reason("associations.site_of_no_member", {"site": closure.site.name}))
    record(by=by, at=at, action="open_site", subject_kind="site", subject_id=closure.site_id)
    closure.delete()


def _must_be_own(by: Actor, association: Association, site: Site, at: datetime) -> None:
    """Raise `Refused` for who may not plan, and for a site whose organisation is no member and will not become one."""
    must_plan(by, association)
    not_ended = Q(until_on__isnull=True) | Q(until_on__gt=localdate(at))
    if not association.memberships.filter(not_ended, organisation_id=site.organisation_id).exists():
        raise Refused(Reason("associations.site_of_no_member", {"site": site.name}))
