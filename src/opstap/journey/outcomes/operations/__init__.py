"""What changes at the end: the end itself with two views, a relay that somebody accepts, what became of the person, coming back."""

from opstap.journey.outcomes.operations.copying import note_copied
from opstap.journey.outcomes.operations.ending import Views, add_view, call_off, end_journey_placement
from opstap.journey.outcomes.operations.passing import accept_relay, decline_relay, escalate_relays, read_relay
from opstap.journey.outcomes.operations.relaying import Access, Outside, give_link, make_relay, offer_relay, withdraw_relay, write_relay
from opstap.journey.outcomes.operations.returning import return_to_caseload
from opstap.journey.outcomes.operations.telling import ask_outcomes, record_outcome

__all__ = [
    "Access",
    "Outside",
    "Views",
    "accept_relay",
    "add_view",
    "ask_outcomes",
    "call_off",
    "decline_relay",
    "end_journey_placement",
    "escalate_relays",
    "give_link",
    "make_relay",
    "note_copied",
    "offer_relay",
    "read_relay",
    "record_outcome",
    "return_to_caseload",
    "withdraw_relay",
    "write_relay",
]
