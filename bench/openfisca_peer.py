"""OpenFisca on the same million people; runs in the oracle's own environment, question and answer as JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time

import numpy as np
from openfisca_core.simulations import Simulation, SimulationBuilder
from tests.oracle.programme_rules import DATES, FLAGS, TEXTS, tax_benefit_system

from bench.population import ADVICE, HOSTS, INCOMES, MUNICIPALITIES, RIGHTS, population

REPEATS = 3
NAMES = {
    "municipality": MUNICIPALITIES, "income": INCOMES, "work_limitation_right": RIGHTS, "maatwerk_advice": ADVICE, "host_kind": HOSTS,
    "benefit_exemption": ("",),
}  # fmt: skip


def simulation(people: int) -> Simulation:
    """Return a fresh simulation with all facts."""
    built = SimulationBuilder().build_default_simulation(tax_benefit_system(), count=people)
    facts = population(people)
    for name in TEXTS:
        built.set_input(name, "ETERNITY", np.array(NAMES[name], dtype=object)[facts[name]])
    for name in FLAGS:
        built.set_input(name, "ETERNITY", facts[name].astype(bool))
    for name in DATES:
        built.set_input(name, "ETERNITY", facts[name].astype("datetime64[D]"))
    return built


def main() -> None:
    """Answer the question on standard input; only the calculation is timed, on a fresh simulation each time."""
    asked = json.load(sys.stdin)
    seconds, answers = [], {}
    for _ in range(REPEATS):
        world = simulation(asked["people"])
        started = time.perf_counter()
        answers = {name: world.calculate(name, f"day:{asked['on']}") for name in asked["instruments"]}
        seconds.append(time.perf_counter() - started)
    print(json.dumps({"seconds": statistics.median(seconds), "yes": {name: int(column.sum()) for name, column in answers.items()}}))


if __name__ == "__main__":
    main()
