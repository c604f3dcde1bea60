"""Lists whose SQL is written once per process: Django writes it anew at every request, which takes longer than asking the database.

A `Prepared` builds its queryset with stand-ins for the values that differ from one request to the next, keeps the SQL with the places
of the stand-ins, and asks it with the real values. Only the text of the question is kept, never an answer. The values go to the
database beside the text, not in it, so that the database too plans a question that comes back only once for each connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Count, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.clock import today
from opstap.foundation.planned import planned_cursor

Row = TypeVar("Row")
One = TypeVar("One", bound=Model)

_MOST_SHAPES = 256
"""A list is asked in few shapes; past this many, memory starts again."""
_STAND_IN = 0x0F57A9 << 100
_FAR = datetime(9000, 1, 1, tzinfo=UTC)
_SEVERAL = (tuple, list, frozenset)
_REACH = ("organisation_id", "programme_id", "subject_id")
_COMPILED = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")
"""What a compiler knows after it wrote the SQL, and what reading the rows needs."""


class Text(str):
    """A text that is a value of the question, not a part of it; it is compared as a whole."""

    __slots__ = ()


_VALUES = (UUID, date, Text)


class Prepared(Generic[Row]):
    """A list by the names of its values: identifiers, days, moments, `Text`, rows (by their key), actors, `Keys`, and several of these.

    Anything else that is given (codes, numbers, truth values) belongs to the question itself, and so do an actor's roles: each gets its
    own SQL. The user, the organisations and whatever else the roles reach to are values. `build` is a function of these values alone,
    reads nothing of a row but its key, and hands every value on to the database: a value that is lost on the way raises ValueError, so
    that no limit on what is shown can go missing unnoticed; of an actor at least one must arrive. What an actor reaches may change
    with the day, so that the question is written anew each day; no other clock may be read.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *, at_times: tuple[str, ...] = ()) -> None:
        """Keep how the queryset is built; `at_times` names the values that matter to some actors' questions and not to others'."""
        self._build, self._at_times = build, at_times
        self._plans: dict[object, _Plan[Row] | None] = {}

    def __call__(self, *, limit: int | None = None, offset: int = 0, **given: Any) -> list[Row]:  # noqa: ANN401 - values of many kinds
        """Return the rows for these values: all, or `limit` of them from `offset` on."""
        plan = self._planned(given)
        return [] if plan is None else plan.rows(_all_leaves(given), limit, offset)

    def question(self, **given: Any) -> tuple[str, tuple[Any, ...]] | None:  # noqa: ANN401 - values of many kinds
        """Return the SQL and its parameters, for a question around this one; None when nothing can be found."""
        plan = self._planned(given)
        return None if plan is None else plan.question(_all_leaves(given))

    def anew(self, *, limit: int | None = None, offset: int = 0, **given: Any) -> list[Row]:  # noqa: ANN401 - values of many kinds
        """Return what a call returns, and keep nothing: for what somebody typed."""
        rows = self._build(**given)
        return list(rows if limit is None else rows[offset : offset + limit])

    def first(self, **given: Any) -> Row | None:  # noqa: ANN401 - values of many kinds
        """Return the first row for these values in the queryset's own order, or None."""
        return next(iter(self(limit=1, **given)), None)

    def _planned(self, given: dict[str, Any]) -> _Plan[Row] | None:
        shape = tuple([(name, _shape(value)) for name, value in given.items()])
        plans = self._plans
        if shape not in plans:
            if len(plans) >= _MOST_SHAPES:
                plans = self._plans = {}  # whoever still reads in the old ones, reads on
            plans[shape] = _plan(self._build, given, self._at_times)
        return plans[shape]


class RowByKey(Generic[One]):
    """One row by its key, asked in the same words each time: what an operation reads anew before it changes it."""

    def __init__(self, rows: QuerySet[One]) -> None:
        """Keep among which rows it is looked for, with what is joined to it or locked."""
        self._rows = Prepared(lambda key: rows.filter(pk=key).order_by())
        self._absent: type[Exception] = rows.model.DoesNotExist  # type: ignore[attr-defined]  # every model has it, Model itself not

    def __call__(self, key: UUID) -> One:
        """Return the row; raises the model's DoesNotExist when it is gone."""
        row = next(iter(self._rows(key=key)), None)
        if row is None:
            raise self._absent
        return row


def counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """Return a question whose one row is how many rows there are."""
    one_group = rows.order_by().annotate(every=Value(1)).values("every").annotate(number=Count("pk"))
    number: QuerySet[Any, int] = one_group.values_list("number", flat=True)
    return number


class _Plan(Generic[Row]):
    """The SQL of a queryset; `params`: for each parameter the number of the value that takes its place, or None, and the constant."""

    def __init__(self, rows: QuerySet[Any, Row], compiler: SQLCompiler, sql: str, params: list[tuple[int | None, Any]]) -> None:
        self._queryset, self._sql, self._params = rows, sql, params
        self._width = compiler.col_count if compiler.has_extra_select else None  # what the order alone needs is asked, not handed on
        converters = compiler.get_converters([column for column, *_ in (compiler.select or [])[: compiler.col_count]])
        self._compiled = {name: getattr(compiler, name) for name in _COMPILED} | {"get_converters": lambda _: converters}

    def question(self, values: list[object]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL with these values for its parameters."""
        return self._sql, tuple([constant if number is None else values[number] for number, constant in self._params])

    def rows(self, values: list[object], limit: int | None, offset: int) -> list[Row]:
        """Ask the database with these values; Django reads the rows as ever."""
        sql, params = self.question(values)
        if limit is not None:
            sql = f"{sql} LIMIT {int(limit)} OFFSET {int(offset)}"
        asked = _copy(self._queryset)
        asked._query = query = _copy(self._queryset.query)  # noqa: SLF001 - where Django keeps it

        def get_compiler(*_: object, **__: object) -> SQLCompiler:
            compiler = SQLCompiler(query, connections[DEFAULT_DB_ALIAS], DEFAULT_DB_ALIAS)
            vars(compiler).update(self._compiled, execute_sql=lambda *_, **__: [_ask(sql, params, self._width)])
            return compiler

        query.get_compiler = get_compiler  # on this copy alone: its SQL is there already
        return list(asked)


def _ask(sql: str, params: tuple[Any, ...], width: int | None) -> list[tuple[Any, ...]]:
    with planned_cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows if width is None else [row[:width] for row in rows]


def _copy(original: Any) -> Any:  # noqa: ANN401 - a queryset or its query
    """Return an object that shares everything with the original; Django's own copies are deep, for who goes on changing them."""
    copied = object.__new__(original.__class__)
    vars(copied).update(vars(original))
    return copied


def _plan(build: Callable[..., QuerySet[Any, Row]], given: dict[str, Any], at_times: tuple[str, ...]) -> _Plan[Row] | None:
    """Return the plan, or None for a queryset that is empty whatever the values are."""
    numbers: dict[object, int] = {}
    rows = build(**{name: _stand_in(value, numbers) for name, value in given.items()})
    compiler = rows.query.clone().get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    places = [(_number(each, numbers), each) for each in params]
    if any(_is_computed(each, number) for number, each in places):
        msg = f"a value of {sorted(given)} was changed on the way to the database: give it as it is asked for"
        raise ValueError(msg)
    used = {number for number, _ in places}
    if not all(name in at_times or _is_handed_on(given[name], leaves, used) for name, leaves in _numbered(given)):
        msg = f"not every value of {sorted(given)} is handed on to the database"
        raise ValueError(msg)
    return _Plan(rows, compiler, sql, places)


def _number(param: object, numbers: dict[object, int]) -> int | None:
    """Return the number of the value that a parameter stands for, or None for a constant of the question."""
    if isinstance(param, list):
        return numbers.get(Keys(param))
    return numbers.get(param) if isinstance(param, _VALUES) else None


def _is_computed(param: object, number: int | None) -> bool:
    """Tell whether a parameter comes from a stand-in without being one: nothing else is that far away, or carries its mark."""
    if number is not None:
        return False
    return (param.year >= _FAR.year - 1) if isinstance(param, date) else isinstance(param, str) and str(_STAND_IN)[:20] in param


def _numbered(given: dict[str, Any]) -> Iterator[tuple[str, range]]:
    """Yield every value's name with the numbers of its leaves."""
    first = 0
    for name, value in given.items():
        many = sum(1 for _ in _leaves(value))
        yield name, range(first, first + many)
        first += many


def _is_handed_on(value: object, leaves: range, used: set[int | None]) -> bool:
    """Tell whether the question depends on the value: on all of it, or on something of an actor's."""
    found = [number in used for number in leaves]
    return any(found) or not found if isinstance(value, Actor) else all(found)


def _stand_in(value: Any, numbers: dict[object, int]) -> Any:  # noqa: ANN401 - values of many kinds
    """Return a value of the same kind that nothing else equals, numbered as the leaf that it stands for."""
    if isinstance(value, _SEVERAL) and not isinstance(value, Keys):
        return type(value)([_stand_in(each, numbers) for each in value])
    if isinstance(value, Actor):
        return _other_actor(value, numbers)
    if isinstance(value, Model):
        row = value.__class__.from_db(DEFAULT_DB_ALIAS, [value._meta.pk.attname], [_stand_in(value.pk, numbers)])  # noqa: SLF001 - documented
        row._state.adding = False  # noqa: SLF001 - documented
        return row
    number = len(numbers)
    stand_in: object
    if isinstance(value, Keys):
        stand_in = Keys((UUID(int=_STAND_IN + number),))
    elif isinstance(value, UUID):
        stand_in = UUID(int=_STAND_IN + number)
    elif isinstance(value, datetime):
        stand_in = _FAR + timedelta(seconds=number)
    elif isinstance(value, date):
        stand_in = _FAR.date() + timedelta(days=number)
    elif isinstance(value, Text):
        stand_in = Text(f"\x01{_STAND_IN + number}\x01")
    else:
        return value
    numbers[stand_in] = number
    return stand_in


def _other_actor(actor: Actor, numbers: dict[object, int]) -> Actor:
    """Return an actor with the same roles and stand-ins for all they reach to, numbered as `_leaves` yields them."""
    identifier, person_id, only_id, *reach = [_stand_in(leaf, numbers) for leaf in _places(actor)]
    grants = [replace(grant, **dict(zip(_REACH, reach[3 * at : 3 * at + 3], strict=True))) for at, grant in enumerate(actor.grants)]
    own = str(identifier or person_id or actor.id)
    return replace(actor, id=own, label="", person_id=person_id, only_id=only_id, grants=tuple(grants))


def _places(actor: Actor) -> Iterator[UUID | None]:
    """Yield who the actor is and all that the roles reach to, with None for what does not limit them."""
    yield actor.user_id
    yield actor.person_id
    yield actor.only_id
    for grant in actor.grants:
        for name in _REACH:
            yield getattr(grant, name)


def _shape(value: Any) -> object:  # noqa: ANN401 - values of many kinds
    """Return what two values must have in common to be asked by the same SQL."""
    if isinstance(value, Keys):
        return Keys
    if isinstance(value, _SEVERAL):
        return type(value), tuple(_shape(each) for each in value)
    if isinstance(value, Actor):
        known = [leaf is not None for leaf in _places(value)]
        roles = [grant.role for grant in value.grants]
        return value.kind, value.channel, value.purpose, (*known,), (*roles,), any(known) or value.id, today()
    return value.__class__ if isinstance(value, (*_VALUES, Model)) else (value.__class__, value)


def _all_leaves(given: dict[str, Any]) -> list[object]:
    return [leaf for value in given.values() for leaf in _leaves(value)]


def _leaves(value: Any) -> Iterator[object]:  # noqa: ANN401 - values of many kinds
    """Yield the values that become parameters, always in the same order."""
    if isinstance(value, Keys):
        yield list(value)
    elif isinstance(value, _SEVERAL):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, Actor):
        yield from (leaf for leaf in _places(value) if leaf is not None)
    elif isinstance(value, Model):
        yield value.pk
    elif isinstance(value, Text):
        yield str(value)
    elif isinstance(value, _VALUES):
        yield value
