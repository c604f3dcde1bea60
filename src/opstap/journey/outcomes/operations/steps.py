"""What the operations of a relay do first and last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import lock_in_order, record
from opstap.foundation.prepared import RowByKey
from opstap.journey.followup.operations import settle_ending, settle_task
from opstap.journey.outcomes.enums import RELAY_TRANSITIONS, RelayState
from opstap.journey.outcomes.models import Relay
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.placements.permissions import as_party

_RELAY = RowByKey(Relay.objects.select_related("referral__person", "referral__programme", "referral__counsellor", "to_user", "from_user"))


def locked(relay: Relay) -> Relay:
    """Return the relay as it is now; nobody else changes it before this transaction ends."""
    lock_in_order(f"relay:{relay.pk}")
    return _RELAY(relay.pk)


def move(row: Relay, to: RelayState) -> None:
    """Put the relay in another state; raises `Refused` when that cannot follow."""
    if to not in RELAY_TRANSITIONS[RelayState(row.state)]:
        codes = {"from": f"outcomes.relay.{row.state}", "to": f"outcomes.relay.{to.value}"}
        raise Refused(Reason("outcomes.relay_cannot_follow", codes))
    row.state = to.value


def note(row: Relay, action: str, by: Actor, at: datetime, facts: Mapping[str, object] | None = None) -> None:
    """Write the audit row; facts hold codes and ids, never what the page says."""
    person_id = row.referral.person_id
    record(by=by, at=at, action=action, subject_kind="relay", subject_id=row.pk, person_id=person_id, facts=dict(facts or {}))


def settle(row: Relay, by: Actor, at: datetime) -> None:
    """Note with the work that somebody else goes on with the person: it does not end without a next step.

    Whoever the relay waits for, and who hears of it when nobody answers, is seen to by the relay itself.
    """
    words = ", ".join(part for part in (row.to_name, row.to_organisation_name) if part)
    for placement in _before(row):
        settle_ending(placement=placement, note=words, by=as_party(by, placement), at=at)


def warning_of(row: Relay) -> str:
    """Return what names the task about this offer when nobody answers it."""
    return f"relay_late:{row.pk}:{row.due_on}"


def close_warning(row: Relay, by: Actor, at: datetime) -> None:
    """Close the task about a relay that nobody answered: it was answered, taken back, or goes to somebody else."""
    if row.escalated_at is not None:
        settle_task(once=warning_of(row), by=by.acting_for(Role.HOST, row.referral_id), at=at)


def _before(row: Relay) -> QuerySet[Placement]:
    """Return the work after which the relay comes: that of its end, else what runs now."""
    found = Placement.objects.select_related("referral")
    if row.ending is not None:
        return found.filter(pk=row.ending.placement_id)
    return found.filter(referral=row.referral, state=PlacementState.RUNNING)
