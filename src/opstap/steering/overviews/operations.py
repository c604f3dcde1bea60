"""What leaves the product as a file: every list that is taken out is an audit row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.models import MatchRound
from opstap.steering.overviews.permissions import may_steer
from opstap.steering.overviews.queries.funnel import Waiting, waiting_list


@operation
def export_waiting(*, programme: Programme, stage: str, cause: str, by: Actor, at: datetime) -> tuple[Waiting, ...]:
    """Return the people behind a number of the funnel, for a file. Raises `Refused` when the actor does not coordinate the programme."""
    if not may_steer(by, programme):
        raise Refused(Reason("overviews.may_not_export"))
    rows = waiting_list(by, programme, at, stage=stage, cause=cause)
    facts = {"stage": stage, "cause": cause, "rows": len(rows)}
    record(by=by, at=at, action="export_waiting", subject_kind="programme", subject_id=programme.pk, facts=facts)
    return rows


@operation
def note_export(*, match_round: MatchRound, lists: Sequence[str], rows: int, by: Actor, at: datetime) -> int:
    """Note that lists of a round leave as a file; return the number of rows. Raises `Refused` when the actor does not coordinate."""
    if not may_steer(by, match_round.programme):
        raise Refused(Reason("overviews.may_not_export"))
    facts = {"lists": list(lists), "rows": rows}
    record(by=by, at=at, action="export_round", subject_kind="round", subject_id=match_round.pk, facts=facts)
    return rows
