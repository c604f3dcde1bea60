"""Rosters that an actor may see, their shifts, and what everybody was told for a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import MessageChannel, MessageState
from opstap.foundation.outbox.models import Message
from opstap.journey.associations.models import Association, Contract
from opstap.journey.associations.permissions import may_plan
from opstap.journey.associations.queries import associations_of
from opstap.journey.rosters.enums import UNDER_WAY, ChangeKind, RosterKind, RosterState, Verdict
from opstap.journey.rosters.models import DayCorrection, Presence, Roster, RosterChange, RosterShift, WorkedMonth

ABOUT = "roster_of"
"""What a message about somebody's roster is about: the contract."""
GIVEN_UP_AFTER = timedelta(minutes=20)
"""A roster that takes longer than this was left behind by its worker."""


def rosters_of(actor: Actor, association: Association) -> QuerySet[Roster]:
    """Return the rosters of an association, the latest weeks first."""
    return Roster.objects.filter(association__in=associations_of(actor).filter(pk=association.pk))


def roster_for(actor: Actor, roster_id: UUID) -> Roster | None:
    """Return one roster with its association, or None: denied and absent look the same."""
    rows = Roster.objects.select_related("association", "association__organisation", "based_on")
    found = rows.filter(pk=roster_id).first()
    return found if found is not None and may_plan(actor, found.association) else None


def shifts_of(actor: Actor, roster: Roster) -> QuerySet[RosterShift]:
    """Return the shifts of a visible roster, with person, site and function."""
    rows = RosterShift.objects.filter(roster=roster).select_related("contract__person", "site", "function")
    return rows if may_plan(actor, roster.association) else rows.none()


def shift_for(actor: Actor, shift_id: UUID) -> RosterShift | None:
    """Return one shift of a visible roster, or None."""
    rows = RosterShift.objects.select_related("roster__association__organisation", "contract__person", "site", "function")
    found = rows.filter(pk=shift_id).first()
    return found if found is not None and may_plan(actor, found.roster.association) else None


def changes_of(actor: Actor, roster: Roster) -> QuerySet[RosterChange]:
    """Return what was done by hand, the latest first, what was undone too."""
    rows = roster.changes.all()
    return rows if may_plan(actor, roster.association) else rows.none()


def drafts_with_holes(actor: Actor, roster: Roster) -> QuerySet[Roster]:
    """Return the other open drafts of the association out of which shifts fell because somebody cannot come, the first weeks first."""
    holes = RosterChange.objects.filter(kind=ChangeKind.REMOVE.value, undone_at__isnull=True, why="")
    rows = rosters_of(actor, roster.association).filter(kind=RosterKind.COPY.value, state=RosterState.READY.value, title="")
    return rows.filter(pk__in=holes.order_by().values("roster_id")).exclude(pk=roster.pk).order_by("start", "made_at")


def suppositions_of(actor: Actor, association: Association) -> QuerySet[Roster]:
    """Return what is supposed beside the rosters of an association, the latest first."""
    return rosters_of(actor, association).exclude(suppositions=[]).order_by("-made_at", "id")


def stale_rosters(at: datetime) -> QuerySet[Roster]:
    """Return the rosters that no worker is making any more: asked for so long ago that it was killed, or never came."""
    return Roster.objects.filter(state__in=UNDER_WAY, made_at__lt=at - GIVEN_UP_AFTER).select_related("association")


def is_being_made(association: Association) -> bool:
    """Tell whether a roster of the association is under way."""
    return Roster.objects.filter(association=association, state__in=UNDER_WAY).exists()


def published_rosters(association: Association, start: date, until: date) -> list[Roster]:
    """Return what is published for some day of `[start, until)`, the latest publication first."""
    rows = Roster.objects.filter(association=association, state=RosterState.PUBLISHED.value, start__lt=until)
    return [roster for roster in rows.order_by("-published_at", "id") if end_of(roster) > start]


def published_shifts(association: Association, start: date, until: date, *, with_people: bool = False) -> list[RosterShift]:
    """Return the shifts that everybody was told for `[start, until)`: on each day those of the latest publication that covers it.

    `with_people`: with person, site and function, for a page.
    """
    found: list[RosterShift] = []
    rosters = published_rosters(association, start, until)
    rows = RosterShift.objects.filter(roster__in=rosters, on__gte=start, on__lt=until)
    if with_people:
        rows = rows.select_related("contract__person", "site__organisation", "function")
    by_roster: dict[UUID, list[RosterShift]] = {}
    for row in rows:
        by_roster.setdefault(row.roster_id, []).append(row)
    told: set[date] = set()
    for roster in rosters:
        covered = {roster.start + timedelta(days=day) for day in range(7 * roster.weeks)} - told
        found += [row for row in by_roster.get(roster.pk, ()) if row.on in covered]
        told |= covered
    return sorted(found, key=lambda row: (row.on, row.starts, row.pk))


