"""Badges, dates, freshness and prices: how things stand, in a shape and in a word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from opstap.engine.shared import Reason
from opstap.ui.components import status
from opstap.ui.words import texts

ICONS = Path(status.__file__).parent.parent / "static" / "ui" / "icons.svg"


def test_badge_state_has_its_word_in_dutch() -> None:
    """A known state brings its tone, its shape and its Dutch word."""
    with translation.override("nl"):
        assert status.badge("not_met") == {"tone": "bad", "icon": "cross", "text": "niet voldaan"}


def test_badge_until_names_the_day() -> None:
    """A badge that ends on a date says which."""
    with translation.override("nl"):
        assert status.badge("until", until=date(2026, 3, 1))["text"] == "tot 1 maart 2026"


def test_badge_own_text_wins() -> None:
    """A tone carries any text."""
    assert status.badge("wait", "wacht op attest")["text"] == "wacht op attest"


def test_badge_unknown_state_is_an_error() -> None:
    """A misspelt state is found by whoever writes it, not by whoever reads the page."""
    with pytest.raises(KeyError):
        status.badge("vrij")


@pytest.mark.parametrize("state", status.STATES)
def test_state_shape_exists(state: str) -> None:
    """Every state's shape is drawn in icons.svg: colour alone never tells."""
    assert ICONS.read_text().count(f'<symbol id="{status.STATES[state].icon}"') == 1


@pytest.mark.parametrize("state", [state for state, look in status.STATES.items() if look.word])
def test_state_word_is_translated(state: str) -> None:
    """Every state's word reads differently in Dutch than in English."""
    with translation.override("nl"):
        assert status.badge(state)["text"] != status.STATES[state].word


def test_day_reads_dates_moments_and_iso_text() -> None:
    """The same day reads the same, whatever form it comes in; a moment counts in Belgian time."""
    moment = datetime(2023, 8, 31, 23, 30, tzinfo=UTC)
    with translation.override("nl"):
        assert [status.day(date(2023, 9, 1)), status.day("2023-09-01"), status.day(moment)] == ["1 september 2023"] * 3


def test_day_missing_says_so() -> None:
    """No date shows the text for none."""
    assert status.day(None, "onbekend") == "onbekend"


def test_plain_lists_codes_in_words() -> None:
    """Codes become the words of the field, joined as in a sentence."""
    with translation.override("nl"):
        assert status.plain(["mon_am", "tue_pm", "bike"]) == "maandagvoormiddag, dinsdagnamiddag en met de fiets"


def test_reason_says_the_same_from_json() -> None:
    """A stored reason reads as the reason itself."""
    reason = Reason(next(iter(sorted(texts()))))
    assert status.reason(reason.as_json()) == status.reason(reason)


def test_reason_of_nothing_is_empty() -> None:
    """A template may hand over a reason that is not there."""
    assert status.reason(None) == ""


@pytest.mark.parametrize(
    ("on", "text", "is_stale"),
    [
        (date(2023, 9, 1), "Vandaag bevestigd", False),
        (date(2023, 8, 31), "1 dag geleden bevestigd", False),
        (date(2023, 8, 20), "12 dagen geleden bevestigd", False),
        (date(2023, 6, 1), "92 dagen geleden bevestigd", True),
        (None, "Nog nooit bevestigd", True),
    ],
)
def test_freshness_counts_days(on: date | None, text: str, is_stale: bool) -> None:  # noqa: FBT001 - a column of the table above
    """Freshness counts days up to today and turns stale after sixty."""
    with translation.override("nl"):
        props = status.freshness(on, today=date(2023, 9, 1))
    assert (props["text"], props["is_stale"]) == (text, is_stale)


def test_price_of_nothing_is_not_scarce() -> None:
    """A place whose price is zero is not scarce; a price uses the decimal comma."""
    with translation.override("nl"):
        assert (status.price(0)["is_scarce"], status.price(2.5)["text"]) == (False, "2,5")
