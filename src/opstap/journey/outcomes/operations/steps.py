"""What the operations of a relay do first and last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, record
from opstap.journey.outcomes.enums import RELAY_TRANSITIONS, RelayState
from opstap.journey.outcomes.models import Relay


def locked(relay: Relay) -> Relay:
    """Return the relay as it is now; nobody else changes it before this transaction ends."""
    lock_in_order(f"relay:{relay.pk}")
    related = ("referral__person", "referral__programme", "referral__counsellor", "to_user", "from_user")
    return Relay.objects.select_related(*related).get(pk=relay.pk)


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
