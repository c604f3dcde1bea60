"""A million people decided for four instruments at once, against OpenFisca and against numpy written by hand for this one day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.child import measured
from bench.clock import timed
from bench.figures import Figure
from bench.population import ADVICE, HOSTS, INCOMES, MUNICIPALITIES, ON, RIGHTS, People, population
from opstap.engine.eligibility import Column, FactValue, decide, decide_instruments, encode_dates, encode_flags, encode_texts, load_rulesets

PEOPLE = 1_000_000
INSTRUMENTS = ("work_learning_place", "community_service", "work_experience", "imw")
ROOT = Path(__file__).resolve().parents[1]
REGION = ("Oostende", "Bredene", "De Haan", "Gistel", "Ichtegem", "Middelkerke", "Oudenburg")
SERVICE_INCOMES = ("unemployment_benefit", "integration_allowance", "income_guarantee")
SERVICE_HOSTS = ("local_government", "nonprofit", "school")


def figures(_sizes: list[str]) -> Iterator[Figure]:
    """Measure a million people at once and one explained decision."""
    ours = measured("bench.eligibility", "run_ours", people=PEOPLE)
    title = f"eligibility {PEOPLE:,} people x {len(INSTRUMENTS)} instruments"
    yield Figure(f"{title}: time", ours["seconds"], "s", "numpy by hand", ours["by_hand"], at_most=0.1, ratio_at_least=1 / 3)
    yield Figure(f"{title}: answers that differ from numpy by hand", ours["differ"], "", at_most=0)
    yield Figure(f"{title}: peak memory", ours["peak_mib"], "MiB")
    if (python := _oracle()) is not None:
        theirs = _openfisca(python)
        yield Figure(f"{title}: time", ours["seconds"], "s", "OpenFisca", theirs["seconds"])
        yield Figure(f"{title}: answers that differ from OpenFisca", _differences(ours["yes"], theirs["yes"]), "", at_most=0)
    one = measured("bench.eligibility", "run_one")
    yield Figure("eligibility: one explained decision", one["seconds"], "s", at_most=0.001)


def columns(people: People) -> dict[str, Column]:
    """Return the facts as the columns of the engine."""
    codes: dict[str, tuple[str, ...]] = {
        "municipality": MUNICIPALITIES, "income": INCOMES, "work_limitation_right": RIGHTS,
        "maatwerk_advice": ADVICE, "host_kind": HOSTS, "benefit_exemption": ("",),
    }  # fmt: skip
    everyone = np.ones(len(people["income"]), np.bool_)
    named = {name: encode_texts(texts)._replace(values=people[name], known=everyone) for name, texts in codes.items()}
    dates = {name: encode_dates([])._replace(values=values, known=everyone) for name, values in people.items() if values.dtype == np.int32}
    flags = {name: encode_flags([])._replace(values=people[name], known=everyone) for name in ("is_sick", "internship_fits")}
    return {**named, **dates, **flags}


def by_hand(people: People) -> dict[str, NDArray[np.bool_]]:
    """Return the answers of this one day in the numpy that a programmer would write for it, all facts known."""
    today = (ON - date(1970, 1, 1)).days
    two_years_ago = (date(2021, 9, 1) - date(1970, 1, 1)).days
    resident = _among(people["municipality"], MUNICIPALITIES, REGION)
    registered = people["registered_since"] <= two_years_ago
    works = people["internship_fits"] == 1
    entitled = people["income"] != INCOMES.index("none")
    service = _among(people["income"], INCOMES, SERVICE_INCOMES)
    hosted = _among(people["host_kind"], HOSTS, SERVICE_HOSTS)
    right = _among(people["work_limitation_right"], RIGHTS, ("imw_2", "imw_5"))
    return {
        "work_learning_place": resident & registered & entitled,
        "community_service": resident & registered & service & hosted & (people["is_sick"] == 0) & works,
        "work_experience": resident & (people["registered_since"] <= today) & works,
        "imw": (right & (people["work_limitation_until"] > today)) | (people["maatwerk_advice"] != ADVICE.index("")),
    }


def _among(codes: NDArray[np.uint8], names: tuple[str, ...], wanted: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return where the code names one of those wanted, by a small table: the fastest that numpy offers."""
    return np.array([name in wanted for name in names])[codes]


def run_ours(people: int) -> dict[str, Any]:
    """Decide everyone by the rule files, all facts known, and beside it by hand."""
    facts, book = population(people), load_rulesets()
    ready = columns(facts)
    decide_instruments(ready, book, INSTRUMENTS, ON)
    seconds, answers = timed(lambda: decide_instruments(ready, book, INSTRUMENTS, ON), 9)
    hand_seconds, expected = timed(lambda: by_hand(facts), 9)
    differ = sum(int(((answers[name] == 1) != expected[name]).sum()) for name in INSTRUMENTS)
    return {"seconds": seconds, "by_hand": hand_seconds, "differ": differ, "yes": {n: int((answers[n] == 1).sum()) for n in INSTRUMENTS}}


def run_one() -> dict[str, Any]:
    """Decide one person with every reason."""
    book = load_rulesets()
    facts: dict[str, FactValue] = {
        "municipality": "Oostende", "registered_since": date(2020, 5, 31), "income": "unemployment_benefit",
        "benefit_since": date(2020, 5, 31), "is_sick": False, "host_kind": "local_government",
    }  # fmt: skip
    decide(facts, book, "community_service", ON)
    seconds, _ = timed(lambda: decide(facts, book, "community_service", ON), 200)
    return {"seconds": seconds}


def _oracle() -> str | None:
    """Return the Python of the environment with OpenFisca, or None when it is not installed."""
    beside = Path(sys.prefix).with_name(f"{Path(sys.prefix).name}-oracle") / "bin" / "python"
    named = os.environ.get("OPSTAP_ORACLE") or str(beside)
    return named if Path(named).exists() else None


def _openfisca(python: str) -> dict[str, Any]:
    command = [python, str(ROOT / "bench" / "openfisca_peer.py")]
    asked = json.dumps({"people": PEOPLE, "on": ON.isoformat(), "instruments": INSTRUMENTS})
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        command, input=asked, capture_output=True, text=True, check=True, timeout=300, env={**os.environ, "PYTHONPATH": path}
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _differences(ours: dict[str, int], theirs: dict[str, int]) -> int:
    """Return how far the counts of "yes" lie apart, over all instruments."""
    return sum(abs(ours[name] - theirs[name]) for name in ours)
