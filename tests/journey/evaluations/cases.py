"""A floor with the catalogue and one learner, and an evaluation of them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.factories import make_person, make_referral
from tests.journey.attendance.floor import Floor, run

from opstap.foundation.actor import system_actor
from opstap.journey.evaluations.enums import Strength
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.operations import Seen, ask_evaluation, write_evaluation
from opstap.journey.placements.models import Placement
from opstap.journey.plans.enums import Level
from opstap.journey.referrals.enums import Stage

SYSTEM = system_actor("test")
NOW = datetime(2023, 10, 4, 8, 0, tzinfo=UTC)
TODAY = date(2023, 10, 4)
SEEN = (Seen("generic.rules", Level.ALONE), Seen("generic.team", Level.WITH_HELP, "vraagt nog niet zelf hulp"))


def learner(floor: Floor, name: str = "Noor Vermeersch") -> Placement:
    """Return a learner with an e-mail address, so that something can be told to them."""
    person = make_person(name, email="noor@example.be")
    return run(floor.place, make_referral(person, floor.programme, counsellor=floor.counsellor_user, stage=Stage.PLACED))


def asked(floor: Floor, placement: Placement | None = None) -> Evaluation:
    """Return an evaluation that waits for the floor since NOW."""
    return ask_evaluation(placement=placement or learner(floor), by=floor.counsellor, at=NOW)


def written(floor: Floor, placement: Placement | None = None) -> Evaluation:
    """Return an evaluation that the mentor wrote at NOW."""
    return write_evaluation(
        evaluation=asked(floor, placement),
        seen=SEEN,
        strengths=[Strength.ON_TIME],
        went_well="Rustig met klanten",
        next_step="Zelf hulp vragen",
        by=floor.mentor,
        at=NOW,
    )
