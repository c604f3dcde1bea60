"""What a side has of an employers' association: people with contracts, a draft of a roster, a published one, a shift."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.journey.rosters.cases import AT, MONDAY, SYSTEM, Case, make_case, make_roster

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.journey.associations.operations import join_member
from opstap.journey.rosters.enums import RosterState, SupposedKind
from opstap.journey.rosters.models import DayCorrection, Roster, RosterShift, WorkedMonth
from opstap.journey.rosters.operations import Supposed, suppose

if TYPE_CHECKING:
    from uuid import UUID

    from tests.house.access.world import Side

    from opstap.foundation.organisations.models import Organisation


def roster(side: Side, employer: Organisation, people: int) -> None:
    """Give the side's planner an association with so many people, all of whom work in a draft."""
    case = make_case(side.name, people, organisation=employer, planner=side.staff["planner"])
    told = make_roster(case, ("An", 0, "hall"))
    hours = {"starts": 480, "ends": 966, "pause": 30, "is_learner": False}
    RosterShift.objects.create(
        roster=told, contract=case.people["Cor"], on=MONDAY, site=side.hosting[1], function=case.functions["pack"], **hours
    )
    Roster.objects.filter(pk=told.pk).update(state=RosterState.PUBLISHED.value, published_at=AT)
    told.refresh_from_db()
    join_member(association=case.association, organisation=side.hosting[0], from_on=date(2023, 1, 1), by=SYSTEM, at=AT)
    draft = make_roster(case, ("An", 0, "hall"), ("Bea", 0, "shop"), *((f"Dirk{number}", 1, "hall") for number in range(people)))
    shift = RosterShift.objects.get(roster=draft, contract=case.people["An"])
    work = f"{MONDAY.isoformat()}_{case.sites['hall'].pk}_{case.functions['pack'].pk}_{shift.starts}"
    side.parts |= {
        "association_id": case.association.pk,
        "roster_id": draft.pk,
        "shift_id": shift.pk,
        "rotating_id": case.people["Cor"].pk,
        "correction_id": _correction(case),
        "day_correction_id": _day_correction(case),
        "supposition_id": _supposition(case, told),
        "roster_work": work,
        "roster_token": _link(case),
        "roster_place": f"{case.people['Bea'].pk}_{work}",
        "roster_day": f"{case.people['An'].pk}_{MONDAY.isoformat()}",
    }


def _correction(case: Case) -> UUID:
    """Return a correction of a month that waits for its approval."""
    values = {"minutes": 0, "digest": "", "closed_by": "test", "closed_at": AT}
    return WorkedMonth.objects.create(association=case.association, month=date(2023, 8, 1), number=2, **values).pk


def _day_correction(case: Case) -> UUID:
    """Return a correction of a day that waits for somebody's answer."""
    days = {"was_minutes": 456, "state": "absent", "minutes": 0, "on": MONDAY, "site": case.sites["hall"], "contract": case.people["An"]}
    return DayCorrection.objects.create(reason="test", proposer=case.planner, proposed_by="test", proposed_at=AT, **days).pk


def _supposition(case: Case, told: Roster) -> UUID:
    """Return an answered supposition beside what is told: An is away for a day."""
    what = Supposed(SupposedKind.AWAY, str(case.people["An"].pk), MONDAY, MONDAY + timedelta(days=1))
    made = suppose(beside=told, what=[what], in_background=False, by=case.by, at=AT)
    Roster.objects.filter(pk=made.pk).update(state=RosterState.READY.value, cost=0)
    return made.pk


def _link(case: Case) -> str:
    """Return the token of a link to somebody's own working days."""
    contract = case.people["An"]
    return issue_link(
        purpose=LinkPurpose.ROSTER, subject_id=contract.pk, person_id=contract.person_id, organisation_id=None, address=None,
        expires_at=AT + timedelta(days=30), by=SYSTEM, at=AT,
    ).token  # fmt: skip
