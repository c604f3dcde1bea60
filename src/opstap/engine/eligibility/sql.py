"""The same rules as a condition in SQL, for lists. SQL's own NULL is the third value, so AND, OR and NOT need no translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from opstap.engine.eligibility.rulebook import RuleBook, settled_conditions
from opstap.engine.eligibility.settle import All, Always, Any, IfKnown, Not, OneOf, OnOrBefore, Settled, all_of

SqlConstant = str | bool | date | bytes | int | list[str]


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """Where a fact stands in a query: an SQL expression (trusted, `%` doubled) that is NULL when the fact is not known.

    `encode` maps a constant of a rule to what the column holds, for example to its blind index. `on_or_before` gives the condition that
    the fact is on or before a day, where the column does not hold days that can be compared; it too is NULL when the fact is not known.
    """

    expression: str
    encode: Callable[[str | bool], SqlConstant] | None = None
    on_or_before: Callable[[date], SqlExpr] | None = None


@dataclass(frozen=True, slots=True)
class SqlExpr:
    """An SQL expression with a `%s` for each of its parameters, in order."""

    sql: str
    params: tuple[SqlConstant, ...] = ()


def _combined(parts: tuple[Settled, ...], word: str, columns: Mapping[str, SqlColumn]) -> SqlExpr:
    built = [_condition(part, columns) for part in parts]
    return SqlExpr(f"({f' {word} '.join(part.sql for part in built)})", tuple(param for part in built for param in part.params))


def _one_of(node: OneOf, column: SqlColumn) -> SqlExpr:
    values = tuple(column.encode(value) if column.encode else value for value in node.values)
    return SqlExpr(f"({column.expression} IN ({', '.join(['%s'] * len(values))}))", values)


def _condition(node: Settled, columns: Mapping[str, SqlColumn]) -> SqlExpr:
    """Return a boolean SQL expression; NULL stands for not known."""
    match node:
        case All():
            return _combined(node.parts, "AND", columns)
        case Any():
            return _combined(node.parts, "OR", columns)
        case Not():
            part = _condition(node.part, columns)
            return SqlExpr(f"(NOT {part.sql})", part.params)
        case Always():
            return SqlExpr("TRUE" if node.holds else "FALSE")
        case _:
            return _about_fact(node, columns)


def _about_fact(node: OneOf | OnOrBefore | IfKnown, columns: Mapping[str, SqlColumn]) -> SqlExpr:
    column = columns.get(node.fact)
    if column is None:
        return SqlExpr("TRUE" if isinstance(node, IfKnown) else "NULL::boolean")
    if isinstance(node, OneOf):
        return _one_of(node, column)
    if isinstance(node, OnOrBefore):
        if column.on_or_before:
            return column.on_or_before(node.day)
        return SqlExpr(f"({column.expression} <= %s::date)", (node.day,))
    part = _condition(node.part, columns)
    return SqlExpr(f"({column.expression} IS NULL OR {part.sql})", part.params)


def sql_condition(rulebook: RuleBook, instrument: str, on: date, columns: Mapping[str, SqlColumn]) -> SqlExpr:
    """Return an SQL expression that yields 1 (yes), 0 (no) or -1 (not known) for each row. A fact without a column is not known."""
    whole = _condition(all_of(list(settled_conditions(rulebook.ruleset(instrument), on))), columns)
    return SqlExpr(f"COALESCE(({whole.sql})::int, -1)", whole.params)
