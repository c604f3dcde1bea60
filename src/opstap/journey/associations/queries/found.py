"""One thing of an association by its id, for whoever plans for it: what is denied looks like what is absent."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, When

from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Organisation, Site
from opstap.journey.associations.enums import Part, Verdict
from opstap.journey.associations.models import (
    Association,
    Candidate,
    Coach,
    CoachAbsence,
    ContractAbsence,
    Function,
    Intake,
    IntakeRow,
    Membership,
    ShortageList,
    SiteClosure,
    SiteDemand,
)
from opstap.journey.associations.permissions import may_plan
from opstap.journey.associations.queries.structure import associations_of, sites_of


def membership_for(actor: Actor, membership_id: UUID) -> Membership | None:
    """Return a membership."""
    own = associations_of(actor).values("pk")
    return Membership.objects.select_related("association", "organisation").filter(pk=membership_id, association__in=own).first()


def site_for(actor: Actor, association: Association, site_id: UUID) -> Site | None:
    """Return a site of a member."""
    return sites_of(actor, association).filter(pk=site_id).first()


def closure_for(actor: Actor, association: Association, closure_id: UUID) -> SiteClosure | None:
    """Return days on which a site is closed for the association."""
    rows = SiteClosure.objects.select_related("site").filter(association__in=associations_of(actor).values("pk"))
    return rows.filter(pk=closure_id, association=association).first()


def coach_for(actor: Actor, coach_id: UUID) -> Coach | None:
    """Return a coach with the absences."""
    rows = Coach.objects.select_related("association", "site").prefetch_related("absences")
    return rows.filter(pk=coach_id, association__in=associations_of(actor).values("pk")).first()


def coach_absence_for(actor: Actor, absence_id: UUID) -> CoachAbsence | None:
    """Return days on which a coach is away."""
    rows = CoachAbsence.objects.select_related("coach__association")
    return rows.filter(pk=absence_id, coach__association__in=associations_of(actor).values("pk")).first()


def function_for(actor: Actor, function_id: UUID) -> Function | None:
    """Return a function."""
    own = associations_of(actor).values("pk")
    return Function.objects.select_related("association").filter(pk=function_id, association__in=own).first()


def demand_for(actor: Actor, demand_id: UUID) -> SiteDemand | None:
    """Return what a site asks."""
    rows = SiteDemand.objects.select_related("association", "site", "function")
    return rows.filter(pk=demand_id, association__in=associations_of(actor).values("pk")).first()


def candidate_for(actor: Actor, candidate_id: UUID) -> Candidate | None:
    """Return somebody on the way to a contract."""
    rows = Candidate.objects.select_related("association", "referral__person")
    return rows.filter(pk=candidate_id, association__in=associations_of(actor).values("pk")).first()


def worker_absence_for(actor: Actor, absence_id: UUID) -> ContractAbsence | None:
    """Return days on which a worker is away."""
    rows = ContractAbsence.objects.select_related("contract__association", "contract__person")
    return rows.filter(pk=absence_id, contract__association__in=associations_of(actor).values("pk")).first()


def intake_for(actor: Actor, intake_id: UUID) -> Intake | None:
    """Return a workbook that came in, without the file itself."""
    rows = Intake.objects.select_related("association").defer("content")
    return rows.filter(pk=intake_id, association__in=associations_of(actor).values("pk")).first()


def intakes_of(actor: Actor, association: Association) -> QuerySet[Intake]:
    """Return the workbooks that came in, newest first, without the files themselves."""
    rows = association.intakes.defer("content")
    return rows if may_plan(actor, association) else rows.none()


def intake_rows(actor: Actor, intake: Intake) -> QuerySet[IntakeRow]:
    """Return the rows of a workbook: those in error first, then in the order in which sheets are brought in."""
    errors = Case(When(verdict=Verdict.ERROR.value, then=0), default=1)
    sheets = Case(*(When(part=part.value, then=place) for place, part in enumerate(Part)), output_field=IntegerField())
    rows = intake.rows.order_by(errors, sheets, "number")
    return rows if may_plan(actor, intake.association) else rows.none()


def shortage_lists_of(actor: Actor, association: Association) -> QuerySet[ShortageList]:
    """Return the lists of shortage occupations, newest year first."""
    rows = association.shortage_lists.all()
    return rows if may_plan(actor, association) else rows.none()


def possible_members(actor: Actor, association: Association) -> QuerySet[Organisation]:
    """Return the organisations that may become a member: names are public, the association itself is left out."""
    rows = Organisation.objects.exclude(pk=association.organisation_id)
    return rows if may_plan(actor, association) else rows.none()
