"""An association and what it is made of: members, sites, functions, coaches, demand, candidates. All only for its planner."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import (
    Association,
    Candidate,
    Coach,
    Function,
    Membership,
    SiteClosure,
    SiteDemand,
    SiteTerms,
)
from opstap.journey.associations.permissions import may_plan, may_put_forward
from opstap.journey.referrals.models import Referral


def associations_of(actor: Actor) -> QuerySet[Association]:
    """Return the associations that the actor plans for, with their organisations; for the product itself all of them."""
    rows = Association.objects.select_related("organisation", "programme")
    return rows if actor.kind is ActorKind.SYSTEM else rows.filter(organisation_id__in=actor.organisation_ids(Role.PLANNER))


def association_for(actor: Actor, association_id: UUID | None = None) -> Association | None:
    """Return the association with this id that the actor plans for, or without id the first one; None when there is none."""
    rows = associations_of(actor)
    return (rows if association_id is None else rows.filter(pk=association_id)).first()


def memberships_of(actor: Actor, association: Association) -> QuerySet[Membership]:
    """Return all memberships of an association, past ones too, with their organisations."""
    rows = association.memberships.select_related("organisation")
    return rows if may_plan(actor, association) else rows.none()


def sites_of(actor: Actor, association: Association) -> QuerySet[Site]:
    """Return the sites of all organisations that are or were a member, by organisation and name."""
    members = memberships_of(actor, association).order_by().values_list("organisation_id", flat=True)
    found = Site.objects.filter(organisation_id__in=members).select_related("organisation")
    return found.order_by("organisation__folded_name", "name", "id")


def known_sites(actor: Actor, association: Association) -> dict[UUID, bool]:
    """Return the sites of which a roster was told something, whether they ask for anybody or not: is it a shop at the coast."""
    return dict(association.site_terms.values_list("site_id", "is_seaside_shop")) if may_plan(actor, association) else {}


def site_terms_of(actor: Actor, association: Association) -> tuple[dict[UUID, SiteTerms], dict[UUID, list[SiteClosure]]]:
    """Return what a roster must know of the sites, and the days on which they are closed, by site."""
    if not may_plan(actor, association):
        return {}, {}
    terms = {row.site_id: row for row in association.site_terms.all()}
    closures: dict[UUID, list[SiteClosure]] = {}
    for row in association.site_closures.all():
        closures.setdefault(row.site_id, []).append(row)
    return terms, closures


def functions_of(actor: Actor, association: Association) -> QuerySet[Function]:
    """Return the functions of an association, with the years in which they are a shortage occupation."""
    rows = association.functions.prefetch_related("shortages")
    return rows if may_plan(actor, association) else rows.none()


def coaches_of(actor: Actor, association: Association) -> QuerySet[Coach]:
    """Return the coaches at the sites, those who stopped too, with their absences."""
    rows = association.coaches.select_related("site").prefetch_related("absences")
    return rows if may_plan(actor, association) else rows.none()


def demands_of(actor: Actor, association: Association) -> QuerySet[SiteDemand]:
    """Return what the sites ask for: every weekday and every dated exception."""
    rows = association.demands.select_related("site", "function")
    return rows if may_plan(actor, association) else rows.none()


def demanding_sites(actor: Actor, association: Association) -> QuerySet[Site]:
    """Return the sites that ask for people, by name."""
    asking = demands_of(actor, association).order_by().values("site_id")
    return Site.objects.filter(pk__in=asking).order_by("name", "id")


def associations_near(actor: Actor, referral: Referral) -> list[tuple[Association, Candidate | None]]:
    """Return the associations of somebody's programme, each with where the person stands there, for who may put them forward."""
    if not may_put_forward(actor, referral):
        return []
    there = {row.association_id: row for row in Candidate.objects.filter(referral=referral)}
    rows = Association.objects.select_related("organisation").filter(programme_id=referral.programme_id)
    return [(row, there.get(row.pk)) for row in rows]


def candidates_of(actor: Actor, association: Association) -> QuerySet[Candidate]:
    """Return who is on the way to a contract, with the person."""
    rows = association.candidates.select_related("referral__person")
    return rows if may_plan(actor, association) else rows.none()
