"""Statements whose values travel beside the SQL: the database plans one that comes back once for each connection, and keeps the plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from psycopg import Connection

_PLANNED_FROM = 2
"""A statement that was asked this many times on one connection has its plan kept by the database."""
_MOST_PLANS = 256
"""Past this many, the plan that was used the longest ago is forgotten."""


@contextmanager
def planned_cursor() -> Iterator[CursorWrapper]:
    """Yield a cursor for SQL that is the same every time but for its values (`%s`); it counts and fails as any other cursor.

    The database sees a value's own type, not a text: an expression that leaves the type open says it, as `%s::text[]`. Where queries are
    logged, or something is wrapped around them, the values stand in the text, as in that of any other query.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.queries_logged or connection.execute_wrappers:
            yield cursor
            return
        cursor.cursor = _PlannedCursor(connection.connection)  # type: ignore[call-arg]  # Django's stubs know psycopg 2 alone
        yield cursor


class _PlannedCursor(ServerBindingCursor):
    """Counts towards a plan what it asks itself, and nothing else that the connection says.

    Were it counted, every statement with its values in the text would push a planned one out, and every savepoint that is rolled back
    would make psycopg forget all plans.
    """

    def execute(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as psycopg has it
        """Ask, with plans kept while it is asked."""
        link: Connection[Any] = self.connection  # type: ignore[attr-defined]  # Django's stubs know psycopg 2 alone
        link.prepare_threshold, link.prepared_max = _PLANNED_FROM, _MOST_PLANS
        try:
            return super().execute(*args, **options)  # type: ignore[misc]  # Django's stubs know psycopg 2 alone
        finally:
            link.prepare_threshold = None
