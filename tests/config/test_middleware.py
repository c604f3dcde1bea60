"""What every request passes: collisions and refusals in plain words, an absent database, each form only once."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from opstap.config.middleware import DatabaseAway, OnceMiddleware, RefusedMiddleware
from opstap.engine.shared import Reason, Refused
from opstap.foundation.audit.models import OnceKey


class CollisionError(Exception):
    """A database error as the driver raises it."""

    sqlstate = "23P01"


def a_post(**fields: str) -> HttpRequest:
    """Return a posted form of somebody who is not logged in."""
    request = RequestFactory().post("/answer/", fields)
    request.user = AnonymousUser()
    return request


@pytest.mark.django_db
def test_once_middleware_runs_a_form_once() -> None:
    """The same form sent three times works once and leads to the same page each time."""
    calls: list[int] = []

    def view(_request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return HttpResponseRedirect(f"/done/{len(calls)}/")

    key = str(uuid.uuid4())
    answers = [OnceMiddleware(view)(a_post(once_key=key)) for _ in range(3)]
    assert [answer["Location"] for answer in answers] == ["/done/1/"] * 3
    assert len(calls) == 1


@pytest.mark.django_db
def test_once_middleware_lets_a_refused_form_be_sent_again() -> None:
    """A form that was shown again with an error wrote nothing, so its key is free."""
    answers = [HttpResponse("error", status=422), HttpResponseRedirect("/done/")]
    middleware = OnceMiddleware(lambda _request: answers.pop(0))
    key = str(uuid.uuid4())
    assert middleware(a_post(once_key=key)).status_code == 422
    assert OnceKey.objects.count() == 0
    assert middleware(a_post(once_key=key))["Location"] == "/done/"


def test_once_middleware_leaves_forms_without_key_alone() -> None:
    """A form without a key, or with nonsense for one, just runs; no database is asked."""
    middleware = OnceMiddleware(lambda _request: HttpResponse("ran"))
    assert middleware(a_post()).content == b"ran"
    assert middleware(a_post(once_key="nonsense")).content == b"ran"


@pytest.mark.django_db
def test_refused_becomes_a_page_with_the_reason() -> None:
    """A refusal that no form caught is a 409 with its words, not a 500."""
    middleware = RefusedMiddleware(lambda _request: HttpResponse())
    answer = middleware.process_exception(a_post(), Refused(Reason("places.needs_half_day")))
    assert answer is not None
    assert answer.status_code == 409
    assert "minstens één halve dag" in answer.content.decode()


@pytest.mark.django_db
def test_collision_becomes_a_page_with_choices() -> None:
    """An exclusion violation that reaches the top is a 409."""
    error = IntegrityError("conflicting key")
    error.__cause__ = CollisionError()
    answer = RefusedMiddleware(lambda _request: HttpResponse()).process_exception(a_post(), error)
    assert answer is not None
    assert answer.status_code == 409


def test_absent_database_is_a_503_with_retry_after() -> None:
    """An unreachable database is said so, with when to come back; it needs no database to say it."""

    def view(_request: HttpRequest) -> HttpResponse:
        raise OperationalError("connection refused")

    answer = DatabaseAway(view)(a_post())
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
