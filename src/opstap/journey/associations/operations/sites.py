"""Where the members' work is: a site that was not known yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Organisation, Site
from opstap.journey.associations.models import Association, Membership, SiteTerms
from opstap.journey.associations.operations.founding import must_plan
from opstap.journey.people.queries import Positions


@dataclass(frozen=True, slots=True)
class Address:
    """Where a site lies; an empty area is the middle of the town."""

    street: str = ""
    postcode: str = ""
    municipality: str = ""
    neighbourhood: str = ""


@operation
def add_site(*, association: Association, organisation: Organisation, name: str, address: Address, by: Actor, at: datetime) -> Site:
    """Return a new site of a member, on the map.

    Raises `Refused` for who may not, without a name, for an organisation that is no member now or later, for a name that the
    association's members have already (a workbook tells sites apart by name), and for a place that is not on the map.
    """
    must_plan(by, association)
    lock_in_order(f"association:{association.pk}")
    told = " ".join(name.split())[:200]
    if not told:
        raise Refused(Reason("associations.site_without_name"))
    rows = Membership.objects.filter(association=association)
    if not rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=localdate(at)), organisation=organisation).exists():
        raise Refused(Reason("associations.site_of_no_member", {"site": told}))
    known = Site.objects.filter(organisation__in=rows.values("organisation")).values_list("name", flat=True)
    if fold(told) in {fold(each) for each in known}:
        raise Refused(Reason("associations.site_known", {"site": told}))
    longitude, latitude = Positions().of(address.municipality, address.neighbourhood, address.postcode)
    if longitude is None:
        place = ", ".join(filter(None, (address.neighbourhood, address.municipality, address.postcode)))
        raise Refused(Reason("associations.not_on_the_map", {"place": place}))
    site = Site.objects.create(
        organisation=organisation, name=told, street=address.street.strip()[:200], postcode=address.postcode.strip()[:10],
        municipality=address.municipality.strip()[:100], neighbourhood=address.neighbourhood.strip()[:100], longitude=longitude,
        latitude=latitude,
    )  # fmt: skip
    SiteTerms.objects.create(association=association, site=site)
    record(by=by, at=at, action="create_site", subject_kind="site", subject_id=site.pk)
    return site
