"""Why a person gets a place, what would be different at another, and what the round would lose: as reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from opstap.engine.matching.constraints.eligible_instrument import instrument_for
from opstap.engine.matching.objective import months_waiting
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.matching.explain.scene import Scene
    from opstap.engine.matching.problem import Person, Place

MONTHS_WORTH_NAMING = 6


def why(scene: Scene, row: int, column: int) -> tuple[Reason, ...]:
    """Return what speaks for the pair, in the order of the programme's criteria, then the decision that carries it."""
    person, place = scene.problem.people[row], scene.problem.places[column]
    said = {
        "wishes": _wish(person, place),
        "priority": _priority(person),
        "waiting": _waiting(scene, person),
        "learning": _learning(person, place),
        "travel": Reason("matching.why_travel", {"minutes": int(scene.problem.minutes[row, column]), "mode": person.travel_mode}),
    }
    reasons = [said.get(criterion) for criterion in scene.problem.objective.order]
    if scene.picture.fixed[row] >= 0:
        reasons.insert(0, Reason("matching.why_pinned"))
    instrument = instrument_for(person, place, scene.problem)
    if instrument is not None:
        reasons.append(Reason("matching.why_decision", {"instrument": instrument}))
    return tuple(reason for reason in reasons if reason is not None)


def _wish(person: Person, place: Place) -> Reason | None:
    if place.key in person.interests:
        return Reason("matching.why_interest")
    if place.occupation in person.wishes:
        return Reason("matching.why_wish", {"rank": person.wishes.index(place.occupation) + 1, "occupation": place.occupation})
    return None


def _priority(person: Person) -> Reason | None:
    if person.is_young_low_educated:
        return Reason("matching.why_young")
    return Reason("matching.why_55_plus") if person.is_55_plus else None


def _waiting(scene: Scene, person: Person) -> Reason | None:
    months = months_waiting(person.waiting_since, scene.problem.on)
    return Reason("matching.why_waiting", {"months": months}) if months >= MONTHS_WORTH_NAMING else None


def _learning(person: Person, place: Place) -> Reason | None:
    goals = tuple(sorted(person.learning_goals & place.teaches))
    return Reason("matching.why_learning", {"goals": goals}) if goals else None


def differences(scene: Scene, row: int, here: int | None, there: int) -> tuple[Reason, ...]:
    """Return what the person would find different at `there`, compared with `here` (None: no place now)."""
    person, place = scene.problem.people[row], scene.problem.places[there]
    minutes = int(scene.problem.minutes[row, there])
    if here is None:
        return tuple(filter(None, (_wish(person, place), Reason("matching.why_travel", {"minutes": minutes, "mode": person.travel_mode}))))
    levels = scene.picture.levels
    reasons = []
    extra = minutes - int(scene.problem.minutes[row, here])
    if extra:
        reasons.append(Reason("matching.differs_longer" if extra > 0 else "matching.differs_shorter", {"minutes": abs(extra)}))
    for criterion in ("wishes", "learning"):
        if criterion in levels and levels[criterion][row, there] != levels[criterion][row, here]:
            is_better = levels[criterion][row, there] > levels[criterion][row, here]
            reasons.append(Reason(f"matching.differs_{criterion}_{'better' if is_better else 'worse'}"))
    return tuple(reasons) or (Reason("matching.differs_nothing"),)


def cost_in_words(parts: Mapping[str, int]) -> Reason:
    """Return what the round loses, by the most important criterion that falls; a lot decided when none does."""
    for criterion, lost in parts.items():
        if lost:
            return Reason(f"matching.loses_{criterion}", {"levels": lost})
    return Reason("matching.loses_nothing")


def gain_in_words(parts: Mapping[str, int]) -> Reason:
    """Return what one more seat adds, by the most important criterion that rises."""
    for criterion, gained in parts.items():
        if gained:
            return Reason(f"matching.seat_adds_{criterion}", {"levels": gained})
    return Reason("matching.seat_adds_nothing")
