"""Telling everybody: what is published for each person, against what was told before, with one message to each whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, cancel_messages, queue_message
from opstap.foundation.outbox.queries import not_gone_about
from opstap.journey.associations.models import Contract
from opstap.journey.people.queries import recipient_of
from opstap.journey.rosters.assembly import Difference, board_of, differences_of, late_people
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.permissions import may_change_roster
from opstap.journey.rosters.queries import ABOUT, end_of

_CODE = "message.roster"
QUIET = timedelta(minutes=15)
"""How long a message waits: whoever publishes again within it says everything in one."""


@operation
def publish_roster(*, roster: Roster, agreed: Iterable[UUID] = (), by: Actor, at: datetime) -> Roster:
    """Tell a draft to everybody. Each person for whom something is different gets one message after a quiet quarter of an hour.

    `agreed`: the contracts of people who agreed to a change within the notice. Raises `Refused` for who may not, for a roster that
    is no draft or breaks a rule as the facts stand now, and naming those with a change within the notice who did not agree.
    """
    if not may_change_roster(by, roster):
        raise Refused(Reason("rosters.may_not_plan"))
    lock_in_order(f"rosters:{roster.association_id}", f"roster:{roster.pk}")
    held = Roster.objects.select_related("association__organisation").get(pk=roster.pk)
    if held.state != RosterState.READY:
        raise Refused(Reason("rosters.no_draft"))
    if held.suppositions:
        raise Refused(Reason("rosters.is_supposition"))
    today, asked = localdate(at), set(agreed)
    _must_keep_rules(held, today)
    differences = differences_of(held, today)
    late = late_people(held.association, differences, today)
    if missing := [contract for contract in late if contract.pk not in asked]:
        names = tuple(sorted(str(contract.person) for contract in missing))
        raise Refused(Reason("rosters.within_notice", {"people": names}, "Act of 3 October 2022 (to be confirmed)"))
    _replace_earlier(held)
    held.state, held.published_at, held.published_by_label = RosterState.PUBLISHED, at, by.label
    held.save(update_fields=["state", "published_at", "published_by_label"])
    people = {each.contract.pk: each.contract for each in differences}
    for contract in people.values():
        _tell(contract, [each for each in differences if each.contract == contract], by, at)
    facts = {"people": len(people), "days": len(differences), "agreed": len(late)}
    record(by=by, at=at, action="publish_roster", subject_kind="roster", subject_id=held.pk, facts=facts)
    return held


def _must_keep_rules(roster: Roster, today: date) -> None:
    """Refuse what breaks a rule from today on; what was worked already stays as it was, whatever became known of it since."""
    board = board_of(roster)
    ahead = [each for each in board.violations if not each.shifts or any(shift.day >= today for shift in each.shifts)]
    if ahead:
        raise Refused(board.names.said(ahead[0].reason))


def _replace_earlier(roster: Roster) -> None:
    """Mark what this publication covers wholly as replaced; an earlier one that goes on longer stays published for those weeks."""
    earlier = Roster.objects.filter(association=roster.association, state=RosterState.PUBLISHED.value, start__gte=roster.start)
    covered = [each.pk for each in earlier if end_of(each) <= end_of(roster)]
    Roster.objects.filter(pk__in=covered).update(state=RosterState.REPLACED)


def _tell(contract: Contract, differences: Iterable[Difference], by: Actor, at: datetime) -> None:
    """Put one message out; an earlier one that has not left yet is taken back and its days are said in this one.

    A day that came back to what the person knew before both is not said; when none is left, nothing is.
    """
    knew, knows = _unsaid(contract), {each.on: _key(each.now) for each in differences}
    knew = {each.on: _key(each.was) for each in differences} | knew
    cancel_messages(subject_kind=ABOUT, subject_id=contract.pk, reason="said_anew", code=_CODE, by=by, at=at)
    today = localdate(at)
    told = {on: was for on, was in knew.items() if on >= today and (on not in knows or was != knows[on])}
    if not told:
        return
    knew_before = ";".join(f"{on.isoformat()}={was}" for on, was in sorted(told.items()))
    facts = {"days": len(told), "first": min(told).isoformat(), "knew": knew_before}
    content = Content(_CODE, facts, Weight.MUST, LinkPurpose.ROSTER, contract.pk)
    recipient = recipient_of(contract.person)
    queue_message(content=content, recipient=recipient, subject_kind=ABOUT, subject_id=contract.pk, not_before=at + QUIET, by=by, at=at)


def _unsaid(contract: Contract) -> dict[date, str]:
    """Return the days of which a message still waits, each with what the person knew of it before."""
    found = {}
    for row in not_gone_about(ABOUT, contract.pk, _CODE):
        for on, _, was in (day.partition("=") for day in (row.facts or {}).get("knew", "").split(";") if day):
            found[date.fromisoformat(on)] = was
    return found


def _key(row: RosterShift | None) -> str:
    """Return where and when a shift is, "" for free."""
    return f"{row.site_id} {row.function_id} {row.starts} {row.ends}" if row else ""
