"""Rounds, proposals, and what people and hosts answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.agreements import agree
from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.config.simulation.sayings import HOST_DECLINES, PERSON_DECLINES
from opstap.engine.shared import Refused
from opstap.journey.matching.enums import Answer, ProposalState
from opstap.journey.matching.operations import lapse_proposal, request_round, run_round, send_proposal
from opstap.journey.matching.queries import visible_proposals
from opstap.journey.placements.operations import answer_as_host, answer_as_person
from opstap.journey.placements.operations.answers import AnswerResult, Outcome

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.journey.matching.models import Proposal

_WITH = ("person", "place__organisation", "referral__counsellor", "referral__person")


def match(world: World, on: date) -> None:
    """Run a round and send every draft of it."""
    coordinator = world.cast.coordinators()[0]
    match_round = request_round(programme=world.cast.programme, on=on, in_background=False, by=coordinator, at=world.at(on))
    run_round(match_round=match_round, by=NIGHT, clock=lambda: world.at(on))
    world.told.rounds += 1
    drafts = visible_proposals(NIGHT).filter(round=match_round, state=ProposalState.DRAFT, is_reserve=False).select_related(*_WITH)
    for draft in sorted(drafts, key=lambda row: key_of(row.person)):
        try:
            sent = send_proposal(proposal=draft, by=coordinator, at=world.at(on, hour=9))
        except Refused as refused:
            world.told.refuse(refused.reason.code)
            continue
        world.told.proposals += 1
        world.waiting.add(sent.pk)
        _plan_answers(world, sent, on)


def _plan_answers(world: World, proposal: Proposal, on: date) -> None:
    who = (key_of(proposal.person), on)
    first, last = world.habits.answers_in_days
    for party, answer in (("person", _person), ("host", _host)):
        days = world.luck.between(first, last, party, "answers in", *who)
        world.agenda.put(on + timedelta(days=days), lambda day, tell=answer: tell(world, proposal, who, day))  # type: ignore[misc]  # bound now
    if proposal.expires_at is not None:
        world.agenda.put(proposal.expires_at.date(), lambda day: _lapse(world, proposal, day))


def _person(world: World, row: Proposal, who: tuple[object, ...], on: date) -> None:
    if row.pk not in world.waiting:
        return
    habits = world.habits
    silence = 1 - habits.person_says_yes - habits.person_says_no
    says = world.luck.weighed({Answer.YES: habits.person_says_yes, Answer.NO: habits.person_says_no, None: silence}, "says", *who)
    if says is None:
        return
    world.told.declined_by_person += says is Answer.NO
    reason = world.next_of(PERSON_DECLINES, "declines", key_of(row.person)) if says is Answer.NO else ""
    _answered(
        world, on, lambda: answer_as_person(proposal=row, answer=says, reason=reason, by=self_of(row.person), at=world.at(on, hour=10))
    )


def _host(world: World, row: Proposal, who: tuple[object, ...], on: date) -> None:
    if row.pk not in world.waiting:
        return
    says = Answer.YES if world.luck.happens(world.habits.host_says_yes, "host says", *who) else Answer.NO
    world.told.declined_by_host += says is Answer.NO
    reason = world.next_of(HOST_DECLINES, "host declines", str(row.place.organisation)) if says is Answer.NO else ""
    host = world.cast.host(row.place.organisation_id)
    _answered(world, on, lambda: answer_as_host(proposal=row, answer=says, reason=reason, by=host, at=world.at(on, hour=11)))


def _answered(world: World, on: date, answer: object) -> None:
    try:
        result: AnswerResult = answer()  # type: ignore[operator]  # one of the two above
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    if result.outcome is not Outcome.RECORDED:
        world.waiting.discard(result.proposal.pk)
    if result.outcome is Outcome.PLACED and result.placement is not None:
        agree(world, result.placement, on)


def _lapse(world: World, proposal: Proposal, on: date) -> None:
    """Let what was not answered in time lapse, as the product's job does."""
    if proposal.pk not in world.waiting:
        return
    world.waiting.discard(proposal.pk)
    try:
        lapse_proposal(proposal=proposal, by=NIGHT, at=world.at(on, hour=18))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.lapsed += 1
