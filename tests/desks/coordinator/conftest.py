"""What every test of the coordinator's desk stands on."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.desks.coordinator.visits import Scene, browser, make_scene
from tests.journey.eligibility.cases import ON


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """Desk and operations live on the day of the cases."""
    settings.FIXED_TODAY = ON


@pytest.fixture
def scene() -> Scene:
    """A programme after a round."""
    return make_scene()


@pytest.fixture
def client(scene: Scene) -> Client:
    """The coordinator's browser."""
    return browser(scene.coordinator)
