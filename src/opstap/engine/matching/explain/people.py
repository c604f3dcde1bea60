"""One person: why this proposal or none, the two best alternatives, the nearest misses and what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.explain.data import Alternative, Change, Miss, PersonExplanation
from opstap.engine.matching.explain.why import cost_in_words, differences, why
from opstap.engine.matching.residual import NO_WAY
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.matching.explain.scene import Scene

ALTERNATIVES = 2


def explain_person(scene: Scene, row: int, change: Change | None) -> PersonExplanation:
    """Return everything there is to say to and about one person in the round."""
    here = None if scene.unplaced[row] else int(scene.assigned[row])
    alternatives = () if scene.picture.fixed[row] >= 0 else _alternatives(scene, row, here)
    return PersonExplanation(
        person=scene.problem.people[row].key,
        place=None if here is None else scene.problem.places[here].key,
        reasons=_why_not(scene, row, alternatives) if here is None else why(scene, row, here),
        possible=int(scene.picture.allowed[row].sum()),
        alternatives=alternatives,
        misses=_misses(scene, row),
        questions=_questions(scene, row),
        change=change,
    )


def _why_not(scene: Scene, row: int, alternatives: tuple[Alternative, ...]) -> tuple[Reason, ...]:
    possible = int(scene.picture.allowed[row].sum())
    if not possible:
        return (Reason("matching.no_place_fits", {"places": len(scene.problem.places)}),)
    others = (alternatives[0].cost,) if alternatives else ()
    return (Reason("matching.no_seat_left", {"places": possible}), *others)


def _alternatives(scene: Scene, row: int, here: int | None) -> tuple[Alternative, ...]:
    change = scene.change_of_total[row]
    open_to = [column for column in np.nonzero(scene.picture.allowed[row])[0] if column != here and change[column] != NO_WAY]
    best = sorted(open_to, key=lambda column: (-change[column], -scene.picture.values[row, column], scene.problem.places[column].key))
    found = []
    for column in map(int, best[:ALTERNATIVES]):
        loss = -int(change[column])
        parts = scene.picture.weights.parts(loss)
        difference = differences(scene, row, here, column)
        found.append(Alternative(scene.problem.places[column].key, loss, parts, scene.holders[column], difference, cost_in_words(parts)))
    return tuple(found)


def _misses(scene: Scene, row: int) -> tuple[Miss, ...]:
    return tuple(Miss(scene.problem.places[column].key, scene.obstacles(row, column)) for column in scene.nearest[row])


def _questions(scene: Scene, row: int) -> tuple[str, ...]:
    """The codes of what to ask this person: every fact that is not known and now keeps a place closed."""
    person = scene.problem.people[row]
    if not person.unknown and person.has_location:
        return ()
    asked = []
    for rule, shut in scene.first_shut:
        if shut[row] < len(scene.problem.places):
            question = rule.reason(person, scene.problem.places[shut[row]], scene.problem).facts.get("question")
            if isinstance(question, str) and question not in asked:
                asked.append(question)
    return tuple(asked)
