"""What the planner's grid costs with 49 people and 4 weeks: both views, and the verdict on every place where a shift could go."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bench.child import measured
from bench.figures import Figure

WORKERS, WEEKS, SEARCH = 49, 4, 20
MOST_QUERIES, MOST_SECONDS_PAGE, MOST_SECONDS_VERDICT = 15, 0.040, 0.100


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Open the grid by people and by sites, and lift a shift."""
    found = measured("bench.grid", "run", workers=WORKERS, weeks=WEEKS, seconds=SEARCH)
    for page in found["pages"]:
        name = f"{WORKERS} x {WEEKS}: {page['name']}"
        most = MOST_SECONDS_VERDICT if page["name"] == "verdict" else MOST_SECONDS_PAGE
        yield Figure(f"{name}: queries", page["queries"], "", at_most=MOST_QUERIES)
        yield Figure(f"{name}: CPU", page["milliseconds"] / 1000, "s", at_most=most)
    yield Figure(f"{WORKERS} x {WEEKS}: the first verdict of a process, which the open page asks ahead", found["first"], "s")


def run(workers: int, weeks: int, seconds: int) -> dict[str, Any]:
    """Make a throwaway database with an association and its roster, and measure in a web process of its own."""
    from bench.product import fresh_product  # noqa: PLC0415 - the child's own

    with fresh_product():
        from django.db import connection  # noqa: PLC0415 - after setup
        from django.urls import reverse  # noqa: PLC0415 - after setup

        from bench.rostered import fill, shift_to_lift  # noqa: PLC0415 - after setup

        made = fill(workers, weeks, seconds)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        shift, grid = shift_to_lift(made.roster), reverse("planner:roster", args=[made.roster.pk])
        pages = [
            ("people by day", f"{grid}?week={shift.on}"),
            ("sites by day", f"{grid}?week={shift.on}&zicht=plekken"),
            ("verdict", reverse("planner:shift_verdict", args=[shift.pk])),
        ]
        return measured("bench.grid", "measure", user=str(made.planner.pk), pages=pages)


def measure(user: str, pages: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the seconds of the first verdict, and what each page costs after it."""
    import django  # noqa: PLC0415 - only the child is set up

    django.setup()
    from django.test import Client  # noqa: PLC0415 - after setup

    from bench.web import costs_of  # noqa: PLC0415 - after setup
    from opstap.foundation.access.models import User  # noqa: PLC0415 - after setup

    planner = User.objects.get(pk=user)
    client = Client()
    client.force_login(planner)
    started = time.process_time()
    client.get(pages[-1][1])
    first = time.process_time() - started
    return {"first": first, "pages": costs_of((name, planner, path) for name, path in pages)}
