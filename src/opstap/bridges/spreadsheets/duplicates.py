"""The same person twice in a list: pairs with the reasons, for a person to merge or keep apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.problems import Problem

_SIMILAR = 0.8
_LARGEST_BLOCK = 40
_NEIGHBOURS = 6
_SHORTEST_TO_COMPARE = 3


class Certainty(StrEnum):
    """EXACT: the same official number, or the same name and birth date; PROBABLE: likely, but a person has to look."""

    EXACT = "exact"
    PROBABLE = "probable"


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two rows, by their index in the list, that may be one person, with every reason found."""

    first: int
    second: int
    certainty: Certainty
    reasons: tuple[Problem, ...]


def find_duplicates(people: Sequence[PersonRow]) -> tuple[DuplicatePair, ...]:
    """Return the pairs in the order of the list. Compares within blocks that share a number, birth date, telephone or address only."""
    names = [fold(f"{person.last_name} {person.first_name}") for person in people]
    pairs = []
    for first, second in sorted(_candidates(people, names)):
        pair = _judge(first, second, people, names)
        if pair:
            pairs.append(pair)
    return tuple(pairs)


def same_name(one: str, other: str) -> bool:
    """Tell whether two folded names are alike; "?" stands for any one letter that an export lost."""
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < _SHORTEST_TO_COMPARE:
        return False
    if "?" in one + other and len(one) == len(other):
        return all(a == b or "?" in (a, b) for a, b in zip(one, other, strict=True))
    if sorted(one.split()) == sorted(other.split()):
        return True
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


def _candidates(people: Sequence[PersonRow], names: Sequence[str]) -> set[tuple[int, int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        for key in _keys(person, names[index]):
            blocks[key].append(index)
    return {pair for block in blocks.values() if len(block) > 1 for pair in _pairs(block, names)}


def _keys(person: PersonRow, name: str) -> Iterator[Hashable]:
    for kind in ("national_number", "client_number", "birth_date", "phone", "email"):
        value = getattr(person, kind)
        if value is not None:
            yield kind, value
    if person.birth_date is None and name:
        yield "name", name


def _pairs(block: list[int], names: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Yield the pairs of a block; of a large one only neighbours by name, so that one default value cannot make it quadratic."""
    if len(block) <= _LARGEST_BLOCK:
        return combinations(block, 2)
    ordered = sorted(block, key=lambda index: (names[index], index))
    return ((min(one, other), max(one, other)) for place, one in enumerate(ordered) for other in ordered[place + 1 : place + _NEIGHBOURS])


def _judge(first: int, second: int, people: Sequence[PersonRow], names: Sequence[str]) -> DuplicatePair | None:
    one, other = people[first], people[second]
    shared = {name for name in ("national_number", "client_number", "birth_date", "phone", "email") if _shares(one, other, name)}
    alike = same_name(names[first], names[second])
    if not alike and not shared & {"national_number", "client_number"}:
        return None
    if alike and not shared and one.birth_date and other.birth_date:
        return None
    reasons = [Problem(f"spreadsheet.same_{name}") for name in sorted(shared)]
    same_text = names[first] == names[second]
    words = "similar_name" if alike else "other_name" if names[first] and names[second] else "no_name"
    reasons.append(Problem(f"spreadsheet.{'same_name' if alike and same_text else words}"))
    official = bool(shared & {"national_number", "client_number"}) and alike
    certain = official or (same_text and "birth_date" in shared)
    return DuplicatePair(first, second, Certainty.EXACT if certain else Certainty.PROBABLE, tuple(reasons))


def _shares(one: PersonRow, other: PersonRow, name: str) -> bool:
    value = getattr(one, name)
    return value is not None and value == getattr(other, name)
