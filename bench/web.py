"""Opening pages as a running web process does: what it keeps in memory is there, its garbage collector as the product sets it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opstap.config.settling import settle

WARM_UP, REPEATS = 5, 31
_FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
"""What opens and ends a transaction is no query."""


def costs_of(pages: Iterable[tuple[str, Any, str]]) -> list[dict[str, Any]]:
    """Return what each page `(name, user or None, path)` costs; raises RuntimeError for a page that is not there.

    Of each: `queries`, `kilobytes`, and of the CPU milliseconds of several openings the median and the least.
    """
    opened = [(_known(name, user, path), path) for name, user, path in pages]
    settle()
    return [_cost(cost, client, path) for (cost, client), path in opened]


def _known(name: str, user: Any, path: str) -> tuple[dict[str, Any], Client]:  # noqa: ANN401 - a user or nobody
    client = Client()
    if user is not None:
        client.force_login(user)
    for _ in range(WARM_UP):
        client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code != 200:
        msg = f"{path} answered {answer.status_code}"
        raise RuntimeError(msg)
    asked = sum(not query["sql"].startswith(_FRAME) for query in queries)
    return {"name": name, "queries": asked, "kilobytes": len(answer.content) / 1024}, client


def _cost(cost: dict[str, Any], client: Client, path: str) -> dict[str, Any]:
    spent = []
    for _ in range(REPEATS):
        started = time.process_time()
        client.get(path)
        spent.append(1000 * (time.process_time() - started))
    return {**cost, "milliseconds": statistics.median(spent), "least": min(spent)}
