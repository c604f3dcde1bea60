"""An association at a glance: members, sites, coaches, how many work and are meant to, who may come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.enums import FocusGroup, HiringStage
from opstap.journey.associations.models import Association, Candidate, Coach, Membership
from opstap.journey.associations.queries import (
    candidates_of,
    coaches_of,
    current_contracts,
    demands_of,
    known_sites,
    memberships_of,
    sites_of,
)
from opstap.steering.overviews.queries.associations.focus import focus_counts


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A membership with the sites at which workers are asked for, and whether it runs today."""

    membership: Membership
    sites: tuple[Site, ...]
    runs: bool


@dataclass(frozen=True, slots=True)
class Towards:
    """How far the target is: `aim`, and once the first is reached the next one; `missing` people are still to be found for it.

    `stages`: candidates by stage; `focus`: (group, working, candidates).
    """

    working: int
    coming: int
    missing: int
    aim: int
    focus: tuple[tuple[FocusGroup, int, int], ...]
    stages: tuple[tuple[HiringStage, tuple[Candidate, ...]], ...]


@dataclass(frozen=True, slots=True)
class AssociationPage:
    """Everything on the planner's first page; `shops`: sites that are a shop at the coast; `asked`: those that ask for somebody."""

    association: Association
    towards: Towards
    members: tuple[MemberLine, ...]
    shops: frozenset[UUID]
    coaches: tuple[Coach, ...]
    asked: frozenset[UUID] = frozenset()


def towards_target(actor: Actor, association: Association, on: date) -> Towards:
    """Return how many work, how many are still to be found, and who is on the way; nobody for who may not plan."""
    contracts = list(current_contracts(actor, association, on, date.max).prefetch_related(None))
    working = [row for row in contracts if on in row.period]
    candidates = list(candidates_of(actor, association))
    coming = [row for row in candidates if row.stage not in {HiringStage.CONTRACT, HiringStage.STOPPED}]
    counted = focus_counts(working, [row.referral.person for row in coming], on)
    is_reached = len(working) >= association.target
    aim = association.next_target if is_reached and association.next_target else association.target
    return Towards(
        working=len(working),
        coming=len(contracts) - len(working),
        missing=max(aim - len(working), 0),
        aim=aim,
        focus=tuple((group, *counted[group]) for group in FocusGroup if group in association.focus_groups),
        stages=tuple((stage, tuple(row for row in candidates if row.stage == stage)) for stage in HiringStage),
    )


def association_page(actor: Actor, association: Association, on: date) -> AssociationPage:
    """Return an association at a glance; for who may not plan for it everything is empty."""
    asked = set(demands_of(actor, association).order_by().values_list("site_id", flat=True).distinct())
    coaches = [row for row in coaches_of(actor, association).prefetch_related(None) if row.ended_on is None or row.ended_on > on]
    known = known_sites(actor, association)
    used = asked | {row.site_id for row in coaches} | known.keys()
    sites = [row for row in sites_of(actor, association) if row.pk in used]
    members = tuple(
        MemberLine(row, tuple(site for site in sites if site.organisation_id == row.organisation_id), on in row.period)
        for row in memberships_of(actor, association)
    )
    towards = towards_target(actor, association, on)
    shops = frozenset(site_id for site_id, is_shop in known.items() if is_shop)
    return AssociationPage(association, towards, members, shops, tuple(coaches), frozenset(asked))
