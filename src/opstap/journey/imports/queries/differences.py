"""What a row would change of a record: filled in, changed, or in conflict with something known later or from another source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.duplicates import same_name
from opstap.journey.people.enums import CONTACT, FACTS, IDENTITY

_NUMBERS = frozenset({"client_number", "national_number"})
_ORDER = {name: place for place, name in enumerate((*IDENTITY, *CONTACT, *FACTS))}
_MAY_BE_NONE = frozenset({"work_limitation_right", "maatwerk_advice", "benefit_exemption", "licences", "limits"})
"""Facts of which it can be known that there is none: empty is an answer there, and nothing known elsewhere."""
_NOTHING: tuple[Any, ...] = (None, "", [])


class Kind(StrEnum):
    """FILLED: nothing was known; CHANGED: the list is newer; CONFLICT: what is known stays, unless somebody takes the list's value."""

    FILLED = "filled"
    CHANGED = "changed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the row and the record differ; `is_taken`: somebody chose the value of the list."""

    name: str
    old: Any
    new: Any
    kind: Kind
    is_taken: bool = False

    @property
    def is_applied(self) -> bool:
        """Whether applying the row changes this field."""
        return self.kind is not Kind.CONFLICT or self.is_taken


def differences(
    known: Mapping[str, Any], values: Mapping[str, Any], *, protected: frozenset[str], take: frozenset[str]
) -> tuple[Difference, ...]:
    """Return the differences in the order of a record. What is empty in the list never erases what is known."""
    found = [_difference(name, known.get(name), new, name in protected, name in take) for name, new in values.items()]
    return tuple(sorted(filter(None, found), key=lambda item: _ORDER.get(item.name, len(_ORDER))))


def _difference(name: str, old: Any, new: Any, is_protected: bool, is_taken: bool) -> Difference | None:  # noqa: ANN401, FBT001 - private
    if old == new or (new in _NOTHING and old is not None) or _is_old_with_a_letter_lost(old, new):
        return None
    if _is_the_same_name(name, old, new, is_protected):
        return None
    is_known = old is not None if name in _MAY_BE_NONE else old not in _NOTHING
    if is_known and (is_protected or name in _NUMBERS):
        return Difference(name, old, new, Kind.CONFLICT, is_taken)
    return Difference(name, old, new, Kind.FILLED if old in _NOTHING else Kind.CHANGED)


def _is_the_same_name(name: str, old: Any, new: Any, is_protected: bool) -> bool:  # noqa: ANN401, FBT001 - private
    """Tell whether a name differs in capitals or accents only, in a way that tells nothing new: "PAUWELS" for "Pauwels"."""
    if name not in {"last_name", "first_name"} or not isinstance(old, str) or fold(old) != fold(new):
        return False
    return is_protected or new.isupper() or new.islower()


def _is_old_with_a_letter_lost(old: Any, new: Any) -> bool:  # noqa: ANN401 - any fact
    """Tell whether an export lost a letter of what is known: "Y?lmaz" for "Yılmaz"."""
    return isinstance(old, str) and isinstance(new, str) and "?" in new and "?" not in old and same_name(fold(old), fold(new))
