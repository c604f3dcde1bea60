"""Guessing stays counted, whatever a guesser adds to the form."""

from __future__ import annotations

import uuid

import pytest
from django.core.handlers.exception import convert_exception_to_response
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.factories import make_user

from opstap.foundation.access.models import CodeAttempt
from opstap.foundation.access.queries import MAX_WRONG_CODES
from opstap.foundation.audit.models import OnceKey

pytestmark = pytest.mark.django_db


def test_wrong_codes_stay_counted_with_an_idempotency_key() -> None:
    """Who adds a key of their own to each wrong code is slowed down like anybody else."""
    client = Client()
    sent = [
        client.post(reverse("jobseeker:code"), {"code": "ABCDE-FGH23", "once_key": str(uuid.uuid4())}).status_code
        for _ in range(MAX_WRONG_CODES + 1)
    ]
    assert sent == [422] * MAX_WRONG_CODES + [429]
    assert (CodeAttempt.objects.count(), OnceKey.objects.count()) == (MAX_WRONG_CODES, 0)


def test_wrong_passwords_stay_counted_with_an_idempotency_key() -> None:
    """A key in the form does not open the log-in to endless guessing: it is slowed down as soon as without one."""
    user = make_user()
    user.set_password("een-goed-lang-wachtwoord")
    user.save()

    def tries(**more: str) -> int:
        client, count = Client(REMOTE_ADDR=f"10.0.0.{len(more) + 1}"), 0
        while count < 40:
            answer = client.post("/account/login/", {"login": f"{len(more)}{user.email}", "password": "fout", **more})
            if answer.status_code == 429 or "Te veel" in answer.content.decode():
                break
            count += 1
            if more:
                more["once_key"] = str(uuid.uuid4())
        return count

    assert tries(once_key=str(uuid.uuid4())) == tries()


def test_absent_database_in_a_middleware_is_a_503() -> None:
    """What a middleware raises does not reach the views' handlers: the page of last resort says that the database is away."""

    def middleware(_request: HttpRequest) -> HttpResponse:
        raise OperationalError("connection refused")

    answer = convert_exception_to_response(middleware)(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
