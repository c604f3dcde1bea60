"""Writing audit rows, and the frame of every operation: keyword-only, one transaction, nothing changed without a row."""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.models import OnceKey
from opstap.foundation.fields import Retention, kept_since, seal, unseal
from opstap.foundation.planned import planned_cursor

P = ParamSpec("P")
R = TypeVar("R")

_Row = tuple[datetime, str, str, str, str, str, str, str, str, UUID | None, str, str]
"""An audit row as it is written: the columns of `_INSERT`, in their order, the facts as JSON."""
_INSERT = """INSERT INTO audit_auditentry
(at, actor_kind, actor_id, actor_label, role, channel, action, subject_kind, subject_id, person_id, purpose, facts)
SELECT * FROM unnest(%s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
    %s::uuid[], %s::text[], %s::jsonb[])"""
"""Every operation writes its rows: one statement, written once, instead of one that Django writes anew each time."""
_AT_ONCE = 1000

_pending: ContextVar[list[_Row] | None] = ContextVar("pending", default=None)
"""The audit rows of the operation that runs, its inner operations included; they are written together when the outermost one ends."""

_locks: ContextVar[dict[str, frozenset[str]] | None] = ContextVar("locks", default=None)
"""The locks that the running operation took, each with the savepoints within which it did: going back to one of these lets it go."""