def presence_of(association: Association, start: date, until: date) -> dict[UUID, dict[date, Presence]]:
    """Return what was noted last of each day of `[start, until)`, by contract and day, with the site."""
    rows = (
        Presence.objects.filter(contract__association=association, on__gte=start, on__lt=until)
        .select_related("site__organisation")
        .order_by("id")
    )
    found: dict[UUID, dict[date, Presence]] = {}
    for row in rows:
        found.setdefault(row.contract_id, {})[row.on] = row
    return found


def notes_of(contract: Contract, start: date, until: date) -> list[Presence]:
    """Return everything that was noted of a worker's days of `[start, until)`, what was replaced later too."""
    return list(Presence.objects.filter(contract=contract, on__gte=start, on__lt=until).select_related("site").order_by("on", "id"))


def worked_month_for(actor: Actor, month_id: UUID) -> WorkedMonth | None:
    """Return one closing of a month of an association that the actor plans for, or None."""
    found = WorkedMonth.objects.select_related("association").filter(pk=month_id).first()
    return found if found is not None and may_plan(actor, found.association) else None


def day_corrections(actor: Actor, association: Association, start: date, until: date) -> QuerySet[DayCorrection]:
    """Return the corrections of days of `[start, until)` in closed months, those that wait, and what was said of the others too."""
    rows = DayCorrection.objects.filter(contract__association=association, on__gte=start, on__lt=until)
    shown = rows.select_related("contract__person", "site").order_by("on", "proposed_at", "id")
    return shown if may_plan(actor, association) else rows.none()


def months_to_answer(actor: Actor, association: Association) -> list[date]:
    """Return the months of which a correction waits that somebody else proposed, the first one first."""
    if not may_plan(actor, association) or actor.user_id is None:
        return []
    days = DayCorrection.objects.filter(contract__association=association, verdict=Verdict.WAITING.value).exclude(proposer_id=actor.user_id)
    months = WorkedMonth.objects.filter(association=association, is_closed=False).exclude(proposer_id=actor.user_id)
    found = {on.replace(day=1) for on in days.order_by().values_list("on", flat=True)}
    return sorted(found | set(months.order_by().values_list("month", flat=True)))


def day_correction_for(actor: Actor, correction_id: UUID) -> DayCorrection | None:
    """Return one correction of a day of an association that the actor plans for, or None."""
    found = DayCorrection.objects.select_related("contract__association", "contract__person", "site").filter(pk=correction_id).first()
    return found if found is not None and may_plan(actor, found.contract.association) else None


def is_month_closed(actor: Actor, association: Association, month: date) -> bool:
    """Tell whether a month was closed for pay already."""
    return may_plan(actor, association) and WorkedMonth.objects.filter(association=association, month=month, is_closed=True).exists()


def waits_on_paper(contract_ids: Iterable[UUID]) -> list[Message]:
    """Return what no e-mail or SMS will bring to these workers: letters that wait, no way at all, what did not arrive. Oldest first."""
    rows = Message.objects.filter(subject_kind=ABOUT, subject_id__in=list(contract_ids))
    on_paper = Q(state=MessageState.QUEUED.value, channel=MessageChannel.LETTER.value)
    return list(rows.filter(on_paper | Q(state__in=(MessageState.HELD.value, MessageState.FAILED.value))).order_by("queued_at", "id"))


def own_contract(actor: Actor, contract_id: UUID) -> Contract | None:
    """Return the own contract of a person who came in by a link about it, or None."""
    if actor.person_id is None or actor.only_id not in {None, contract_id}:
        return None
    rows = Contract.objects.select_related("association__organisation", "person")
    return rows.filter(pk=contract_id, person_id=actor.person_id).first()


def own_shifts(actor: Actor, contract_id: UUID, start: date, until: date) -> list[RosterShift]:
    """Return the shifts of `[start, until)` that a person was told for their own contract; none of anybody else."""
    contract = own_contract(actor, contract_id)
    if contract is None:
        return []
    return [row for row in published_shifts(contract.association, start, until, with_people=True) if row.contract_id == contract_id]


def end_of(roster: Roster) -> date:
    """Return the first day after a roster."""
    return roster.start + timedelta(days=7 * roster.weeks)
