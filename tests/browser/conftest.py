"""What the browser tests stand on: one Chromium a file, the demonstration in a database of its own for each walk, a live server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker
from tests.browser.behind import Behind, database, swapped, work_off
from tests.browser.walk import Walk

from opstap.config.demonstration import load_demonstration

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DAY = date(2023, 9, 1)
"""The day on which the demonstration stands still."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the machine's own Chromium; it ends with the file, since Playwright keeps a thread's event loop busy as long as it runs."""
    found = (shutil.which(name) for name in (os.environ.get("OPSTAP_CHROMIUM", ""), *NAMES) if name)
    path = next(found for found in found if found)
    with sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def behind(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Behind]:  # noqa: ARG001 - starts PostgreSQL
    """Return the thread in which tests may look into the database while a browser is open."""
    with django_db_blocker.unblock(), Behind() as thread:
        yield thread


@pytest.fixture(scope="session")
def demonstration(behind: Behind) -> Iterator[str]:
    """Load the demonstration once, and return the name of the database that each walk gets a copy of."""
    with database(behind, f"{connections.settings['default']['TEST']['NAME']}_walks") as name:
        with swapped(behind, name), override_settings(FIXED_TODAY=DAY):
            behind.call(call_command, "migrate", verbosity=0)
            behind.call(call_command, "createcachetable", verbosity=0)
            behind.call(call_command, "load_catalogue", verbosity=0)
            behind.call(load_demonstration)
        yield name


@pytest.fixture
def address(behind: Behind, demonstration: str) -> Iterator[str]:
    """Serve the product on a fresh copy of the demonstration, on its own day, and return its address."""
    day = override_settings(FIXED_TODAY=DAY, DEMO_LOGINS=True, ALLOWED_HOSTS=["127.0.0.1"])
    with database(behind, f"{demonstration}_copy", demonstration) as name, swapped(behind, name), day:
        server = LiveServer("127.0.0.1")
        with override_settings(PUBLIC_URL=server.url):
            yield server.url
        server.stop()


@pytest.fixture
def work(behind: Behind, address: str) -> Callable[[], None]:  # noqa: ARG001 - the jobs are those of the served product
    """Return a worker: called, it does all the work that waits in the background."""
    return partial(behind.call, work_off)


@pytest.fixture
def walk(browser: Browser, address: str) -> Iterator[Callable[..., Walk]]:
    """Return how somebody comes in: with a screen of a width, with or without scripts; a closed page must not have complained."""
    walks: list[Walk] = []

    def begin(width: int = 1280, *, has_scripts: bool = True) -> Walk:
        walks.append(Walk.begin(browser, address, width, has_scripts=has_scripts))
        return walks[-1]

    yield begin
    for each in walks:
        each.end()
