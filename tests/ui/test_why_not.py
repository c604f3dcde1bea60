"""The form of a no: a reason is asked in our words, and says whether the pair may come back."""

from __future__ import annotations

import pytest
from django.utils import translation

from opstap.ui.why_not import WhyNotForm


class Own(WhyNotForm):
    """A desk's own no."""

    reasons = (("fit", "Het past niet"), ("full", "Vol"))
    lasting = frozenset({"fit"})


@pytest.mark.parametrize(
    ("given", "reason", "for_good"),
    [({"why": "fit", "more": " te druk "}, "Het past niet: te druk", True), ({"why": "full"}, "Vol", False)],
)
def test_no_says_why_and_whether_it_lasts(given: dict[str, str], reason: str, for_good: bool) -> None:  # noqa: FBT001 - a case of the table
    """The sentence is the chosen words and what was typed; only a lasting reason keeps the pair apart."""
    form = Own(given)
    assert form.is_valid()
    assert (form.reason, form.for_good) == (reason, for_good)


@pytest.mark.parametrize("given", [{}, {"why": ""}, {"why": "health"}])
def test_no_without_one_of_the_reasons_is_asked_again(given: dict[str, str]) -> None:
    """In our own words, not those of the browser; a reason that is not in the list is none."""
    with translation.override("nl"):
        form = Own(given)
        assert form.is_valid() is False
        assert (list(form.errors), form.errors["why"][0] == "Kies een reden.") == (["why"], given.get("why") != "health")
