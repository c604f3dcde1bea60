"""Writing rows by statements that are written once per process and planned once per connection, for one row and for many alike.

Django writes the SQL of `save()` and `bulk_update()` anew each time, which takes longer than the database needs for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import AutoField, Field, Model

from opstap.foundation.planned import planned_cursor

_AT_ONCE = 1000
_Fields = tuple["Field[Any, Any]", ...]


def write_rows(rows: Sequence[Model], *names: str) -> None:
    """Write these fields of rows that are there, in as few statements as can be; all rows are of one model, and no field is a list.

    Raises DatabaseError when one of them is not there any more.
    """
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        model = type(part[0])
        fields = _fields(model, names)
        if len(part) == 1:
            number = write_row(part[0], fields, [field.pre_save(part[0], add=False) for field in fields])
        else:
            number = _write_many(model, (*fields, _key(model)), part)
        if number != len(part):
            msg = f"not every {model.__name__} to write is there"
            raise DatabaseError(msg)


def _write_many(model: type[Model], fields: _Fields, rows: Sequence[Model]) -> int:
    columns = [_prepared(field, (field.pre_save(row, add=False) for row in rows)) for field in fields]
    return _run(_update_many(model, fields), columns)


def write_row(row: Model, fields: _Fields, values: Iterable[Any]) -> int:
    """Write these values in the row with this one's key; return how many there are of it (0 or 1)."""
    given = [value for field, each in zip(fields, values, strict=True) for value in _prepared(field, (each,))]
    return _run(_update(type(row), fields), [*given, *_prepared(_key(type(row)), (row.pk,))])


def add_row(row: Model, fields: _Fields, values: Iterable[Any]) -> None:
    """Write a new row with these values."""
    _run(_insert(type(row), fields), [value for field, each in zip(fields, values, strict=True) for value in _prepared(field, (each,))])


def add_once(row: Model, name: str) -> bool:
    """Write a new row, unless there is one with the same value in this unique field; return whether it was written.

    Whoever writes the same at the same moment waits until the other has ended.
    """
    fields = _given(type(row))
    values = [value for field in fields for value in _prepared(field, (field.pre_save(row, add=True),))]
    is_new = _run(f"{_insert(type(row), fields)} ON CONFLICT ({_quoted(name)}) DO NOTHING", values) == 1
    row._state.adding, row._state.db = not is_new, DEFAULT_DB_ALIAS  # noqa: SLF001 - documented
    return is_new


def add_rows(rows: Iterable[Model]) -> None:
    """Write new rows of one model, none of whose fields is a list, in as few statements as can be.

    A number that the database counts out as key is not read back: rows of such a model are only written here.
    """
    new = list(rows)
    for start in range(0, len(new), _AT_ONCE):
        part = new[start : start + _AT_ONCE]
        fields = _given(type(part[0]))
        if len(part) == 1:
            add_row(part[0], fields, [field.pre_save(part[0], add=True) for field in fields])
        else:
            columns = [_prepared(field, (field.pre_save(row, add=True) for row in part)) for field in fields]
            _run(_insert_many(type(part[0]), fields), columns)
        for row in part:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - documented


def is_plain(value: object) -> bool:
    """Tell whether a value can be written as it is, rather than computed by the database."""
    return not hasattr(value, "resolve_expression")


def _prepared(field: Field[Any, Any], values: Iterable[Any]) -> list[Any]:
    """Return the values as Django gives them to the database."""
    connection = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(value, connection) for value in values]


def _run(sql: str, parameters: Sequence[Any]) -> int:
    with planned_cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


@cache
def _update(model: type[Model], fields: _Fields) -> str:
    """Return the statement whose parameters are the values of the fields, then the key."""
    values = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    return f"UPDATE {_table(model)} SET {values} WHERE {_quoted(_key(model).column)} = %s"  # noqa: S608 - names of the model's own


@cache
def _update_many(model: type[Model], fields: _Fields) -> str:
    """Return the statement whose parameters are a list of values for each field, the key last."""
    names = [_quoted(field.column) for field in fields]
    values = ", ".join(f"{name} = given.{name}" for name in names[:-1])
    lists = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    table, key = _table(model), names[-1]
    return f"UPDATE {table} SET {values} FROM unnest({lists}) AS given ({', '.join(names)}) WHERE {table}.{key} = given.{key}"  # noqa: S608 - as above


@cache
def _insert(model: type[Model], fields: _Fields) -> str:
    """Return the statement whose parameters are the values of the fields."""
    columns = ", ".join(_quoted(field.column) for field in fields)
    return f"INSERT INTO {_table(model)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - as above


@cache
def _insert_many(model: type[Model], fields: _Fields) -> str:
    """Return the statement whose parameters are a list of values for each field."""
    columns = ", ".join(_quoted(field.column) for field in fields)
    lists = ", ".join(f"%s::{_type(field)}[]" for field in fields)
    return f"INSERT INTO {_table(model)} ({columns}) SELECT * FROM unnest({lists})"  # noqa: S608 - as above


@cache
def _given(model: type[Model]) -> _Fields:
    """Return the fields whose value comes with the row: all but what the database counts out or computes."""
    fields = model._meta.local_concrete_fields  # noqa: SLF001 - documented
    return tuple(field for field in fields if not (field.generated or isinstance(field, AutoField)))


@cache
def _fields(model: type[Model], names: tuple[str, ...]) -> _Fields:
    """Return the fields with a column that are called so."""
    return tuple(field for name in names if isinstance(field := model._meta.get_field(name), Field))  # noqa: SLF001 - documented


def _key(model: type[Model]) -> Field[Any, Any]:
    return model._meta.pk  # noqa: SLF001 - as above


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)  # noqa: SLF001 - as above


def _type(field: Field[Any, Any]) -> str:
    """Return the field's type in the database; a text keeps its length until the column itself refuses one that is too long."""
    written = str(field.db_type(connections[DEFAULT_DB_ALIAS]))
    if written.endswith("[]"):
        msg = f"{field} holds a list: lists of lists are not written together"
        raise TypeError(msg)
    return "text" if written.startswith("varchar") else written


def _quoted(name: str | None) -> str:
    return connections[DEFAULT_DB_ALIAS].ops.quote_name(name or "")
