"""What the main pages cost with 20,000 people in the database: queries, CPU milliseconds and kilobytes, each at most its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bench.child import measured
from bench.figures import Figure
from bench.product import fresh_product

if TYPE_CHECKING:
    from bench.programme import Large

PEOPLE = 20_000
MOST_QUERIES, MOST_MILLISECONDS, MOST_KILOBYTES = 12, 20.0, 100.0


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Open every main page as its own role and report its cost."""
    for page in measured("bench.pages", "run", people=PEOPLE)["pages"]:
        name = f"page {page['name']}"
        yield Figure(f"{name}: queries", page["queries"], "", at_most=MOST_QUERIES)
        yield Figure(f"{name}: CPU", page["milliseconds"] / 1000, "s", at_most=MOST_MILLISECONDS / 1000)
        yield Figure(f"{name}: size", page["kilobytes"], "KB", at_most=MOST_KILOBYTES)


def run(people: int) -> dict[str, Any]:
    """Make a throwaway database with `people` people and measure the pages in it, in a process that did not fill it."""
    with fresh_product():
        from django.db import connection  # noqa: PLC0415 - after setup

        from bench.programme import fill  # noqa: PLC0415 - after setup

        large = fill(people, a_result())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return opened(_pages(large))


def opened(pages: Iterable[tuple[str, Any, str]]) -> dict[str, Any]:
    """Open the pages `(name, user or None, path)` in a web process of their own on the database of this one; return `{"pages": [...]}`."""
    found = measured("bench.pages", "measure", pages=[(name, user and str(user.pk), path) for name, user, path in pages])
    return {"pages": found["pages"]}


def measure(pages: list[tuple[str, str | None, str]]) -> dict[str, Any]:
    """Return what each page costs; whoever opens it is named by the key."""
    import django  # noqa: PLC0415 - only the child is set up

    django.setup()
    from bench.web import costs_of  # noqa: PLC0415 - after setup
    from opstap.foundation.access.models import User  # noqa: PLC0415 - after setup

    return {"pages": costs_of((name, user and User.objects.get(pk=user), path) for name, user, path in pages)}


def a_result() -> dict[str, Any]:
    """Return a real decision's result as it is stored."""
    from datetime import date  # noqa: PLC0415 - beside its only use

    from opstap.engine.eligibility import decide, load_rulesets  # noqa: PLC0415 - only the child needs the engine

    return decide(
        {"municipality": "Oostende", "registered_since": date(2020, 1, 1), "income": "unemployment_benefit"},
        load_rulesets(), "community_service", date(2023, 9, 1),
    ).as_json()  # fmt: skip


def _pages(large: Large) -> Iterator[tuple[str, Any, str]]:
    from django.urls import reverse  # noqa: PLC0415 - after setup

    yield "thin page, to compare with", None, reverse("account_login")
    yield "public directory", None, "/"
    for name, user, view, arguments in (
        ("coordinator: board", large.coordinator, "coordinator:home", []),
        ("coordinator: funnel", large.coordinator, "coordinator:funnel", []),
        ("coordinator: rounds", large.coordinator, "coordinator:rounds", []),
        ("coordinator: proposals of a round", large.coordinator, "coordinator:round", [large.round_id]),
        ("coordinator: place", large.coordinator, "coordinator:place", [large.place_id]),
        ("coordinator: rules", large.coordinator, "coordinator:rules:parameters", []),
        ("counsellor: my day", large.counsellor, "counsellor:my_day", []),
        ("counsellor: caseload", large.counsellor, "counsellor:caseload", []),
        ("counsellor: case file", large.counsellor, "counsellor:case_file", [large.referral_id]),
        ("host: places and proposals", large.host, "host:home", []),
    ):
        yield name, user, reverse(view, args=arguments)
