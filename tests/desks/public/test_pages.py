"""What every browser asks for, whoever sits at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def test_file_without_an_icon_of_its_own_finds_the_logo() -> None:
    """A PDF names no icon: the browser asks the usual address, and is sent to a picture that is there."""
    answer = Client().get("/favicon.ico")
    found = finders.find("ui/logo.svg")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/static/ui/logo.svg")
    assert isinstance(found, str)
    assert Path(found).read_text(encoding="utf-8").startswith("<svg")
