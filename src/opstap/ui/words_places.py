"""Reasons of the places room in words."""

TEXTS: dict[str, str] = {
    "places.mentor_of_another_host": "The mentor belongs to another organisation than the place: choose a mentor of the host.",
    "places.seats_occupied": (
        "{occupied} {occupied:seat is occupied|seats are occupied} and {proposed} {proposed:is|are} proposed: "
        "{seats} {seats:seat is|seats are} too few."
    ),
    "places.may_not_keep": "Only the host organisation and the coordinator can change this place.",
    "places.needs_half_day": "A place needs at least one half-day.",
    "places.seats_in_use": (
        "{in_use} {in_use:seat is|seats are} in use or proposed, so the number cannot go down to {seats}. End or withdraw those first."
    ),
    "places.return_in_the_past": "Choose a return date after today; {return_on} has passed.",
    "places.hold_in_the_past": "Choose a day after today; {until} has passed.",
    "places.hold_too_many": "This place has {live} {live:seat|seats}: you can hold at least 1 and at most {live}, not {seats}.",
}
