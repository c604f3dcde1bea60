"""The places: why some stay empty, what would fill them, what a seat more is worth, and where to look for the next."""

from __future__ import annotations

from opstap.bridges.spreadsheets.output import OutputCell, OutputColumn, OutputSheet
from opstap.desks.spreadsheet.assembly.outcome import Outcome, PlaceExplanation, Prospect
from opstap.desks.spreadsheet.sheets.speaker import Speaker
from opstap.engine.shared import Reason

_EMPTY = (
    ("Place", 36), ("Organisation", 20), ("Mentor", 18), ("Places", 8), ("Empty", 8), ("People who could work there", 14),
    ("What keeps people out", 64), ("Why it stays empty", 44), ("Smallest change of the place", 60),
)  # fmt: skip
_PRICES = (
    ("Place", 36),
    ("Organisation", 20),
    ("Places", 8),
    ("Taken", 8),
    ("People who could work there", 14),
    ("What one more place here adds", 80),
)
_PROSPECTS = (("Occupation", 28), ("Neighbourhood", 28), ("Half-days", 34), ("People", 9), ("Why here", 80))
_MOST_CHANGES = 3


def empty_places_sheet(outcome: Outcome, say: Speaker) -> OutputSheet:
    """Return one row per place with seats left over: how many people each obstacle keeps out, and the smallest change."""
    left = [explained for explained in outcome.explanation.places.values() if explained.free > 0]
    rows = [_empty_row(outcome, say, explained) for explained in sorted(left, key=lambda item: (-item.free, item.place))]
    columns = tuple(OutputColumn(say(title), width) for title, width in _EMPTY)
    return OutputSheet(say("Empty places"), columns, rows, empty=say("Every place is taken."))


def _empty_row(outcome: Outcome, say: Speaker, explained: PlaceExplanation) -> tuple[OutputCell, ...]:
    case = outcome.place(explained.place)
    kept_out = [_kept_out(say, kept.rule, kept.total, kept.sole) for kept in explained.kept_out if kept.total]
    changes = [
        say("{change} Opens it for {count} {count:person|people}.", change=say.reasons(change.reasons), count=change.opens)
        for change in explained.changes[:_MOST_CHANGES]
    ]
    blocked = say.reason(explained.blocked) if explained.blocked else None
    return (
        case.title_at_host, case.value.organisation, case.value.mentor, case.place.capacity, explained.free, explained.possible,
        "\n".join(kept_out), blocked, "\n".join(changes),
    )  # fmt: skip


def _kept_out(say: Speaker, rule: str, total: int, sole: int) -> str:
    """Return how many people an obstacle keeps out, and how many of them by nothing else, if there are any."""
    text = "{rule}: {total} {total:person|people}, {sole} by this alone" if sole else "{rule}: {total} {total:person|people}"
    return say(text, rule=say.reason(Reason(f"matching.rule_{rule}")), total=total, sole=sole)


def prices_sheet(outcome: Outcome, say: Speaker) -> OutputSheet:
    """Return the places by what one more seat there would add, dearest first; a place without a price has room or nobody waiting."""
    priced = sorted(outcome.explanation.places.values(), key=lambda item: (-item.seat_value, item.place))
    rows = [_price_row(outcome, say, explained) for explained in priced]
    return OutputSheet(say("Prices"), tuple(OutputColumn(say(title), width) for title, width in _PRICES), rows)


def _price_row(outcome: Outcome, say: Speaker, explained: PlaceExplanation) -> tuple[OutputCell, ...]:
    case = outcome.place(explained.place)
    taken = len(explained.proposed)
    return (case.title_at_host, case.value.organisation, case.place.capacity, taken, explained.possible, say.reason(explained.price))


def prospects_sheet(outcome: Outcome, say: Speaker) -> OutputSheet:
    """Return where to look for the next places: occupation, neighbourhood and half-days, best first."""
    rows = [_prospect_row(say, prospect) for prospect in outcome.explanation.prospects]
    columns = tuple(OutputColumn(say(title), width) for title, width in _PROSPECTS)
    return OutputSheet(say("Where to look next"), columns, rows, empty=say("Nobody without a place could work at a new one like these."))


def _prospect_row(say: Speaker, prospect: Prospect) -> tuple[OutputCell, ...]:
    return (
        prospect.occupation,
        prospect.neighbourhood,
        say.half_days(prospect.half_days),
        prospect.people,
        say.reason(prospect.reason),
    )
