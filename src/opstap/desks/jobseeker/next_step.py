"""The one next step of the person, for where the proposal stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from opstap.steering.overviews.queries.offers import PersonOffer, Standing


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens now, in the person's words; `at` is the step of the walk (from 1), `tone` the colour of the note."""

    title: str
    text: str
    at: int
    tone: str = "info"


STEPS: dict[Standing, NextStep] = {
    Standing.OPEN: NextStep(later("Your answer"), later("Read about the place. Then choose: yes, no, or call me."), 2),
    Standing.WANTS_CALL: NextStep(later("We call you"), later("You asked for a call. You can still say yes or no here."), 2, "wait"),
    Standing.SAID_YES: NextStep(
        later("You said yes"), later("Now %(host)s has to say yes too. We let you know. You need not do anything."), 3, "ok"
    ),
    Standing.PLACED: NextStep(
        later("You both said yes"),
        later("The place is yours. %(host)s and your counsellor call you to agree on the start."),
        4,
        "ok",
    ),
    Standing.SAID_NO: NextStep(later("You said no"), later("That is fine. Your counsellor looks further with you."), 3),
    Standing.HOST_SAID_NO: NextStep(
        later("%(host)s cannot take you now"),
        later("This is not because of something you did here. We look further with you."),
        3,
        "wait",
    ),
    Standing.LAPSED: NextStep(
        later("The time to answer is over"),
        later("The place is free for someone else again. We look further with you. Do you want to talk? Call us."),
        3,
        "wait",
    ),
    Standing.WITHDRAWN: NextStep(
        later("This proposal has stopped"), later("Your counsellor can tell you why. We look further with you."), 3, "wait"
    ),
    Standing.SEAT_TAKEN: NextStep(
        later("Someone else was just before you"),
        later(
            "You said yes, but the last seat at %(host)s went to someone who answered earlier. It is not your fault. You stay on the list."
        ),
        3,
        "wait",
    ),
}


def next_step(offer: PersonOffer) -> NextStep:
    """Return the one next step for where the offer stands, in the active language."""
    step = STEPS[offer.standing]
    host = {"host": offer.host}
    return NextStep(_(step.title) % host, _(step.text) % host, step.at, step.tone)
