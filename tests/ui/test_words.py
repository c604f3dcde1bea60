"""Texts that choose their words by a number: one or many, in every language."""

from __future__ import annotations

import re

import pytest

from opstap.engine.costing.load import load_rates
from opstap.engine.shared import Reason
from opstap.ui.words import fill, say, texts, translate

COUNTED = re.compile(r"\{\w+\} (?:minuten|uren|dagen|halve dagen|maanden|mensen|personen|plekken|plaatsen|beslissingen|voorstellen)\b")
WAY = "De weg duurt {minutes} {minutes:minuut|minuten}."


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (0, "De weg duurt 0 minuten."),
        (1, "De weg duurt 1 minuut."),
        (2, "De weg duurt 2 minuten."),
        (1.0, "De weg duurt 1.0 minuut."),
        (1.5, "De weg duurt 1.5 minuten."),
    ],
)
def test_fill_chooses_by_number(minutes: float, sentence: str) -> None:
    """The word before the bar is for one, the word after it for none, a part and many."""
    assert fill(WAY, {"minutes": minutes}) == sentence


@pytest.mark.parametrize(
    ("days", "sentence"), [((), "geen van deze dagen"), (("ma",), "alleen deze dag"), (("ma", "di"), "geen van deze dagen")]
)
def test_fill_chooses_by_length_of_list(days: tuple[str, ...], sentence: str) -> None:
    """A list of one is one."""
    assert fill("{days:alleen deze dag|geen van deze dagen}", {"days": days}) == sentence


@pytest.mark.parametrize("fact", [True, "1", None])
def test_fill_counts_only_numbers(fact: object) -> None:
    """A yes, a text and nothing are no number, so they are never one."""
    assert fill("{fact:one|many}", {"fact": fact}) == "many"


def test_fill_half_may_be_empty() -> None:
    """An ending that only many have needs no word for one."""
    assert [fill("{seats} seat{seats:|s}", {"seats": seats}) for seats in (1, 2)] == ["1 seat", "2 seats"]


def test_fill_missing_fact_stays_visible() -> None:
    """A fact that is not there shows its name; the choice beside it does not break the sentence."""
    assert fill(WAY, {}) == "De weg duurt {minutes} minuten."


def test_fill_does_not_read_facts_as_texts() -> None:
    """Braces in what somebody typed stay as they were typed."""
    assert fill("De plek {place}.", {"place": "kok {minutes:a|b}"}) == "De plek kok {minutes:a|b}."


@pytest.mark.parametrize(
    ("minutes", "language", "sentence"),
    [
        (1, "nl", "De weg duurt 1 minuut langer."),
        (5, "nl", "De weg duurt 5 minuten langer."),
        (1, "en", "The way takes 1 minute longer."),
        (5, "en", "The way takes 5 minutes longer."),
    ],
)
def test_say_chooses_in_each_language(minutes: int, language: str, sentence: str) -> None:
    """Dutch and English choose alike, each its own words."""
    assert say(Reason("matching.differs_longer", {"minutes": minutes}), language) == sentence


def test_say_counts_the_fact_and_not_its_words() -> None:
    """A number is shown as people write it, and still counted as a number."""
    said = say(Reason("matching.pins_overfill_place", {"pinned": 2, "free": 1}))
    assert said == "Op één plek zijn 2 mensen vastgezet, maar er is maar 1 plaats vrij."


@pytest.mark.parametrize("code", sorted(texts()))
def test_number_beside_a_plural_chooses(code: str) -> None:
    """What is counted may be one: no sentence says "1 minuten"."""
    assert COUNTED.findall(translate(texts()[code])) == []


def test_source_of_every_paid_number_is_in_dutch() -> None:
    """A month's page shows where each number comes from: in Dutch, as the rest of the page."""
    sources = {rate.source for rate in load_rates().rates}
    assert {source for source in sources if translate(source) == source} == set()
