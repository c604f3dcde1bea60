"""A million invented people of whom everything is known, in plain numpy: the same for us and for every peer."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

ON = date(2023, 9, 1)
MUNICIPALITIES = ("Oostende", "Bredene", "De Haan", "Gistel", "Brugge", "Middelkerke", "Oudenburg", "Diksmuide")
INCOMES = ("unemployment_benefit", "integration_allowance", "living_wage", "income_guarantee", "sickness_benefit", "none")
RIGHTS = ("vop", "imw_2", "imw_5", "")
ADVICE = ("pmah", "pmp", "very_vulnerable", "")
HOSTS = ("local_government", "nonprofit", "school", "company")
People = dict[str, NDArray[Any]]


def population(people: int) -> People:
    """Return known facts of invented people, as numbers of the tuples above and days since 1970-01-01."""
    random = np.random.default_rng(1)
    today = (ON - date(1970, 1, 1)).days
    return {
        "municipality": random.integers(0, len(MUNICIPALITIES), people).astype(np.uint8),
        "registered_since": (today - random.integers(0, 2_500, people)).astype(np.int32),
        "income": random.integers(0, len(INCOMES), people).astype(np.uint8),
        "benefit_since": (today - random.integers(0, 2_500, people)).astype(np.int32),
        "work_limitation_right": random.integers(0, len(RIGHTS), people).astype(np.uint8),
        "work_limitation_until": (today + random.integers(-500, 1_500, people)).astype(np.int32),
        "maatwerk_advice": random.integers(0, len(ADVICE), people).astype(np.uint8),
        "is_sick": (random.random(people) < 0.05).astype(np.uint8),
        "internship_fits": (random.random(people) < 0.9).astype(np.uint8),
        "host_kind": random.integers(0, len(HOSTS), people).astype(np.uint8),
        "benefit_exemption": np.zeros(people, np.uint8),
    }
