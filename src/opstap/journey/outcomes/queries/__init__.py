"""Ends, relays and outcomes within the actor's reach, and what is still to be asked."""

from opstap.journey.outcomes.queries.asking import (
    LONGEST,
    DueMoment,
    Unasked,
    due_moments,
    due_on,
    ending_for,
    endings_of,
    moments_to_tell,
    months_later,
    outcomes_of,
    unasked_of_programmes,
)
from opstap.journey.outcomes.queries.copies import copies_of
from opstap.journey.outcomes.queries.relays import (
    longest_assignment,
    organisation_of,
    possible_recipients,
    relay_for,
    relays_not_taken_on,
    relays_of,
    relays_to_answer,
    relays_to_make,
)

__all__ = [
    "LONGEST",
    "DueMoment",
    "Unasked",
    "copies_of",
    "due_moments",
    "due_on",
    "ending_for",
    "endings_of",
    "longest_assignment",
    "moments_to_tell",
    "months_later",
    "organisation_of",
    "outcomes_of",
    "possible_recipients",
    "relay_for",
    "relays_not_taken_on",
    "relays_of",
    "relays_to_answer",
    "relays_to_make",
    "unasked_of_programmes",
]
