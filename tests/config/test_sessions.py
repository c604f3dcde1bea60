"""A session opens pages until it expires or is removed, like Django's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from opstap.config.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> str:
    """Return the key of a session that holds something."""
    store = SessionStore()
    store["hat"] = "host"
    store.save()
    return str(store.session_key)


def test_session_is_read_as_it_was_kept() -> None:
    """Two sessions hold their own, also when they are asked one after the other."""
    mine, other = kept(), SessionStore()
    other.save()
    assert [dict(SessionStore(key).items()) for key in (mine, other.session_key, mine)] == [{"hat": "host"}, {}, {"hat": "host"}]


@pytest.mark.parametrize("key", ["", "x" * 32])
def test_session_unknown_is_empty_and_gets_another_key(key: str) -> None:
    """A key that nobody handed out opens nothing and is not taken over."""
    kept()
    store = SessionStore(key)
    assert (dict(store.items()), store.session_key) == ({}, None)


def test_session_ends_when_it_expires() -> None:
    """From its last moment on it is as if it never was."""
    key = kept()
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert dict(SessionStore(key).items()) == {}
