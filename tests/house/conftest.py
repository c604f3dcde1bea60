"""The world of the access matrix: built once per module, and every test leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker
from tests.house.access.pages import Seen, pages
from tests.house.access.visitors import World, make_world
from tests.house.access.world import ON


@pytest.fixture(scope="module")
def whole_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001 - it makes the database
    """Two programmes and everybody, standing still on the day of the cases; gone after the module."""
    with django_db_blocker.unblock(), override_settings(FIXED_TODAY=ON), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(whole_world: World, db: None) -> World:  # noqa: ARG001 - what a test changes is undone
    """The world as it was built."""
    return whole_world


@pytest.fixture(scope="module")
def seen(whole_world: World, django_db_blocker: DjangoDbBlocker) -> list[Seen]:
    """Every page as everybody who may see it sees it."""
    with django_db_blocker.unblock():
        return list(pages(whole_world))
