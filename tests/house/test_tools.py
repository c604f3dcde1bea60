"""The ground the tests stand on."""

from __future__ import annotations

import django
import pytest
from django.db import connection


def test_django_is_the_long_term_release() -> None:
    """Tools in the same environment once downgraded Django silently."""
    assert django.VERSION[:2] == (5, 2)


@pytest.mark.django_db
def test_database_is_postgresql() -> None:
    """Nothing else is supported, in tests neither."""
    assert connection.vendor == "postgresql"
