"""Facts of many people side by side: one array of values and one of "is it known" per fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from opstap.engine.eligibility.facts import FACT_TYPES, FactKind, Facts

_EPOCH = date(1970, 1, 1).toordinal()
_NO_CODES: Mapping[str | bool, int] = MappingProxyType({})
_SMALL = 256


class Column(NamedTuple):
    """One fact of n people.

    `values`: (n,) small integers; for texts and codes the number in `codes`, for dates the days since 1970-01-01, for flags 0 or 1.
    `known`: (n,) booleans; where False the value is ignored. `codes`: which number stands for which text.
    """

    values: NDArray[Any]
    known: NDArray[np.bool_]
    codes: Mapping[str | bool, int] = _NO_CODES


FLAGS: Mapping[str | bool, int] = MappingProxyType({False: 0, True: 1})


def days(day: date) -> int:
    """Return the number of days from 1970-01-01 to the day."""
    return day.toordinal() - _EPOCH


def encode_texts(values: Sequence[str | None]) -> Column:
    """Return a column of texts or codes; None is not known. Numbered in the order of first appearance, in the smallest type that fits."""
    codes: dict[str | bool, int] = {}
    numbers = [0 if value is None else codes.setdefault(value, len(codes)) for value in values]
    dtype = np.uint8 if len(codes) <= _SMALL else np.uint32
    return Column(np.array(numbers, dtype=dtype), np.array([value is not None for value in values], dtype=np.bool_), codes)


def encode_dates(values: Sequence[date | None]) -> Column:
    """Return a column of dates as days since 1970-01-01 (int32); None is not known."""
    numbers = [0 if value is None else days(value) for value in values]
    return Column(np.array(numbers, dtype=np.int32), np.array([value is not None for value in values], dtype=np.bool_))


def encode_flags(values: Sequence[bool | None]) -> Column:
    """Return a column of yes and no; None is not known."""
    known = np.array([value is not None for value in values], dtype=np.bool_)
    return Column(np.array([bool(value) for value in values], dtype=np.uint8), known, FLAGS)


def encode_people(people: Sequence[Facts]) -> dict[str, Column]:
    """Return all facts that rules can read, of all people, as columns."""
    encoders: Mapping[FactKind, Any] = {FactKind.DATE: encode_dates, FactKind.FLAG: encode_flags}
    return {
        name: encoders.get(fact_type.kind, encode_texts)([facts.get(name) for facts in people]) for name, fact_type in FACT_TYPES.items()
    }
