"""What a side has of evaluations: one that waits for the floor, and an earlier one that was written and waits for the person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.journey.eligibility.cases import AT, acting
from tests.journey.matching.rounds import SYSTEM

from opstap.journey.evaluations.operations import Seen, ask_evaluation, write_evaluation
from opstap.journey.placements.models import Placement
from opstap.journey.plans.enums import Level
from opstap.journey.plans.models import TaskGroup
from opstap.journey.plans.operations import add_competence, load_catalogue

if TYPE_CHECKING:
    from tests.house.access.world import Side


def evaluate(side: Side) -> None:
    """Let the mentor have written one evaluation of who works on the floor, and ask for another."""
    load_catalogue(by=SYSTEM, at=AT)
    own = add_competence(
        programme=side.programme, group=TaskGroup.objects.first(), label=f"Netten {side.name}", plain="Je maakt netten.", by=SYSTEM, at=AT
    )
    side.parts["competence_code"] = own.pk
    placement = Placement.objects.get(pk=side.parts["worked_id"])
    first = ask_evaluation(placement=placement, by=SYSTEM, at=AT - timedelta(days=3))
    seen = [Seen("generic.rules", Level.WITH_HELP)]
    write_evaluation(evaluation=first, seen=seen, next_step="Zelf starten", by=acting(side.staff["mentor"]), at=AT)
    waiting = ask_evaluation(placement=placement, by=SYSTEM, at=AT)
    side.parts |= {"evaluation_id": waiting.pk, "evaluated_id": first.pk}
