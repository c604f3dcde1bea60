"""What a side has of an association beside its roster: a coach, a closed site, days away, candidates, a list on its way in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.factories import make_person, make_referral
from tests.journey.associations.cases import workbook
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM

from opstap.journey.associations.enums import AbsenceKind, HiringStage
from opstap.journey.associations.models import Association, Membership
from opstap.journey.associations.operations import (
    close_site,
    move_candidate,
    name_coach,
    note_coach_absence,
    note_worker_absence,
    put_forward,
    upload_workbook,
)

if TYPE_CHECKING:
    from tests.house.access.world import Side

    from opstap.journey.associations.models import Candidate


def employ(side: Side, people: int) -> None:
    """Give the side's association everything that the planner's pages name, and so many candidates."""
    association = Association.objects.select_related("programme").get(pk=side.parts["association_id"])
    contract, demand = association.contracts.order_by("number")[0], association.demands.select_related("site")[0]
    site, until = demand.site, ON + timedelta(days=7)
    coach = name_coach(association=association, site=site, name=f"Coach {side.name}", weekdays=(0, 1), maximum=3, by=SYSTEM, at=AT)
    first, *_others = [_candidate(association, side, number) for number in range(people)]
    for stage in (HiringStage.ELIGIBLE, HiringStage.INTERVIEW):
        move_candidate(candidate=first, to=stage, by=SYSTEM, at=AT)
    data = workbook()
    intake = upload_workbook(association=association, data=data, filename="groepering.xlsx", as_of=ON, by=SYSTEM, at=AT)
    side.parts |= {
        "membership_id": Membership.objects.filter(association=association)[0].pk,
        "site_id": site.pk,
        "closure_id": close_site(association=association, site=site, from_on=ON, until_on=until, by=SYSTEM, at=AT).pk,
        "coach_id": coach.pk,
        "coach_absence_id": note_coach_absence(coach=coach, from_on=ON, until_on=until, by=SYSTEM, at=AT).pk,
        "candidate_id": first.pk,
        "contract_id": contract.pk,
        "worker_absence_id": note_worker_absence(
            contract=contract, from_on=until, until_on=None, kind=AbsenceKind.LEAVE, by=SYSTEM, at=AT
        ).pk,
        "function_id": demand.function_id,
        "demand_id": demand.pk,
        "intake_id": intake.pk,
    }


def _candidate(association: Association, side: Side, number: int) -> Candidate:
    referral = make_referral(make_person(f"Kandidaat{side.name}{number}"), association.programme)
    return put_forward(association=association, referral=referral, by=SYSTEM, at=AT)
