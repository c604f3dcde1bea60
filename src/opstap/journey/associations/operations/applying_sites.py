"""Sites and members that a workbook names for the first time."""

from __future__ import annotations

from datetime import datetime

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.roster import DemandRow, SiteRow
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import record
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.organisations.operations import add_organisation
from opstap.journey.associations.assembly.intake import Known
from opstap.journey.associations.models import Membership
from opstap.journey.associations.operations.founding import join_member
from opstap.journey.people.queries import Positions
from opstap.journey.places.models import Place


def bring_site(row: SiteRow | DemandRow, known: Known, by: Actor, at: datetime) -> Site:
    """Return the site of a row, made now if there was none; its organisation becomes a member when it was none.

    Raises `Refused` for a site that is not known and whose member is not told.
    """
    name, member, about = row.site, row.member, row if isinstance(row, SiteRow) else None
    found = known.sites.get(fold(name))
    if found is not None and about is None:
        return found
    if found is None and not member:
        raise Refused(Reason("associations.row_without_member"))
    organisation = found.organisation if found else _member(member, known, by, at, about)
    site = found or Site(organisation=organisation, name=name[:200])
    if found is None or not Place.objects.filter(site=site).exists():  # where learners go, its own organisation says where it lies
        _locate(site, known, about)
        site.save()
    known.sites[fold(name)] = site
    record(by=by, at=at, action="create_site" if found is None else "change_site", subject_kind="site", subject_id=site.pk)
    return site


def _locate(site: Site, known: Known, about: SiteRow | None) -> None:
    """Set where a site lies: by its own row, else by the municipality that its name names."""
    folded = fold(site.name)
    town = (about.municipality if about else None) or site.municipality
    town = town or next((title for key, title in known.municipalities.items() if key and key in folded), "")
    site.municipality, site.neighbourhood = town, (about.neighbourhood if about else None) or site.neighbourhood
    site.longitude, site.latitude = Positions().of(site.municipality, site.neighbourhood, site.postcode)


def _member(name: str, known: Known, by: Actor, at: datetime, about: SiteRow | None) -> Organisation:
    """Return the organisation of this name, a member from the day that its row tells, else from the beginning of the programme."""
    folded = fold(name)
    organisation = known.organisations.get(folded) or _alike(folded)
    if organisation is None:
        kind = OrganisationKind.SOCIAL_ENTERPRISE
        organisation = add_organisation(name=name[:200], folded_name=folded[:200], kind=kind, by=by, at=at)
    known.organisations[folded] = organisation
    if not Membership.objects.filter(association=known.association, organisation=organisation).exists():
        start = (about.member_from if about else None) or known.association.programme.starts_on
        until = about.member_until if about else None
        join_member(association=known.association, organisation=organisation, from_on=start, until_on=until, by=by, at=at)
    return organisation


def _alike(folded: str) -> Organisation | None:
    """Return the one organisation whose name is this one with its legal form ("De Oesterbank" is "De Oesterbank vzw")."""
    found = list(Organisation.objects.filter(folded_name__startswith=f"{folded} ")[:2])
    return found[0] if len(found) == 1 else None
