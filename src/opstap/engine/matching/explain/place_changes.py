"""Changes of a place that a host could agree to, each with its words, and how many people without a place each would open it for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.constraints import RULES, host_refusal, ruled_out, veto
from opstap.engine.matching.explain.data import PlaceChange
from opstap.engine.shared import Period, Reason
from opstap.engine.shared.vocabulary import DUTCH_LEVELS, INSTRUMENTS, half_day_mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.explain.scene import Scene
    from opstap.engine.matching.problem import Place, Problem

MORNINGS = half_day_mask(f"{day}_am" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
BEST = 3
MOST_PAIRS = 4_000_000
"""How many pairs of a person and a changed place are looked at in one go."""
LATER_MONTHS = (1, 2, 3)
_BY_NAME = (veto.NAME, host_refusal.NAME, ruled_out.NAME)

Variant = tuple[tuple[Reason, ...], "Place"]


def place_changes(scene: Scene, columns: list[int]) -> dict[int, tuple[PlaceChange, ...]]:
    """Return, per place (row) asked for, the changes that open it, most people first; two at once only where no single one helps."""
    singles = {column: list(_single(scene.problem.places[column], scene.problem)) for column in columns}
    found = _opened(scene, singles)
    doubles = {column: _double(scene.problem.places[column], scene.problem) for column in columns if not found[column]}
    return found | _opened(scene, doubles)


def _single(place: Place, problem: Problem) -> Iterator[Variant]:
    """Yield every single change, the smaller ones first."""
    if place.must_cover > 1:
        fewer = place.must_cover - 1
        yield (Reason("matching.place_fewer_half_days", {"needed": fewer}),), replace(place, needed_half_days=fewer)
    for name, half in (("mornings", place.half_days & MORNINGS), ("afternoons", place.half_days & ~MORNINGS)):
        if half and half != place.half_days:
            yield (Reason(f"matching.place_only_{name}"),), replace(place, half_days=half, needed_half_days=None)
    if place.dutch:
        yield (Reason("matching.place_lower_dutch", {"level": DUTCH_LEVELS[place.dutch - 1]}),), replace(place, dutch=place.dutch - 1)
    for licence in sorted(place.licences):
        yield (Reason("matching.place_no_licence", {"licence": licence}),), replace(place, licences=place.licences - {licence})
    for demand in sorted(place.demands):
        yield (Reason("matching.place_no_demand", {"demand": demand}),), replace(place, demands=place.demands - {demand})
    for instrument in INSTRUMENTS:
        if instrument not in place.instruments:
            reason = Reason("matching.place_other_instrument", {"instrument": instrument})
            yield (reason,), replace(place, instruments=place.instruments | {instrument})
    yield from _later(place, problem)
    if place.mentor is not None:
        yield (Reason("matching.place_other_mentor"),), replace(place, mentor=None)


def _later(place: Place, problem: Problem) -> Iterator[Variant]:
    for months in LATER_MONTHS:
        start = months_after(problem.start_at(place), months)
        if place.period.until is None or start < place.period.until:
            reason = Reason("matching.place_later_start", {"start": start.isoformat()})
            yield (reason,), replace(place, period=Period(start, place.period.until))


def months_after(day: date, months: int) -> date:
    """Return the first day of the month that many months after the day's month."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _double(place: Place, problem: Problem) -> list[Variant]:
    """Return every two changes of different kinds, one after the other."""
    found: dict[frozenset[Reason], Variant] = {}
    for (first,), changed in _single(place, problem):
        for (second,), twice in _single(changed, problem):
            if first.code != second.code:
                found.setdefault(frozenset((first, second)), ((first, second), twice))
    return list(found.values())


def _opened(scene: Scene, variants: dict[int, list[Variant]]) -> dict[int, tuple[PlaceChange, ...]]:
    """Look at the variants of all places, so many at once; count the people without a place for whom each becomes possible."""
    flat = [(column, reasons, place) for column, some in variants.items() for reasons, place in some]
    found: dict[int, list[PlaceChange]] = {column: [] for column in variants}
    at_once = max(1, MOST_PAIRS // max(1, len(scene.problem.people)))
    for start in range(0, len(flat), at_once):
        part = flat[start : start + at_once]
        columns = np.array([column for column, _, _ in part])
        opened = _admissible(scene, columns, tuple(place for _, _, place in part)) & ~scene.picture.allowed[:, columns]
        counts = (opened & scene.unplaced[:, None]).sum(axis=0)
        for (column, reasons, _), count in zip(part, counts, strict=True):
            if count:
                found[column].append(PlaceChange(reasons, int(count)))
    return {column: tuple(sorted(changes, key=lambda change: -change.opens)[:BEST]) for column, changes in found.items()}


def _admissible(scene: Scene, columns: NDArray[np.int64], places: tuple[Place, ...]) -> NDArray[np.bool_]:
    """Return bool (people, variants); rules that go by the place's key keep the answer of the place as it is."""
    keyed = tuple(replace(place, key=f"{place.key} {number}") for number, place in enumerate(places))
    problem = scene.problem.with_places(keyed)
    allowed = np.logical_and.reduce([scene.picture.masks[name][:, columns] for name in _BY_NAME])
    for rule in RULES:
        if rule.NAME not in _BY_NAME:
            allowed &= rule.mask(problem)
    return allowed  # type: ignore[no-any-return] # numpy types reduce as Any
