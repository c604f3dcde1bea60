"""What is known of an association, by the names that a workbook uses."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from uuid import UUID

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.roster import RosterReading
from opstap.engine.rostering.assumed import assumed_demands
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Neighbourhood
from opstap.journey.associations.enums import HiringStage
from opstap.journey.associations.models import Association, Candidate, Coach, Contract, Function, SiteDemand, SiteTerms
from opstap.journey.associations.queries import (
    candidates_of,
    coaches_of,
    contracts_of,
    demands_of,
    functions_of,
    memberships_of,
    site_terms_of,
    sites_of,
)
from opstap.journey.people.queries import latest_sources


class Known:
    """Rows of an association by the names of a workbook, each looked up once; made anew after something changed."""

    def __init__(self, actor: Actor, association: Association, reading: RosterReading, on: date) -> None:
        self.actor, self.association, self.reading, self.on = actor, association, reading, on
        self._told: set[tuple[str, str]] = set()

    def is_news(self, kind: str, name: str) -> bool:
        """Tell whether this is the first time that something new is named."""
        was_told = (kind, fold(name)) in self._told
        self._told.add((kind, fold(name)))
        return not was_told

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """Organisations that the workbook names as a member."""
        told = [row.member for row in self.reading.demands.values] + [row.member for row in self.reading.sites.values]
        names = {fold(member) for member in told if member}
        return {row.folded_name: row for row in Organisation.objects.filter(folded_name__in=names)}

    @cached_property
    def member_ids(self) -> frozenset[UUID]:
        """Organisations that are or were a member."""
        return frozenset(row.organisation_id for row in memberships_of(self.actor, self.association))

    @cached_property
    def sites(self) -> dict[str, Site]:
        """Sites of members by name; of several with one name the one that is asked for already, else one without a street."""
        asked = {row.site_id for row in self.demands.values()}
        rows = sorted(sites_of(self.actor, self.association), key=lambda row: (row.pk in asked, not row.street))
        return {fold(row.name): row for row in rows}

    @cached_property
    def site_terms(self) -> dict[UUID, SiteTerms]:
        """What rosters know of the sites."""
        return site_terms_of(self.actor, self.association)[0]

    @cached_property
    def functions(self) -> dict[str, Function]:
        """Functions by title."""
        return {row.folded_title: row for row in functions_of(self.actor, self.association)}

    @cached_property
    def demands(self) -> dict[tuple[UUID, UUID, int, int], SiteDemand]:
        """What is asked on weekdays, by site, function, weekday and start."""
        lines = demands_of(self.actor, self.association).filter(on__isnull=True, from_on__isnull=True)
        return {(row.site_id, row.function_id, row.weekday or 0, row.starts): row for row in lines}

    @cached_property
    def coaches(self) -> dict[tuple[UUID, str], Coach]:
        """Coaches by site and name."""
        return {(row.site_id, fold(row.name)): row for row in coaches_of(self.actor, self.association)}

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """Contracts by number."""
        return {row.number: row for row in contracts_of(self.actor, self.association)}

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """People on the way to a contract by name; a name that two of them have is left out, and so is who stopped."""
        ended = {HiringStage.CONTRACT, HiringStage.STOPPED}
        rows = [row for row in candidates_of(self.actor, self.association) if row.stage not in ended]
        names = [row.referral.person.folded_name for row in rows]
        return {row.referral.person.folded_name: row for row in rows if names.count(row.referral.person.folded_name) == 1}

    @cached_property
    def sources(self) -> dict[tuple[UUID, str], str]:
        """Where the latest value of a fact came from, by person and fact."""
        people = [row.person_id for row in self.contracts.values()]
        return {key: source for key, (source, _) in latest_sources(people).items()}

    @cached_property
    def towns(self) -> dict[str, str]:
        """The municipality of each neighbourhood whose name stands in one municipality only, by folded name."""
        found: dict[str, set[str]] = {}
        for name, town in Neighbourhood.objects.values_list("folded_name", "municipality"):
            found.setdefault(name, set()).add(town)
        return {name: next(iter(towns)) for name, towns in found.items() if len(towns) == 1}

    @cached_property
    def municipalities(self) -> dict[str, str]:
        """Municipalities of the region by folded name."""
        return {fold(town): town for town in Neighbourhood.objects.order_by().values_list("municipality", flat=True).distinct()}

    @cached_property
    def assumed(self) -> dict[str, tuple[str, ...]]:
        """What well-known functions ask of a body, by folded title; to be confirmed."""
        return {fold(title): codes for title, codes in assumed_demands().items()}
