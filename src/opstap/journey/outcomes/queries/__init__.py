"""Ends, relays and outcomes within the actor's reach, and what is still to be asked."""

from opstap.journey.outcomes.queries.asking import DueMoment, due_moments, due_on, ending_for, endings_of, moments_to_tell, outcomes_of
from opstap.journey.outcomes.queries.copies import copies_of
from opstap.journey.outcomes.queries.relays import (
    possible_recipients,
    relay_for,
    relays_not_taken_on,
    relays_of,
    relays_to_answer,
    relays_to_make,
)

__all__ = [
    "DueMoment",
    "copies_of",
    "due_moments",
    "due_on",
    "ending_for",
    "endings_of",
    "moments_to_tell",
    "outcomes_of",
    "possible_recipients",
    "relay_for",
    "relays_not_taken_on",
    "relays_of",
    "relays_to_answer",
    "relays_to_make",
]
