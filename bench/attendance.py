"""What attendance costs with 20,000 people and 400,000 noted days: the pages of a day, and a month of 400 people signed and paid."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bench.child import measured
from bench.figures import Figure

PEOPLE, DAYS, MONTHS_CLOSED = 20_000, 400_000, 400
MOST_QUERIES, MOST_SECONDS_PAGE, MOST_SECONDS_MONTH = 12, 0.025, 3.0


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Open three pages, sign a month as both parties, make the payment list and write its files."""
    found = measured("bench.attendance", "run", people=PEOPLE, days=DAYS, closing=MONTHS_CLOSED)
    name = f"{found['days']:,} days"
    for page in found["pages"]:
        yield Figure(f"{name}: {page['name']}: queries", page["queries"], "", at_most=MOST_QUERIES)
        yield Figure(f"{name}: {page['name']}: CPU", page["milliseconds"] / 1000, "s", at_most=MOST_SECONDS_PAGE)
    yield Figure(f"{name}: one month of {MONTHS_CLOSED} people signed by one party", found["first"], "s")
    yield Figure(f"{name}: the second signature, which closes", found["second"], "s")
    yield Figure(f"{name}: the payment list", found["list"], "s")
    yield Figure(f"{name}: approved, its files written and checked against their schema", found["files"], "s")
    whole = found["first"] + found["second"] + found["list"] + found["files"]
    yield Figure(f"{name}: a month of {MONTHS_CLOSED} closed and its list written", whole, "s", at_most=MOST_SECONDS_MONTH)


def run(people: int, days: int, closing: int) -> dict[str, Any]:
    """Make a throwaway database, fill it, and measure."""
    from bench.product import fresh_product  # noqa: PLC0415 - the child's own

    with fresh_product():
        from django.db import connection  # noqa: PLC0415 - after setup

        from bench.pages import a_result, opened  # noqa: PLC0415 - after setup
        from bench.programme import fill  # noqa: PLC0415 - after setup
        from bench.worked import fill_days  # noqa: PLC0415 - after setup

        large = fill(people, a_result())
        worked = fill_days(large, days, closing)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        pages = [
            ("today on my floor", worked.mentor, "/werkvloer/vandaag/"),
            ("my day", large.counsellor, "/begeleiding/"),
            ("case file", large.counsellor, f"/begeleiding/dossiers/{worked.case_id}/"),
        ]
        return {"days": worked.days} | opened(pages) | _month(worked)


def _month(worked: Any) -> dict[str, float]:  # noqa: ANN401 - `bench.worked.Worked`, whose module needs the set-up product
    """Sign, close, list and approve; return the seconds of each."""
    from bench.worked import AT, MONTH, PAY_ON  # noqa: PLC0415 - after setup
    from opstap.journey.attendance.operations import (  # noqa: PLC0415 - after setup
        approve_payment_run,
        close_months,
        make_payment_run,
        set_paying_account,
    )

    seconds: dict[str, float] = {}
    for name, by in (("first", worked.hosts), ("second", worked.coordinator)):
        start = time.perf_counter()
        outcome = close_months(placement_ids=worked.placement_ids, month=MONTH, by=by, at=AT)
        seconds[name] = time.perf_counter() - start
        if len(outcome.closings) != len(worked.placement_ids):
            raise RuntimeError(str(next(iter(outcome.refused.values()))))
    set_paying_account(programme_id=worked.programme_id, name="Groot", iban="BE62510007547061", by=worked.coordinator, at=AT)
    start = time.perf_counter()
    run = make_payment_run(programme_id=worked.programme_id, month=MONTH, by=worked.coordinator, at=AT)
    seconds["list"] = time.perf_counter() - start
    start = time.perf_counter()
    approve_payment_run(run=run, pay_on=PAY_ON, by=worked.second, at=AT)
    seconds["files"] = time.perf_counter() - start
    return seconds
