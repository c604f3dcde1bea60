"""The rules written a second time, in OpenFisca: an oracle for the product's own answers.

Runs on its own, in the environment of `requirements/oracle.txt`: reads `{"people": [facts], "days": [ISO day], "instruments": [name]}` from
standard input and writes `{instrument: {day: [true or false per person]}}`. Every fact is known: OpenFisca has no "not known".
The numbers are copied from their sources by hand, not from the product's rule files, and months are added, not subtracted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.parameters import ParameterNodeAtInstant as Parameters
from openfisca_core.periods import DateUnit, Period
from openfisca_core.populations import Population
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Answers = np.ndarray[Any, Any]
Law = Callable[[Period], Parameters]
Formula = Callable[[Population, Period, Law], Answers]

LONG_AGO = "1900-01-01"
REGION = ["Oostende", "Bredene", "De Haan", "Gistel", "Ichtegem", "Middelkerke", "Oudenburg"]
PARAMETERS: dict[str, dict[str, Any]] = {
    "region": {LONG_AGO: [], "2020-01-01": REGION},
    "registered_months": {LONG_AGO: 0, "2020-01-01": 24},
    "benefit_incomes": {
        LONG_AGO: [],
        "2020-01-01": ["unemployment_benefit", "integration_allowance", "income_guarantee", "living_wage", "sickness_benefit"],
    },
    "unemployment_months": {LONG_AGO: 12_000, "2026-03-01": 24},
    "integration_months": {LONG_AGO: 12_000, "2026-03-01": 12},
    "service_open": {LONG_AGO: False, "2023-01-01": True},
    "service_incomes": {LONG_AGO: [], "2021-12-16": ["unemployment_benefit", "integration_allowance", "income_guarantee"]},
    "service_hosts": {
        LONG_AGO: [],
        "2021-12-16": ["local_government", "nonprofit", "school", "social_enterprise", "employers_association", "project_association"],
    },
    "experience_open": {LONG_AGO: False, "2023-01-01": True},
    "vop_open": {LONG_AGO: False, "2008-10-01": True, "2023-07-01": False},
    "imw_open": {LONG_AGO: False, "2023-07-01": True},
}
PERSON = build_entity(key="person", plural="persons", label="A person", is_person=True)
DATES = ("registered_since", "benefit_since", "work_limitation_until")
FLAGS = ("is_sick", "internship_fits")
TEXTS = ("municipality", "income", "benefit_exemption", "work_limitation_right", "maatwerk_advice", "host_kind")


def complete_on(start: Answers, months: int) -> Answers:
    """Return the days on which terms of so many months from the given starts are complete (datetime64[D])."""
    month = start.astype("datetime64[M]")
    day = (start - month.astype("datetime64[D]")).astype(int)
    end = month + months
    length = ((end + 1).astype("datetime64[D]") - end.astype("datetime64[D]")).astype(int)
    return end.astype("datetime64[D]") + np.minimum(day, length - 1)


def fact(name: str, value_type: type) -> type[Variable]:
    """Return a variable that holds a fact for all time."""
    return type(name, (Variable,), {"value_type": value_type, "entity": PERSON, "definition_period": DateUnit.ETERNITY, "label": name})


def rule(name: str, formula: Formula) -> type[Variable]:
    """Return a variable that a formula answers with yes or no, day by day."""
    content = {"value_type": bool, "entity": PERSON, "definition_period": DateUnit.DAY, "label": name, "formula": formula}
    return type(name, (Variable,), content)


def today(period: Period) -> np.datetime64:
    """Return the day of the period (datetime64[D])."""
    return np.datetime64(str(period.start), "D")


def lives_in_region(person: Population, period: Period, parameters: Law) -> Answers:
    """In one of the municipalities of the programme."""
    return np.isin(person("municipality", period), parameters(period).region)


def registered_long_enough(person: Population, period: Period, parameters: Law) -> Answers:
    """So many months as a job seeker are complete."""
    return complete_on(person("registered_since", period), parameters(period).registered_months) <= today(period)


def benefit_runs(person: Population, period: Period, parameters: Law) -> Answers:
    """No limit in time has ended the benefit."""
    income, since = person("income", period), person("benefit_since", period)
    limits = parameters(period)
    exempt = np.isin(person("benefit_exemption", period), ["age55_career30", "igu_halftime", "shortage_training"])
    exempt &= bool(today(period) >= np.datetime64("2020-01-01"))
    ended = (income == "unemployment_benefit") & (complete_on(since, limits.unemployment_months) <= today(period)) & ~exempt
    ended |= (income == "integration_allowance") & (complete_on(since, limits.integration_months) <= today(period))
    return ~ended


def work_learning_place(person: Population, period: Period, parameters: Law) -> Answers:
    """The common entry rule."""
    income = np.isin(person("income", period), parameters(period).benefit_incomes)
    return person("lives_in_region", period) * person("registered_long_enough", period) * income * person("benefit_runs", period)


def community_service(person: Population, period: Period, parameters: Law) -> Answers:
    """A special form of the internship, for people on unemployment benefit."""
    limits = parameters(period)
    income = person("income", period)
    fits = np.isin(income, limits.service_incomes) & (income != "living_wage") & np.isin(person("host_kind", period), limits.service_hosts)
    fits &= ~person("is_sick", period) & person("internship_fits", period) & bool(limits.service_open)
    return fits * person("lives_in_region", period) * person("registered_long_enough", period) * person("benefit_runs", period)


def work_experience(person: Population, period: Period, parameters: Law) -> Answers:
    """The internship in its form of 2023."""
    registered = person("registered_since", period) <= today(period)
    return person("lives_in_region", period) * registered * person("internship_fits", period) * bool(parameters(period).experience_open)


def lavoro_vop(person: Population, period: Period, parameters: Law) -> Answers:
    """The premium that closed to new hires in 2023."""
    runs = today(period) < person("work_limitation_until", period)
    return (person("work_limitation_right", period) == "vop") * runs * bool(parameters(period).vop_open)


def imw(person: Population, period: Period, parameters: Law) -> Answers:
    """Individual custom work."""
    runs = today(period) < person("work_limitation_until", period)
    right = np.isin(person("work_limitation_right", period), ["imw_2", "imw_5"]) & runs
    right |= person("maatwerk_advice", period) != ""
    return right * (person("host_kind", period) != "household") * bool(parameters(period).imw_open)


RULES = (lives_in_region, registered_long_enough, benefit_runs, work_learning_place, community_service, work_experience, lavoro_vop, imw)


def tax_benefit_system() -> TaxBenefitSystem:
    """Return the programme as OpenFisca sees it."""
    system = TaxBenefitSystem([PERSON])
    data = {name: {"values": {day: {"value": value} for day, value in values.items()}} for name, values in PARAMETERS.items()}
    system.parameters = ParameterNode("", data=data)
    for names, value_type in ((DATES, date), (FLAGS, bool), (TEXTS, str)):
        for name in names:
            system.add_variable(fact(name, value_type))
    for formula in RULES:
        system.add_variable(rule(formula.__name__, formula))
    return system


def simulation(people: list[dict[str, Any]]) -> Simulation:
    """Return a simulation of the people with all their facts."""
    built = SimulationBuilder().build_default_simulation(tax_benefit_system(), count=len(people))
    for names, dtype in ((DATES, "datetime64[D]"), (FLAGS, bool), (TEXTS, object)):
        for name in names:
            built.set_input(name, "ETERNITY", np.array([person[name] for person in people], dtype=dtype))
    return built


def main() -> None:
    """Answer the question on standard input."""
    asked = json.load(sys.stdin)
    world = simulation(asked["people"])
    found = {name: {day: world.calculate(name, f"day:{day}").tolist() for day in asked["days"]} for name in asked["instruments"]}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
