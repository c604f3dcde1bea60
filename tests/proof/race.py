"""A race for seats: many people click yes on the same seats at the same moment, each in a browser of their own."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

from django.db import connection, connections
from django.test import Client
from tests.journey.eligibility.cases import AT, ON, make_referral
from tests.journey.matching.rounds import READY, SYSTEM, make_host, make_place, make_round_programme
from tests.journey.placements.test_answers import host_of

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.journey.eligibility.operations import decide_caseload
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import answer_as_host
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True)
class Finish:
    """How a race ended: winners per seat (all seats), statuses of the answers, states of the proposals, deadlocks, seconds."""

    winners: Counter[UUID]
    seats: int
    statuses: Counter[int]
    states: Counter[str]
    deadlocks: int
    seconds: float

    @property
    def is_fair(self) -> bool:
        """Tell whether every seat went to exactly one person and everybody else was told that it is taken, without an error."""
        one_each = len(self.winners) == self.seats and set(self.winners.values()) == {1}
        told = self.states == Counter({"accepted": self.seats, "seat_taken": sum(self.states.values()) - self.seats})
        return one_each and told and set(self.statuses) == {302} and self.deadlocks == 0


def line_up(seats: int, clients: int) -> list[list[str]]:
    """Return per client the addresses of its yes, one on each seat: as many people per seat as clients, the host already said yes."""
    programme = make_round_programme()
    places = [make_place(programme, make_host(f"Gast {number}"), title=f"plaats {number}") for number in range(seats)]
    people = [[make_referral(programme, **READY) for _ in places] for _ in range(clients)]
    decide_caseload(programme=programme, on=ON, by=SYSTEM, at=AT)
    return [[_ready_to_click(*pair, is_first=not number) for pair in zip(lane, places, strict=True)] for number, lane in enumerate(people)]


def _ready_to_click(referral: Referral, place: Place, *, is_first: bool) -> str:
    """Return the address of the person's yes; the host already said it."""
    proposal = propose_by_hand(referral=referral, place=place, motivation="", as_reserve=not is_first, by=SYSTEM, at=AT)
    answer_as_host(proposal=proposal, answer=Answer.YES, by=host_of(place), at=AT)
    link = issue_link(
        purpose=LinkPurpose.PERSON_PROPOSAL,
        subject_id=proposal.pk,
        person_id=proposal.person_id,
        organisation_id=None,
        address=None,
        expires_at=AT + timedelta(days=10),
        by=SYSTEM,
        at=AT,
    )
    return f"/mijn/v/{link.token}/antwoord/ja/"


def run(lanes: list[list[str]], seed: int = 1) -> Finish:
    """Let every client click through its addresses, all starting at once, and return how it ended."""
    start = Barrier(len(lanes))
    before = _deadlocks()

    def click(lane: list[str]) -> list[int]:
        try:
            start.wait()
            return [Client().post(address, {"once_key": str(uuid4())}).status_code for address in lane]
        finally:
            connections.close_all()

    ordered = list(range(len(lanes[0])))
    random.Random(seed).shuffle(ordered)  # noqa: S311 - the order of a race, not a secret
    begin = time.perf_counter()
    with ThreadPoolExecutor(len(lanes)) as pool:
        statuses = [status for done in pool.map(click, [[lane[index] for index in ordered] for lane in lanes]) for status in done]
    return Finish(
        winners=Counter(Placement.objects.values_list("seat_id", flat=True)),
        seats=len(lanes[0]),
        statuses=Counter(statuses),
        states=Counter(Proposal.objects.values_list("state", flat=True)),
        deadlocks=_deadlocks() - before,
        seconds=time.perf_counter() - begin,
    )


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
