"""A link in a log would open somebody's page for whoever reads the log."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client

from opstap.config.logs import masked

TOKEN = "kX3_9f-Q2mZr7TgYb1WcDA"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"Not Found: /mijn/v/{TOKEN}/", "Not Found: /mijn/v/…/"),
        (f"Gone: /werkvloer/v/{TOKEN}/antwoord/ja/", "Gone: /werkvloer/v/…/antwoord/ja/"),
        ("Not Found: /mijn/v/cut/", "Not Found: /mijn/v/…/"),
        (f"Not Found: /mijn/t/{TOKEN}/wie-keek/", "Not Found: /mijn/t/…/wie-keek/"),
        (f"Not Found: /teken/{TOKEN}/", "Not Found: /teken/…/"),
        (f"Not Found: /mijn/?key={TOKEN}&x=1", "Not Found: /mijn/?key=…&x=1"),
        ("Gone: /voorstel/0b2c6a3e-8a5e-4b1c-9f0e-1d2c3b4a5f6e/", "Gone: /voorstel/0b2c6a3e-8a5e-4b1c-9f0e-1d2c3b4a5f6e/"),
        ("Not Found: /coordinatie/ronde/", "Not Found: /coordinatie/ronde/"),
    ],
)
def test_masked_leaves_no_token(text: str, told: str) -> None:
    """Tokens of links are masked whole or cut, in paths and questions; ids and names of pages stay."""
    assert masked(text) == told


@pytest.mark.django_db
def test_unknown_link_leaves_no_token_on_the_console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The console's handler, as the product sets it up, masks what Django says of a page that is not there."""
    monkeypatch.setattr(logging, "_handlerList", [])  # setting up closes every handler there is, those of other tests too
    logging.config.dictConfig(settings.LOGGING)
    for path in (f"/mijn/v/{TOKEN}/", f"/werkvloer/v/{TOKEN}/"):
        assert Client().get(path).status_code == 404
    said = capsys.readouterr().err
    assert (TOKEN in said, said.count("/v/…/")) == (False, 2)