class Unaudited(Exception):  # noqa: N818 - it reads as what happened
    """An operation ended without an audit row; its transaction is rolled back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one audit row says; `facts` hold codes, ids and numbers, never names, health or benefit data."""

    action: str
    subject_kind: str
    subject_id: object
    person_id: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    by: Actor,
    at: datetime,
    action: str,
    subject_kind: str,
    subject_id: object,
    person_id: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write one audit row (see `Entry`)."""
    record_many(by=by, at=at, entries=[Entry(action, subject_kind, subject_id, person_id, facts or {})])


def record_many(*, by: Actor, at: datetime, entries: Sequence[Entry]) -> None:
    """Write an audit row for each entry, in one statement per thousand when the outermost operation ends (outside of any: at once)."""
    actor = (by.kind.value, by.id, by.label[:200], by.role_words[:100], by.channel.value)
    rows: list[_Row] = [
        (
            at,
            *actor,
            entry.action,
            entry.subject_kind,
            str(entry.subject_id),
            entry.person_id,
            by.purpose[:200],
            json.dumps(dict(entry.facts)),
        )
        for entry in entries
    ]
    pending = _pending.get()
    if pending is None:
        _write(rows)
    else:
        pending += rows


def _write(rows: list[_Row]) -> None:
    with planned_cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            cursor.execute(_INSERT, [list(column) for column in zip(*rows[start : start + _AT_ONCE], strict=True)])


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Frame a function as an operation: keyword-only, takes `by` and `at`, runs in one transaction, writes at least one audit row.

    An operation within another one has no savepoint: when it fails, the outer one fails too, unless that calls it within a
    `transaction.atomic()` of its own. Raises TypeError at import for another signature, and `Unaudited` (rolling everything back)
    when no row was written.
    """
    parameters = inspect.signature(function).parameters
    keyword_only = all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in parameters.values())
    if not keyword_only or not {"by", "at"} <= set(parameters):
        msg = f"{function.__qualname__} is an operation: keyword-only arguments, among them by and at"
        raise TypeError(msg)

    @wraps(function)
    def framed(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _pending.get()
        if outer is not None:
            return inner(outer, *args, **kwargs)
        pending: list[_Row] = []
        token, locks = _pending.set(pending), _locks.set({})
        try:
            with transaction.atomic():
                result = audited(pending, *args, **kwargs)
                _write(pending)
                return result
        finally:
            _pending.reset(token)
            _locks.reset(locks)

    def inner(pending: list[_Row], *args: P.args, **kwargs: P.kwargs) -> R:
        before = len(pending)
        try:
            with transaction.atomic(savepoint=False):
                return audited(pending, *args, **kwargs)
        except BaseException:
            del pending[before:]
            raise

    def audited(pending: list[_Row], *args: P.args, **kwargs: P.kwargs) -> R:
        before = len(pending)
        result = function(*args, **kwargs)
        if len(pending) == before:
            raise Unaudited(function.__qualname__)
        return result

    framed.is_operation = True  # type: ignore[attr-defined]  # the mark that the house's test looks for
    return framed


@operation
def open_log(*, person_id: UUID, by: Actor, at: datetime) -> None:
    """Record that an auditor looks up who read one person's file: looking is itself a row. Raises `Refused` for anybody else."""
    if not by.has(Role.AUDITOR):
        raise Refused(Reason("privacy.may_not_open_log"))
    record(by=by, at=at, action="read_audit_log", subject_kind="person", subject_id=person_id, person_id=person_id)


_LOCK = """SELECT pg_advisory_xact_lock(hashtextextended(key, 0))
FROM (SELECT key FROM unnest(%s::text[]) WITH ORDINALITY AS given (key, number) ORDER BY number OFFSET 0) AS ordered"""
"""One lock after another, in the order given: the rows come out of the inner question sorted."""


def lock_in_order(*keys: str) -> None:
    """Take transaction-wide advisory locks on the keys, sorted, so that two operations never wait for each other crosswise.

    What the running operation holds already is not asked again. Waits at most the connection's lock_timeout (3 s), then raises
    OperationalError, which the desk shows as a page with choices.
    """
    held = _locks.get()
    within = frozenset(each for each in connection.savepoint_ids if each is not None)
    wanted = sorted({key for key in keys if held is None or key not in held or not held[key] <= within})
    if not wanted:
        return
    with planned_cursor() as cursor:
        cursor.execute(_LOCK, [wanted])
    if held is not None:
        held.update(dict.fromkeys(wanted, within))


@contextmanager
def once(*, key: UUID, actor_id: str, path: str, at: datetime) -> Iterator[OnceKey | None]:
    """Run a block once per idempotency key: yields None for the first time, or the earlier row (with its answer's location).

    A second request with the same key waits until the first has ended. The row's `location` is set by the caller within the block.
    Addresses can hold a link's token: the path is kept as a hash, the location sealed.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_oncekey (key, actor_id, path, at, location) VALUES (%s, %s, %s, %s, '') ON CONFLICT DO NOTHING",
                [key, actor_id, path_hash(path), at],
            )
            first = cursor.rowcount == 1
        yield None if first else _opened(OnceKey.objects.get(key=key))


def path_hash(path: str) -> str:
    """Return what is kept of the path of a form: enough to know it again."""
    return hashlib.sha256(path.encode()).hexdigest()


def _opened(row: OnceKey) -> OnceKey:
    row.location = unseal(base64.b85decode(row.location), _place(row.key)) if row.location else ""
    return row


def _place(key: UUID) -> str:
    return f"audit.oncekey.location:{key}"


def answer_once(*, key: UUID, location: str) -> None:
    """Keep where the first request with this key led to, so that its repetition leads there too."""
    sealed = base64.b85encode(seal(location[:500], _place(key))).decode() if location else ""
    OnceKey.objects.filter(key=key).update(location=sealed)


def forget_once(*, key: UUID) -> None:
    """Free the key of a form that was shown again: it may be sent once more."""
    OnceKey.objects.filter(key=key).delete()


@operation
def forget_old_keys(*, by: Actor, at: datetime) -> int:
    """Remove the keys of forms sent so long ago that nobody sends them again; return how many."""
    removed, _ = OnceKey.objects.filter(at__lt=kept_since(Retention.TECHNICAL, at)).delete()
    record(by=by, at=at, action="forget_old_keys", subject_kind="once_key", subject_id="", facts={"removed": removed})
    return removed
