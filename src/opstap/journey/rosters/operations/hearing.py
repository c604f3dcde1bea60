"""Who hears of a roster on paper: what was given by hand or posted is kept, so that nobody is forgotten."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.enums import Told
from opstap.foundation.outbox.operations import note_told
from opstap.journey.associations.models import Contract
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.queries import waits_on_paper


@operation
def note_roster_given(*, contract: Contract, how: Told, by: Actor, at: datetime) -> int:
    """Keep that a worker was told of the roster in person; return how many messages that answered.

    Raises `Refused` for who may not plan, and when nothing waits on paper for this worker.
    """
    if not may_plan(by, contract.association):
        raise Refused(Reason("rosters.may_not_plan"))
    rows = waits_on_paper([contract.pk])
    if not rows:
        raise Refused(Reason("rosters.nothing_waits"))
    for row in rows:
        note_told(message=row, how=how, by=by, at=at)
    facts = {"how": how.value, "messages": len(rows)}
    record(
        by=by, at=at, action="note_roster_given", subject_kind="contract", subject_id=contract.pk, person_id=contract.person_id, facts=facts
    )
    return len(rows)
