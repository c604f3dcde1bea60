"""Which mode the product runs in: production unless somebody says otherwise, so that a forgotten variable opens no door."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRINT = "from django.conf import settings; print(settings.MODE, settings.IS_PRODUCTION, settings.DEMO_LOGINS)"
SECRETS = {"OPSTAP_SECRET_KEY": "a" * 60, "OPSTAP_FIELD_KEY": "A" * 43 + "=", "OPSTAP_INDEX_KEY": "A" * 43 + "="}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own, with only these variables."""
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.ROOT / "src"), "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    return subprocess.run([sys.executable, "-c", PRINT], env=own | variables, capture_output=True, text=True, check=False)


def test_mode_without_a_word_is_production_and_needs_its_secrets() -> None:
    """Nobody gets one-click logins or known keys by forgetting a variable."""
    started = start()
    assert started.returncode == 1
    assert "is not set; a production installation needs its own." in started.stderr


def test_mode_without_a_word_has_no_demonstration() -> None:
    """With its secrets it starts, as production."""
    started = start(**SECRETS, DATABASE_URL="postgresql:///opstap")
    assert (started.stdout.strip(), started.stderr) == ("production True False", "")


@pytest.mark.parametrize(("mode", "said"), [("demo", "demo False True"), ("test", "test False False")])
def test_mode_is_what_was_asked(mode: str, said: str) -> None:
    """The demonstration and the tests say so themselves."""
    assert start(OPSTAP_MODE=mode).stdout.strip() == said


def test_mode_that_does_not_exist_is_refused() -> None:
    """A typing error starts nothing."""
    assert "OPSTAP_MODE is 'prod'; choose demo, test or production." in start(OPSTAP_MODE="prod").stderr
