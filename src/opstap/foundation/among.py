"""Rows by any number of keys that travel to the database as one value: `filter(pk__among=Keys(...))`.

`__in` writes every key into the statement, so that every number of keys is another statement, to be written and planned anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import ForeignKey, Lookup, UUIDField

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class Keys(tuple[UUID, ...]):
    """Any number of keys, none included, that are one value together."""

    __slots__ = ()


@ForeignKey.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """The value of a field of identifiers, or of a relation to rows that have one, is one of these `Keys`."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the condition with the keys as its one parameter of its own."""
        field, params = self.process_lhs(compiler, connection)
        return f"{field} = ANY(%s::uuid[])", (*params, list(self.rhs))
