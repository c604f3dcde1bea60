"""Work in the background: rounds, and proposals that lapse."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from opstap.engine.shared import Reason, Refused
from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.matching.enums import ProposalState, RoundStatus
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.matching.operations import fail_round, lapse_proposal, run_round
from opstap.journey.matching.queries import stale_rounds


@app.task(name="matching.compute_round", queue="rounds")
def compute_round(round_id: str) -> None:
    """Compute a round; a round that was computed meanwhile is left alone."""
    match_round = MatchRound.objects.select_related("programme").get(pk=UUID(round_id))
    if match_round.status in {RoundStatus.QUEUED, RoundStatus.RUNNING}:
        run_round(match_round=match_round, by=system_actor("worker"), clock=clock.now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="matching.give_up_rounds", queue="clock")
def give_up_rounds(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Say of every round that a killed worker left behind that it was stopped, so that the next one can be asked for."""
    now = clock.now()
    for match_round in stale_rounds(now):
        fail_round(match_round=match_round, reason=Reason("matching.solver_stopped"), by=system_actor("worker"), at=now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="matching.lapse_proposals", queue="clock")
def lapse_proposals(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """End every proposal whose time to answer is over; each in its own transaction."""
    now = clock.now()
    for proposal in Proposal.objects.filter(state=ProposalState.SENT, expires_at__lte=now):
        try:
            lapse_proposal(proposal=proposal, by=system_actor("worker"), at=now)
        except Refused:
            continue  # answered at this very moment
