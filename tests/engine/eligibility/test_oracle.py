"""OpenFisca, given the same rules written a second time, gives the same answers for everyone of whom everything is known."""

import json
import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from opstap.engine.eligibility import (
    FACT_TYPES,
    FactKind,
    Facts,
    FactValue,
    decide_instruments,
    encode_people,
    facts_as_json,
    load_rulesets,
)
from opstap.engine.eligibility.months import add_months
from opstap.engine.shared.vocabulary import INSTRUMENTS

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "tests" / "oracle" / "programme_rules.py"
DAYS = [
    date(2019, 12, 31), date(2021, 12, 16), date(2022, 12, 31), date(2023, 1, 1), date(2023, 2, 28), date(2023, 6, 30), date(2023, 7, 1),
    date(2024, 2, 29), date(2025, 8, 31), date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2028, 2, 29),
]  # fmt: skip
PEOPLE = 2_000


def oracle() -> str:
    """Return the Python of the oracle's own environment: what the door names, or the place where the door makes it."""
    return os.environ.get("OPSTAP_ORACLE") or str(Path(sys.prefix).with_name(f"{Path(sys.prefix).name}-oracle") / "bin" / "python")


def somebody(chance: random.Random) -> dict[str, FactValue]:
    """Return a person of whom everything is known, with dates that lie near the days on which an answer turns."""
    person: dict[str, FactValue] = {}
    for name, fact_type in FACT_TYPES.items():
        if fact_type.kind is FactKind.DATE:
            near = add_months(chance.choice(DAYS), chance.choice([-48, -24, -24, -12, -12, 0, 12]))
            person[name] = date.fromordinal(near.toordinal() + chance.choice([-400, -31, -2, -1, 0, 0, 1, 2, 31]))
        elif fact_type.kind is FactKind.FLAG:
            person[name] = chance.random() < (0.1 if name == "is_sick" else 0.9)
        else:
            person[name] = chance.choice(fact_type.codes or ("Oostende", "Oostende", "Gistel", "De Haan", "Brugge"))
    return person


def asked_of_the_oracle(people: list[Facts]) -> dict[str, dict[str, list[bool]]]:
    """Return the oracle's answers per instrument and day."""
    question = {"people": [facts_as_json(person) for person in people], "days": [str(day) for day in DAYS], "instruments": INSTRUMENTS}
    said = subprocess.run([oracle(), str(SCRIPT)], input=json.dumps(question), capture_output=True, text=True, check=True, timeout=120)
    answers: dict[str, Any] = json.loads(said.stdout)
    return answers


def test_openfisca_agrees() -> None:
    """For thousands of people, near every turning day, both ways of writing the law give the same yes or no."""
    chance = random.Random(18)  # noqa: S311 - invented people, no secret
    people: list[Facts] = [somebody(chance) for _ in range(PEOPLE)]
    columns, book, answers = encode_people(people), load_rulesets(), asked_of_the_oracle(people)
    for day in DAYS:
        own = decide_instruments(columns, book, INSTRUMENTS, day)
        for instrument in INSTRUMENTS:
            theirs = [int(answer) for answer in answers[instrument][str(day)]]
            different = [number for number in range(PEOPLE) if own[instrument][number] != theirs[number]]
            assert [(instrument, day, people[number]) for number in different[:3]] == []


def test_openfisca_is_asked_about_both_outcomes() -> None:
    """The invented people give many a yes and many a no for each instrument, so that agreement means something."""
    chance = random.Random(18)  # noqa: S311 - invented people, no secret
    columns, book = encode_people([somebody(chance) for _ in range(PEOPLE)]), load_rulesets()
    shares = {
        instrument: sum(int(decide_instruments(columns, book, [instrument], day)[instrument].sum()) for day in DAYS)
        for instrument in INSTRUMENTS
    }
    assert {name: 300 < count < PEOPLE * len(DAYS) - 300 for name, count in shares.items()} == dict.fromkeys(INSTRUMENTS, True)
