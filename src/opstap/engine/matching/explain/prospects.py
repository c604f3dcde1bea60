"""Where to look for new places: like those whose next seat adds most, and for what people without a place wish."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.explain.data import Prospect
from opstap.engine.matching.explain.why import gain_in_words
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import HALF_DAYS

if TYPE_CHECKING:
    from opstap.engine.matching.explain.scene import Scene
    from opstap.engine.matching.problem import Person

MOST_OF_EACH = 5
FEWEST_PEOPLE = 2


def prospects(scene: Scene) -> tuple[Prospect, ...]:
    """Return at most five kinds of place that are scarce now, then at most five that people wish for and that find no seat."""
    return (*_scarce(scene), *_wished(scene))


def _scarce(scene: Scene) -> list[Prospect]:
    best: dict[tuple[str, str, int], Prospect] = {}
    waiting = scene.picture.allowed & scene.unplaced[:, None]
    for column in np.argsort(-scene.seat_values[: len(scene.problem.places)], kind="stable"):
        place, value = scene.problem.places[column], int(scene.seat_values[column])
        kind = (place.occupation, place.neighbourhood, place.half_days)
        if value > 0 and kind not in best:
            reason = gain_in_words(scene.picture.weights.parts(value))
            best[kind] = Prospect(*kind, int(waiting[:, column].sum()), value, reason)
    return list(best.values())[:MOST_OF_EACH]


def _wished(scene: Scene) -> list[Prospect]:
    """Group the people without a proposal by their first wish and their neighbourhood."""
    groups: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for row in np.nonzero(scene.unplaced)[0]:
        person = scene.problem.people[row]
        if person.wishes:
            groups[person.wishes[0], person.neighbourhood].append(person)
    largest = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))[:MOST_OF_EACH]
    return [_wish(kind, people) for kind, people in largest if len(people) >= FEWEST_PEOPLE]


def _wish(kind: tuple[str, str], people: list[Person]) -> Prospect:
    return Prospect(*kind, _half_days_of_most(people), len(people), 0, Reason("matching.prospect_wish", {"people": len(people)}))


def _half_days_of_most(people: list[Person]) -> int:
    """Return the mask of the half-days on which at least half of those whose half-days are known can work."""
    known = [person.half_days for person in people if "half_days" not in person.unknown]
    return sum(1 << bit for bit in range(len(HALF_DAYS)) if known and 2 * sum(mask >> bit & 1 for mask in known) >= len(known))
