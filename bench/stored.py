"""The round of the product: from rows to stored proposals with an explanation for everybody, on the demonstration's programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.child import measured
from bench.clock import timed
from bench.figures import Figure
from bench.product import fresh_product


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Load the demonstration and time a whole round and a whole caseload."""
    found = measured("bench.stored", "run")
    size = f"{found['people']:,} x {found['seats']:,}"
    yield Figure(f"whole round {size}: rows, solver in a child, check, explanations, stored", found["round"], "s", at_most=1.5)
    yield Figure(f"deciding a caseload again, {found['people']:,} people, nothing changed", found["caseload"], "s")
    yield Figure("loading the demonstration: import, decisions, first round", found["load"], "s")


def run() -> dict[str, Any]:
    """Measure in a throwaway database."""
    with fresh_product():
        from django.core.management import call_command  # noqa: PLC0415 - after setup

        from opstap.foundation import clock  # noqa: PLC0415 - after setup
        from opstap.foundation.actor import system_actor  # noqa: PLC0415 - after setup
        from opstap.foundation.programmes.queries import public_programme  # noqa: PLC0415 - after setup
        from opstap.journey.eligibility.operations import decide_caseload  # noqa: PLC0415 - after setup
        from opstap.journey.matching.models import MatchRound  # noqa: PLC0415 - after setup
        from opstap.journey.matching.operations import request_round, run_round  # noqa: PLC0415 - after setup

        load, _ = timed(lambda: call_command("load_demo", verbosity=0))
        programme, bench = public_programme(), system_actor("bench")
        if programme is None:
            raise RuntimeError("the demonstration has no programme")

        def one_round() -> MatchRound:
            queued = request_round(programme=programme, on=clock.today(), in_background=False, by=bench, at=clock.now())
            return run_round(match_round=queued, by=bench, clock=clock.now)

        seconds, done = timed(one_round, 5)
        caseload, _ = timed(lambda: decide_caseload(programme=programme, on=clock.today(), by=bench, at=clock.now()), 3)
        return {"load": load, "round": seconds, "caseload": caseload, "people": done.people_count, "seats": done.seat_count}
