"""What every test stands on: the settings of tests, the compiled texts, a database only for those who ask for one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import django
import hypothesis
import pytest
from django.db import connections
from psycopg.conninfo import conninfo_to_dict
from pytest_django.fixtures import Settings

from door.database import is_given
from door.database import test_database as fresh_database  # by its own name pytest would take it for a test
from door.whereabouts import Whereabouts
from opstap.ui.catalogue import compile_catalogue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opstap.config.settings")
os.environ.setdefault("OPSTAP_MODE", "test")

compile_catalogue()
django.setup()
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:  # noqa: ARG001 - names one database per process
    """Start a throwaway PostgreSQL for the first test that needs one, unless DATABASE_URL already names a database."""
    if is_given():
        yield
        return
    here = Whereabouts.here()
    with fresh_database(Whereabouts(root=here.root, environment=Path(sys.prefix), data=here.data)) as url:
        _connect_to(url)
        yield


def _connect_to(url: str) -> None:
    """Point Django, which is already set up, to the database at the address."""
    address = conninfo_to_dict(url)
    connections.databases["default"].update(HOST=address["host"], PORT=str(address["port"]), USER=address["user"])


@pytest.fixture
def by_day(settings: Settings) -> None:
    """A Wednesday morning at ten: messages go by day, whenever the tests run."""
    settings.FIXED_TODAY, settings.FIXED_TIME = date(2026, 11, 18), time(10)
