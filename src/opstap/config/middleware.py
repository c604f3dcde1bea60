"""What every request passes: the database being away, who acts, a refusal in plain words, and each form only once."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from opstap.engine.shared import Refused
from opstap.foundation import clock
from opstap.foundation.access.queries import actor_for
from opstap.foundation.audit.operations import answer_once, forget_once, once, path_hash
from opstap.ui import errors

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor

log = logging.getLogger("opstap.request")
GetResponse = Callable[[HttpRequest], HttpResponse]

_EXCLUSION_VIOLATION = "23P01"
_LOCK_NOT_AVAILABLE = "55P03"
_DEADLOCK_DETECTED = "40P01"
_UNIQUE_VIOLATION = "23505"
_COLLISIONS = frozenset({_EXCLUSION_VIOLATION, _LOCK_NOT_AVAILABLE, _DEADLOCK_DETECTED, _UNIQUE_VIOLATION})
_REDIRECTS = range(300, 400)
_UNDONE = frozenset({409, *range(500, 600)})
"""Answers to what was refused or broke halfway: nothing of it stays."""
_ACCOUNT = "/account/"
"""Where people log in: what is counted there stays counted, also for who is logged in."""


def sqlstate(error: BaseException) -> str:
    """Return the SQLSTATE of a database error, or "" when it has none (the server is away)."""
    return getattr(error.__cause__, "sqlstate", None) or ""


class DatabaseAway:
    """An unreachable database is a 503 with Retry-After, never a 500."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say that the database is away."""
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return database_away(error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:  # noqa: ARG002 - Django's signature
        """Catch what views raise, before Django makes a 500 of it."""
        if isinstance(exception, OperationalError | InterfaceError) and sqlstate(exception) not in _COLLISIONS:
            return database_away(exception)
        return None


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 (`handler500`), called while the error is handled: what a middleware raised because the database is away is a 503."""
    error = sys.exc_info()[1]
    if isinstance(error, IntegrityError | OperationalError) and sqlstate(error) in _COLLISIONS:
        return render(request, "409.html", {"reason": None}, status=409)
    if isinstance(error, OperationalError | InterfaceError):
        return database_away(error)
    return errors.server_error(request)


def database_away(error: Exception) -> HttpResponse:
    """Return the 503 page, which needs no database and no session."""
    log.warning("database away: %s", error)
    response = render(None, "503.html", status=503)
    response["Retry-After"] = "10"
    return response


class _LazyActor:
    """Looks up who acts when it is first asked: pages that do not ask cost no query."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def value(self) -> Actor | None:
        user: Any = self._request.user
        return actor_for(user, clock.today()) if user.is_authenticated else None


class ActorMiddleware:
    """Puts a lazy actor on the request; `desks` read it with `ui.requests.actor_of(request)`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor; logged-in pages are never stored by a cache or browser."""
        request.lazy_actor = _LazyActor(request)  # type: ignore[attr-defined]  # our own attribute
        response = self.get_response(request)
        if "Cache-Control" not in response and getattr(request, "user", None) is not None and not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response


class RefusedMiddleware:
    """What a view did not put on its form: a `Refused` and a collision become a 409 page, a value that cannot be kept a 400 page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say no in plain words."""
        if isinstance(exception, DataError):
            return errors.error_page(request, HTTPStatus.BAD_REQUEST)
        if isinstance(exception, Refused):
            return render(request, "409.html", {"reason": exception.reason}, status=409)
        if isinstance(exception, IntegrityError | OperationalError) and sqlstate(exception) in _COLLISIONS:
            return render(request, "409.html", {"reason": None}, status=409)
        return None


class OnceMiddleware:
    """A write form carries an idempotency key (`once_key`): sent twice, it works once and leads to the same page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run a form with a key within one transaction with its key."""
        key = _once_key(request)
        if key is None:
            return self.get_response(request)
        actor_id = str(getattr(request.user, "pk", "") or "anonymous")
        is_counted = not request.user.is_authenticated or request.path.startswith(_ACCOUNT)
        try:
            with once(key=key, actor_id=actor_id, path=request.path, at=clock.now()) as earlier:
                if earlier is not None:
                    return _answered(request, earlier.actor_id == actor_id and earlier.path == path_hash(request.path), earlier.location)
                response = self.get_response(request)
                location = response.get("HX-Redirect") or response.get("Location", "")
                if _leads_somewhere(response, location):
                    answer_once(key=key, location=location)
                elif is_counted and _was_only_shown_again(response):
                    forget_once(key=key)
                else:
                    _roll_back(response)
                return response
        except _NotDoneYet as not_done:
            return not_done.response


class _NotDoneYet(Exception):  # noqa: N818 - not an error: it rolls the key back
    """The form was shown again or refused: nothing was written, and the same key may be sent again."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def _roll_back(response: HttpResponse) -> NoReturn:
    raise _NotDoneYet(response)


def _leads_somewhere(response: HttpResponse, location: str) -> bool:
    """Tell whether the form was done: neither shown again, nor sent to log in first."""
    is_shown_again = response.status_code not in _REDIRECTS and not location
    return not is_shown_again and urlsplit(location).path != resolve_url(settings.LOGIN_URL)


def _was_only_shown_again(response: HttpResponse) -> bool:
    """Tell whether what was written meanwhile stands: a wrong code or password stays counted, whatever key a guesser adds."""
    return response.status_code not in _UNDONE and not transaction.get_rollback()


def _once_key(request: HttpRequest) -> UUID | None:
    if request.method != "POST" or "once_key" not in request.POST:
        return None
    try:
        return UUID(request.POST["once_key"])
    except ValueError:
        return None


def _answered(request: HttpRequest, is_same: bool, location: str) -> HttpResponse:  # noqa: FBT001 - private
    if not is_same or not location:
        return render(request, "409.html", {"reason": None}, status=409)
    if request.headers.get("HX-Request"):
        response = HttpResponse()
        response["HX-Redirect"] = location
        return response
    return redirect(location)
