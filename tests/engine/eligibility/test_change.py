"""The smallest change that opens the door: it works, it is small, and it never touches what must not be touched."""

from datetime import date

from hypothesis import given
from tests.engine.eligibility.people import AFTER_REFORM, ON, ann, days, facts

from opstap.engine.eligibility import Answer, Change, ChangeKind, Facts, FactValue, decide, load_rulesets
from opstap.engine.shared.vocabulary import INSTRUMENTS

BOOK = load_rulesets()


def changes(person: Facts, instrument: str, on: date = ON) -> list[tuple[str, date | None]]:
    """Return the code and the day of each smallest change."""
    found = decide(person, BOOK, instrument, on).smallest_changes
    return [(change.reason.code.removeprefix("eligibility.change_"), change.on) for change in found]


def test_change_waiting_is_enough() -> None:
    """Who lacks months is told the day."""
    assert changes(ann(registered_since=date(2021, 12, 31)), "work_learning_place") == [("date_reached", date(2023, 12, 31))]


def test_change_before_the_instrument_opens() -> None:
    """An instrument that opens later gives its first day."""
    assert changes(ann(), "imw", date(2023, 6, 1)) == [("date_reached", date(2023, 7, 1))]


def test_change_another_host() -> None:
    """When only the host is in the way, another host is the change."""
    assert changes(ann(host_kind="household"), "community_service") == [("other_host", None)]


def test_change_waiting_and_another_host() -> None:
    """Two obstacles need two steps, and both are told."""
    person = ann(host_kind="household", registered_since=date(2021, 9, 4))
    assert changes(person, "community_service") == [("date_reached", date(2023, 9, 4)), ("other_host", None)]


def test_change_training_before_the_benefit_ends() -> None:
    """Who would lose the benefit on the very day of 24 months can follow a training for a shortage occupation, in time."""
    person = ann(registered_since=date(2025, 4, 15), benefit_since=date(2025, 4, 15))
    assert changes(person, "work_learning_place", AFTER_REFORM) == [("date_reached", date(2027, 4, 15)), ("shortage_training", None)]


def test_change_after_the_benefit_ended_only_another_instrument() -> None:
    """A benefit that has ended is not brought back by a training: what is open is named in its place."""
    person = ann(work_limitation_right="")
    assert changes(person, "work_learning_place", AFTER_REFORM) == [("other_instrument", AFTER_REFORM)]
    (change,) = decide(person, BOOK, "work_learning_place", AFTER_REFORM).smallest_changes
    assert change.reason.facts == {"instrument": "work_learning_place", "other": "work_experience"}


def test_change_old_right_becomes_new_right() -> None:
    """Who holds the old right is told to ask for the new one."""
    assert changes(ann(work_limitation_right="vop"), "imw") == [("ask_vdab_right", None)]


def test_change_right_that_lapsed_can_be_renewed() -> None:
    """A right that ran out can be prolonged as long as the instrument is open."""
    person = ann(work_limitation_right="vop", work_limitation_until=date(2023, 5, 1))
    assert changes(person, "lavoro_vop", date(2023, 6, 1)) == [("renew_right", None)]


def test_change_never_suggests_a_work_limitation() -> None:
    """Who has no right and never had one is not told to get one."""
    closed = ann(municipality="Brugge", work_limitation_right="", maatwerk_advice="")
    assert changes(closed, "imw") == []
    assert changes(closed, "lavoro_vop", date(2023, 6, 1)) == []


def test_change_nothing_opens_the_door() -> None:
    """Who lives elsewhere is not told to move; without another open instrument there is no suggestion."""
    assert changes(ann(municipality="Brugge", work_limitation_right=""), "work_learning_place") == []


_SETS: dict[str, dict[str, FactValue]] = {
    "other_host": {"host_kind": "local_government"},
    "shortage_training": {"benefit_exemption": "shortage_training"},
    "renew_right": {"work_limitation_until": date.max},
    "ask_vdab_right": {"work_limitation_right": "imw_5", "work_limitation_until": date.max},
}


def opens(steps: tuple[Change, ...], person: Facts, instrument: str, on: date) -> bool:
    """Tell whether the door is no longer closed after the steps."""
    after, day = dict(person), on
    for step in steps:
        day = step.on or day
        after |= _SETS.get(step.reason.code.removeprefix("eligibility.change_"), {})
    return decide(after, BOOK, instrument, day).answer is not Answer.NO


@given(person=facts, on=days)
def test_change_opens_and_every_step_is_needed(person: Facts, on: date) -> None:
    """The steps together open the door, without any one of them it stays closed, and another instrument named is open."""
    for instrument in INSTRUMENTS:
        steps = decide(person, BOOK, instrument, on).smallest_changes
        if steps and steps[0].kind is ChangeKind.OTHER_INSTRUMENT:
            others = [str(step.reason.facts["other"]) for step in steps]
            assert {decide(person, BOOK, other, on).answer for other in others} == {Answer.YES}
        elif steps:
            assert opens(steps, person, instrument, on)
            assert not any(opens(steps[:skip] + steps[skip + 1 :], person, instrument, on) for skip in range(len(steps)))


@given(person=facts, on=days)
def test_change_only_for_a_closed_door(person: Facts, on: date) -> None:
    """An open door and a door with a question need no change."""
    for instrument in INSTRUMENTS:
        result = decide(person, BOOK, instrument, on)
        assert result.answer is Answer.NO or result.smallest_changes == ()
